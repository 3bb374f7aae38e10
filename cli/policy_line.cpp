// Covered by tests/cli/import_tools_test.py and new_test.py.
#include "cli/policy_line.h"

#include <algorithm>

#include <fmt/format.h>

#include "proviso/format.h"

namespace proviso::cli {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}

/// A line end would let the name go on as a statement of its own.
bool is_control(char c) {
    return static_cast<unsigned char>(c) < ' ';
}

bool names_a_policy(const std::string& written) {
    return format_text(fmt::format("policy {} version \"1\"\n", written)).formatted.has_value();
}

}  // namespace

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::optional<std::string> written_policy_name(const std::string& name) {
    const auto may_stand_bare = [](char c) { return is_word_character(c) || c == '.'; };
    if (std::ranges::all_of(name, may_stand_bare) && names_a_policy(name)) return name;
    if (std::ranges::any_of(name, is_control)) return std::nullopt;
    const std::string quoted = in_quotes(name);
    return names_a_policy(quoted) ? std::optional(quoted) : std::nullopt;
}

std::string policy_name_from(std::string text, const std::string& prefix) {
    std::ranges::replace_if(
        text, [](char c) { return !is_word_character(c); }, '_');
    const bool starts_well = !text.empty() && !is_digit(text[0]);
    return starts_well ? text : prefix + text;
}

}  // namespace proviso::cli
