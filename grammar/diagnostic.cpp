// The sink, the did-you-mean, and places looked up. How a diagnostic reads is render.cpp.
//
// Covered by tests/unit/grammar/diagnostic_test.cpp.
#include "grammar/diagnostic.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <tuple>
#include <utility>

#include <fmt/args.h>
#include <fmt/format.h>

namespace proviso::grammar {
namespace {

constexpr Severity error = Severity::error;
constexpr Severity warning = Severity::warning;

constexpr DiagnosticInfo rows[] = {
#define DIAGNOSTIC(id, code, severity, text) {#id, code, severity, text},
#include "grammar/diagnostics.def"
#undef DIAGNOSTIC
};
static_assert(warning != error);

std::string fill(std::string_view pattern, std::initializer_list<std::string_view> arguments) {
    fmt::dynamic_format_arg_store<fmt::format_context> store;
    for (const std::string_view argument : arguments) store.push_back(argument);
    return fmt::vformat(pattern, store);
}

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_letters(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

constexpr std::size_t longest_word = 64;

/// Edits from one word to another: insert, delete, replace, swap neighbours; case counts nothing.
std::size_t edit_distance(std::string_view from, std::string_view to) {
    using Row = std::array<std::size_t, longest_word + 1>;
    Row before{};
    Row above{};
    Row row{};
    for (std::size_t j = 0; j <= to.size(); ++j) above[j] = j;
    for (std::size_t i = 1; i <= from.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const bool same = lower(from[i - 1]) == lower(to[j - 1]);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0U : 1U)});
            const bool swapped = i > 1 && j > 1 && lower(from[i - 1]) == lower(to[j - 2]) &&
                                 lower(from[i - 2]) == lower(to[j - 1]);
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before = above;
        above = row;
    }
    return above[to.size()];
}

Place look_up(const SourceMap& sources, Span span) {
    return {sources.file(span.source).name, sources.position(span.source, span.begin),
            sources.position(span.source, span.end)};
}

}  // namespace

const DiagnosticInfo& info(DiagnosticId id) {
    assert(static_cast<std::size_t>(id) < std::size(rows));
    return rows[static_cast<std::size_t>(id)];
}

std::size_t diagnostic_count() {
    return std::size(rows);
}

Diagnostic& DiagnosticSink::report(DiagnosticId id, Span span,
                                   std::initializer_list<std::string_view> arguments,
                                   std::string help) {
    const bool is_error = info(id).severity == Severity::error;
    std::size_t& count = is_error ? error_count_ : warning_count_;
    ++count;
    Diagnostic& entry = count > limit_ ? dropped_ : diagnostics_.emplace_back();
    entry = {id, span, fill(info(id).text, arguments), std::move(help), {}};
    return entry;
}

void DiagnosticSink::sort() {
    const auto key = [](const Diagnostic& entry) {
        return std::tuple(entry.span.source, entry.span.begin, entry.span.end, entry.id,
                          std::string_view(entry.message));
    };
    std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                     [&](const auto& left, const auto& right) { return key(left) < key(right); });
}

std::string_view did_you_mean(std::string_view word,
                              const std::vector<std::string_view>& candidates) {
    if (word.empty() || word.size() > longest_word) return {};
    std::string_view nearest;
    std::size_t fewest = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const std::string_view candidate : candidates) {
        if (same_letters(word, candidate)) return candidate;
        const std::size_t longer = std::max(word.size(), candidate.size());
        const std::size_t shorter = std::min(word.size(), candidate.size());
        if (longer > longest_word || longer - shorter >= fewest) continue;
        const std::size_t edits = edit_distance(word, candidate);
        if (edits >= fewest || edits >= shorter) continue;
        fewest = edits;
        nearest = candidate;
    }
    return nearest;
}

ResolvedDiagnostic resolve(const SourceMap& sources, const Diagnostic& diagnostic) {
    const DiagnosticInfo& row = info(diagnostic.id);
    ResolvedDiagnostic resolved{
        row.code,           row.severity,    look_up(sources, diagnostic.span),
        diagnostic.message, diagnostic.help, {}};
    for (const Note& note : diagnostic.notes) {
        resolved.notes.push_back({look_up(sources, note.span), note.text});
    }
    return resolved;
}

}  // namespace proviso::grammar
