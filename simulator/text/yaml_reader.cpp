#include "simulator/text/yaml_reader.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

#include "simulator/text/words.h"
#include "simulator/text/yaml_json.h"

namespace proviso::simulator {

std::string in_ticks(std::string_view word) {
    return "`" + std::string{word} + "`";
}

void YamlReader::load(const std::string& text, const std::function<void(const YAML::Node&)>& each) {
    try {
        if (is_text(text)) each(YAML::Load(text));
    } catch (const YAML::Exception& problem) {
        report(problem.mark, "this is no YAML: " + problem.msg,
               "within `{ }` and `[ ]` a text with `?`, `:`, `,` or a bracket in it is quoted");
    }
}

// YAML's library passes bytes on as they come, into layouts and reports.
bool YamlReader::is_text(std::string_view text) {
    if (is_utf8(text)) return true;
    int line = 1;
    while (is_utf8(text.substr(0, text.find('\n')))) {
        text.remove_prefix(text.find('\n') + 1);
        ++line;
    }
    errors_.emplace_back(line, 1, "this line is not valid UTF-8");
    return false;
}

void YamlReader::report(const YAML::Mark& mark, const std::string& message,
                        const std::string& help) {
    std::string text = message;
    if (!help.empty()) text += "\n  help: " + help;
    errors_.emplace_back(mark.line + 1, mark.column + 1, std::move(text));
}

void YamlReader::unknown_word(const YAML::Node& node, std::string_view what,
                              std::span<const std::string_view> known) {
    const std::string_view near = nearest(node.Scalar(), known);
    report(node.Mark(), in_ticks(node.Scalar()) + " is no " + std::string{what},
           near.empty() ? "there is " + listed(known) : "did you mean " + in_ticks(near) + "?");
}

void YamlReader::entries(const YAML::Node& node, std::string_view what,
                         const std::function<void(const YAML::Node&, const YAML::Node&)>& each) {
    if (!node.IsMap()) {
        report(node.Mark(), std::string{what} + " is a map of names to fields", "");
        return;
    }
    std::set<std::string> seen;
    for (const auto& entry : node) {
        if (!entry.first.IsScalar()) {
            report(entry.first.Mark(), "a key is a word", "");
        } else if (!seen.insert(entry.first.Scalar()).second) {
            report(entry.first.Mark(), in_ticks(entry.first.Scalar()) + " stands here twice", "");
        } else {
            each(entry.first, entry.second);
        }
    }
}

std::string YamlReader::all_errors() {
    std::stable_sort(errors_.begin(), errors_.end(), [](const auto& a, const auto& b) {
        return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
    });
    std::string text;
    for (const auto& [line, column, message] : errors_) {
        if (!text.empty()) text += '\n';
        text += name_ + ':' + std::to_string(line) + ':' + std::to_string(column) + ": " + message;
    }
    return text;
}

YamlText read_yaml_file(const std::string& path, std::string_view what) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    // A folder opens, and fails when it is read; an empty file has nothing to be read.
    const bool empty = file.is_open() && file.peek() == std::ifstream::traits_type::eof();
    if (file.bad() || (!empty && (!file || !(text << file.rdbuf())))) {
        return {std::nullopt, path + ": " + std::string{what} + " cannot be read"};
    }
    if (text.view().size() > yaml_file_bytes) {
        return {std::nullopt, path + ": " + std::string{what} + " is larger than 1 MiB"};
    }
    return {std::move(text).str(), {}};
}

}  // namespace proviso::simulator
