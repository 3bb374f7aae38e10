// The inside of a session, for what is told of its last call beside the public record.
#pragma once

#include "engine/decide/observe.h"
#include "proviso/engine.h"

namespace proviso::engine {

/// Nothing where the rules were not asked: a halt, a repeat, an id that is used again.
void observe_last_call(Session& session, const decide::GrantTools& grants, decide::Seen& seen);

}  // namespace proviso::engine
