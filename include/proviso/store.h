// What engines remember between calls, shared by any number of them: totals of limits and counters,
// call ids, rejections, halts.
//
//     memory_store()      as long as the process lives; the default where a policy needs one
//     open_store(path)    a file that processes of one host share and that outlives them
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "proviso/limits.h"

namespace proviso {

/// What a halt switch goes by.
struct HaltScope {
    enum class Kind : std::uint8_t { everything, tool, agent, workflow, principal };
    Kind kind = Kind::everything;
    /// A tool's name, in which `*` stands for any text; the id of an agent or principal, or the
    /// name of a workflow, as it is. Empty for everything.
    std::string name;
    friend bool operator==(const HaltScope&, const HaltScope&) = default;
};

struct Halt {
    HaltScope scope;
    std::string reason;
    std::uint64_t epoch = 0;  ///< the one that began with it
};

/// How what the host reported was taken.
struct StoreResult {
    bool done = false;
    std::string error;  ///< why not: "store locked", "no such call id", …
    explicit operator bool() const noexcept { return done; }
};

struct HaltList {
    std::vector<Halt> halts;
    std::uint64_t epoch = 0;  ///< raised by each change; every decision carries it
    std::string error;        ///< why they could not be read
};

/// Thread-safe. Closed when the last engine and pointer that share it are gone.
class Store {
  public:
    struct Impl;
    explicit Store(std::unique_ptr<Impl> impl) noexcept;
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    /// The call with this id was carried out, or was not. A cancelled call no longer counts; what
    /// was confirmed cannot be cancelled.
    StoreResult confirm(std::string_view call_id);
    StoreResult cancel(std::string_view call_id);

    /// Every decision that starts after this returned is a block where the scope fits: at once in
    /// this process, within a second in others that share the store. Not done: not halted.
    StoreResult halt(const HaltScope& scope, std::string_view reason);
    /// Done as well where the scope was not halted.
    StoreResult resume(const HaltScope& scope);
    [[nodiscard]] HaltList halts() const;

    [[nodiscard]] Impl& impl() const noexcept { return *impl_; }

  private:
    std::unique_ptr<Impl> impl_;
};

using StorePtr = std::shared_ptr<Store>;

/// What a commit to a file outlives. Decisions that threads of one process ask for at the same time
/// may share a commit, and are given when it is done.
enum class Durability : std::uint8_t {
    power_loss,  ///< written through to the disk before a decision is given
    crash,       ///< any end of the process; the last calls may be lost with the power
};

struct StoreOptions {
    Limits limits;
    Durability durability = Durability::power_loss;  ///< of a file
};

[[nodiscard]] StorePtr memory_store(const StoreOptions& options = {});

struct OpenResult {
    StorePtr store;     ///< null where it could not be opened
    std::string error;  ///< why
};

/// Opens the file, and makes it where there is none. Beside it stand `PATH-wal`, `PATH-shm` and
/// `PATH-halts`, which belong to it.
[[nodiscard]] OpenResult open_store(const std::string& path, const StoreOptions& options = {});

}  // namespace proviso
