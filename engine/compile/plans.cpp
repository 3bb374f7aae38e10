// One plan a tool and stage. Where several rules of a plan compare one slot with constants, a
// switch picks the candidates: what a call costs follows the rules that can still match, not the
// rules that exist. A rule with several equalities goes where its plan has the most different keys.
#include "engine/compile/plans.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace proviso::compile {

namespace {

// Fewer rules than this are tried one by one: a look-up costs as much as a few comparisons.
constexpr std::size_t smallest_switch = 4;

// What one tool does at one stage, as indices; equal ones share a plan.
struct Work {
    std::vector<std::uint32_t> allows;        // into AllAimed::rules
    std::vector<std::uint32_t> restrictions;  // into AllAimed::rules
    std::vector<std::uint32_t> default_matrices;
    std::vector<std::uint32_t> matrices;
    std::vector<std::uint32_t> raises;
    std::vector<std::uint32_t> grants;  // into AllAimed::grants
    friend auto operator<=>(const Work&, const Work&) = default;
};

bool is_switchable(Kind kind) {
    return kind == Kind::string || kind == Kind::enumeration || kind == Kind::integer ||
           kind == Kind::boolean || kind == Kind::weekday || kind == Kind::date;
}

void collect_keys(Emitter& emitter, NodeId id, std::vector<EqualityKey>& keys) {
    const Node& node = emitter.set().node(id);
    if (node.kind == NodeKind::logical_and) {
        for (std::uint32_t i = 0; i < node.items.count; ++i) {
            collect_keys(emitter, emitter.set().node_items[node.items.begin + i], keys);
        }
        return;
    }
    if (node.kind != NodeKind::compare || node.op != check::CompareOp::equal) return;
    const bool swapped = emitter.set().node(node.a).kind == NodeKind::constant;
    const Node& slot = emitter.set().node(swapped ? node.b : node.a);
    const Node& constant = emitter.set().node(swapped ? node.a : node.b);
    if (slot.kind != NodeKind::slot || constant.kind != NodeKind::constant) return;
    const Kind kind = emitter.kind_of(constant.type);
    if (!is_switchable(kind)) return;
    keys.push_back({static_cast<std::uint32_t>(slot.slot),
                    emitter.constant(constant.type, constant.value), kind == Kind::string});
}

class Planner {
  public:
    Planner(Emitter& emitter, const AllAimed& aimed)
        : emitter_(emitter),
          program_(emitter.program()),
          aimed_(aimed) {
        work_.resize(emitter.set().tools.size() * 5);
    }

    void run() {
        distribute();
        for (std::size_t i = 0; i < work_.size(); ++i) {
            bytecode::Tool& tool = program_.tools[i / 5];
            if ((tool.stages >> (i % 5) & 1U) != 0) tool.plans[i % 5] = plan(i);
        }
        name_approvers();
    }

  private:
    template <class Add>
    void spread(const Aimed& aimed, const Add& add) {
        for (const check::ToolId tool : emitter_.set().target_sets[aimed.targets].tools) {
            for (std::uint32_t stage = 0; stage < 5; ++stage) {
                if ((aimed.stages >> stage & 1U) == 0) continue;
                if ((program_.tools[static_cast<std::size_t>(tool)].stages >> stage & 1U) == 0) {
                    continue;
                }
                add(work_[static_cast<std::size_t>(tool) * 5 + stage]);
            }
        }
    }

    void distribute() {
        for (std::uint32_t i = 0; i < aimed_.rules.size(); ++i) {
            const bool allows = aimed_.rules[i].allows;
            spread(aimed_.rules[i],
                   [&](Work& w) { (allows ? w.allows : w.restrictions).push_back(i); });
        }
        for (const Aimed& one : aimed_.default_matrices) {
            spread(one, [&](Work& w) { w.default_matrices.push_back(one.index); });
        }
        for (const Aimed& one : aimed_.matrices) {
            spread(one, [&](Work& w) { w.matrices.push_back(one.index); });
        }
        for (const Aimed& one : aimed_.raises) {
            spread(one, [&](Work& w) { w.raises.push_back(one.index); });
        }
        for (std::uint32_t i = 0; i < aimed_.grants.size(); ++i) {
            spread(aimed_.grants[i], [&](Work& w) { w.grants.push_back(i); });
        }
    }

    // Whoever approves needs no stage of the tool.
    void name_approvers() {
        constexpr check::StageMask approve = check::stage_bit(3);
        std::vector<std::vector<std::uint32_t>> grants(program_.tools.size());
        for (const AimedGrant& grant : aimed_.grants) {
            if ((grant.stages & approve) == 0) continue;
            for (const check::ToolId tool : emitter_.set().target_sets[grant.targets].tools) {
                grants[static_cast<std::size_t>(tool)].push_back(grant.index);
            }
        }
        for (std::size_t i = 0; i < grants.size(); ++i) {
            program_.tools[i].approve_grants = append(program_.plan_grants, grants[i]);
        }
    }

    std::uint32_t plan(std::size_t at) {
        const auto [known, fresh] = plans_.try_emplace(
            std::move(work_[at]), static_cast<std::uint32_t>(program_.plans.size()));
        if (fresh) program_.plans.push_back(make(known->first));
        return known->second;
    }

