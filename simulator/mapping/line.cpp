#include "simulator/mapping/line.h"

#include <algorithm>

#include <simdjson.h>

#include "simulator/history/blocks.h"
#include "simulator/history/digest.h"
#include "simulator/text/json_text.h"

namespace proviso::simulator {
namespace {

static_assert(padding_bytes >= simdjson::SIMDJSON_PADDING);

constexpr std::string_view arguments_prefix = "args.";

bool leads_nowhere(simdjson::error_code code) {
    return code == simdjson::NO_SUCH_FIELD || code == simdjson::INDEX_OUT_OF_BOUNDS ||
           code == simdjson::INCORRECT_TYPE || code == simdjson::INVALID_JSON_POINTER;
}

}  // namespace

struct LineReader::Parser {
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;

    bool open(std::string_view line) {
        return parser.iterate(line.data(), line.size(), line.size() + padding_bytes)
                   .get(document) == simdjson::SUCCESS;
    }

    /// The raw value at a pointer, or why there is none.
    simdjson::error_code find(const std::string& pointer, std::string_view& raw) {
        simdjson::ondemand::value value;
        if (const auto code = document.at_pointer(pointer).get(value)) return code;
        return simdjson::to_json_string(value).get(raw);
    }
};

LineReader::LineReader() : parser_(std::make_unique<Parser>()) {}
LineReader::~LineReader() = default;

bool LineReader::passes(const std::vector<Filter>& filters, std::string_view line) {
    if (filters.empty() || !parser_->open(line)) return true;
    for (const Filter& filter : filters) {
        std::string_view raw;
        const simdjson::error_code code = parser_->find(filter.pointer, raw);
        if (leads_nowhere(code)) return false;
        if (code != simdjson::SUCCESS) return true;
        const std::string_view text = plain_text(raw, scratch_);
        const auto& wanted = filter.equals;
        if (std::find(wanted.begin(), wanted.end(), text) == wanted.end()) return false;
    }
    return true;
}

std::optional<std::uint64_t> LineReader::key(const std::vector<std::string>& pointers,
                                             std::string_view line, JsonHasher& hasher) {
    if (!parser_->open(line)) return std::nullopt;
    std::uint64_t hash = 3;
    bool any = false;
    for (const std::string& pointer : pointers) {
        std::string_view raw;
        const bool found =
            parser_->find(pointer, raw) == simdjson::SUCCESS && trimmed(raw) != "null";
        any = any || found;
        hash = spread(hash + (found ? hasher.of(raw) : 0));
    }
    return any ? std::optional(hash) : std::nullopt;
}

std::string_view LineReader::value(const std::string& pointer, std::string_view line) {
    std::string_view raw;
    if (!parser_->open(line) || parser_->find(pointer, raw) != simdjson::SUCCESS) return {};
    raw = trimmed(raw);
    return raw == "null" ? std::string_view{} : raw;
}

std::string LineReader::arguments(const Mapping& mapping, std::string_view line) {
    std::string text;
    if (!parser_->open(line)) return text;
    for (const LayoutField& field : mapping.fields) {
        const bool is_one = field.target.starts_with(arguments_prefix);
        if (!is_one && field.target != "args") continue;
        std::string_view raw;
        if (field.fallback) raw = *field.fallback;
        if (!field.pointer.empty()) parser_->find(field.pointer, raw);
        if (!is_one) return std::string{trimmed(raw)};
        if (raw.empty()) continue;
        text += text.empty() ? "{" : ", ";
        append_json_string(text, std::string_view{field.target}.substr(arguments_prefix.size()));
        text += ": ";
        text += trimmed(raw);
    }
    if (!text.empty()) text += '}';
    return text;
}

}  // namespace proviso::simulator
