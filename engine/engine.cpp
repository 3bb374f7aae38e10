// Engine and Session. A swap makes a new `Prepared` and raises the epoch; a session looks at the
// epoch before each decision and takes the lock only when it has changed, so that a decision has
// one policy from beginning to end and steady decisions take no lock. It looks at the epoch of the
// store's halts as well; where none is on and the set needs no memory, it decides by rules alone.
#include "proviso/engine.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <utility>

#include "engine/decide/bind.h"
#include "engine/decide/decider.h"
#include "engine/decide/limits_part.h"
#include "engine/decide/record.h"
#include "engine/decide/shared_reading.h"
#include "engine/decide/stateful.h"
#include "engine/decide/store.h"
#include "engine/last_call.h"
#include "engine/line_calls.h"
#include "engine/observed.h"
#include "engine/observed_effects.h"
#include "engine/policy_impl.h"

namespace proviso {

namespace {

/// A policy as one engine uses it: with that host's duties. Immutable.
struct Prepared {
    PolicyPtr policy;
    std::vector<decide::RuleFacts> facts;
    bool needs_store = false;
    decide::MemorySeries series;
};

constexpr std::string_view no_policy = R"(policy proviso.none version "0"

catalogue open
block no_policy on *
    because "the engine has no policy"
    fix "Wait until there is a policy"
)";

/// What an engine holds calls against that was given no policy: it lets nothing through.
PolicyPtr in_force(PolicyPtr policy) {
    return policy != nullptr ? std::move(policy) : compile_text(no_policy).policy;
}

std::shared_ptr<const Prepared> prepare(PolicyPtr policy, const EngineOptions& options) {
    auto prepared = std::make_shared<Prepared>();
    const bytecode::Program& program = policy->impl().image->program();
    prepared->facts = decide::rule_facts(program, decide::duties_of(program, options.duties));
    prepared->needs_store = decide::needs_store(program);
    prepared->series = decide::register_series(program, *options.store->impl().backend);
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
    if (impl_->options.store == nullptr) {
        impl_->options.store = memory_store({.limits = impl_->options.limits});
    }
    impl_->prepared = prepare(in_force(std::move(policy)), impl_->options);
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

StoreResult Engine::confirm(std::string_view call_id) const {
    return store()->confirm(call_id);
}

StoreResult Engine::cancel(std::string_view call_id) const {
    return store()->cancel(call_id);
}

StoreResult Engine::halt(const HaltScope& scope, std::string_view reason) const {
    return store()->halt(scope, reason);
}

StoreResult Engine::resume(const HaltScope& scope) const {
    return store()->resume(scope);
}

HaltList Engine::halts() const {
    return store()->halts();
}

const StorePtr& Engine::store() const noexcept {
    return impl_->options.store;
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
    // How calls that another session has read are taken over; made again after a swap.
    struct Taken {
        std::shared_ptr<const Prepared> from;
        std::shared_ptr<const Prepared> to;
        decide::SharedReading reading;
    };
    std::unique_ptr<const Taken> taken;
    Impl* lender = nullptr;                // whose record `bound` is, where it is another session's
    const Impl* took_over_from = nullptr;  // whose record `own` is a copy of, if any
    decide::Stateful stateful;
    decide::LimitsPart limits;
    // of the last decision
    bool by_rules_alone = true;
    Verdict verdict;  // where it was not made by the rules alone

    explicit Impl(const Engine::Impl& of)
        : engine(&of),
          stateful(*of.options.store->impl().backend) {
        stateful.add_part(limits);
    }

    void refresh() {
        const std::uint64_t now = engine->epoch.load(std::memory_order_acquire);
        if (now != epoch) follow_swap();
        lane = &current;
        bound = &own;
        lender = nullptr;
        took_over_from = nullptr;
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

    Verdict decide_own(decide::Access access) {
        error.clear();
        own.ready();
        return decide_bound(access);
    }

    /// By `lane`, of `bound`.
    Verdict decide_bound(decide::Access access) {
        stateful.follow_halts();
        const bool needs_store = lane->prepared->needs_store && asks_store();
        by_rules_alone = stateful.plain() && !needs_store;
        if (by_rules_alone) [[likely]]
            return lane->decider->decide(*bound);
        limits.use(*lane->decider, lane->prepared->series);
        return verdict = stateful.decide(*lane->decider, *bound, access, needs_store);
    }

    /// Whether there is anything to ask the store about the call: without an id, gates alone have
    /// nothing to remember.
    [[nodiscard]] bool asks_store() const {
        const auto& id = bound->frame[bytecode::slot_of(bytecode::Builtin::call_id)];
        return id.state != model::State::missing || lane->prepared->series.any();
    }

    [[nodiscard]] bool evaluated() const { return by_rules_alone || stateful.note().evaluated; }

    Verdict decide(const Call& call, decide::Access access) {
        refresh();
        binder.bind(tables(), call, own);
        return decide_own(access);
    }
    Verdict decide(CallJson call, decide::Access access) {
        refresh();
        binder.bind(tables(), call, own);
        return decide_own(access);
    }
    void use(const Layout& of);
    Verdict decide(const Layout& of, std::string_view document, bool padded, decide::Access access);
    Verdict decide(BoundCall& call, decide::Access access);
    const decide::SharedReading* reading_of(const Impl& read);
    bool take_over(Impl& read);
    /// Whether the last call's record is the other's, or a copy of it.
    [[nodiscard]] bool has_taken_from(const Impl& read) const {
        if (lender != nullptr) return lender == &read;
        return took_over_from == &read;
    }
    bool count_last(std::string_view stand_in);
    void add_note(Decision& decision) const;
};

void Session::Impl::use(const Layout& of) {
    if (layout && &layout->impl() == &of.impl()) return;
    bound_layout = std::make_unique<decide::BoundLayout>(tables(), of);
    layout = of;
}

Verdict Session::Impl::decide(const Layout& of, std::string_view document, bool padded,
                              decide::Access access) {
    refresh();
    use(of);
    binder.bind(tables(), *bound_layout, document, padded, own, captures);
    const Verdict made = decide_own(access);
    if (own.form == decide::FormError::unreadable) error = own.form_cause;
    return made;
}

Verdict Session::Impl::decide(BoundCall& call, decide::Access access) {
    BoundCall::Impl& of = call.impl();
    if (of.prepared == current.prepared) {
        lane = &current;
    } else {
        earlier.use(of.prepared, engine->options.limits, engine->keys);
        lane = &earlier;
    }
    bound = &of.bound;
    lender = nullptr;
    return decide_bound(access);
}

/// Null where that session's last call was one that was bound before.
const decide::SharedReading* Session::Impl::reading_of(const Impl& read) {
    if (read.bound != &read.own) return nullptr;
    const auto& from = read.current.prepared;
    if (taken == nullptr || taken->from != from || taken->to != current.prepared) {
        taken = std::make_unique<const Taken>(
            Taken{from, current.prepared, decide::SharedReading(read.tables(), tables())});
    }
    return &taken->reading;
}

/// The record that the other went by, or a copy of it where numbers differ.
bool Session::Impl::take_over(Impl& read) {
    refresh();
    Impl& owner = read.lender != nullptr ? *read.lender : read;
    const decide::SharedReading* reading = reading_of(owner);
    if (reading == nullptr || !reading->applies(owner.own)) return false;
    if (reading->same_numbers()) {
        bound = &owner.own;
        lender = &owner;
        return true;
    }
    reading->take_over(owner.own, own);
    took_over_from = &owner;
    own.ready();
    return true;
}

bool Session::Impl::count_last(std::string_view stand_in) {
    if (by_rules_alone) return true;  // there is nothing to count
    return stateful.count(*lane->decider, *bound, stand_in);
}

const decide::Bound& bound_of(const Session& session) {
    return *session.impl().bound;
}

bool count_last_call(Session& session, std::string_view stand_in) {
    return session.impl().count_last(stand_in);
}

std::optional<Verdict> preview_read_call(Session& session, Session& read) {
    Session::Impl& impl = session.impl();
    if (!impl.take_over(read.impl())) return std::nullopt;
    impl.error.clear();
    const decide::Bound& call = *impl.bound;
    const Verdict made = impl.decide_bound(decide::Access::preview);
    if (call.form == decide::FormError::unreadable) impl.error = call.form_cause;
    return made;
}

Verdict preview_read_call(Session& session, Session& read, const Layout& layout,
                          std::string_view document, bool padded) {
    const std::optional<Verdict> made = preview_read_call(session, read);
    return made ? *made : session.preview(layout, document, padded);
}

std::unique_ptr<decide::LinePlan> plan_lines(Session& session, const Layout& layout,
                                             std::string_view sample,
                                             std::vector<decide::ValueColumn> columns,
                                             const decide::NumberWriter& writer,
                                             decide::LineMemory& memory) {
    Session::Impl& impl = session.impl();
    impl.refresh();
    impl.use(layout);
    const decide::LineSource source{impl.tables(), *impl.bound_layout, writer, memory};
    return std::make_unique<decide::LinePlan>(source, sample, std::move(columns));
}

std::optional<Verdict> preview_line(Session& session, decide::LinePlan& plan, std::size_t row,
                                    std::size_t size) {
    Session::Impl& impl = session.impl();
    impl.refresh();
    if (!plan.bind(row, size, impl.own, impl.captures)) return std::nullopt;
    return impl.decide_own(decide::Access::preview);
}

std::unique_ptr<decide::LineMatches> match_lines(decide::LinePlan& plan,
                                                 std::span<const MatchedSession> sessions,
                                                 const observed::AmountArgument* amount) {
    const Session::Impl& first = sessions.front().session.impl();
    std::vector<decide::MatchSide> sides;
    for (const MatchedSession& one : sessions) {
        const Session::Impl& impl = one.session.impl();
        const decide::Bound& call = *impl.bound;
        const bool took_over = &impl == &first || impl.has_taken_from(first);
        if (!took_over || call.form != decide::FormError::none || call.tool == bytecode::none ||
            !impl.lane->decider->evaluated()) {
            return nullptr;
        }
        const bool has_own = &impl != &first && impl.lender == nullptr;
        sides.push_back({&call, &impl.lane->decider->plan(),
                         one.reads[std::size_t{call.tool} * observed::stage_count + call.stage],
                         has_own ? &impl.taken->reading.slots() : nullptr});
    }
    std::vector<std::uint32_t> wanted{bytecode::slot_of(bytecode::Builtin::time)};
    if (amount != nullptr) wanted.push_back(amount->slot);
    auto made = std::make_unique<decide::LineMatches>(plan, sides, wanted);
    return made->usable() ? std::move(made) : nullptr;
}

Session::Session(const Engine& engine) : impl_(std::make_unique<Impl>(engine.impl())) {
    impl_->refresh();
}

Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

Verdict Session::decide(const Call& call) {
    return impl_->decide(call, decide::Access::decide);
}

Verdict Session::decide(CallJson call) {
    return impl_->decide(call, decide::Access::decide);
}

Verdict Session::decide(const Layout& layout, std::string_view document, bool padded) {
    return impl_->decide(layout, document, padded, decide::Access::decide);
}

Verdict Session::decide(BoundCall& call) {
    return impl_->decide(call, decide::Access::decide);
}

Verdict Session::preview(const Call& call) {
    return impl_->decide(call, decide::Access::preview);
}

Verdict Session::preview(CallJson call) {
    return impl_->decide(call, decide::Access::preview);
}

Verdict Session::preview(const Layout& layout, std::string_view document, bool padded) {
    return impl_->decide(layout, document, padded, decide::Access::preview);
}

Verdict Session::preview(BoundCall& call) {
    return impl_->decide(call, decide::Access::preview);
}

std::string_view Session::document_error() const noexcept {
    return impl_->error;
}

const std::vector<std::string_view>& Session::captures() const noexcept {
    return impl_->captures;
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

namespace {

void add_missing(Decision& decision, std::string name) {
    const auto same = [&](const Missing& one) { return one.name == name; };
    if (std::any_of(decision.missing.begin(), decision.missing.end(), same)) return;
    decision.missing.push_back({std::move(name), "missing"});
    std::sort(decision.missing.begin(), decision.missing.end(),
              [](const Missing& a, const Missing& b) { return a.name < b.name; });
}

// Whether somebody could have approved may depend on what is not known. And a compiled file need
// not tell what its conditions read: then the rules that are not sure stand for what is missing.
void name_what_decided(Decision& decision) {
    if (decision.best_case >= decision.outcome) return;
    if (decision.reason == Reason::rejected) add_missing(decision, "approvals");
    if (!decision.missing.empty()) return;
    for (const auto* parts : {&decision.base, &decision.restrictions}) {
        for (const Match& part : *parts) {
            if (!part.sure) add_missing(decision, part.name);
        }
    }
    if (decision.missing.empty()) add_missing(decision, decision.policy_name);
}

}  // namespace

// What the decision has that the rules know nothing of.
void Session::Impl::add_note(Decision& decision) const {
    decision.halt_epoch = stateful.halt_epoch();
    if (by_rules_alone) return;
    const decide::StatefulNote& note = stateful.note();
    decision.outcome = verdict.outcome;
    decision.reason = verdict.reason;
    decision.best_case = verdict.best_case;
    decision.repeat = verdict.repeat;
    if (!note.detail.empty()) decision.detail = note.detail;
    if (!note.rejected_by.empty()) decision.rejected_by = note.rejected_by;
    decision.missing.insert(decision.missing.end(), note.missing.begin(), note.missing.end());
    if (note.evaluated) limits.add_to(decision);
    std::sort(decision.missing.begin(), decision.missing.end(),
              [](const Missing& a, const Missing& b) { return a.name < b.name; });
    const auto twice =
        std::unique(decision.missing.begin(), decision.missing.end(),
                    [](const Missing& a, const Missing& b) { return a.name == b.name; });
    decision.missing.erase(twice, decision.missing.end());
}

Decision Session::decision() {
    const Policy::Impl& policy = impl_->lane->prepared->policy->impl();
    Decision decision = impl_->evaluated() ? decide::make_decision(*impl_->lane->decider,
                                                                   *impl_->bound, policy.lines)
                                           : decide::call_of(*impl_->lane->decider, *impl_->bound);
    impl_->add_note(decision);
    name_what_decided(decision);
    return decision;
}

Explanation Session::explain() {
    const Policy::Impl& policy = impl_->lane->prepared->policy->impl();
    Explanation explanation;
    if (impl_->evaluated()) {
        explanation = decide::make_explanation(*impl_->lane->decider, *impl_->bound, policy.lines);
    } else {
        explanation.decision = decide::call_of(*impl_->lane->decider, *impl_->bound);
    }
    impl_->add_note(explanation.decision);
    name_what_decided(explanation.decision);
    return explanation;
}

const PolicyPtr& Session::policy() const noexcept {
    return impl_->lane->prepared->policy;
}

const std::vector<Session::Part>& Session::parts() const {
    static const std::vector<Part> none;
    return impl_->evaluated() ? impl_->lane->decider->parts() : none;
}

void engine::observe_last_call(Session& session, const decide::GrantTools& grants,
                               decide::Seen& seen) {
    const Session::Impl& impl = session.impl();
    if (!impl.evaluated()) return;
    decide::Decider& decider = *impl.lane->decider;
    const Outcome outcome = impl.by_rules_alone ? decider.verdict().outcome : impl.verdict.outcome;
    decide::observe(decider, *impl.bound, outcome, grants, seen);
}

engine::LastLimits engine::limits_of_last_call(Session& session) {
    Session::Impl& impl = session.impl();
    if (impl.by_rules_alone || !impl.stateful.note().evaluated) return {};
    return {&impl.limits, &*impl.lane->decider};
}

}  // namespace proviso
