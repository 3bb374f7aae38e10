// What bind_lines.cpp and bind_lines_plan.cpp use over and over.
#pragma once

#include <memory>

#include "engine/decide/bind_call.h"
#include "engine/decide/bind_json.h"
#include "engine/decide/bind_lines.h"
#include "engine/decide/bind_state.h"

namespace proviso::decide {

struct LineMemory::Impl {
    Items<JsonSource> args;
    Scratch scratch;
    Bound trial;                       // of samples
    Bound typing;                      // owns what values of entries refer to
    std::unique_ptr<CallState> typer;  // of it; made with the first plan
};

}  // namespace proviso::decide
