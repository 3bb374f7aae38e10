// Tests that come out the same in every call, by the types of what they test (P1730, P1731), and
// rules whose tests leave no call (P1732). Covered by tests/golden/lint/conditions.
//
// What an attribute may be says nothing of calls that lack it: `environment in [dev, production]`
// is how an allow asks that the host says one at all. So a test that always holds is one of a
// needed argument, of the stage or of the tool; what never holds does so whatever is unknown.
#include <algorithm>
#include <set>

#include "lint/passes.h"

namespace proviso::lint {
namespace {

using check::Node;
using check::NodeKind;

class FixedTests {
  public:
    FixedTests(Subject& subject, Conditions& conditions)
        : subject_(subject),
          conditions_(conditions) {}

    void run() {
        const check::PolicySet& set = subject_.set;
        for (const check::Rule& rule : set.rules) {
            look_at({rule.targets, rule.stages, rule.name}, {rule.when, rule.unless});
        }
        for (const check::Raise& raise : set.raises) {
            look_at({raise.targets, raise.stages, raise.name}, {raise.when, raise.unless});
        }
        for (const check::Limit& limit : set.limits) {
            look_at({limit.measure.targets, limit.measure.stages, limit.name},
                    {limit.measure.where, limit.unless});
        }
        for (const check::Role& role : set.roles) {
            for (const check::Grant& grant : role.grants) {
                look_at({grant.targets, grant.stages, role.name}, {grant.when});
            }
        }
    }

  private:
    struct Scope {
        std::uint32_t targets = 0;
        check::StageMask stages = 0;
        std::string_view name;
    };

    void look_at(const Scope& scope, std::initializer_list<NodeId> roots) {
        std::vector<Place> places;
        const check::TargetSet& targets = subject_.set.target_sets[scope.targets];
        if (!targets.patterns.empty()) return;
        for (const check::ToolId tool : targets.tools) {
            if (!subject_.comparisons.take()) return;
            const auto stages =
                static_cast<check::StageMask>(subject_.set.tool(tool).stages & scope.stages);
            if (stages != 0) places.push_back({tool, stages});
        }
        if (places.empty()) return;
        for (const NodeId root : roots) {
            if (root != check::no_node) look_into(scope, places, root);
        }
    }

    /// Not into lets: they are of other statements too.
    void look_into(const Scope& scope, const std::vector<Place>& places, NodeId id) {
        const Node& node = subject_.set.node(id);
        if (node.kind == NodeKind::logical_not) return look_into(scope, places, node.a);
        if (node.kind == NodeKind::logical_and || node.kind == NodeKind::logical_or) {
            for (std::uint32_t i = 0; i < node.items.count; ++i) {
                look_into(scope, places, subject_.set.node_items[node.items.begin + i]);
            }
            return;
        }
        const std::optional<Test> test = conditions_.literal_test(id);
        if (!test || conditions_.term(test->term).node == check::no_node) return;
        const Node& value = subject_.set.node(conditions_.term(test->term).node);
        if (value.kind != NodeKind::slot) return;
        report(scope, places, node.span, *test, value);
    }

    bool is_fixed(const std::vector<Place>& places, const Test& test, bool holds) const {
        return std::all_of(places.begin(), places.end(), [&](const Place& place) {
            if (!subject_.comparisons.take()) return false;
            const ValueSet domain = conditions_.domain(test.term, place);
            return holds ? is_subset(domain, test.values)
                         : is_empty(intersection(domain, test.values));
        });
    }

    bool is_needed(const check::Slot& slot, const Node& value, const Place& place) const {
        if (slot.source == check::SlotSource::builtin) return is_stage_or_tool(value);
        if (slot.source != check::SlotSource::argument) return false;
        const auto& arguments = subject_.set.tool(place.tool).arguments;
        return std::any_of(arguments.begin(), arguments.end(), [&](const auto& argument) {
            const auto& slots = argument.slots;
            return argument.declared && !subject_.set.types.type(argument.type).optional &&
                   std::find(slots.begin(), slots.end(), value.slot) != slots.end();
        });
    }

    static bool is_stage_or_tool(const Node& value) {
        return value.slot == check::SlotId{index_of(check::BuiltinSlot::stage)} ||
               value.slot == check::SlotId{index_of(check::BuiltinSlot::tool)};
    }

    void report(const Scope& scope, const std::vector<Place>& places, Span span, const Test& test,
                const Node& value) {
        const check::Slot& slot = subject_.set.slot(value.slot);
        const bool needed = std::all_of(places.begin(), places.end(), [&](const Place& place) {
            return is_needed(slot, value, place);
        });
        const bool never = is_fixed(places, test, false);
        if (!never && !(needed && is_fixed(places, test, true))) return;
        if (!reported_.insert({index_of(span.source), span.begin, span.end}).second) return;
        std::string why = "by the type of `" + slot.path + "`";
        if (is_stage_or_tool(value)) {
            why = "by the " + slot.path + "s of `" + std::string(scope.name) + "`";
        }
        subject_.sink.report(
            never ? DiagnosticId::test_never_holds : DiagnosticId::test_always_holds, span, {why},
            never ? "ask for what can be, or take it out" : "take it out");
    }

    Subject& subject_;
    Conditions& conditions_;
    std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> reported_;
};

}  // namespace

void find_fixed_tests(Subject& subject, Conditions& conditions) {
    FixedTests(subject, conditions).run();
}

void find_exclusions(Subject& subject, const RuleTable& rules) {
    for (std::size_t i = 0; i < subject.set.rules.size(); ++i) {
        const check::Rule& rule = subject.set.rules[i];
        const check::TargetSet& targets = subject.set.target_sets[rule.targets];
        const Alternatives& alternatives = rules.conditions[i];
        if (alternatives.empty() || targets.tools.empty() || !targets.patterns.empty()) continue;
        const bool never =
            std::all_of(alternatives.begin(), alternatives.end(), [&](const auto& one) {
                return std::any_of(one.begin(), one.end(),
                                   [](const Test& test) { return is_empty(test.values); });
            });
        if (!never) continue;
        subject.sink.report(DiagnosticId::tests_exclude, rule.name_span, {rule.name},
                            "no call makes all of them true: `or` for one of them?");
    }
}

}  // namespace proviso::lint
