// OTLP's attributes, lists of keys with a value that names its type, as the JSON that they mean.
// OpenTelemetry Protocol 1.x, "JSON Protobuf Encoding": 64-bit integers come as texts of digits.

#include <set>
#include <utility>

#include "simulator/mapping/source_line.h"
#include "simulator/text/json_text.h"

namespace proviso::simulator {
namespace {

class Writer {
  public:
    Writer(const JsonOutline& outline, std::string& why) : outline_(outline), why_(why) {}

    /// [{"key": …, "value": {…}}, …]; no deeper than the outline is.
    void object(std::uint32_t list) {
        std::set<std::string, std::less<>> keys;
        out_ += '{';
        for (std::uint32_t at = list + 1; at < outline_.node(list).next;
             at = outline_.node(at).next) {
            const auto key = outline_.member(at, "key");
            const auto value = outline_.member(at, "value");
            if (!key.node || key.twice || value.twice || !is_string(*key.node)) {
                return fail("an attribute has not one key and one value");
            }
            if (!keys.emplace(outline_.raw(*key.node)).second) {
                return fail("the attribute " + std::string{outline_.raw(*key.node)} +
                            " is there twice");
            }
            if (keys.size() > 1) out_ += ',';
            out_ += outline_.raw(*key.node);
            out_ += ':';
            if (value.node)
                any(*value.node);
            else
                out_ += "null";
        }
        out_ += '}';
    }

    [[nodiscard]] std::string take() { return std::move(out_); }

  private:
    void fail(std::string why) {
        if (why_.empty()) why_ = std::move(why);
    }
    [[nodiscard]] bool is_string(std::uint32_t at) const {
        return outline_.node(at).kind == JsonNode::Kind::string;
    }

    /// {"stringValue": …} and the like; none of them: null.
    void any(std::uint32_t at) {
        const JsonNode& node = outline_.node(at);
        if (node.kind != JsonNode::Kind::object) return fail("an attribute's value has no type");
        const std::uint32_t value = at + 1;
        if (value >= node.next) return void(out_ += "null");
        if (outline_.node(value).next != node.next) {
            return fail("an attribute's value has two types");
        }
        typed(outline_.raw_name(value), value);
    }

    void typed(std::string_view type, std::uint32_t value) {
        if (type == "\"intValue\"") return number(value);
        if (type == "\"arrayValue\"") return array(value);
        if (type == "\"kvlistValue\"") {
            if (const auto list = values(value)) return object(*list);
            return void(out_ += "{}");
        }
        const bool plain = type == "\"stringValue\"" || type == "\"boolValue\"" ||
                           type == "\"doubleValue\"" || type == "\"bytesValue\"";
        if (!plain) return fail("an attribute's value has a type that is not known");
        out_ += outline_.raw(value);
    }

    void number(std::uint32_t value) {
        std::string_view raw = outline_.raw(value);
        const bool quoted = is_string(value) && is_json_number(raw.substr(1, raw.size() - 2));
        out_ += quoted ? raw.substr(1, raw.size() - 2) : raw;
    }

    void array(std::uint32_t value) {
        out_ += '[';
        const auto list = values(value);
        const std::uint32_t end = list ? outline_.node(*list).next : 0;
        for (std::uint32_t at = list ? *list + 1 : 0; at < end; at = outline_.node(at).next) {
            if (out_.back() != '[') out_ += ',';
            any(at);
        }
        out_ += ']';
    }

    /// The list `values` of {"values": [...]}; left out where it is empty.
    std::optional<std::uint32_t> values(std::uint32_t at) {
        const auto found = outline_.member(at, "values");
        if (found.twice) fail("an attribute's value has two lists");
        if (!found.node || outline_.node(*found.node).kind != JsonNode::Kind::list) return {};
        return found.node;
    }

    const JsonOutline& outline_;
    std::string& why_;
    std::string out_;
};

}  // namespace

std::optional<std::string> object_of_key_values(SourceValue list, std::string& why) {
    Writer writer{*list.outline, why};
    writer.object(list.node);
    if (!why.empty()) return std::nullopt;
    return writer.take();
}

}  // namespace proviso::simulator
