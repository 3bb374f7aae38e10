#include "simulator/replay/tally.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "simulator/history/digest.h"

namespace proviso::simulator {
namespace {

template <typename Array>
void sum_into(Array& into, const Array& from) {
    for (std::size_t i = 0; i < into.size(); ++i) into[i] += from[i];
}

std::size_t index(Outcome outcome) {
    return static_cast<std::size_t>(outcome);
}

void merge(RuleTally& rule, const RuleTally& other) {
    rule.hits += other.hits;
    rule.unsure += other.unsure;
    rule.decisive += other.decisive;
    rule.trial_hits += other.trial_hits;
    rule.trial_tighter += other.trial_tighter;
    rule.sole += other.sole;
    simulator::merge(rule.verdicts, other.verdicts);
}

void merge(Recorded& recorded, const Recorded& other) {
    recorded.calls += other.calls;
    recorded.same += other.same;
    recorded.tighter += other.tighter;
    recorded.looser += other.looser;
    recorded.unreadable += other.unreadable;
    for (std::size_t i = 0; i < outcome_count; ++i) sum_into(recorded.table[i], other.table[i]);
}

void merge(HumanVerdicts& verdicts, const HumanVerdicts& other) {
    verdicts.calls += other.calls;
    verdicts.unreadable += other.unreadable;
    for (std::size_t i = 0; i < verdict_count; ++i) sum_into(verdicts.table[i], other.table[i]);
}

}  // namespace

ToolTally::ToolTally(const std::vector<ToolInfo>& catalogue, std::size_t bound) : bound_(bound) {
    for (const ToolInfo& tool : catalogue) tools_[tool.name] = {tool.name, true, {}};
    declared_ = tools_.size();
}

void ToolTally::add(std::string_view tool, const Verdict& verdict, std::uint64_t calls) {
    simulator::add(counts_of(tool), verdict, calls);
}

Counts& ToolTally::counts_of(std::string_view tool) {
    if (const auto found = tools_.find(tool); found != tools_.end()) return found->second.counts;
    if (tool.size() > tool_name_bytes) return others_;
    // Twice the bound before anything goes, so that pruning is rare.
    if (tools_.size() >= declared_ + 2 * bound_) prune(bound_);
    std::string name{tool};
    return tools_.try_emplace(name, ToolRow{name, false, {}}).first->second.counts;
}

void ToolTally::prune(std::size_t bound) {
    std::vector<std::pair<std::uint64_t, const std::string*>> names;
    for (const auto& [name, row] : tools_) {
        if (!row.declared) names.emplace_back(spread(hash_text(name)), &name);
    }
    if (names.size() <= bound) return;
    std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) {
        return std::tie(a.first, *a.second) < std::tie(b.first, *b.second);
    });
    for (std::size_t i = bound; i < names.size(); ++i) {
        const auto found = tools_.find(*names[i].second);
        simulator::merge(others_, found->second.counts);
        tools_.erase(found);
    }
}

void ToolTally::merge(const ToolTally& other) {
    for (const auto& [name, row] : other.tools_) {
        ToolRow& mine = tools_.try_emplace(name, ToolRow{name, row.declared, {}}).first->second;
        simulator::merge(mine.counts, row.counts);
    }
    simulator::merge(others_, other.others_);
    prune(bound_);
}

ToolTally::Rows ToolTally::rows() const {
    ToolTally kept({}, bound_);
    kept.merge(*this);
    Rows result;
    for (const auto& [name, row] : kept.tools_) {
        if (row.counts.calls() > 0) result.tools.push_back(row);
    }
    std::sort(result.tools.begin(), result.tools.end(), [](const ToolRow& a, const ToolRow& b) {
        const std::uint64_t calls_of_a = a.counts.calls();
        const std::uint64_t calls_of_b = b.counts.calls();
        return std::tie(calls_of_b, a.name) < std::tie(calls_of_a, b.name);
    });
    result.others = kept.others_;
    return result;
}

