// Rules beside others: one that a block takes all of (P1720), one that another says already
// (P1721). Covered by tests/golden/lint/hidden.
//
// A notify under a gate is not hidden, for an approved gate leaves it; nor is a gate under a gate
// of other people, for both must be opened. A rule that tells people something else (`because`,
// `fix`) or asks for a duty says that much.
#include <algorithm>
#include <tuple>

#include "lint/passes.h"

namespace proviso::lint {
namespace {

using check::Effect;
using check::Rule;

class Hidden {
  public:
    Hidden(Subject& subject, Conditions& conditions, const RuleTable& rules)
        : subject_(subject),
          conditions_(conditions),
          rules_(rules) {}

    void run() {
        for (std::uint32_t i = 0; i < subject_.set.rules.size(); ++i) {
            if (rule(i).trial_until || !rule(i).obligations.empty()) continue;
            if (never_matches(i)) continue;
            if (!find_block(i) && !find_default(i)) find_same(i);
        }
    }

  private:
    [[nodiscard]] const Rule& rule(std::uint32_t i) const { return subject_.set.rules[i]; }
    [[nodiscard]] const check::TargetSet& targets(std::uint32_t i) const {
        return subject_.set.target_sets[rule(i).targets];
    }

    /// Of which P1501, P1730 or P1732 tells.
    bool never_matches(std::uint32_t i) {
        const auto& tools = targets(i).tools;
        return !tools.empty() && std::all_of(tools.begin(), tools.end(), [&](check::ToolId tool) {
            const Place place{tool, stages_at(subject_, rule(i), tool)};
            return conditions_.is_impossible(rules_.conditions[i], place);
        });
    }

    /// Whether at this tool `by` is about all that `i` is about.
    bool covered_at(std::uint32_t i, std::uint32_t by, check::ToolId tool, bool surely) {
        const check::StageMask stages = stages_at(subject_, rule(i), tool);
        return (stages & ~rule(by).stages) == 0 &&
               conditions_.implies(rules_.conditions[i], rules_.conditions[by], {tool, stages},
                                   surely);
    }

    /// A name outside the catalogue is reached by both where both have the same targets.
    bool may_cover(std::uint32_t i, std::uint32_t by) const {
        return i != by && !rule(by).trial_until &&
               (targets(i).patterns.empty() || rule(i).targets == rule(by).targets);
    }

    std::optional<std::uint32_t> block_of(std::uint32_t i, check::ToolId tool) {
        for (const std::uint32_t by : rules_.of_tool[index_of(tool)]) {
            if (!subject_.comparisons.take()) return std::nullopt;
            if (rule(by).effect != Effect::block || !may_cover(i, by)) continue;
            if (covered_at(i, by, tool, false)) return by;
        }
        return std::nullopt;
    }

    bool is_always(std::uint32_t i) const {
        return rule(i).when == check::no_node && rule(i).unless == check::no_node;
    }

    /// Of an allow under blocks without a condition the checker tells (P1502).
    bool find_block(std::uint32_t i) {
        if (rule(i).effect == Effect::block) return false;
        std::optional<std::uint32_t> first;
        bool all_always = true;
        for (const check::ToolId tool : targets(i).tools) {
            if (stages_at(subject_, rule(i), tool) == 0) continue;
            const auto block = block_of(i, tool);
            if (!block) return false;
            if (!first) first = block;
            all_always = all_always && is_always(*block);
        }
        if (!first || (all_always && rule(i).effect == Effect::allow)) return false;
        const Rule& block = rule(*first);
        subject_.sink
            .report(DiagnosticId::rule_hidden, rule(i).name_span, {rule(i).name, block.name},
                    "a block is final: narrow it with `unless`, or take this rule out")
            .notes.push_back({block.name_span, "blocked here"});
        return true;
    }

    bool has_default_matrix(check::ToolId tool) const {
        const auto& matrices = subject_.set.matrices;
        return std::any_of(matrices.begin(), matrices.end(), [&](const check::Matrix& matrix) {
            const auto& tools = subject_.set.target_sets[matrix.targets].tools;
            return matrix.is_default && std::binary_search(tools.begin(), tools.end(), tool);
        });
    }

