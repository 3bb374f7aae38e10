// A store in memory: lives as long as the process.
//
// One lock, held for a step. A key is a record of about a line of a cache and a half, found by one
// probe; its events (event_track.h) lie beside it. So a step costs a few reads of memory for each
// limit, whatever the number of keys.
//
// Memory, reckoned from the sizes of its records: some 190 bytes a key with one event, 56 more for
// each further one (48 for the event, the rest for room to grow; twice that with more than 48
// events), about 200 bytes a call id. What is expired goes bit by bit: a key's old events when it
// is added to, keys with no other events and ids by turns, two of each a step. So a full round
// takes half as many steps as there are keys, and no step is long but those that double a table,
// which moves 8 bytes a key.
//
// Covered by tests/unit/engine/decide/store_*_test.cpp; bench/store_bench.cpp has the figures.
#pragma once

#include <memory>

#include "engine/decide/store.h"

namespace proviso::decide {

[[nodiscard]] std::unique_ptr<StoreBackend> make_memory_store(const Limits& limits);

}  // namespace proviso::decide