void merge(Tally& tally, const Tally& other) {
    merge(tally.counts, other.counts);
    sum_into(tally.reasons, other.reasons);
    tally.tools.merge(other.tools);
    for (std::size_t i = 0; i < tally.rules.size(); ++i) merge(tally.rules[i], other.rules[i]);
    for (const auto& [what, calls] : other.missing) tally.missing[what] += calls;
    tally.facts.merge(other.facts);
    tally.unread.merge(other.unread);
    merge(tally.places_met, other.places_met);
    tally.times.early += other.times.early;
    tally.times.late += other.times.late;
    tally.times.unreadable += other.times.unreadable;
    merge(tally.recorded, other.recorded);
    tally.unknown_words.merge(other.unknown_words);
    merge(tally.verdicts, other.verdicts);
    merge(tally.comparison, other.comparison);
    tally.figures.merge(other.figures);
    tally.blank += other.blank;
    tally.skipped += other.skipped;
    tally.text_bytes += other.text_bytes;
}

bool decides(const Verdict& verdict, Outcome effect) {
    if (effect != verdict.outcome) return false;
    switch (verdict.reason) {
        case Reason::allowed:
        case Reason::by_default:
        case Reason::rule:
        case Reason::limit:
        case Reason::missing_data: return true;
        case Reason::no_grant:
        case Reason::invalid_args:
        case Reason::invalid_stage:
        case Reason::unknown_tool:
        case Reason::id_reuse:
        case Reason::rejected:
        case Reason::unsupported_obligation:
        case Reason::halted: return false;
    }
    return false;
}

void add_parts(std::vector<RuleTally>& tallies, const std::vector<Outcome>& effects,
               const std::vector<Session::Part>& parts, const Verdict& verdict,
               std::uint64_t calls) {
    const bool rules_decided = decides(verdict, verdict.outcome);
    for (const Session::Part& part : parts) {
        if (part.rule >= tallies.size()) continue;
        RuleTally& tally = tallies[part.rule];
        const Outcome effect = effects[part.rule];
        if (part.on_trial) {
            tally.trial_hits += calls;
            if (effect > verdict.outcome) tally.trial_tighter += calls;
            continue;
        }
        tally.hits += calls;
        if (!part.sure) tally.unsure += calls;
        if (rules_decided && effect == verdict.outcome) tally.decisive += calls;
    }
}

void add_recorded(Recorded& recorded, Outcome then, Outcome now, std::uint64_t calls) {
    recorded.calls += calls;
    (now == then ? recorded.same : now > then ? recorded.tighter : recorded.looser) += calls;
    recorded.table[index(then)][index(now)] += calls;
}

void add_verdict(HumanVerdicts& verdicts, HumanVerdict verdict, Outcome now, std::uint64_t calls) {
    verdicts.calls += calls;
    verdicts.table[static_cast<std::size_t>(verdict)][index(now)] += calls;
}

std::vector<RuleRow> rule_rows(const std::vector<RuleTally>& tallies,
                               const std::vector<RuleInfo>& rules) {
    std::vector<RuleRow> rows;
    rows.reserve(rules.size());
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const RuleInfo& rule = rules[i];
        const RuleTally& tally = tallies[i];
        rows.push_back({rule.name, rule.kind, rule.effect, rule.file, rule.line, rule.on_trial,
                        tally.hits, tally.unsure, tally.decisive, tally.trial_hits,
                        tally.trial_tighter, tally.sole, tally.verdicts});
    }
    std::sort(rows.begin(), rows.end(), [](const RuleRow& a, const RuleRow& b) {
        return std::tie(b.decisive, b.hits, b.trial_hits, a.name, a.file, a.line) <
               std::tie(a.decisive, a.hits, a.trial_hits, b.name, b.file, b.line);
    });
    return rows;
}

std::vector<MissingRow> missing_rows(const Tally& tally) {
    std::vector<MissingRow> rows;
    for (const auto& [what, calls] : tally.missing) {
        rows.push_back({what.first, what.second, calls});
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const MissingRow& a, const MissingRow& b) { return a.calls > b.calls; });
    return rows;
}

std::vector<UnknownWord> unknown_words(const WordTallies& words) {
    std::vector<UnknownWord> told;
    for (const auto& [name, tally] : words.rows()) told.push_back({name.second, tally.count});
    std::sort(told.begin(), told.end(), [](const UnknownWord& a, const UnknownWord& b) {
        return std::tie(b.calls, a.word) < std::tie(a.calls, b.word);
    });
    if (told.size() > unknown_words_told) told.resize(unknown_words_told);
    return told;
}

}  // namespace proviso::simulator
