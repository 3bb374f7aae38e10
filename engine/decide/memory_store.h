// A store in memory: lives as long as the process.
//
// One lock, held for a step. A key is a record of two lines of a cache, found by one probe, with
// the sum of its events (event_track.h), which lie beside it. So a step costs a few reads of memory
// for each limit, whatever the number of keys.
//
// Memory, measured at a million keys: 260 bytes a key with up to three events; 32 to 64 for each
// further one (its own, and room to grow; twice that with more than 48 events), and reckoned from
// the sizes of its records about 200 bytes a call id. What is expired goes bit by bit: a key's old
// events when it is added to, keys with no other events and ids by turns, two of each a step. So a
// full round takes half as many steps as there are keys, and no step is long but those that double
// a table, which moves 8 bytes a key.
//
// Covered by tests/unit/engine/decide/store_*_test.cpp; bench/store_bench.cpp has the figures.
#pragma once

#include <memory>

#include "engine/decide/store.h"

namespace proviso::decide {

[[nodiscard]] std::unique_ptr<StoreBackend> make_memory_store(const Limits& limits);

}  // namespace proviso::decide