    bytecode::Plan make(const Work& work) {
        bytecode::Plan plan;
        make_entries(work.allows, plan.allows, plan.allow_switches);
        make_entries(work.restrictions, plan.restrictions, plan.restriction_switches);
        plan.default_matrices = append(program_.plan_matrices, work.default_matrices);
        plan.matrices = append(program_.plan_matrices, work.matrices);
        plan.raises = append(program_.plan_raises, work.raises);
        make_grants(work.grants, plan);
        return plan;
    }

    static bytecode::Range append(std::vector<std::uint32_t>& to,
                                  const std::vector<std::uint32_t>& what) {
        const bytecode::Range range{static_cast<std::uint32_t>(to.size()),
                                    static_cast<std::uint32_t>(what.size())};
        to.insert(to.end(), what.begin(), what.end());
        return range;
    }

    void make_grants(const std::vector<std::uint32_t>& grants, bytecode::Plan& plan) {
        std::vector<std::uint64_t> roles((emitter_.set().roles.size() + 63) / 64);
        std::vector<std::uint32_t> conditional;
        for (const std::uint32_t i : grants) {
            const AimedGrant& grant = aimed_.grants[i];
            if (grant.conditional) {
                conditional.push_back(grant.index);
            } else {
                roles[grant.role / 64] |= std::uint64_t{1} << (grant.role % 64);
            }
        }
        plan.grants = append(program_.plan_grants, conditional);
        const auto [known, fresh] =
            role_sets_.try_emplace(roles, static_cast<std::uint32_t>(program_.role_sets.size()));
        if (fresh) program_.role_sets.push_back(std::move(roles));
        plan.granting_roles = known->second;
    }

    // The slot of each rule's switch, or none for rules that are tried one by one.
    std::vector<EqualityKey> choose(const std::vector<std::uint32_t>& rules) {
        std::map<std::uint32_t, std::set<std::uint32_t>> keys_of_slot;
        for (const std::uint32_t rule : rules) {
            for (const EqualityKey& key : aimed_.rules[rule].keys) {
                keys_of_slot[key.slot].insert(key.key);
            }
        }
        std::vector<EqualityKey> chosen(rules.size());
        std::map<std::uint32_t, std::size_t> users;
        for (std::size_t i = 0; i < rules.size(); ++i) {
            std::size_t best = 0;
            for (const EqualityKey& key : aimed_.rules[rules[i]].keys) {
                const std::size_t keys = keys_of_slot[key.slot].size();
                if (keys <= best) continue;
                best = keys;
                chosen[i] = key;
            }
            if (chosen[i].slot != none) ++users[chosen[i].slot];
        }
        for (EqualityKey& key : chosen) {
            if (key.slot != none && users[key.slot] < smallest_switch) key = {};
        }
        return chosen;
    }

    void make_entries(const std::vector<std::uint32_t>& rules, bytecode::Range& plain,
                      bytecode::Range& switches) {
        const std::vector<EqualityKey> chosen = choose(rules);
        plain.begin = static_cast<std::uint32_t>(program_.entries.size());
        std::map<std::uint32_t, std::map<std::uint32_t, std::vector<std::uint32_t>>> by_slot;
        std::map<std::uint32_t, bool> is_text;
        for (std::size_t i = 0; i < rules.size(); ++i) {
            if (chosen[i].slot == none) {
                add_entry(rules[i]);
            } else {
                by_slot[chosen[i].slot][chosen[i].key].push_back(rules[i]);
                is_text[chosen[i].slot] = chosen[i].is_text;
            }
        }
        plain.count = static_cast<std::uint32_t>(program_.entries.size()) - plain.begin;
        switches.begin = static_cast<std::uint32_t>(program_.switches.size());
        switches.count = static_cast<std::uint32_t>(by_slot.size());
        for (const auto& [slot, cases] : by_slot) add_switch(slot, is_text[slot], cases);
    }

    void add_switch(std::uint32_t slot, bool is_text,
                    const std::map<std::uint32_t, std::vector<std::uint32_t>>& cases) {
        bytecode::Switch result{.slot = slot, .is_text = is_text};
        result.cases.begin = static_cast<std::uint32_t>(program_.cases.size());
        result.cases.count = static_cast<std::uint32_t>(cases.size());
        result.entries.begin = static_cast<std::uint32_t>(program_.entries.size());
        for (const auto& [key, rules] : cases) {
            const auto begin = static_cast<std::uint32_t>(program_.entries.size());
            for (const std::uint32_t rule : rules) add_entry(rule);
            program_.cases.push_back({key, {begin, static_cast<std::uint32_t>(rules.size())}});
        }
        result.entries.count =
            static_cast<std::uint32_t>(program_.entries.size()) - result.entries.begin;
        program_.switches.push_back(result);
    }

    void add_entry(std::uint32_t rule) {
        const std::uint32_t index = aimed_.rules[rule].index;
        program_.entries.push_back({program_.rules[index].block, index});
    }

    Emitter& emitter_;
    Program& program_;
    const AllAimed& aimed_;
    std::vector<Work> work_;
    std::map<Work, std::uint32_t> plans_;
    std::map<std::vector<std::uint64_t>, std::uint32_t> role_sets_;
};

}  // namespace

std::vector<EqualityKey> equality_keys(Emitter& emitter, NodeId when) {
    std::vector<EqualityKey> keys;
    if (when != check::no_node) collect_keys(emitter, when, keys);
    return keys;
}

void make_plans(Emitter& emitter, const AllAimed& aimed) {
    Planner(emitter, aimed).run();
}

}  // namespace proviso::compile
