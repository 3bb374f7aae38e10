// The passes, each over the whole set, and what several of them share. lint.cpp runs them.
#pragma once

#include <string>
#include <vector>

#include "lint/condition.h"
#include "lint/subject.h"

namespace proviso::lint {

/// The rules that are held against each other, and their conditions.
struct RuleTable {
    std::vector<Alternatives> conditions;             // of set.rules
    std::vector<std::vector<std::uint32_t>> of_tool;  // of set.tools: rules, ascending
};

/// Nothing where the bounds do not let all rules be looked at: what is found among some of them may
/// be settled by another.
[[nodiscard]] std::optional<RuleTable> rule_table(Subject& subject, Conditions& conditions);

/// The stages at which the rule is about the tool.
[[nodiscard]] check::StageMask stages_at(const Subject& subject, const check::Rule& rule,
                                         check::ToolId tool);
/// Whether both leave the same to do, to the same people.
[[nodiscard]] bool same_outcome(const check::Rule& a, const check::Rule& b);
/// As the author wrote it, in one line.
[[nodiscard]] std::string written(const Subject& subject, Span span);

void find_boundaries(Subject& subject, Conditions& conditions,
                     const RuleTable& rules);  // P1710, P1711
void find_negatives(Subject& subject, Conditions& conditions, const RuleTable& rules);     // P1712
void find_hidden_rules(Subject& subject, Conditions& conditions, const RuleTable& rules);  // P172x
void find_fixed_tests(Subject& subject, Conditions& conditions);  // P1730, P1731
void find_exclusions(Subject& subject, const RuleTable& rules);   // P1732
void find_odd_texts(Subject& subject);                            // P1733 .. P1735
void find_unused(Subject& subject);                               // P1740 .. P1743
void find_missing_people(Subject& subject, Conditions& conditions,
                         const RuleTable& rules);  // P175x
void find_idle_parts(Subject& subject);            // P1722, P1753, P1754
void find_absent_reads(Subject& subject);          // P1738
void find_loose_ends(Subject& subject);            // P1756, P1757
void find_given_texts(Subject& subject);           // P1739
void find_odd_reasons(Subject& subject);           // P1736, P1737
void find_odd_trials(Subject& subject);            // P1760, P1761

}  // namespace proviso::lint
