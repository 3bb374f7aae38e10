// What a suite expects of a decision, and what of it a decision is not.
//
// An expectation asks only what it names. Lists of names are sets: order and repetition do not
// matter. docs/testing.md has the table of what can be asked.
// Covered by tests/unit/suites/expectation_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/text/yaml_reader.h"
#include "suites/tree.h"
#include <proviso/decision.h>

namespace proviso::suites {

enum class Asked : std::uint8_t {
    outcome,
    reason,
    best,
    repeat,
    detail,
    rules,
    trials,
    missing,
    gates,
    open,
    roles,
    granted_by,
    undeclared_roles,
    uncounted,
    because,
    fix,
    obligations,
    totals,
};
[[nodiscard]] std::string_view name(Asked asked) noexcept;
/// The words of all, in that order.
[[nodiscard]] std::span<const std::string_view> asked_words();

/// A name and what goes with it: an obligation with its arguments, a limit with its total.
struct NamedTexts {
    std::string name;
    std::vector<std::pair<std::string, std::string>> texts;
};

struct Expected {
    enum class Shape : std::uint8_t {
        word,    ///< `word`
        exact,   ///< `names`, no more and no less
        part,    ///< `names` among them, and none of `without`
        values,  ///< `values`: these names and no others, with these texts among theirs
    };
    Asked asked = Asked::outcome;
    Shape shape = Shape::word;
    std::string word;
    std::vector<std::string> names;
    std::vector<std::string> without;
    std::vector<NamedTexts> values;
    Mark mark;
};

using Expectation = std::vector<Expected>;

/// The value of `expect`: an outcome's word, or a map. Mistakes are in the reader.
[[nodiscard]] Expectation read_expectation(simulator::YamlReader& yaml, const YAML::Node& node);
/// One of its keys. Null asks nothing, and takes what was asked of this key away.
void read_expected(simulator::YamlReader& yaml, Asked asked, const YAML::Node& node,
                   Expectation& into);
[[nodiscard]] const Asked* asked_by(std::string_view word);

/// One thing that is otherwise than expected, as people read it.
struct Difference {
    std::string asked;
    std::vector<std::string> expected;  ///< a line each
    std::vector<std::string> got;
};

[[nodiscard]] std::vector<Difference> differences(const Expectation& expectation,
                                                  const Decision& decision);

/// Whether a name that is expected is this one, or that of the matrix or limit whose cell or step
/// it is: "by_tier" stands for "by_tier[operational, production]".
[[nodiscard]] bool stands_for(std::string_view expected, std::string_view got);

/// The names that a decision has for what is asked, sorted, each once; of a word, that word.
[[nodiscard]] std::vector<std::string> names_of(Asked asked, const Decision& decision);

}  // namespace proviso::suites
