#include "simulator/json_hash.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <simdjson.h>

#include "simulator/blocks.h"
#include "simulator/digest.h"
#include "simulator/json_text.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t nesting = 64;

// What a value is goes into its hash: "1" is not 1.
enum class Shape : std::uint64_t { word = 1, number, text, list, object, broken };

std::uint64_t mixed(Shape shape, std::uint64_t hash) {
    return spread(hash ^ (static_cast<std::uint64_t>(shape) * 0x9e3779b97f4a7c15));
}

/// Digits without zeros at both ends, and the power of ten of the last one.
std::uint64_t number_hash(std::string_view text) {
    const bool negative = text.starts_with('-');
    std::string digits;
    long long exponent = 0;
    const std::size_t mark = std::min(text.find_first_of("eE"), text.size());
    bool fraction = false;
    for (const char c : text.substr(0, mark)) {
        if (c == '.') fraction = true;
        if (c < '0' || c > '9') continue;
        digits += c;
        if (fraction) --exponent;
    }
    if (mark < text.size()) {
        std::string_view power = text.substr(mark + 1);
        if (power.starts_with('+')) power.remove_prefix(1);
        long long written = 0;
        const auto end = std::from_chars(power.data(), power.data() + power.size(), written);
        // Past all reason: as it is written.
        if (end.ec != std::errc{} || written > 1'000'000'000 || written < -1'000'000'000) {
            return mixed(Shape::number, hash_text(text));
        }
        exponent += written;
    }
    digits.erase(0, digits.find_first_not_of('0'));
    if (digits.empty()) return mixed(Shape::number, 0);
    while (digits.ends_with('0')) {
        digits.pop_back();
        ++exponent;
    }
    return mixed(Shape::number,
                 hash_text((negative ? "-" : "") + digits + 'e' + std::to_string(exponent)));
}

using Found = std::optional<std::uint64_t>;

Found hash_of(simdjson::ondemand::value value, std::size_t depth);

Found list_hash(simdjson::ondemand::value value, std::size_t depth) {
    simdjson::ondemand::array list;
    if (value.get_array().get(list) != simdjson::SUCCESS) return {};
    std::uint64_t hash = 0;
    for (auto member : list) {
        simdjson::ondemand::value one;
        if (member.get(one) != simdjson::SUCCESS) return {};
        const Found found = hash_of(one, depth - 1);
        if (!found) return {};
        hash = spread(hash + *found);
    }
    return mixed(Shape::list, hash);
}

Found object_hash(simdjson::ondemand::value value, std::size_t depth) {
    simdjson::ondemand::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) return {};
    std::uint64_t sum = 0;
    for (auto field : object) {
        std::string_view name;
        simdjson::ondemand::value one;
        if (field.unescaped_key().get(name) != simdjson::SUCCESS) return {};
        const std::uint64_t name_hash = hash_text(name);
        if (field.value().get(one) != simdjson::SUCCESS) return {};
        const Found found = hash_of(one, depth - 1);
        if (!found) return {};
        sum += spread(spread(name_hash) + *found);
    }
    return mixed(Shape::object, sum);
}

Found hash_of(simdjson::ondemand::value value, std::size_t depth) {
    if (depth == 0) return {};
    simdjson::ondemand::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return {};
    switch (type) {
        case simdjson::ondemand::json_type::object: return object_hash(value, depth);
        case simdjson::ondemand::json_type::array: return list_hash(value, depth);
        case simdjson::ondemand::json_type::string: {
            std::string_view text;
            if (value.get_string().get(text) != simdjson::SUCCESS) return {};
            return mixed(Shape::text, hash_text(text));
        }
        case simdjson::ondemand::json_type::number:
            return number_hash(trimmed(value.raw_json_token()));
        case simdjson::ondemand::json_type::boolean:
        case simdjson::ondemand::json_type::null:
            return mixed(Shape::word, hash_text(trimmed(value.raw_json_token())));
    }
    return {};
}

}  // namespace

struct JsonHasher::Parser {
    simdjson::ondemand::parser parser;
    std::string copy;
};

JsonHasher::JsonHasher() : parser_(std::make_unique<Parser>()) {}
JsonHasher::~JsonHasher() = default;

std::uint64_t JsonHasher::of(std::string_view raw) {
    raw = trimmed(raw);
    // A document that is no object or list has no `value` to ask.
    if (!raw.starts_with('{') && !raw.starts_with('[')) {
        if (!is_json_string(raw)) {
            return is_json_number(raw) ? number_hash(raw) : mixed(Shape::word, hash_text(raw));
        }
        return mixed(Shape::text, hash_text(plain_text(raw, parser_->copy)));
    }
    parser_->copy.assign(raw);
    parser_->copy.append(padding_bytes, '\0');
    raw = std::string_view{parser_->copy}.substr(0, raw.size());
    simdjson::ondemand::document document;
    simdjson::ondemand::value value;
    const bool opened =
        parser_->parser.iterate(raw.data(), raw.size(), raw.size() + padding_bytes).get(document) ==
            simdjson::SUCCESS &&
        document.get_value().get(value) == simdjson::SUCCESS;
    const Found found = opened ? hash_of(value, nesting) : Found{};
    return found.value_or(mixed(Shape::broken, hash_text(raw)));
}

}  // namespace proviso::simulator
