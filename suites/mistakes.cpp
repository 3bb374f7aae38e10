#include "suites/mistakes.h"

#include <algorithm>

#include "simulator/text/words.h"
#include "simulator/text/yaml_reader.h"

namespace proviso::suites {

void Mistakes::add(const Mark& mark, const std::string& message, const std::string& help) {
    found_.emplace(mark.line, mark.column, help.empty() ? message : message + "\n  help: " + help);
}

void Mistakes::add_word(const Mark& mark, const std::string& message, const std::string& word,
                        const std::vector<std::string>& known, const std::string& help) {
    const std::vector<std::string_view> views(known.begin(), known.end());
    const std::string_view near = simulator::nearest(word, views);
    std::string text = near.empty() ? "" : "did you mean " + simulator::in_ticks(near) + "?";
    if (!text.empty() && !help.empty()) text += "\n  help: ";
    add(mark, message, text + help);
}

bool Mistakes::any_at(const Mark& mark) const {
    return std::any_of(found_.begin(), found_.end(), [&](const auto& one) {
        return std::get<0>(one) == mark.line && std::get<1>(one) == mark.column;
    });
}

std::string Mistakes::text() const {
    std::string text;
    for (const auto& [line, column, message] : found_) {
        if (!text.empty()) text += '\n';
        text += path_ + ':' + std::to_string(line) + ':' + std::to_string(column) + ": " + message;
    }
    return text;
}

}  // namespace proviso::suites
