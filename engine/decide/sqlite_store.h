// A store in a file that processes of one host share, by SQLite.
//
// A step is one transaction: BEGIN IMMEDIATE, so that no other process writes between its reads and
// its commit; what it waits for that is bounded (Limits::store_busy_milliseconds). The log (WAL) is
// written before a decision is given: an end of the process at any point loses no call that was
// answered, and with Durability::power_loss, the default, neither does the loss of power. Numbers
// are whole: amounts are kept as coefficient and scale. One connection a store, under a lock;
// threads that wait for it share a commit (commit_group.h).
//
// Not for file systems that are shared between hosts: their locks do not hold.
//
// What expires is deleted by later steps, four events and four ids each. A read costs what the
// events of its key since the instant are; a commit costs what the disk takes.
// The bounds on keys, ids and plans are of stores in memory: here the disk is the bound.
//
// Covered by tests/unit/engine/decide/store_*_test.cpp.
#pragma once

#include <memory>
#include <string>

#include "engine/decide/store.h"

namespace proviso::decide {

/// Null where it cannot be opened; `error` says why.
[[nodiscard]] std::unique_ptr<StoreBackend> open_sqlite_store(const std::string& path,
                                                              const StoreOptions& options,
                                                              std::string& error);

}  // namespace proviso::decide
