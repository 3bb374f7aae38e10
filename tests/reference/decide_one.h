// One call by one set, with what is remembered as it stands: what decide.h makes of a sequence
// without halts, call ids and remembering.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/reference/bind.h"
#include "tests/reference/decide.h"

namespace proviso::reference {

struct Decided {
    Decision decision;
    std::vector<Event> events;          // what the call adds where it is let through
    std::vector<Rejection> rejections;  // what it brings, whatever becomes of it
};

/// Of a call in good form; `plan` as plan.h tells it.
[[nodiscard]] Decided decide_one(const Inputs& inputs, const Json& document, const BoundCall& call,
                                 const std::optional<std::string>& plan, const Memory& memory);

}  // namespace proviso::reference
