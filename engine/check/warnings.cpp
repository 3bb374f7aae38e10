// See warnings.h. Facts are gathered for each target set and then for each tool, so that the cost
// does not multiply rules by tools.

#include "engine/check/warnings.h"

#include <algorithm>

#include "engine/check/axes.h"
#include "engine/check/listed_tools.h"
#include "engine/check/names.h"

namespace proviso::check {
namespace {

constexpr std::uint32_t no_rule = 0xFFFFFFFF;

/// What holds for every tool of a target set, or for one tool.
struct Facts {
    StageMask blocked = 0;               // without condition, not on trial
    std::uint32_t block = no_rule;       // one of those blocks
    StageMask held = 0;                  // likewise by a gate, or blocked
    bool allowed = false;                // some allow may open it
    std::uint32_t open_allow = no_rule;  // an allow that does not read the tier
    bool tier_tightens = false;          // a restriction or plain matrix reads the tier
    bool reached = false;                // some rule or matrix is about it
    bool default_opens = false;          // a default matrix has a cell that is no block
    std::uint8_t raised_to = 0;          // bit i: a raise to tier i

    void join(const Facts& other) {
        blocked |= other.blocked;
        block = std::min(block, other.block);
        held |= other.held;
        allowed = allowed || other.allowed;
        open_allow = std::min(open_allow, other.open_allow);
        tier_tightens = tier_tightens || other.tier_tightens;
        reached = reached || other.reached;
        default_opens = default_opens || other.default_opens;
        raised_to |= other.raised_to;
    }
};

void add_rule(Facts& facts, const Rule& rule, const RuleReads& reads, std::uint32_t index) {
    facts.reached = true;
    const bool always = rule.when == no_node && rule.unless == no_node && !rule.trial_until;
    if (rule.effect >= Effect::gate && always) facts.held |= rule.stages;
    if (rule.effect == Effect::block && always) {
        facts.blocked |= rule.stages;
        facts.block = std::min(facts.block, index);
    }
    if (rule.effect == Effect::allow) {
        facts.allowed = true;
        if (!reads.tier) facts.open_allow = std::min(facts.open_allow, index);
    } else {
        facts.tier_tightens = facts.tier_tightens || reads.tier;
    }
}

void add_matrix(Facts& facts, const Matrix& matrix) {
    facts.reached = true;
    if (matrix.is_default) {
        facts.default_opens |=
            std::any_of(matrix.cells.begin(), matrix.cells.end(),
                        [](const Outcome& cell) { return cell.effect != Effect::block; });
        return;
    }
    facts.tier_tightens |= std::any_of(matrix.axes.begin(), matrix.axes.end(),
                                       [](const Axis& a) { return a.kind == AxisKind::tier; });
}

/// It restricts, as a rule does, and may do so at a tier.
void add_limit(Facts& facts, const LimitReads& reads) {
    facts.reached = true;
    facts.tier_tightens = facts.tier_tightens || reads.tier;
}

std::vector<Facts> facts_of_sets(const Context& context) {
    const PolicySet& set = context.set;
    std::vector<Facts> facts(set.target_sets.size());
    for (std::uint32_t i = 0; i < set.rules.size(); ++i) {
        add_rule(facts[set.rules[i].targets], set.rules[i], context.rule_reads[i], i);
    }
    for (const Matrix& matrix : set.matrices) add_matrix(facts[matrix.targets], matrix);
    for (std::size_t i = 0; i < set.limits.size(); ++i) {
        add_limit(facts[set.limits[i].measure.targets], context.limit_reads[i]);
    }
    for (const Raise& raise : set.raises) {
        facts[raise.targets].raised_to |= static_cast<std::uint8_t>(1u << raise.tier);
    }
    return facts;
}

std::vector<Facts> facts_of_tools(const Context& context, const std::vector<Facts>& sets) {
    std::vector<Facts> facts(context.set.tools.size());
    for (std::size_t i = 0; i < sets.size(); ++i) {
        for (const ToolId tool : context.set.target_sets[i].tools) {
            facts[index_of(tool)].join(sets[i]);
        }
    }
    return facts;
}

/// The work of the warnings below: tools' facts, and answers for target sets as they are asked.
struct Survey {
    Context& context;
    std::vector<Facts> tools;
    std::unordered_map<std::uint64_t, bool> blocked_sets;  // by set and stages
    std::unordered_map<std::uint64_t, bool> held_sets;     // likewise
    std::unordered_map<std::uint32_t, bool> unopened_sets;

