#include "tests/unit/engine/decide/store_kinds.h"

#include <cstdlib>

#include <catch2/catch.hpp>

namespace proviso::decide {

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "proviso_store_XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
}

TestStore::TestStore(StoreKind kind, const Limits& limits) {
    store = kind == StoreKind::memory ? make_memory_store(limits)
                                      : opened(folder.file("store.db"), limits);
}

std::unique_ptr<StoreBackend> opened(const std::string& path, const Limits& limits) {
    std::string error;
    StoreOptions options;
    options.limits = limits;
    options.durability = Durability::crash;
    auto store = open_sqlite_store(path, options, error);
    INFO(error);
    REQUIRE(store != nullptr);
    return store;
}

SeriesId registered(StoreBackend& store, SeriesSpec::Measure measure, std::int64_t look_back_us,
                    SeriesSpec::Kind kind, const std::string& name) {
    SeriesSpec spec{"policy", name, measure, kind, 1, look_back_us};
    SeriesId id{};
    REQUIRE(store.series(spec, id) == Fault::none);
    return id;
}

StepPtr begun(StoreBackend& store, Instant time, Access access) {
    Fault fault = Fault::none;
    StepPtr step = store.begin(time, access, fault);
    REQUIRE(fault == Fault::none);
    return step;
}

Fault counted(StoreBackend& store, const Event& event, const std::string& id) {
    Fault fault = Fault::none;
    const StepPtr step = store.begin(event.time, Access::decide, fault);
    if (step == nullptr) return fault;
    step->add(event);
    if (!id.empty()) step->bind(id, {}, {Outcome::allow, Reason::allowed, Outcome::allow});
    return step->commit();
}

Total looked(StoreBackend& store, const Look& look, Instant time) {
    Total total;
    REQUIRE(begun(store, time, Access::preview)->total(look, total) == Fault::none);
    return total;
}

}  // namespace proviso::decide
