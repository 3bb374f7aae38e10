// The engine: holds the policy in force and decides calls.
//
//     Engine   one a process; shared by all threads; the policy can be swapped at any time
//     Session  one a thread; keeps the memory that a decision needs, so that none is allocated
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proviso/call.h"
#include "proviso/decision.h"
#include "proviso/layout.h"
#include "proviso/policy.h"
#include "proviso/signature.h"
#include "proviso/store.h"

namespace proviso {

struct EngineOptions {
    /// Obligations that the host can carry out, by name. A restriction with any other is a block.
    std::vector<std::string> duties;
    /// Public keys of people who approve. With them no approval counts but with its signature, also
    /// where the list is empty.
    std::optional<std::vector<ApproverKey>> approver_keys;
    /// What the engine remembers, shared with others where they have the same. Null: in memory, of
    /// its own.
    StorePtr store;
    Limits limits;
};

class BoundCall;

/// Thread-safe. Outlives its sessions.
class Engine {
  public:
    /// A null policy, as of a set that did not compile, blocks every call with the text "the engine
    /// has no policy" until another is swapped in; `policy()` then has the name `proviso.none`.
    explicit Engine(PolicyPtr policy, EngineOptions options = {});
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Puts another policy in force. Decisions that start after this returns use it; each decision
    /// uses one policy from beginning to end. A null policy is ignored and false returned.
    bool swap(PolicyPtr policy);
    /// Never null.
    [[nodiscard]] PolicyPtr policy() const;

    /// The convenient form: decides with a session of its own. Sessions are faster.
    [[nodiscard]] Decision decide(const Call& call) const;
    [[nodiscard]] Decision decide(CallJson call) const;

    /// What the host reports and switches; the same as of the store.
    StoreResult confirm(std::string_view call_id) const;
    StoreResult cancel(std::string_view call_id) const;
    StoreResult halt(const HaltScope& scope, std::string_view reason) const;
    StoreResult resume(const HaltScope& scope) const;
    [[nodiscard]] HaltList halts() const;
    /// Never null.
    [[nodiscard]] const StorePtr& store() const noexcept;

    struct Impl;
    [[nodiscard]] Impl& impl() const noexcept { return *impl_; }

  private:
    std::unique_ptr<Impl> impl_;
};

/// Not thread-safe: one a thread. Allocates while it warms up, then not at all while deciding.
class Session {
  public:
    explicit Session(const Engine& engine);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    Session(Session&&) noexcept;
    Session& operator=(Session&&) noexcept;

    Verdict decide(const Call& call);
    Verdict decide(CallJson call);
    /// A call that stands in one document, laid out as `layout` says. The document is viewed until
    /// the next decision; `SIMDJSON_PADDING` (64) readable bytes behind it spare a copy: say so
    /// with `padded`. A document that is no JSON object is a block for `invalid_args`, and
    /// `document_error` says what is wrong with it.
    Verdict decide(const Layout& layout, std::string_view document, bool padded = false);
    /// Of the last document: why it could not be read; empty where it could.
    [[nodiscard]] std::string_view document_error() const noexcept;
    /// Of the last document: the raw JSON of each capture of the layout; empty where not there.
    [[nodiscard]] const std::vector<std::string_view>& captures() const noexcept;
    /// Decides a call that was bound before; binds nothing. The policy is the one that it was bound
    /// for, whatever is in force now.
    Verdict decide(BoundCall& call);

    /// The same decisions, but that nothing is counted and no id is bound: what would come of the
    /// call now.
    Verdict preview(const Call& call);
    Verdict preview(CallJson call);
    Verdict preview(const Layout& layout, std::string_view document, bool padded = false);
    Verdict preview(BoundCall& call);

    /// A call with its values in place, to decide more than once.
    [[nodiscard]] BoundCall bind(const Call& call);
    [[nodiscard]] BoundCall bind(CallJson call);

    // About the last call decided; the bytes or Call it was made from must still be there.
    [[nodiscard]] Decision decision();
    [[nodiscard]] Explanation explain();
    /// The policy that decided it.
    [[nodiscard]] const PolicyPtr& policy() const noexcept;
    /// Rules that took part, as indices into Policy::rules(), ascending; the base first. Valid till
    /// the next decision.
    struct Part {
        std::uint32_t rule = 0;
        bool sure = true;
        bool on_trial = false;
        bool base = false;
    };
    [[nodiscard]] const std::vector<Part>& parts() const;

    struct Impl;
    [[nodiscard]] Impl& impl() const noexcept { return *impl_; }

  private:
    std::unique_ptr<Impl> impl_;
};

/// Owns what it needs; movable. Used by one thread at a time.
class BoundCall {
  public:
    struct Impl;
    explicit BoundCall(std::unique_ptr<Impl> impl) noexcept;
    ~BoundCall();
    BoundCall(BoundCall&&) noexcept;
    BoundCall& operator=(BoundCall&&) noexcept;

    [[nodiscard]] Impl& impl() const noexcept { return *impl_; }

  private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace proviso
