// One call as code sees it.
#pragma once

#include <cstdint>

#include "engine/bytecode/program.h"
#include "engine/model/value.h"

namespace proviso::vm {

using model::Value;

/// All pointers are the caller's and outlive the call's evaluation.
struct Context {
    Value* places = nullptr;              // slots, then temporaries
    const std::uint64_t* roles[2] = {};   // principal, agent: bitsets over Program::roles
    bool roles_known[2] = {};             // whether a clear bit is a fact
    std::uint8_t tiers = 0x0F;            // bit a tier that the call may have
    std::uint32_t tool = bytecode::none;  // into Program::tools
};

}  // namespace proviso::vm
