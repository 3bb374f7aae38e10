// A comparison in words, the same in every form of a report.
// Covered by tests/unit/simulator/comparison_test.cpp and tests/cli/simulate_test.py.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/report/report.h"

namespace proviso::simulator {

/// "only tightens", by how many calls come out tighter and looser; where none does, by whether the
/// two sets differ all the same.
[[nodiscard]] std::string_view verdict_words(std::uint64_t tighter, std::uint64_t looser,
                                             bool sets_differ);
[[nodiscard]] std::string verdict_of(const Comparison& made);
/// "2 the same, 1 tighter (1 newly blocked), 1 looser (1 newly allowed)"
[[nodiscard]] std::string sums_of(const Comparison& made);
/// "refund_cap: 500 USD, now 250 USD", a line a param that differs; of many the first, and how many
/// more.
[[nodiscard]] std::vector<std::string> params_of(const Comparison& made);
/// "rule", "cell", "default", "limit"
[[nodiscard]] std::string_view kind_words(const ChangedRule& rule);
/// "2 calls with 300 USD newly go through without a person; 1 newly blocked"
[[nodiscard]] std::string freed_of(const Comparison& made);
/// "300 USD and 20 EUR": of the calls that are newly allowed; empty where none has an amount.
[[nodiscard]] std::string freed_money_of(const Comparison& made);
/// How far the replay can be trusted. The report has a comparison.
[[nodiscard]] std::string fidelity_of(const Report& report);
/// Recorded outcomes in words that are none, and what to do about them; empty without any.
[[nodiscard]] std::vector<std::string> unknown_words_of(const Report& report);
/// What one intent is.
[[nodiscard]] std::string intents_of(const Comparison& made);
/// What the sums of money are made of, where the first so many currencies are shown.
[[nodiscard]] std::string amounts_of(const Comparison& made, std::size_t currencies);

/// Cells off the diagonal that hold calls, those that open something first: a table of all would be
/// mostly empty.
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> moves_of(const Comparison& made);

/// "1234.5" as "1,234.5"
[[nodiscard]] std::string grouped_amount(std::string text);

}  // namespace proviso::simulator
