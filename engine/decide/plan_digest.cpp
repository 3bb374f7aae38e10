#include "engine/decide/plan_digest.h"

#include <algorithm>
#include <string>
#include <vector>

#include "engine/model/sha256.h"
#include "engine/model/text.h"
#include "engine/model/type.h"

namespace proviso::decide {

namespace {

using bytecode::Builtin;
using bytecode::slot_of;

bool takes_part(const bytecode::Slot& slot, std::uint32_t number) {
    switch (slot.source) {
        case bytecode::SlotSource::attribute:
        case bytecode::SlotSource::fact: return !slot.is_volatile;
        case bytecode::SlotSource::argument: return true;
        case bytecode::SlotSource::builtin: break;
    }
    return number == slot_of(Builtin::call_id) || number == slot_of(Builtin::principal_id) ||
           number == slot_of(Builtin::agent_id) || number == slot_of(Builtin::workflow_name);
}

void add(std::string& text, const bytecode::Program& program, std::uint32_t number,
         const model::Value& value) {
    const bytecode::Slot& slot = program.slots[number];
    model::append_json_string(text, slot.path);
    text += ':';
    if (value.known()) {
        text += model::to_json(program.types, slot.type, value);
    } else {
        text += model::name(value.state);
    }
    text += ',';
}

}  // namespace

PlanDigest plan_digest(const Bound& bound) {
    const bytecode::Program& program = *bound.program;
    std::vector<std::uint32_t> slots;
    for (const std::uint32_t number : bound.touched) {
        if (takes_part(program.slots[number], number)) slots.push_back(number);
    }
    const auto by_path = [&](std::uint32_t a, std::uint32_t b) {
        const int order = program.slots[a].path.compare(program.slots[b].path);
        return order != 0 ? order < 0 : a < b;
    };
    std::sort(slots.begin(), slots.end(), by_path);
    slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
    std::string text = "proviso-plan-0\n";
    model::append_json_string(text, bound.tool_name);
    text += std::to_string(bound.stage) + ',';
    for (const std::uint32_t number : slots) add(text, program, number, bound.frame[number]);
    return model::sha256(text);
}

}  // namespace proviso::decide
