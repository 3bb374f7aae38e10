// The public handle of a store: what hosts report and switch, with errors in words.
#include "proviso/store.h"

#include <utility>

#include "engine/decide/halt_board.h"
#include "engine/decide/memory_store.h"
#include "engine/decide/sqlite_store.h"
#include "engine/decide/store.h"

namespace proviso {

namespace {

StoreResult result_of(decide::Fault fault) {
    return {fault == decide::Fault::none, std::string(decide::cause(fault))};
}

StoreResult settle(Store::Impl& store, std::string_view id, decide::EventState to) {
    decide::Fault fault = decide::Fault::none;
    switch (store.backend->settle(id, to, fault)) {
        case decide::StoreBackend::Settled::done: return {true, {}};
        case decide::StoreBackend::Settled::unknown_id:
            return {false, "no call with this id was let through"};
        case decide::StoreBackend::Settled::was_confirmed:
            return {false, "the call was confirmed before"};
        case decide::StoreBackend::Settled::failed: break;
    }
    return result_of(fault);
}

}  // namespace

Store::Store(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Store::~Store() = default;

StoreResult Store::confirm(std::string_view call_id) {
    return settle(*impl_, call_id, decide::EventState::confirmed);
}

StoreResult Store::cancel(std::string_view call_id) {
    return settle(*impl_, call_id, decide::EventState::cancelled);
}

StoreResult Store::halt(const HaltScope& scope, std::string_view reason) {
    const std::string_view refused = decide::refused_halt(scope, reason, impl_->limits);
    if (!refused.empty()) return {false, std::string(refused)};
    return result_of(impl_->backend->halt(scope, reason));
}

StoreResult Store::resume(const HaltScope& scope) {
    bool was_halted = false;
    return result_of(impl_->backend->resume(scope, was_halted));
}

HaltList Store::halts() const {
    HaltList list;
    list.error = decide::cause(impl_->backend->halts(list.halts, list.epoch));
    return list;
}

StorePtr memory_store(const StoreOptions& options) {
    auto impl = std::make_unique<Store::Impl>();
    impl->limits = options.limits;
    impl->backend = decide::make_memory_store(options.limits);
    return std::make_shared<Store>(std::move(impl));
}

OpenResult open_store(const std::string& path, const StoreOptions& options) {
    auto impl = std::make_unique<Store::Impl>();
    impl->limits = options.limits;
    std::string error;
    impl->backend = decide::open_sqlite_store(path, options, error);
    if (impl->backend == nullptr) return {nullptr, "`" + path + "`: " + error};
    return {std::make_shared<Store>(std::move(impl)), {}};
}

}  // namespace proviso