    /// Whether each allow of the tool that holds surely makes the rule false.
    bool is_closed_at(std::uint32_t i, check::ToolId tool, bool& any_allow) {
        const check::StageMask stages = stages_at(subject_, rule(i), tool);
        if (stages != 0 && has_default_matrix(tool)) return false;
        for (const std::uint32_t allow : rules_.of_tool[index_of(tool)]) {
            if (!subject_.comparisons.take()) return false;
            const auto both = static_cast<check::StageMask>(stages & rule(allow).stages);
            if (rule(allow).effect != Effect::allow || both == 0) continue;
            any_allow = true;
            const bool apart =
                conditions_.refutes(rules_.conditions[allow], rules_.conditions[i], {tool, both});
            if (!apart) return false;
        }
        return true;
    }

    /// A gate or notify where no allow holds. Where there is no allow at all the checker tells
    /// (P1503).
    bool find_default(std::uint32_t i) {
        const bool restricts = rule(i).effect == Effect::gate || rule(i).effect == Effect::notify;
        const bool blocks = subject_.set.default_outcome.effect == Effect::block;
        if (!restricts || !blocks || !targets(i).patterns.empty()) return false;
        bool any_allow = false;
        for (const check::ToolId tool : targets(i).tools) {
            if (!is_closed_at(i, tool, any_allow)) return false;
        }
        if (!any_allow) return false;
        subject_.sink.report(DiagnosticId::rule_hidden, rule(i).name_span,
                             {rule(i).name, "default"},
                             "no `allow` holds where this does: widen one, so that there is "
                             "something to hold");
        return true;
    }

    bool says_more(const Rule& a, const Rule& b) {
        if (!a.fix.empty() && a.fix != b.fix) return true;
        if (a.because.empty()) return false;
        return !std::equal(a.because.begin(), a.because.end(), b.because.begin(), b.because.end(),
                           [&](const check::TextPart& x, const check::TextPart& y) {
                               if (x.node == check::no_node || y.node == check::no_node) {
                                   return x.node == y.node && x.text == y.text;
                               }
                               return conditions_.key(x.node) == conditions_.key(y.node);
                           });
    }

    bool may_replace(std::uint32_t i, std::uint32_t by) {
        const Rule& a = rule(i);
        const Rule& b = rule(by);
        if (!may_cover(i, by) || says_more(a, b)) return false;
        if (a.effect == Effect::allow && !b.obligations.empty()) return false;
        if (a.effect == Effect::notify) {
            return b.effect == Effect::notify && a.role == b.role &&
                   b.within_seconds <= a.within_seconds;
        }
        return same_outcome(a, b);
    }

    bool covers(std::uint32_t i, std::uint32_t by) {
        const bool surely = rule(i).effect == Effect::allow;
        const std::vector<check::ToolId>& all = targets(by).tools;
        return std::all_of(targets(i).tools.begin(), targets(i).tools.end(),
                           [&](check::ToolId tool) {
                               if (!subject_.comparisons.take()) return false;
                               if (stages_at(subject_, rule(i), tool) == 0) return true;
                               return std::binary_search(all.begin(), all.end(), tool) &&
                                      covered_at(i, by, tool, surely);
                           });
    }

    static auto place(const Rule& rule) {
        return std::tuple(rule.name_span.source, rule.name_span.begin);
    }

    /// Of two that say the same, the later one.
    void find_same(std::uint32_t i) {
        const auto& own = targets(i).tools;
        const auto at = std::find_if(own.begin(), own.end(), [&](check::ToolId tool) {
            return stages_at(subject_, rule(i), tool) != 0;
        });
        if (at == own.end()) return;
        for (const std::uint32_t by : rules_.of_tool[index_of(*at)]) {
            if (!subject_.comparisons.take()) return;
            if (!may_replace(i, by) || !covers(i, by)) continue;
            const bool each_other = may_replace(by, i) && covers(by, i);
            if (each_other && place(rule(i)) < place(rule(by))) continue;
            subject_.sink
                .report(DiagnosticId::rule_adds_nothing, rule(i).name_span,
                        {rule(i).name, rule(by).name}, "take it out, or say what differs")
                .notes.push_back({rule(by).name_span, "says all of it already"});
            return;
        }
    }

    Subject& subject_;
    Conditions& conditions_;
    const RuleTable& rules_;
};

}  // namespace

void find_hidden_rules(Subject& subject, Conditions& conditions, const RuleTable& rules) {
    Hidden(subject, conditions, rules).run();
}

}  // namespace proviso::lint
