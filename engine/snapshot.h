// What a store in memory remembers, put aside with the rest of a replay's state and taken up again.
// For the simulator; no part of the public API. Covered by tests/unit/engine/snapshot_test.cpp.
#pragma once

#include "engine/decide/store.h"
#include "engine/model/archive.h"
#include "proviso/store.h"

namespace proviso {

using Saver = model::Saver;
using Loader = model::Loader;

inline void save_to(model::Saver& saver, const StorePtr& store) {
    store->impl().backend->save(saver);
}
/// The engine is new, of the same policy and limits.
inline void load_from(model::Loader& loader, const StorePtr& store) {
    store->impl().backend->load(loader);
}

}  // namespace proviso
