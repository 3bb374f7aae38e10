// What stands between calls: halts, call ids, rejections and what is counted. See decide.h. Tested
// by sequence_test.cpp.
#include <algorithm>

#include "tests/reference/bind.h"
#include "tests/reference/decide_one.h"
#include "tests/reference/plan.h"
#include "tests/reference/text_forms.h"

namespace proviso::reference {

namespace {

std::string id_of(const BoundCall& call) {
    return call.slots[static_cast<std::size_t>(check::BuiltinSlot::call_id)].text;
}

/// A switch that goes by a name also halts a call that lacks the name.
bool is_halted(const Halt& halt, const BoundCall& call) {
    using check::BuiltinSlot;
    if (halt.kind == "everything") return true;
    const BuiltinSlot which = halt.kind == "tool"        ? BuiltinSlot::tool
                              : halt.kind == "agent"     ? BuiltinSlot::agent_id
                              : halt.kind == "principal" ? BuiltinSlot::principal_id
                                                         : BuiltinSlot::workflow_name;
    const Value& name = call.slots[static_cast<std::size_t>(which)];
    if (!name.known()) return true;
    return halt.kind == "tool" ? like(name.text, halt.name) : name.text == halt.name;
}

Decision blocked(const BoundCall& call, const std::string& reason) {
    Decision decision;
    decision.reason = reason;
    decision.undeclared_roles = call.undeclared_roles;
    return decision;
}

/// Where a set has nothing that depends on it, nothing is remembered of its calls.
bool remembers(const check::PolicySet& set) {
    const auto holds = [](const auto& one) { return one.effect == check::Effect::gate; };
    const auto has_gate = [&](const check::Matrix& matrix) {
        return std::any_of(matrix.cells.begin(), matrix.cells.end(), holds);
    };
    return !set.limits.empty() || !set.counters.empty() || holds(set.default_outcome) ||
           std::any_of(set.rules.begin(), set.rules.end(), holds) ||
           std::any_of(set.matrices.begin(), set.matrices.end(), has_gate);
}

/// An id that is there but cannot be read may be one that is bound.
void hold_unreadable(const BoundCall& call, Decision& decision) {
    const Value& id = call.slots[static_cast<std::size_t>(check::BuiltinSlot::call_id)];
    if (id.known() || id.cause == "missing") return;
    decision.missing.insert({"id", id.cause});
    if (decision.outcome == Outcome::block) return;
    decision.outcome = Outcome::block;
    decision.reason = "missing_data";
}

void remember(Memory& memory, const std::string& id, const Decided& decided) {
    for (Rejection one : decided.rejections) {
        one.sure = true;  // what is kept is kept as it was taken
        memory.rejections.push_back(one);
    }
    const Decision& decision = decided.decision;
    if (decision.outcome > Outcome::notify) return;
    for (Event event : decided.events) {
        event.call = id;
        memory.events.add(event);
    }
    if (!id.empty()) memory.ids[id] = {decision.plan, decision, State::pending};
}

}  // namespace

bool Memory::confirm(const std::string& id) {
    const auto found = ids.find(id);
    if (found == ids.end()) return false;
    found->second.state = State::confirmed;
    events.settle(id, State::confirmed);
    return true;
}

/// What was confirmed stays so.
bool Memory::cancel(const std::string& id) {
    const auto found = ids.find(id);
    if (found == ids.end() || found->second.state == State::confirmed) return false;
    found->second.state = State::cancelled;
    events.settle(id, State::cancelled);
    return true;
}

std::optional<std::string> plan_of(const Inputs& inputs, const Json& call) {
    const BoundCall bound = bind(inputs.set, call, inputs.limits);
    return bound.form_error.empty() ? plan_of(inputs.set, bound, call) : std::nullopt;
}

Decision decide(const Inputs& inputs, const Json& call, Memory& memory, Ask ask) {
    const BoundCall bound = bind(inputs.set, call, inputs.limits);
    for (const Halt& halt : memory.halts) {
        if (is_halted(halt, bound)) return blocked(bound, "halted");
    }
    if (!bound.form_error.empty()) return blocked(bound, bound.form_error);
    const std::optional<std::string> plan = plan_of(inputs.set, bound, call);
    const auto known = memory.ids.find(id_of(bound));
    if (known != memory.ids.end()) {
        if (!plan || known->second.plan != plan) return blocked(bound, "id_reuse");
        Decision again = known->second.answer;
        again.repeat = true;
        return again;
    }
    Decided decided = decide_one(inputs, call, bound, plan, memory);
    if (!remembers(inputs.set)) return decided.decision;
    hold_unreadable(bound, decided.decision);
    if (ask == Ask::decide) remember(memory, id_of(bound), decided);
    return decided.decision;
}

Decision decide(const Inputs& inputs, const Json& call) {
    Memory memory;
    return decide(inputs, call, memory, Ask::preview);
}

}  // namespace proviso::reference
