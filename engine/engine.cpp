// Engine and Session. A swap makes a new `Prepared` and raises the epoch; a session looks at the
// epoch before each decision and takes the lock only when it has changed, so that a decision has
// one policy from beginning to end and steady decisions take no lock.
#include "proviso/engine.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <utility>

#include "engine/decide/bind.h"
#include "engine/decide/decider.h"
#include "engine/decide/record.h"
#include "engine/policy_impl.h"

namespace proviso {

namespace {

/// A policy as one engine uses it: with that host's duties. Immutable.
struct Prepared {
    PolicyPtr policy;
    std::vector<decide::RuleFacts> facts;
};

std::shared_ptr<const Prepared> prepare(PolicyPtr policy, const EngineOptions& options) {
    auto prepared = std::make_shared<Prepared>();
    const bytecode::Program& program = policy->impl().image->program();
    prepared->facts = decide::rule_facts(program, decide::duties_of(program, options.duties));
    prepared->policy = std::move(policy);
    return prepared;
}

}  // namespace

struct Engine::Impl {
    EngineOptions options;
    std::optional<decide::ApproverKeys> keys;
    std::atomic<std::uint64_t> epoch{1};
    mutable std::mutex mutex;
    std::shared_ptr<const Prepared> prepared;  // under the mutex
};

Engine::Engine(PolicyPtr policy, EngineOptions options) : impl_(std::make_unique<Impl>()) {
    impl_->options = std::move(options);
    if (impl_->options.approver_keys) impl_->keys.emplace(*impl_->options.approver_keys);
    impl_->prepared = prepare(std::move(policy), impl_->options);
}

Engine::~Engine() = default;

bool Engine::swap(PolicyPtr policy) {
    if (policy == nullptr) return false;
    auto prepared = prepare(std::move(policy), impl_->options);
    const std::scoped_lock lock(impl_->mutex);
    impl_->prepared.swap(prepared);
    impl_->epoch.fetch_add(1, std::memory_order_release);
    return true;
}

PolicyPtr Engine::policy() const {
    const std::scoped_lock lock(impl_->mutex);
    return impl_->prepared->policy;
}

Decision Engine::decide(const Call& call) const {
    Session session(*this);
    session.decide(call);
    return session.decision();
}

Decision Engine::decide(CallJson call) const {
    Session session(*this);
    session.decide(call);
    return session.decision();
}

// ---------------------------------------------------------------- bound calls

// The first members share a line of a cache.
struct alignas(64) BoundCall::Impl {
    std::shared_ptr<const Prepared> prepared;
    decide::Bound bound;
    // what the frame's strings view
    Call call;
    std::string host;
    std::string args;
};

BoundCall::BoundCall(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
BoundCall::~BoundCall() = default;
BoundCall::BoundCall(BoundCall&&) noexcept = default;
BoundCall& BoundCall::operator=(BoundCall&&) noexcept = default;

// ---------------------------------------------------------------- sessions

namespace {

/// A decider and the policy that it is for.
struct Lane {
    std::shared_ptr<const Prepared> prepared;
    std::unique_ptr<decide::Decider> decider;

    void use(const std::shared_ptr<const Prepared>& wanted, const Limits& limits,
             const std::optional<decide::ApproverKeys>& keys) {
        if (prepared == wanted) return;
        decider =
            std::make_unique<decide::Decider>(wanted->policy->impl().image, wanted->facts,
                                              limits.remembered_tools, keys ? &*keys : nullptr);
        prepared = wanted;
    }
};

}  // namespace

struct Session::Impl {
    const Engine::Impl* engine = nullptr;
    std::uint64_t epoch = 0;
    Lane current;
    Lane earlier;  // for calls that were bound before a swap
    Lane* lane = nullptr;
    decide::Binder binder;
    decide::Bound own;
    decide::Bound* bound = nullptr;
    // One layout is used over and over: the last one is kept, resolved for the current policy.
    // Keeping it alive also keeps another from having its address.
    std::optional<Layout> layout;
    std::unique_ptr<decide::BoundLayout> bound_layout;
    std::vector<std::string_view> captures;
    std::string error;

    void refresh() {
        const std::uint64_t now = engine->epoch.load(std::memory_order_acquire);
        if (now != epoch) follow_swap();
        lane = &current;
        bound = &own;
    }

    void follow_swap() {
        std::shared_ptr<const Prepared> wanted;
        {
            const std::scoped_lock lock(engine->mutex);
            wanted = engine->prepared;
            epoch = engine->epoch.load(std::memory_order_relaxed);
        }
        current.use(wanted, engine->options.limits, engine->keys);
        own.attach(tables().program());
        layout.reset();
    }

    [[nodiscard]] const decide::BindTables& tables() const {
        return current.prepared->policy->impl().tables;
    }

    Verdict decide_own() {
        error.clear();
        own.ready();
        return lane->decider->decide(own);
    }
};

Session::Session(const Engine& engine) : impl_(std::make_unique<Impl>()) {
    impl_->engine = &engine.impl();
    impl_->refresh();
}

Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

Verdict Session::decide(const Call& call) {
    impl_->refresh();
    impl_->binder.bind(impl_->tables(), call, impl_->own);
    return impl_->decide_own();
}

Verdict Session::decide(CallJson call) {
    impl_->refresh();
    impl_->binder.bind(impl_->tables(), call, impl_->own);
    return impl_->decide_own();
}

Verdict Session::decide(const Layout& layout, std::string_view document, bool padded) {
    impl_->refresh();
    if (!impl_->layout || &impl_->layout->impl() != &layout.impl()) {
        impl_->bound_layout = std::make_unique<decide::BoundLayout>(impl_->tables(), layout);
        impl_->layout = layout;
    }
    impl_->binder.bind(impl_->tables(), *impl_->bound_layout, document, padded, impl_->own,
                       impl_->captures);
    const Verdict verdict = impl_->decide_own();
    if (impl_->own.form == decide::FormError::unreadable) impl_->error = impl_->own.form_cause;
    return verdict;
}

std::string_view Session::document_error() const noexcept {
    return impl_->error;
}

const std::vector<std::string_view>& Session::captures() const noexcept {
    return impl_->captures;
}

Verdict Session::decide(BoundCall& call) {
    BoundCall::Impl& bound = call.impl();
    if (bound.prepared == impl_->current.prepared) {
        impl_->lane = &impl_->current;
    } else {
        impl_->earlier.use(bound.prepared, impl_->engine->options.limits, impl_->engine->keys);
        impl_->lane = &impl_->earlier;
    }
    impl_->bound = &bound.bound;
    return impl_->lane->decider->decide(bound.bound);
}

BoundCall Session::bind(const Call& call) {
    impl_->refresh();
    auto bound = std::make_unique<BoundCall::Impl>();
    bound->prepared = impl_->current.prepared;
    bound->call = call;
    bound->bound.attach(impl_->tables().program());
    impl_->binder.bind(impl_->tables(), bound->call, bound->bound);
    bound->bound.ready();
    return BoundCall(std::move(bound));
}

BoundCall Session::bind(CallJson call) {
    impl_->refresh();
    auto bound = std::make_unique<BoundCall::Impl>();
    bound->prepared = impl_->current.prepared;
    bound->host = call.host;
    bound->args = call.args;
    bound->bound.attach(impl_->tables().program());
    impl_->binder.bind(impl_->tables(), CallJson{bound->host, bound->args}, bound->bound);
    bound->bound.ready();
    return BoundCall(std::move(bound));
}

Decision Session::decision() {
    const Policy::Impl& policy = impl_->lane->prepared->policy->impl();
    return decide::make_decision(*impl_->lane->decider, *impl_->bound, policy.lines);
}

Explanation Session::explain() {
    const Policy::Impl& policy = impl_->lane->prepared->policy->impl();
    return decide::make_explanation(*impl_->lane->decider, *impl_->bound, policy.lines);
}

const PolicyPtr& Session::policy() const noexcept {
    return impl_->lane->prepared->policy;
}

const std::vector<Session::Part>& Session::parts() const {
    return impl_->lane->decider->parts();
}

}  // namespace proviso
