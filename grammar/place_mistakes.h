// What people write at a place out of habit, from other languages or from plain English, and what
// to write there instead. Asked first of all where a parse stopped, since a general message about
// the word or sign may be wrong there: `> 50` that starts a row is a band, no chain of comparisons.
//
// Covered by tests/golden/grammar/places.
#pragma once

#include <string>
#include <string_view>

#include "grammar/word_mistakes.h"

namespace proviso::grammar {

/// Help for `expected …, found …`; empty where nothing is known of the place.
[[nodiscard]] std::string help_of_place(const MistakeReporter& mistake);

/// The part of it in statements and their clauses (statement_places.cpp).
[[nodiscard]] std::string help_in_statement(const MistakeReporter& mistake);
/// The part of it in roles, bindings and approvals (people_places.cpp).
[[nodiscard]] std::string help_about_people(const MistakeReporter& mistake);
/// The part of it in types and fields (type_places.cpp).
[[nodiscard]] std::string help_in_type(const MistakeReporter& mistake);
/// The part of it in windows (window_places.cpp).
[[nodiscard]] std::string help_in_window(const MistakeReporter& mistake);

/// A word that stands for a clause elsewhere: `needs` in a gate, `max` in a limit; or empty.
[[nodiscard]] std::string_view habitual_clause(std::string_view statement, std::string_view word);

/// `3 days` as the language writes it; empty where the word is no unit. Months and years have none.
[[nodiscard]] std::string written_duration(std::string_view number, std::string_view unit);

/// The clause of this statement that the stop lies in, as far as the kept tokens tell.
[[nodiscard]] std::string_view clause_at(const MistakeReporter& mistake);

/// Whether the word is one of `words`.
template <typename... Words>
[[nodiscard]] bool is_one_of(std::string_view word, Words... words) {
    return ((word == std::string_view(words)) || ...);
}

/// `1,5`, `1.500,50`: where a comma stopped the parse within a number, the number as it is written
/// here; or empty.
[[nodiscard]] std::string decimal_comma(const MistakeReporter& mistake);

/// The token behind the one at the stop.
[[nodiscard]] Token token_behind(const MistakeReporter& mistake);

}  // namespace proviso::grammar
