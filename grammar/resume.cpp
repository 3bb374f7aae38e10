#include "grammar/resume.h"

#include <algorithm>

#include "grammar/diagnostic.h"
#include "grammar/words.h"

namespace proviso::grammar {
namespace {

constexpr std::size_t npos = std::string_view::npos;

std::string_view line_at(std::string_view text, std::size_t begin) {
    return text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
}

std::size_t line_start(std::string_view text, std::size_t at) {
    const std::size_t before = at == 0 ? npos : text.rfind('\n', at - 1);
    return before == npos ? 0 : before + 1;
}

/// The start of the line after the one at `begin`; the text's end where there is none.
std::size_t line_after(std::string_view text, std::size_t begin) {
    const std::size_t end = text.find('\n', begin);
    return end == npos ? text.size() : end + 1;
}

std::size_t indent_of(std::string_view line) {
    const std::size_t first = line.find_first_not_of(" \t\r");
    return first == npos ? line.size() : first;
}

std::string_view word_at(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && is_of(text[end], name_byte)) ++end;
    return text.substr(0, end);
}

bool is_blank_or_comment(std::string_view trimmed) {
    return trimmed.empty() || trimmed.front() == '#';
}

/// `name : …` or `"name" : …`
bool looks_like_field(std::string_view trimmed) {
    const std::size_t colon = trimmed.find(':');
    if (colon == npos || colon == 0) return false;
    std::string_view name = trimmed.substr(0, colon);
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char letter) {
        return is_of(letter, tool_byte) || letter == '.' || letter == '"';
    });
}

Part part_of(std::string_view statement, bool in_args) {
    struct Row {
        std::string_view word;
        Part part;
    };
    constexpr Row rows[] = {
        {"allow", Part::rule_clauses},
        {"notify", Part::rule_clauses},
        {"gate", Part::rule_clauses},
        {"block", Part::rule_clauses},
        {"raise", Part::raise_clauses},
        {"limit", Part::limit_clauses},
        {"counter", Part::counter_clauses},
        {"example", Part::example_clauses},
        {"attributes", Part::attributes},
        {"facts", Part::fields},
        {"tool", Part::tool_items},
        {"role", Part::role_items},
        {"approval", Part::approval_items},
        {"matrix", Part::matrix_rows},
        {"default matrix", Part::matrix_rows},
        {"table", Part::table_rows},
    };
    for (const Row& row : rows) {
        if (row.word != statement) continue;
        return in_args && row.part == Part::tool_items ? Part::arguments : row.part;
    }
    return Part::none;
}

bool starts_entry(Part part, std::string_view trimmed, std::string_view statement) {
    switch (part) {
        case Part::none: return false;
        case Part::attributes:
        case Part::fields: return looks_like_field(trimmed);
        case Part::arguments: return looks_like_field(trimmed) || trimmed.front() == '}';
        case Part::matrix_rows:
        case Part::table_rows: return trimmed.find('|') != npos;
        case Part::rule_clauses:
        case Part::raise_clauses:
        case Part::limit_clauses:
        case Part::counter_clauses:
        case Part::example_clauses:
        case Part::tool_items:
        case Part::role_items:
        case Part::approval_items: {
            const std::string_view word = word_at(trimmed);
            const auto& words = clause_words(statement);
            return contains(words, word) || !did_you_mean(word, words).empty();
        }
    }
    return false;
}

bool is_block(Part part) {
    return part != Part::none && part != Part::rule_clauses && part != Part::raise_clauses &&
           part != Part::limit_clauses && part != Part::counter_clauses &&
           part != Part::example_clauses;
}

}  // namespace

Resume find_resume(std::string_view text, std::uint32_t stopped, std::uint32_t last_line,
                   std::uint32_t statement_begin, std::string_view statement_word, bool in_args) {
    const Part part = part_of(statement_word, in_args);
    if (part == Part::none) return {};
    const std::string_view before = text.substr(statement_begin, stopped - statement_begin);
    if (is_block(part) && before.find('{') == npos) return {};
    std::size_t line = line_start(text, stopped);
    const bool at_line_start = text.substr(line, stopped - line).find_first_not_of(" \t") == npos;
    if (!at_line_start || line <= std::max(last_line, statement_begin))
        line = line_after(text, line);
    for (; line < text.size(); line = line_after(text, line)) {
        const std::string_view whole = line_at(text, line);
        const std::size_t indent = indent_of(whole);
        const std::string_view trimmed = whole.substr(indent);
        if (is_blank_or_comment(trimmed)) continue;
        if (indent == 0) return {};
        if (starts_entry(part, trimmed, statement_word)) {
            return {part, static_cast<std::uint32_t>(line)};
        }
        if (trimmed.front() == '}') return {};
    }
    return {};
}

std::uint32_t next_statement(std::string_view text, std::uint32_t from,
                             std::uint32_t statement_begin, bool any_word) {
    std::size_t line = line_start(text, from);
    while (line <= statement_begin && line < text.size()) line = line_after(text, line);
    for (; line < text.size(); line = line_after(text, line)) {
        const char first = text[line];
        if (first == ' ' || first == '\t' || first == '\r' || first == '\n') continue;
        if (first == '}' || first == '#') continue;
        if (any_word || contains(statement_words(), word_at(text.substr(line)))) break;
    }
    return static_cast<std::uint32_t>(line);
}

}  // namespace proviso::grammar
