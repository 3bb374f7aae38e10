// The VM without the grammar, the checker and the compiler: one rule made by hand, run for two
// amounts and for one that is not known. Links engine_vm alone.
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "engine/vm/image.h"
#include "engine/vm/machine.h"

namespace {

using namespace proviso;
using bytecode::Builtin;
using model::Kind;

constexpr auto builtins = static_cast<std::uint32_t>(Builtin::count);

/// The built-in slots stand first in every program; see bytecode::Builtin.
void add_builtin_slots(bytecode::Program& program) {
    constexpr std::string_view paths[builtins] = {"tool",
                                                  "stage",
                                                  "tier",
                                                  "time",
                                                  "principal.id",
                                                  "agent.id",
                                                  "agent.model",
                                                  "agent.version",
                                                  "agent.confidence",
                                                  "workflow.name",
                                                  "workflow.version",
                                                  "workflow.run",
                                                  "has_undo",
                                                  "undoing",
                                                  "call.id"};
    for (std::uint32_t slot = 0; slot < builtins; ++slot) {
        model::TypeId type = program.types.scalar(Kind::string);
        switch (static_cast<Builtin>(slot)) {
            case Builtin::stage: type = model::stage_type; break;
            case Builtin::tier: type = model::tier_type; break;
            case Builtin::time: type = program.types.scalar(Kind::time); break;
            case Builtin::agent_confidence: type = program.types.scalar(Kind::decimal); break;
            case Builtin::has_undo:
            case Builtin::undoing: type = program.types.scalar(Kind::boolean); break;
            default: break;
        }
        program.slots.push_back({std::string(paths[slot]), type, bytecode::SlotSource::builtin,
                                 false, model::unknown(model::State::missing)});
    }
}

/// One condition, `amount <= 500`, at block 0.
bytecode::Program make_program() {
    bytecode::Program program;
    program.policy_name = "by_hand";
    program.policy_version = "1";
    add_builtin_slots(program);
    const model::TypeId integer = program.types.scalar(Kind::integer);
    program.slots.push_back({"amount", integer, bytecode::SlotSource::attribute, false,
                             model::unknown(model::State::missing)});
    program.constants.push_back(model::of_integer(500));
    program.constant_types.push_back(integer);
    program.role_sets.emplace_back();
    bytecode::Rule& rule = program.rules.emplace_back();
    rule.name = "default";
    rule.kind = bytecode::RuleKind::default_outcome;
    using bytecode::Op;
    // An unknown test counts as false in the sure pass: it jumps to `no`.
    program.code = {
        {Op::int_le_k, bytecode::unknown_jumps, 0, builtins, 0, 2}, {Op::yes}, {Op::no}};
    return program;
}

vm::Truth truth_for(vm::Machine& machine, std::vector<model::Value>& frame, model::Value amount) {
    frame[builtins] = amount;
    machine.begin({.places = frame.data()});
    return machine.truth(0);
}

}  // namespace

int main() {
    std::string error;
    const auto image = vm::Image::make(make_program(), Limits{}, error);
    if (image == nullptr) {
        std::printf("refused: %s\n", error.c_str());
        return 1;
    }
    std::vector<model::Value> frame;
    for (const bytecode::Slot& slot : image->program().slots) frame.push_back(slot.initial);
    vm::Machine machine(*image);
    const vm::Truth below = truth_for(machine, frame, model::of_integer(20));
    const vm::Truth above = truth_for(machine, frame, model::of_integer(501));
    const vm::Truth missing = truth_for(machine, frame, model::unknown(model::State::missing));
    std::printf("20: %d, 501: %d, missing: %d\n", static_cast<int>(below), static_cast<int>(above),
                static_cast<int>(missing));
    const bool right =
        below == vm::Truth::yes && above == vm::Truth::no && missing == vm::Truth::unknown;
    return right ? 0 : 1;
}
