#include "engine/decide/stateful.h"

#include <algorithm>

#include "engine/decide/halt_board.h"
#include "engine/model/calendar.h"

namespace proviso::decide {

namespace {

using bytecode::Builtin;

constexpr Verdict block_for(Reason reason) {
    return {Outcome::block, reason, Outcome::block};
}

std::optional<Instant> time_of(const Bound& bound) {
    const model::Value& time = bound.frame[bytecode::slot_of(Builtin::time)];
    return time.known() ? std::optional(time.integer) : std::nullopt;
}

const model::Value& id_of(const Bound& bound) {
    return bound.frame[bytecode::slot_of(Builtin::call_id)];
}

bool lets_through(const Verdict& verdict) {
    return verdict.outcome <= Outcome::notify;
}

/// The verdict where something of the store is not known: a block. A gate as well, which would be
/// lighter than what the call gets without the gate.
Verdict not_known(const Verdict& verdict) {
    if (verdict.outcome == Outcome::block) return verdict;
    return {Outcome::block, Reason::missing_data, verdict.best_case};
}

std::string scope_text(const HaltScope& scope) {
    switch (scope.kind) {
        case HaltScope::Kind::everything: return "everything";
        case HaltScope::Kind::tool: return "tool " + scope.name;
        case HaltScope::Kind::agent: return "agent " + scope.name;
        case HaltScope::Kind::workflow: return "workflow " + scope.name;
        case HaltScope::Kind::principal: return "principal " + scope.name;
    }
    return {};
}

}  // namespace

bool needs_store(const bytecode::Program& program) {
    if (!program.limits.empty() || !program.counters.empty()) return true;
    return std::any_of(program.rules.begin(), program.rules.end(),
                       [](const auto& rule) { return rule.effect == bytecode::Effect::gate; });
}

// ---------------------------------------------------------------- halts

void Stateful::read_halts() {
    const std::uint64_t epoch = store_.halt_epoch().load(std::memory_order_acquire);
    halts_fault_ = store_.halts(halts_, epoch_);
    // What could not be read is read again before the next decision.
    if (halts_fault_ == Fault::none) seen_ = epoch;
    plain_ = halts_.empty() && halts_fault_ == Fault::none;
}

bool Stateful::halted(const Bound& bound) {
    if (halts_fault_ != Fault::none) {
        note_.detail = "whether it is halted is not known: " + std::string(cause(halts_fault_));
        return true;
    }
    const Halt* halt = halt_of(halts_, bound);
    if (halt == nullptr) return false;
    note_.detail = scope_text(halt->scope);
    if (!halt->reason.empty()) note_.detail += ": " + halt->reason;
    return true;
}

// ---------------------------------------------------------------- decisions

Verdict Stateful::decide(Decider& decider, Bound& bound, Access access, bool stateful) {
    note_.evaluated = true;
    note_.detail.clear();
    note_.rejected_by.clear();
    note_.missing.clear();
    plan_.reset();
    asked_before_ = false;
    if (!plain_ && halted(bound)) {
        note_.evaluated = false;
        return block_for(Reason::halted);
    }
    const model::Value& id = id_of(bound);
    const bool nothing_to_ask =
        access == Access::preview && !speak_first() && id.known() && store_.idle(id.view());
    if (!stateful || bound.form != FormError::none) return decider.decide(bound);
    Verdict verdict;
    if (nothing_to_ask)
        verdict = with_people(nullptr, decider, bound, decider.decide(bound));
    else
        verdict = in_step(decider, bound, access);
    if (note_.evaluated) decider.set_verdict(verdict);
    return verdict;
}

bool Stateful::speak_first() const {
    return std::any_of(parts_.begin(), parts_.end(),
                       [](const StatefulPart* part) { return part->speaks_first(); });
}

Verdict Stateful::in_step(Decider& decider, Bound& bound, Access access) {
    Fault fault = Fault::none;
    const StepPtr step = store_.begin(time_of(bound), access, fault);
    if (step == nullptr) {
        note_.missing.push_back({"store", std::string(cause(fault))});
        return not_known(evaluate({nullptr, fault}, decider, bound));
    }
    if (id_of(bound).known()) {
        if (const auto verdict = known(*step, decider, bound)) return *verdict;
    }
    Verdict verdict = evaluate({step.get(), Fault::none}, decider, bound);
    // An id that is there and cannot be read may be one that is bound.
    if (!id_of(bound).known() && id_of(bound).state != model::State::missing) {
        note_.missing.push_back({"id", std::string(model::name(id_of(bound).state))});
    }
    if (!note_.missing.empty()) verdict = not_known(verdict);
    return finish(*step, decider, bound, verdict);
}

/// What is known of a call whose id is bound.
std::optional<Verdict> Stateful::known(Step& step, Decider& decider, const Bound& bound) {
    std::optional<KnownCall> call;
    const Fault fault = step.find_call(id_of(bound).view(), call);
    if (fault != Fault::none) note_.missing.push_back({"id", std::string(cause(fault))});
    if (!call) return {};
    note_.evaluated = false;
    // Of a plan that has no hash nobody can say that it is the same.
    const PlanHash& plan = plan_of(decider, bound);
    if (!plan.known || call->plan != plan.digest) {
        note_.detail = "the id was used for another call";
        return block_for(Reason::id_reuse);
    }
    note_.detail = "the call was let through before: it is not to be carried out again";
    return Verdict{call->answer.outcome, call->answer.reason, call->answer.best_case, true};
}

Verdict Stateful::evaluate(const InStep& in, Decider& decider, Bound& bound) {
    for (StatefulPart* part : parts_) part->before(in, bound);
    Verdict verdict = decider.decide(bound);
    for (StatefulPart* part : parts_) verdict = part->after(in, bound, decider, verdict);
    return with_people(in.step, decider, bound, verdict);
}

// ---------------------------------------------------------------- what people said

Verdict Stateful::with_people(Step* step, Decider& decider, const Bound& bound,
                              const Verdict& verdict) {
    const Verdict said = decider.with_approvals(verdict);
    // What is blocked whatever may be unknown is not blocked by whoever rejected it.
    if (step == nullptr || !id_of(bound).known() || said.best_case == Outcome::block) return said;
    std::optional<KnownReject> reject;
    std::optional<Instant> first;
    Fault fault = step->find_reject(plan_of(decider, bound).digest, reject);
    if (fault == Fault::none && said.outcome == Outcome::gate) {
        fault = step->find_request(plan_of(decider, bound).digest, first);
    }
    if (fault != Fault::none) note_.missing.push_back({"rejections", std::string(cause(fault))});
    asked_before_ = first.has_value();
    if (first) decider.first_asked(*first);
    if (!reject) return said;
    note_.rejected_by = reject->by;
    note_.detail = "the plan was rejected, which holds until " + model::time_text(reject->until);
    return block_for(Reason::rejected);
}

/// Whether there was anything to remember.
bool Stateful::remember_people(Step& step, Decider& decider, const Bound& bound,
                               const Verdict& verdict) {
    const bool may_be_approved = id_of(bound).known() && decider.evaluated();
    if (!may_be_approved || !plan_of(decider, bound).known) return false;
    const PlanDigest& plan = plan_->digest;
    bool anything = false;
    if (!bound.approvals.empty()) {
        if (const auto& rejection = decider.approvals().rejection()) {
            step.remember_reject(plan, bound.approvals[rejection->approval].by,
                                 rejection->until_us);
            anything = true;
        }
    }
    if (verdict.outcome != Outcome::gate || asked_before_) return anything;
    const std::optional<Instant> now = time_of(bound);
    if (!now) return anything;
    Instant until = *now;
    for (const GateCheck& gate : decider.approvals().gates()) {
        until = std::max(until, gate.until_us.value_or(until));
    }
    step.remember_request(plan, *now, until);
    return true;
}

Verdict Stateful::finish(Step& step, Decider& decider, const Bound& bound, Verdict verdict) {
    if (!lets_through(verdict)) {
        if (!remember_people(step, decider, bound, verdict)) return verdict;
    } else {
        for (StatefulPart* part : parts_) part->let_through(step, bound);
        if (id_of(bound).known()) {
            step.bind(id_of(bound).view(), plan_of(decider, bound).digest,
                      {verdict.outcome, verdict.reason, verdict.best_case});
        }
    }
    const Fault fault = step.commit();
    if (fault == Fault::none) return verdict;
    note_.missing.push_back({"store", std::string(cause(fault))});
    return not_known(verdict);
}

bool Stateful::count(Decider& decider, const Bound& bound, std::string_view stand_in) {
    if (!note_.evaluated || bound.form != FormError::none) return false;
    const model::Value& own = id_of(bound);
    const std::string_view id = own.known() ? own.view() : stand_in;
    Fault fault = Fault::none;
    {
        const StepPtr step = store_.begin(time_of(bound), Access::decide, fault);
        if (step == nullptr) return false;
        for (StatefulPart* part : parts_) part->let_through(*step, bound);
        if (!id.empty()) {
            const Verdict& verdict = decider.verdict();
            step->bind(id, plan_of(decider, bound).digest,
                       {verdict.outcome, verdict.reason, verdict.best_case});
        }
        if (step->commit() != Fault::none) return false;
    }
    return id.empty() ||
           store_.settle(id, EventState::confirmed, fault) != StoreBackend::Settled::failed;
}

const PlanHash& Stateful::plan_of(Decider& decider, const Bound& bound) {
    if (!plan_) plan_ = decider.plan_of(bound);
    return *plan_;
}

}  // namespace proviso::decide
