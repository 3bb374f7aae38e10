// Both kinds of store, each with what it needs, for tests that hold for both.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "engine/decide/memory_store.h"
#include "engine/decide/sqlite_store.h"

namespace proviso::decide {

/// A folder that is gone with it.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] std::string file(const std::string& name) const {
        return (path_ / name).string();
    }

  private:
    std::filesystem::path path_;
};

enum class StoreKind : std::uint8_t { memory, file };

struct TestStore {
    explicit TestStore(StoreKind kind, const Limits& limits = {});
    StoreBackend& operator*() const { return *store; }
    StoreBackend* operator->() const { return store.get(); }

    TemporaryFolder folder;
    std::unique_ptr<StoreBackend> store;
};

/// Fails the test where there is none.
[[nodiscard]] std::unique_ptr<StoreBackend> opened(const std::string& path,
                                                   const Limits& limits = {});
[[nodiscard]] SeriesId registered(StoreBackend& store, SeriesSpec::Measure measure,
                                  std::int64_t look_back_us,
                                  SeriesSpec::Kind kind = SeriesSpec::Kind::none,
                                  const std::string& name = "limit");
/// Begins a step that must begin.
[[nodiscard]] StepPtr begun(StoreBackend& store, Instant time, Access access = Access::decide);
/// One step that adds one event and binds an id, if there is one.
[[nodiscard]] Fault counted(StoreBackend& store, const Event& event, const std::string& id = {});
[[nodiscard]] Total looked(StoreBackend& store, const Look& look, Instant time);

inline constexpr Instant second = 1'000'000;
inline constexpr Instant hour = 3600 * second;
inline constexpr Instant start = 1'800'000'000 * second;

}  // namespace proviso::decide