    [[nodiscard]] const Facts& of(ToolId tool) const { return tools[index_of(tool)]; }
    [[nodiscard]] const TargetSet& targets(std::uint32_t index) const {
        return context.set.target_sets[index];
    }
};

/// A tool of the set that is ever at these stages; none where P1515 says so.
const ToolId* tool_at(const Survey& survey, const TargetSet& set, StageMask stages) {
    for (const ToolId& tool : set.tools) {
        if ((survey.context.set.tool(tool).stages & stages) != 0) return &tool;
    }
    return nullptr;
}

/// Whether blocks leave no stage of any tool of the set.
bool all_blocked(Survey& survey, std::uint32_t targets, StageMask stages) {
    const std::uint64_t key = (std::uint64_t{targets} << 8) | stages;
    const auto [place, added] = survey.blocked_sets.try_emplace(key, false);
    if (!added) return place->second;
    const TargetSet& set = survey.targets(targets);
    place->second = tool_at(survey, set, stages) != nullptr && set.patterns.empty() &&
                    std::all_of(set.tools.begin(), set.tools.end(), [&](ToolId tool) {
                        const StageMask own = survey.context.set.tool(tool).stages;
                        return (own & stages & ~survey.of(tool).blocked) == 0;
                    });
    return place->second;
}

/// Whether nothing lets any tool of the set through, so that a gate has nothing to hold.
bool never_opened(Survey& survey, std::uint32_t targets) {
    if (survey.context.set.default_outcome.effect != Effect::block) return false;
    const auto [place, added] = survey.unopened_sets.try_emplace(targets, false);
    if (!added) return place->second;
    const TargetSet& set = survey.targets(targets);
    place->second = !set.tools.empty() && set.patterns.empty() &&
                    std::none_of(set.tools.begin(), set.tools.end(), [&](ToolId tool) {
                        return survey.of(tool).allowed || survey.of(tool).default_opens;
                    });
    return place->second;
}

/// Whether people approve every call of the set where its deed is done, whatever the call.
bool all_held(Survey& survey, std::uint32_t targets, StageMask stages) {
    const std::uint64_t key = (std::uint64_t{targets} << 8) | stages;
    const auto [place, added] = survey.held_sets.try_emplace(key, false);
    if (!added) return place->second;
    const TargetSet& set = survey.targets(targets);
    place->second = !set.tools.empty() && set.patterns.empty() &&
                    std::all_of(set.tools.begin(), set.tools.end(), [&](ToolId tool) {
                        StageMask open = survey.context.set.tool(tool).stages & stages;
                        if ((open & execute_stage) != 0) open = execute_stage;
                        return (open & ~survey.of(tool).held) == 0;
                    });
    return place->second;
}

void warn_allow(Survey& survey, const Rule& rule, const RuleReads& reads) {
    Context& context = survey.context;
    if (all_blocked(survey, rule.targets, rule.stages)) {
        const ToolId tool = *tool_at(survey, survey.targets(rule.targets), rule.stages);
        const Rule& block = context.set.rules[survey.of(tool).block];
        add_note(context.report(DiagnosticId::allow_under_block, rule.name_span,
                                {rule.name, block.name}),
                 block.name_span, "blocked here, whatever the call");
        return;
    }
    if (reads.host) return;
    if (reads.agent) {
        context.report(DiagnosticId::allow_on_agents_word, rule.name_span, {rule.name},
                       "args are what the agent writes: test also what the host vouches for");
        return;
    }
    if (all_held(survey, rule.targets, rule.stages)) return;
    context.report(DiagnosticId::allow_without_condition, rule.name_span, {rule.name},
                   "say `when`, or hold every call by a `gate` without a condition; where it is "
                   "meant, `# lint: off P1507: the reason` silences it in `lint`");
}

void warn_rules(Survey& survey) {
    Context& context = survey.context;
    for (std::size_t i = 0; i < context.set.rules.size(); ++i) {
        const Rule& rule = context.set.rules[i];
        switch (rule.effect) {
            case Effect::allow: warn_allow(survey, rule, context.rule_reads[i]); break;
            case Effect::notify:
            case Effect::gate:
                if (!never_opened(survey, rule.targets)) break;
                context.report(DiagnosticId::nothing_to_restrict, rule.name_span, {rule.name},
                               "the default is `block`: an `allow` must open the tool first");
                break;
            case Effect::block: break;
        }
    }
}

void warn_limits(Survey& survey) {
    for (const Limit& limit : survey.context.set.limits) {
        if (!never_opened(survey, limit.measure.targets)) continue;
        survey.context.report(DiagnosticId::nothing_to_restrict, limit.name_span, {limit.name},
                              "the default is `block`: an `allow` must open the tool first");
    }
}

/// An `allow` in a cell reads as if it opened something, which only the default matrix does.
void warn_matrices_of_closed(Survey& survey) {
    for (const Matrix& matrix : survey.context.set.matrices) {
        if (matrix.is_default || !never_opened(survey, matrix.targets)) continue;
        const auto has = [&](Effect effect) {
            return std::any_of(matrix.cells.begin(), matrix.cells.end(),
                               [&](const Outcome& cell) { return cell.effect == effect; });
        };
        const bool any = has(Effect::allow);
        if (!any && !has(Effect::notify) && !has(Effect::gate)) continue;
        survey.context.report(
            DiagnosticId::nothing_to_restrict, matrix.name_span, {matrix.name},
            any ? "a cell of a plain matrix opens nothing: write an `allow`, or a "
                  "`default matrix`"
                : "the default is `block`: an `allow` must open the tool first");
    }
}

void warn_raises(Survey& survey) {
    Context& context = survey.context;
    for (std::size_t i = 0; i < context.set.raises.size(); ++i) {
        const Raise& raise = context.set.raises[i];
        for (const ToolId tool : survey.targets(raise.targets).tools) {
            const Facts& facts = survey.of(tool);
            if (facts.open_allow == no_rule || facts.tier_tightens) continue;
            const Rule& allow = context.set.rules[facts.open_allow];
            add_note(
                context.report(DiagnosticId::raise_not_felt, context.raises[i].node->name.span,
                               {raise.name, context.set.tool(tool).name, allow.name},
                               "add `tier < …` to the allow, or a restriction with `tier >= …`"),
                allow.name_span, "opened here at every tier");
            break;
        }
    }
}

/// Bit i: some tool of the set is, or may be raised to, tier i.
std::uint8_t reachable_tiers(const Survey& survey, const TargetSet& set) {
    constexpr std::uint8_t all_tiers = 0xF;
    if (!set.patterns.empty()) return all_tiers;
    std::uint8_t tiers = 0;
    for (const ToolId tool : set.tools) {
        const std::optional<std::uint32_t> own = survey.context.set.tool(tool).tier;
        if (!own) return all_tiers;
        const auto bit = static_cast<std::uint8_t>(1u << *own);
        const auto above = static_cast<std::uint8_t>(survey.of(tool).raised_to & ~(bit - 1u));
        tiers |= static_cast<std::uint8_t>(bit | above);
    }
    return tiers;
}

/// Only where the matrix names its tools: one for all tools lists all tiers for those to come.
void warn_tier_labels(Survey& survey, std::size_t index) {
    Context& context = survey.context;
    const Matrix& matrix = context.set.matrices[index];
    const ast::Matrix& node = *context.matrices[index].node;
    const TargetSet& set = survey.targets(matrix.targets);
    if (!node.on || set.tools.empty()) return;
    const std::uint8_t reachable = reachable_tiers(survey, set);
    for (std::size_t a = 0; a < matrix.axes.size(); ++a) {
        const Axis& axis = matrix.axes[a];
        if (axis.kind != AxisKind::tier) continue;
        for (std::uint32_t label = 0; label < axis.size; ++label) {
            bool reached = false;
            for (std::size_t tier = 0; tier < axis.index_of.size(); ++tier) {
                reached = reached || (axis.index_of[tier] == label && (reachable >> tier & 1) != 0);
            }
            if (reached) continue;
            const ast::File& file = *context.matrices[index].file;
            const std::vector<Label> labels =
                a == 0 ? labels_of(file, node.rows) : labels_of(file, node.columns);
            context.report(DiagnosticId::never_reached, labels[label].span,
                           {a == 0 ? "row" : "column", axis.labels[label]});
        }
    }
}

void warn_tools(Survey& survey) {
    Context& context = survey.context;
    std::vector<std::uint32_t> listed;
    const bool all = !context.defaults.empty();
    for (std::uint32_t i = 0; i < context.set.tools.size(); ++i) {
        if (all || survey.tools[i].reached) continue;
        if (context.tools[i].file->tools_list) {
            listed.push_back(i);
            continue;
        }
        context.report(DiagnosticId::tool_without_rule, context.tools[i].node->name.span,
                       {context.set.tools[i].name}, "nothing allows it: every call is blocked");
    }
    warn_listed_tools(context, listed);
}

}  // namespace

void warn_about_set(Context& context) {
    Survey survey{context, facts_of_tools(context, facts_of_sets(context)), {}, {}};
    warn_rules(survey);
    warn_limits(survey);
    warn_matrices_of_closed(survey);
    warn_raises(survey);
    for (std::size_t i = 0; i < context.set.matrices.size(); ++i) warn_tier_labels(survey, i);
    warn_tools(survey);
}

}  // namespace proviso::check
