// Mistakes made with words: misspelt, in capitals, from another language, in the wrong place.
// The part of mistakes.cpp that looks at words, and the reporting that both share.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.h"
#include "grammar/mistakes.h"
#include "grammar/tokens_before.h"

namespace proviso::grammar {

/// A stop with its surroundings, and the ways to report on it.
class MistakeReporter {
  public:
    MistakeReporter(const Stop& stop, DiagnosticSink& sink);

    [[nodiscard]] const Stop& stop() const { return stop_; }
    [[nodiscard]] Token here() const { return here_; }
    [[nodiscard]] const Before& before() const { return before_; }
    [[nodiscard]] std::string_view text_of(Token token) const {
        return stop_.text.substr(token.begin, token.end - token.begin);
    }
    /// The text of the nth token before, counted from 1.
    [[nodiscard]] std::string_view text_before(std::size_t nth) const {
        return text_of(before_.last[nth - 1]);
    }
    [[nodiscard]] std::string slice(std::uint32_t begin, std::uint32_t end) const;
    [[nodiscard]] std::string shown(Token token) const { return slice(token.begin, token.end); }
    [[nodiscard]] bool line_start() const { return is_at_line_start(stop_.text, stop_.where); }

    Explained report(DiagnosticId id, std::uint32_t begin, std::uint32_t end,
                     const std::vector<std::string>& arguments, std::string help);
    Explained at(DiagnosticId id, Token token, const std::vector<std::string>& arguments,
                 std::string help) {
        return report(id, token.begin, token.end, arguments, std::move(help));
    }
    /// `expected …, found …`
    Explained expected(std::string help = {});

  protected:
    /// What to call the thing that was wanted.
    [[nodiscard]] std::string_view wanted() const;
    [[nodiscard]] char letter() const {
        return stop_.where < stop_.text.size() ? stop_.text[stop_.where] : '\0';
    }

    // Members of a class, named as such, though its heirs see them.
    // NOLINTBEGIN(readability-identifier-naming)
    const Stop& stop_;
    DiagnosticSink& sink_;
    Token here_;
    Before before_;
    // NOLINTEND(readability-identifier-naming)
};

[[nodiscard]] std::string_view one_name_help(std::string_view clause);

/// Nothing stands where a statement should start.
Explained explain_statement(MistakeReporter& mistake);
/// The word before the stop is the mistake: `NOT x`, `if x`, `is a clerk`, `500 usd` by its number.
std::optional<Explained> explain_word_before(MistakeReporter& mistake);
/// A word stands at the stop.
Explained explain_word(MistakeReporter& mistake);

}  // namespace proviso::grammar
