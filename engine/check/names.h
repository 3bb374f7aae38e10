// Names of statements: one name space, looked up by everyone, with a suggestion for a near miss.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "engine/check/context.h"

namespace proviso::check {

/// Gathers the statements of all files by name and reports what two of them cannot both be.
void collect_statements(Context& context);

/// One `policy` line a file, all of one name and version.
void check_policy_lines(Context& context);

[[nodiscard]] const Symbol* find_symbol(const Context& context, std::string_view name);

/// What the name stands for in an expression: a param, an attribute, a let, …
[[nodiscard]] const Symbol* find_value(const Context& context, std::string_view name);

/// Whether names of the kind stand for values in expressions.
[[nodiscard]] bool names_value(SymbolKind kind);

/// "a param", "a rule", … for messages.
[[nodiscard]] std::string_view with_article(SymbolKind kind);

/// Long lists of errors get no suggestions any more, so that they stay cheap.
[[nodiscard]] bool suggests(const Context& context);

/// Names of one kind, as candidates for a suggestion.
[[nodiscard]] std::vector<std::string_view> names_of(const Context& context, SymbolKind kind);

/// A suggestion, or where none is near the names that there are: "its fields are `a` and `b`".
[[nodiscard]] std::string field_suggestion(const Context& context, std::string_view word,
                                           const std::vector<std::string_view>& fields);
/// "did you mean `x`?", or nothing.
[[nodiscard]] std::string suggestion(const Context& context, std::string_view word,
                                     const std::vector<std::string_view>& candidates);

/// Remembers the words of the statements that could not be parsed.
void collect_lost_words(Context& context);

/// Whether the name may have been declared by a statement that could not be parsed.
[[nodiscard]] bool is_lost(const Context& context, std::string_view name);

/// Reports a name that is nothing, or that is something else than `wanted` ("a role").
void report_wrong_name(Context& context, const ast::Name& name, SymbolKind kind,
                       std::string_view wanted);

/// "note: text" below the diagnostic, at a second place.
void add_note(grammar::Diagnostic& diagnostic, Span span, std::string_view text);

/// A copy that lives as long as the set.
[[nodiscard]] std::string_view keep_text(Context& context, std::string_view text);

/// "a.b.c" and what it begins with: "a", "a.b". Views into the path.
void add_path(std::unordered_set<std::string_view>& names, std::string_view path);

/// "`a`, `b` and `c`", cut after five.
[[nodiscard]] std::string listed(const std::vector<std::string>& names);

/// "1 argument", "2 arguments".
[[nodiscard]] inline std::string counted(std::size_t count, std::string_view thing) {
    return std::to_string(count) + ' ' + std::string(thing) + (count == 1 ? "" : "s");
}

[[nodiscard]] inline std::string ticked(std::string_view text) {
    return "`" + std::string(text) + "`";
}

}  // namespace proviso::check
