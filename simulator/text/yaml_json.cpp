#include "simulator/text/yaml_json.h"

#include <simdjson.h>

#include "simulator/text/json_text.h"

namespace proviso::simulator {
namespace {

// An alias may refer to what holds it, and a few aliases can stand for very much.
constexpr int nesting = 32;
constexpr int nodes_of_a_value = 10'000;

bool is_plain_scalar(const YAML::Node& node) {
    return node.IsScalar() && node.Tag() != "!";
}

bool append_json(const YAML::Node& node, std::string& out, int depth, int& budget);

bool append_list(const YAML::Node& node, std::string& out, int depth, int& budget) {
    out += '[';
    for (const YAML::Node& one : node) {
        if (out.back() != '[') out += ',';
        if (!append_json(one, out, depth - 1, budget)) return false;
    }
    out += ']';
    return true;
}

bool append_object(const YAML::Node& node, std::string& out, int depth, int& budget) {
    out += '{';
    for (const auto& entry : node) {
        if (!entry.first.IsScalar()) return false;
        if (out.back() != '{') out += ',';
        append_json_string(out, entry.first.Scalar());
        out += ':';
        if (!append_json(entry.second, out, depth - 1, budget)) return false;
    }
    out += '}';
    return true;
}

void append_scalar(const YAML::Node& node, std::string& out) {
    const std::string& word = node.IsNull() ? "null" : node.Scalar();
    const bool bare = node.IsNull() || word == "true" || word == "false" || word == "null" ||
                      is_json_number(word);
    if (node.IsNull() || (bare && is_plain_scalar(node))) {
        out += word;
    } else {
        append_json_string(out, word);
    }
}

bool append_json(const YAML::Node& node, std::string& out, int depth, int& budget) {
    if (depth == 0 || --budget < 0) return false;
    if (node.IsSequence()) return append_list(node, out, depth, budget);
    if (node.IsMap()) return append_object(node, out, depth, budget);
    append_scalar(node, out);
    return true;
}

}  // namespace

bool is_utf8(std::string_view text) {
    return simdjson::validate_utf8(text.data(), text.size());
}

std::optional<std::string> json_of(const YAML::Node& node) {
    int budget = nodes_of_a_value;
    std::string text;
    if (!append_json(node, text, nesting, budget)) return std::nullopt;
    // yaml-cpp hands on what bytes it was given.
    if (!is_utf8(text)) return std::nullopt;
    return text;
}

}  // namespace proviso::simulator
