// The inside of a session, for what is told of its last call beside the public record.
#pragma once

#include "engine/decide/decider.h"
#include "engine/decide/limits_part.h"
#include "engine/decide/observe.h"
#include "proviso/engine.h"

namespace proviso::engine {

/// Nothing where the rules were not asked: a halt, a repeat, an id that is used again.
void observe_last_call(Session& session, const decide::GrantTools& grants, decide::Seen& seen);

/// What limits made of the call; null where none was asked.
struct LastLimits {
    const decide::LimitsPart* limits = nullptr;
    decide::Decider* decider = nullptr;
};
[[nodiscard]] LastLimits limits_of_last_call(Session& session);

}  // namespace proviso::engine
