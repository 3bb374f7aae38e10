// What differs between the two sets of a comparison, for people: the same in every form of a
// report, whether calls reached it or not, as who may act or approve can change without a call
// that comes out differently.
// Covered by tests/golden/compare and tests/cli/simulate_test.py.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "simulator/report/report.h"

namespace proviso::simulator {

/// In the order of their weight to a reader.
enum class DifferenceGroup : std::uint8_t {
    who,        ///< approvals, roles, binds, data
    unreached,  ///< rules, of which the history says nothing
    rules,
    others,
};

struct DifferenceLine {
    DifferenceGroup group = DifferenceGroup::others;
    std::string what;   ///< "rule huge"
    std::string place;  ///< "today.proviso:9"; empty where it is not known
    std::string how;    ///< "differs and no call reached it"
};

/// By group. Params with another value are not among them: see params_of.
[[nodiscard]] std::vector<DifferenceLine> differences_of(const Comparison& made);
/// "rule huge (today.proviso:9) differs and no call reached it"
[[nodiscard]] std::string text_of(const DifferenceLine& line);

struct ShownDifference {
    DifferenceGroup group = DifferenceGroup::others;
    std::string text;
};
/// As many of each group, and how many more there are.
[[nodiscard]] std::vector<ShownDifference> shown_differences(const Comparison& made,
                                                             std::size_t each);

/// Rules, other statements and values of params in which the two sets differ.
[[nodiscard]] std::size_t count_differences(const Comparison& made);
/// "the sets differ in 2 statements, listed here"; empty where they do not.
[[nodiscard]] std::string differing_of(const Comparison& made);

}  // namespace proviso::simulator
