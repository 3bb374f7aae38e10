// See lockstep.h.
#include "tests/laws/lockstep.h"

#include <algorithm>

#include <fmt/format.h>

namespace proviso::laws {

namespace {

using reference::Uncounted;

/// What the product says of an approval that does not count, in the reference's words.
Uncounted cause_of(const std::string& cause) {
    static const std::map<std::string, Uncounted> causes{
        {"the call has more approvals than the limit", Uncounted::too_many},
        {"the call has no id", Uncounted::no_call_id},
        {"the plan has no hash, as something in it cannot be read", Uncounted::other_plan},
        {"it is for another plan", Uncounted::other_plan},
        {"the call's principal is not known", Uncounted::party_unknown},
        {"the call's agent is not known", Uncounted::party_unknown},
        {"it is by the agent", Uncounted::is_agent},
        {"the call's time is not known", Uncounted::time_unknown},
        {"it was given before it was asked for", Uncounted::before_request},
        {"it was given after the call's time", Uncounted::not_yet},
        {"it was given too late after it was asked for", Uncounted::answered_late},
        {"it is no longer valid", Uncounted::expired},
        {"who is excluded is not known", Uncounted::never_unknown},
        {"the person is excluded", Uncounted::excluded},
        {"it is by the principal", Uncounted::is_principal},
        {"the person holds no role that is asked", Uncounted::no_role},
        {"it names no gate that this call meets", Uncounted::other_gate},
        {"its time is over", Uncounted::rejects},
        {"the person could not have approved", Uncounted::rejects}};
    const auto found = causes.find(cause);
    return found == causes.end() ? Uncounted::malformed : found->second;
}

/// Of one approval: whether it opens something, and all that keeps it from that.
struct Standing {
    bool counts = false;
    std::set<Uncounted> why;
};

std::vector<Standing> standings(const reference::Decision& expected, std::size_t approvals) {
    std::vector<Standing> result(approvals);
    for (const auto& [gate, why] : expected.uncounted) {
        for (std::size_t i = 0; i < why.size() && i < approvals; ++i) {
            result[i].counts = result[i].counts || why[i].empty();
            result[i].why.insert(why[i].begin(), why[i].end());
        }
    }
    for (const std::size_t i : expected.heard) result[i].counts = true;
    return result;
}

/// The product names one cause, of whatever gate; it must be one of the reference's.
std::string compare_uncounted(const Decision& product, const reference::Decision& expected,
                              const std::vector<std::string>& people) {
    if (expected.uncounted.empty()) return {};  // no gate: nothing to count for
    std::string out;
    std::size_t next = 0;
    const std::vector<Standing> all = standings(expected, people.size());
    std::set<std::string> counted;
    for (std::size_t i = 0; i < all.size(); ++i) {
        // What a person says again counts no more; the reference takes it for the same.
        const bool again = all[i].counts && !counted.insert(people[i]).second &&
                           next < product.uncounted.size() &&
                           product.uncounted[next].by == people[i];
        const bool told = next < product.uncounted.size() && (!all[i].counts || again);
        if (!told) {
            if (!all[i].counts)
                out += fmt::format("  approval {}: only the product counts it\n", i);
            continue;
        }
        const std::string& cause = product.uncounted[next++].cause;
        if (all[i].counts || all[i].why.contains(cause_of(cause))) continue;
        out += fmt::format("  approval {}: \"{}\" is not so for the reference\n", i, cause);
    }
    if (next < product.uncounted.size()) {
        out += fmt::format("  an approval that only the reference counts: \"{}\"\n",
                           product.uncounted[next].cause);
    }
    return out;
}

/// Who gave the approvals of a call.
std::vector<std::string> people_in(const reference::Json& call) {
    std::vector<std::string> people;
    const reference::Json* list = call.find("approvals");
    if (list == nullptr) return people;
    for (const reference::Json& one : list->items) {
        const reference::Json* by = one.find("by");
        people.push_back(by == nullptr ? "" : by->text);
    }
    return people;
}

HaltScope scope_of(const Step& step) {
    const auto kind = step.halt == "everything" ? HaltScope::Kind::everything
                      : step.halt == "tool"     ? HaltScope::Kind::tool
                      : step.halt == "agent"    ? HaltScope::Kind::agent
                      : step.halt == "workflow" ? HaltScope::Kind::workflow
                                                : HaltScope::Kind::principal;
    return {kind, step.name};
}

/// Of a call that was not evaluated anew only the answer is told.
bool is_short(const reference::Decision& decision) {
    return decision.repeat || decision.reason == "id_reuse" || decision.reason == "halted";
}

void shorten(reference::Decision& decision) {
    reference::Decision kept;
    kept.outcome = decision.outcome;
    kept.best_case = decision.best_case;
    kept.reason = decision.reason;
    kept.repeat = decision.repeat;
    decision = kept;
}

}  // namespace

Limits lasting_limits() {
    Limits limits;
    limits.store_late_seconds = 400 * 86'400;
    limits.store_id_seconds = 400 * 86'400;
    return limits;
}

Lockstep::Lockstep(const Compiled& set, const std::vector<std::string>& duties)
    : engine_(set.product.policy,
              {.duties = duties, .store = memory_store({lasting_limits(), {}}), .limits = {}}),
      session_(engine_),
      inputs_{*set.checked, set.parsed.sources, {duties.begin(), duties.end()}, {}, &near_budget_} {
}

std::string Lockstep::learn_plan() {
    const std::string& hash = decision_.plan_hash;
    answered_.plan = hash;
    if (hash.empty() || !expected_.plan) return {};
    const auto [by_hash, new_hash] = memory_.plans.emplace(hash, *expected_.plan);
    const auto [by_plan, new_plan] = hashes_.emplace(*expected_.plan, hash);
    if (by_hash->second == *expected_.plan && by_plan->second == hash) return {};
    return fmt::format("  the plan's hash is {}, of:\n{}but before it was {}, of:\n{}", hash,
                       *expected_.plan, by_plan->second, by_hash->second);
}

std::string Lockstep::run_call(const Step& step) {
    const auto json = reference::parse_json(step.call);
    const bool preview = step.kind == Step::Kind::preview;
    const Layout layout = Layout::native();
    preview ? session_.preview(layout, step.call) : session_.decide(layout, step.call);
    decision_ = session_.decision();
    expected_.plan = reference::plan_of(inputs_, *json);
    std::string found = learn_plan();
    expected_ = reference::decide(inputs_, *json, memory_,
                                  preview ? reference::Ask::preview : reference::Ask::decide);
    answered_.let_through = decision_.outcome <= Outcome::notify;
    answered_.gates.clear();
    for (const Gate& gate : decision_.gates) {
        if (!gate.open) answered_.gates.push_back(gate.rule);
    }
    if (near_budget_ > 0) return {};
    reference::Decision product = in_reference_words(decision_);
    reference::Decision expected = expected_;
    const bool evaluated = !is_short(product) && !is_short(expected);
    if (!evaluated) {
        shorten(product);
        shorten(expected);
    }
    // Who rejects a call that is blocked whatever they say is not told; of several one is.
    const bool rejects = product.reason == "rejected" || expected.reason == "rejected";
    if (!rejects || product.rejected_by.empty() == expected.rejected_by.empty()) {
        expected.rejected_by = product.rejected_by;
    }
    found += difference(product, expected);
    if (evaluated) found += compare_uncounted(decision_, expected, people_in(*json));
    return found;
}

std::string Lockstep::run_report(const Step& step) {
    const bool confirm = step.kind == Step::Kind::confirm;
    const bool product = confirm ? engine_.confirm(step.name).done : engine_.cancel(step.name).done;
    const bool expected = confirm ? memory_.confirm(step.name) : memory_.cancel(step.name);
    return product == expected
               ? ""
               : fmt::format("  {} by the product alone\n", product ? "taken" : "refused");
}

std::string Lockstep::run_halt(const Step& step) {
    const reference::Halt halt{step.halt, step.name};
    if (step.kind == Step::Kind::halt) {
        memory_.halts.insert(halt);
        return engine_.halt(scope_of(step), "a test").done ? "" : "  refused by the product\n";
    }
    memory_.halts.erase(halt);
    return engine_.resume(scope_of(step)).done ? "" : "  refused by the product\n";
}

std::string Lockstep::run(const Step& step) {
    if (near_budget_ > 0) return {};
    switch (step.kind) {
        case Step::Kind::decide:
        case Step::Kind::preview: return run_call(step);
        case Step::Kind::confirm:
        case Step::Kind::cancel: return run_report(step);
        case Step::Kind::halt:
        case Step::Kind::resume: return run_halt(step);
    }
    return {};
}

std::string to_read(const std::vector<SourceText>& sources, const std::vector<Step>& steps) {
    std::string text;
    for (const SourceText& source : sources) text += source.text;
    for (const Step& step : steps) {
        switch (step.kind) {
            case Step::Kind::decide: text += step.call; break;
            case Step::Kind::preview: text += "preview " + step.call; break;
            case Step::Kind::confirm: text += "confirm " + step.name; break;
            case Step::Kind::cancel: text += "cancel " + step.name; break;
            case Step::Kind::halt: text += "halt " + step.halt + " " + step.name; break;
            case Step::Kind::resume: text += "resume " + step.halt + " " + step.name; break;
        }
        text += "\n";
    }
    return text;
}

}  // namespace proviso::laws
