// Tests that come out the same in every call, by the types of what they test (P1730, P1731), and
// rules whose tests leave no call (P1732). Covered by tests/golden/lint/conditions.
//
// What an attribute may be says nothing of calls that lack it: `environment in [dev, production]`
// is how an allow asks that the host says one at all, and `load >= 0` as well. So a test that
// always holds is one of a needed argument, of the stage or of the tool, of an attribute with a
// default, or of an order, which nobody needs to ask for that. What never holds does so whatever is
// unknown.
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
            look_at({rule.targets, rule.stages, rule.name, rule.effect == check::Effect::allow},
                    {rule.when, rule.unless});
        }
        for (const check::Raise& raise : set.raises) {
            look_at({raise.targets, raise.stages, raise.name, false}, {raise.when, raise.unless});
        }
        for (const check::Limit& limit : set.limits) {
            look_at({limit.measure.targets, limit.measure.stages, limit.name, false},
                    {limit.measure.where, limit.unless});
        }
        for (const check::Role& role : set.roles) {
            for (const check::Grant& grant : role.grants) {
                look_at({grant.targets, grant.stages, role.name, true},
                        {grant.when, check::no_node});
            }
        }
    }

  private:
    struct Scope {
        std::uint32_t targets = 0;
        check::StageMask stages = 0;
        std::string_view name;
        bool opens = false;
    };

    struct Roots {
        NodeId when = check::no_node;
        NodeId unless = check::no_node;
    };

    void look_at(const Scope& scope, const Roots& roots) {
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
        if (roots.when != check::no_node) look_into(scope, places, roots.when, false);
        if (roots.unless != check::no_node) look_into(scope, places, roots.unless, true);
    }

    /// Not into lets: they are of other statements too. `exempts`: whether a call is exempt where
    /// the node is true.
    void look_into(const Scope& scope, const std::vector<Place>& places, NodeId id, bool exempts) {
        const Node& node = subject_.set.node(id);
        if (node.kind == NodeKind::logical_not) return look_into(scope, places, node.a, false);
        if (node.kind == NodeKind::logical_and || node.kind == NodeKind::logical_or) {
            const bool each = exempts && node.kind == NodeKind::logical_or;
            for (std::uint32_t i = 0; i < node.items.count; ++i) {
                look_into(scope, places, subject_.set.node_items[node.items.begin + i], each);
            }
            return;
        }
        const std::optional<Test> test = conditions_.literal_test(id);
        if (!test || conditions_.term(test->term).node == check::no_node) return;
        const Node& value = subject_.set.node(conditions_.term(test->term).node);
        if (value.kind != NodeKind::slot && value.kind != NodeKind::local) return;
        report(scope, places, node, *test, value, exempts);
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
        if (slot.source != check::SlotSource::argument) return is_stage_or_tool(value);
        const auto& arguments = subject_.set.tool(place.tool).arguments;
        return std::any_of(arguments.begin(), arguments.end(), [&](const auto& argument) {
            const auto& slots = argument.slots;
            return argument.declared && !subject_.set.types.type(argument.type).optional &&
                   std::find(slots.begin(), slots.end(), value.slot) != slots.end();
        });
    }

    static bool is_ordered(const Node& test) {
        return test.kind == NodeKind::compare && test.op != check::CompareOp::equal &&
               test.op != check::CompareOp::not_equal;
    }

    /// Of an attribute: whether the test asks for more than that the host says one.
    bool is_no_question(const Scope& scope, const Node& test, const check::Slot& slot) const {
        const model::Type& type = subject_.set.types.type(slot.type);
        if (type.optional) return false;
        if (slot.initial.known()) return true;
        return is_ordered(test) && (type.kind == model::Kind::enumeration || !scope.opens);
    }

    bool may_always_hold(const Scope& scope, const std::vector<Place>& places, const Node& test,
                         const Node& value) const {
        if (value.kind == NodeKind::local) return is_ordered(test);
        const check::Slot& slot = subject_.set.slot(value.slot);
        if (slot.source == check::SlotSource::attribute) return is_no_question(scope, test, slot);
        return std::all_of(places.begin(), places.end(),
                           [&](const Place& place) { return is_needed(slot, value, place); });
    }

    static bool is_stage_or_tool(const Node& value) {
        return value.kind == NodeKind::slot &&
               (value.slot == check::SlotId{index_of(check::BuiltinSlot::stage)} ||
                value.slot == check::SlotId{index_of(check::BuiltinSlot::tool)});
    }

    bool may_lack(const Node& value) const {
        if (value.kind == NodeKind::local) return false;
        const check::Slot& slot = subject_.set.slot(value.slot);
        return slot.source == check::SlotSource::attribute && !slot.initial.known();
    }

    std::string reason(const Scope& scope, const Node& value, bool never) const {
        if (value.kind == NodeKind::local) {
            return "by what `" + written(subject_, value.span) + "` can be";
        }
        const std::string& path = subject_.set.slot(value.slot).path;
        if (is_stage_or_tool(value)) {
            return "by the " + path + "s of `" + std::string(scope.name) + "`";
        }
        const char* said = !never && may_lack(value) ? ", where the host says it" : "";
        return "by the type of `" + path + "`" + said;
    }

    /// Where the host must say the value, a test less is another rule for calls that lack it.
    const char* way_out(const Node& value, bool exempts) const {
        if (exempts) return "an `unless` that always holds exempts every call: ask for less";
        return may_lack(value) ? "ask for less than all that it can be" : "take it out";
    }

    void report(const Scope& scope, const std::vector<Place>& places, const Node& node,
                const Test& test, const Node& value, bool exempts) {
        const bool never = is_fixed(places, test, false);
        const bool always =
            !never && may_always_hold(scope, places, node, value) && is_fixed(places, test, true);
        if (!never && !always) return;
        const Span span = node.span;
        if (!reported_.insert({index_of(span.source), span.begin, span.end}).second) return;
        subject_.sink.report(
            never ? DiagnosticId::test_never_holds : DiagnosticId::test_always_holds, span,
            {reason(scope, value, never)},
            never ? "ask for what can be, or take it out" : way_out(value, exempts));
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
