#include "simulator/replay/comparison.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "simulator/replay/tally.h"

namespace proviso::simulator {
namespace {

bool goes_ahead(Outcome outcome) {
    return outcome <= Outcome::notify;
}

/// Whether a decision can list it.
bool takes_part(const RuleInfo& rule) {
    return rule.kind != "matrix_cell" || rule.effect != Outcome::allow;
}

}  // namespace

std::size_t class_of(const Verdict& verdict) {
    return verdict.unknown_decided() ? unknown_class : static_cast<std::size_t>(verdict.outcome);
}

Change change_of(const Verdict& before, const Verdict& after) {
    if (after.outcome == before.outcome) return Change::none;
    return after.outcome > before.outcome ? Change::tighter : Change::looser;
}

void add(ComparisonTally& tally, const Verdict& before, const Verdict& after, std::uint64_t calls) {
    Comparison& sums = tally.sums;
    sums.table[class_of(before)][class_of(after)] += calls;
    sums.changes[static_cast<std::size_t>(change_of(before, after))] += calls;
    if (!goes_ahead(before.outcome) && goes_ahead(after.outcome)) sums.newly_allowed += calls;
    if (before.outcome < Outcome::block && after.outcome == Outcome::block) {
        sums.newly_blocked += calls;
    }
}

std::vector<std::uint32_t> deciding_rules(const Verdict& holds,
                                          const std::vector<Session::Part>& parts,
                                          const std::vector<Outcome>& effects) {
    std::vector<std::uint32_t> rules;
    for (const Session::Part& part : parts) {
        if (part.on_trial || part.rule >= effects.size()) continue;
        if (decides(holds, effects[part.rule])) rules.push_back(part.rule);
    }
    return rules;
}

void add_causes(ComparisonTally& tally, Change change, const std::vector<std::uint32_t>& rules,
                std::uint64_t calls) {
    for (const std::uint32_t rule : rules) tally.causes[{change, rule}] += calls;
}

void add_amounts(ComparisonTally& tally, const AmountSum& sum, const Verdict& before,
                 const Verdict& after) {
    MoneyTally::Cells& cells = tally.money.currencies[sum.currency];
    cells.sums[class_of(before)][class_of(after)].add(sum.coefficients, sum.scale);
    cells.calls[class_of(before)][class_of(after)] += sum.calls;
    if (goes_ahead(before.outcome) || !goes_ahead(after.outcome)) return;
    cells.newly_allowed.add(sum.coefficients, sum.scale);
    cells.newly_allowed_calls += sum.calls;
}

void add_baseline_parts(ComparisonTally& tally, const std::vector<Session::Part>& parts,
                        std::uint64_t calls) {
    std::vector<std::uint64_t>& hits = tally.baseline_hits;
    for (const Session::Part& part : parts) {
        if (part.rule >= hits.size()) hits.resize(std::size_t{part.rule} + 1);
        hits[part.rule] += calls;
    }
}

namespace {

/// What differs of two policies whose statements are the same.
std::string beside_rules(const Policy& baseline, const Policy& policy) {
    if (baseline.hash() == policy.hash()) return "";
    if (baseline.name() != policy.name()) {
        return "in their name alone: " + policy.name() + ", was " + baseline.name();
    }
    if (baseline.version() != policy.version()) {
        return "in their version alone: " + policy.version() + ", was " + baseline.version();
    }
    return "in nothing that decides, though their hashes do";
}

}  // namespace

void add_differences(Comparison& made, const ComparisonTally& tally, const Policy& baseline,
                     const Policy& policy, const std::vector<std::uint64_t>& policy_hits) {
    SetChanges changes = changes_between(baseline, policy);
    const auto hits_of = [](const std::vector<std::uint64_t>& hits,
                            std::optional<std::uint32_t> rule) {
        return rule && *rule < hits.size() ? hits[*rule] : 0;
    };
    for (RuleChange& one : changes.rules) {
        const RuleInfo& rule =
            one.after ? policy.rules()[*one.after] : baseline.rules()[*one.before];
        const bool is_counted = (one.before && takes_part(baseline.rules()[*one.before])) ||
                                (one.after && takes_part(policy.rules()[*one.after]));
        made.changed_rules.push_back({one.difference, rule.name, rule.kind, rule.file, rule.line,
                                      std::move(one.through), hits_of(policy_hits, one.after),
                                      hits_of(tally.baseline_hits, one.before), is_counted});
    }
    made.changed_statements = std::move(changes.statements);
    if (made.changed_rules.empty() && made.changed_statements.empty() && made.params.empty()) {
        made.beside = beside_rules(baseline, policy);
    }
}

void add_fidelity(ComparisonTally& tally, Outcome recorded, const Verdict& before,
                  std::uint64_t calls) {
    tally.sums.recorded += calls;
    if (recorded == before.outcome) tally.sums.as_recorded += calls;
}

void merge(ComparisonTally& tally, const ComparisonTally& other) {
    Comparison& sums = tally.sums;
    sums.recorded += other.sums.recorded;
    sums.as_recorded += other.sums.as_recorded;
    sums.newly_allowed += other.sums.newly_allowed;
    sums.newly_blocked += other.sums.newly_blocked;
    for (std::size_t i = 0; i < change_count; ++i) sums.changes[i] += other.sums.changes[i];
    for (std::size_t i = 0; i < class_count; ++i) {
        for (std::size_t j = 0; j < class_count; ++j) sums.table[i][j] += other.sums.table[i][j];
    }
    for (const auto& [cause, calls] : other.causes) tally.causes[cause] += calls;
    if (tally.baseline_hits.size() < other.baseline_hits.size()) {
        tally.baseline_hits.resize(other.baseline_hits.size());
    }
    for (std::size_t i = 0; i < other.baseline_hits.size(); ++i) {
        tally.baseline_hits[i] += other.baseline_hits[i];
    }
    tally.intents.merge(other.intents);
    tally.unkeyed += other.unkeyed;
    tally.money.merge(other.money);
    for (const auto& [tool, amounts] : other.amounts) {
        tally.amounts[tool].calls += amounts.calls;
        tally.amounts[tool].without += amounts.without;
    }
}

std::vector<ChangeRow> change_rows(const ComparisonTally& tally,
                                   const std::vector<RuleInfo>& baseline,
                                   const std::vector<RuleInfo>& policy) {
    std::vector<ChangeRow> rows;
    for (const auto& [cause, calls] : tally.causes) {
        const auto& rules = cause.first == Change::looser ? baseline : policy;
        rows.push_back({cause.first, rules[cause.second].name, calls});
    }
    std::sort(rows.begin(), rows.end(), [](const ChangeRow& a, const ChangeRow& b) {
        return std::tie(b.calls, a.change, a.rule) < std::tie(a.calls, b.change, b.rule);
    });
    return rows;
}

}  // namespace proviso::simulator
