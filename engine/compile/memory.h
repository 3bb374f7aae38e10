// Limits and counters, and the slots that what is remembered is put into.
//
// A counter that is read is three slots: its value, unknown where some events are not confirmed,
// and the bounds that it then lies between. They are filled before any rule is tried, so that code
// that reads no counter runs as it did, and one that does compares slots (`Emitter::branch_compare`
// says how bounds make a comparison three-valued). Reads of one counter by the same keys share
// their slots.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/compile/emitter.h"
#include "engine/compile/plans.h"

namespace proviso::compile {

/// Slots for every counter that is read and for every limit; before any code is emitted.
void add_memory_slots(Emitter& emitter);
/// How the keys of the counters that are read are found; after what is shared.
void add_counter_keys(Emitter& emitter);
void add_counters(Emitter& emitter, AllAimed& aimed);
void add_limits(Emitter& emitter, AllAimed& aimed);

/// The counter reads of expressions, ascending, each once; the lets that they use included.
[[nodiscard]] std::vector<std::uint32_t> reads_of(Emitter& emitter,
                                                  const std::vector<NodeId>& roots);

}  // namespace proviso::compile
