#include "simulator/gate/gate_check.h"

#include <algorithm>

#include "simulator/figures/money.h"
#include "simulator/gate/gate_calls.h"
#include "simulator/report/report.h"
#include "simulator/text/text_table.h"
#include "simulator/text/words.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t calls_told = 20;

/// How calls moved: against the baseline, or against what was recorded where there is none.
struct Movement {
    std::uint64_t newly_allowed = 0;
    std::uint64_t newly_blocked = 0;
    std::uint64_t looser = 0;
    std::uint64_t tighter = 0;
};

Movement against_recorded(const Recorded& recorded) {
    Movement moved{0, 0, recorded.looser, recorded.tighter};
    for (std::size_t then = 0; then < outcome_count; ++then) {
        for (std::size_t now = 0; now < outcome_count; ++now) {
            const bool went = then <= static_cast<std::size_t>(Outcome::notify);
            const bool goes = now <= static_cast<std::size_t>(Outcome::notify);
            const bool blocks = now == static_cast<std::size_t>(Outcome::block);
            if (!went && goes) moved.newly_allowed += recorded.table[then][now];
            if (blocks && then != now) moved.newly_blocked += recorded.table[then][now];
        }
    }
    return moved;
}

std::optional<Movement> movement_of(const Report& report) {
    if (report.comparison) {
        const Comparison& made = *report.comparison;
        return Movement{made.newly_allowed, made.newly_blocked, made.of(Change::looser),
                        made.of(Change::tighter)};
    }
    if (report.recorded && report.recorded->calls > 0) return against_recorded(*report.recorded);
    return std::nullopt;
}

/// As it was written: "99.5 %", with as many decimals as it takes.
std::string share_text(Share share) {
    const auto millionths = static_cast<std::uint32_t>(share);
    std::string text = std::to_string(millionths / 10'000);
    std::string decimals = std::to_string(10'000 + millionths % 10'000).substr(1);
    while (decimals.ends_with('0')) decimals.pop_back();
    if (!decimals.empty()) text += '.' + decimals;
    return text + " %";
}

class Checker {
  public:
    Checker(const Report& report, const GateCalls& calls, GateReport& result)
        : report_(report),
          calls_(calls),
          result_(result),
          moved_(movement_of(report)) {}

    void at_most(const char* name, std::optional<std::uint64_t> bound,
                 std::uint64_t Movement::*count, GateCause cause) {
        if (!bound) return;
        GateCheck& check = add(name, "at most " + grouped(*bound));
        if (!moved_) return lack(check, "no baseline, and nothing recorded");
        check.found = grouped((*moved_).*count);
        if ((*moved_).*count <= *bound) return;
        check.state = GateState::broken;
        tell_calls(check, cause, (*moved_).*count);
    }

    /// What is told twice is evidence once.
    void least_calls(std::uint64_t bound) {
        const std::uint64_t all = report_.counts.calls();
        const std::uint64_t calls = all - std::min(all, report_.doubts.repeated_ids.same);
        GateCheck& check = add("min_calls", "at least " + grouped(bound));
        check.found = grouped(calls);
        if (calls < bound) check.state = GateState::no_evidence;
    }

    void most_unknown(std::optional<Share> bound) {
        if (!bound) return;
        const std::uint64_t calls = report_.counts.calls();
        const std::uint64_t unknown = report_.counts.unknown_calls();
        GateCheck& check = add("max_unknown", "at most " + share_text(*bound));
        if (calls == 0) return lack(check, "no call");
        check.found = percent(unknown, calls);
        // In whole numbers, so that a bound is held to the letter; room for 10^13 calls.
        if (unknown * whole_share > static_cast<std::uint64_t>(*bound) * calls) {
            check.state = GateState::broken;
            tell_calls(check, GateCause::unknown, unknown);
        }
    }

    void most_decisive(std::optional<Share> bound) {
        if (!bound) return;
        GateCheck& check = add("max_decisive_unknown", "at most " + share_text(*bound));
        if (report_.counts.calls() == 0) return lack(check, "no call");
        const FactRow* worst = nullptr;
        for (const FactRow& row : report_.facts) {
            // What is missing under no single value's name is held against all calls.
            const std::uint64_t reads = reads_of(row);
            if (worst == nullptr || Wide{row.counts.decisive} * reads_of(*worst) >
                                        Wide{worst->counts.decisive} * reads) {
                worst = &row;
            }
            if (Wide{row.counts.decisive} * whole_share <=
                Wide{static_cast<std::uint32_t>(*bound)} * reads) {
                continue;
            }
            check.state = GateState::broken;
            if (check.calls.size() < calls_told) {
                check.calls.push_back(row.name + ": " + percent(row.counts.decisive, reads) +
                                      " of " + counted(reads, "call", "calls") +
                                      first_of(GateCause::lacks, row.name));
            }
        }
        check.found = worst == nullptr || worst->counts.decisive == 0
                          ? "none"
                          : percent(worst->counts.decisive, reads_of(*worst)) + " " + worst->name;
    }

    void most_approvals(const GateBounds& gate) {
        const std::size_t checks_before = result_.checks.size();
        if (gate.max_approvals_per_week) {
            for (const RoleLoad& load : report_.figures.workload.roles) {
                const bool own =
                    std::any_of(gate.max_approvals_of.begin(), gate.max_approvals_of.end(),
                                [&](const RoleBound& one) { return one.role == load.role; });
                if (!own && load.role != "principal" && load.requests > 0) {
                    most_approvals_of({load.role, *gate.max_approvals_per_week});
                }
            }
        }
        for (const RoleBound& bound : gate.max_approvals_of) most_approvals_of(bound);
        if (!gate.max_approvals_per_week || result_.checks.size() > checks_before) return;
        add("max_approvals_per_week", "at most " + grouped(*gate.max_approvals_per_week)).found =
            "nobody is asked";
    }

    void most_late(std::optional<Share> bound) {
        if (!bound) return;
        const Workload& workload = report_.figures.workload;
        GateCheck& check = add("max_late_share", "at most " + share_text(*bound));
        check.found = "none";
        std::string lacking = workload.requests_beyond > 0 ? "too many requests to forecast" : "";
        const RoleLoad* worst = nullptr;
        for (const RoleLoad& load : workload.roles) {
            if (load.requests == 0 || load.role == "principal") continue;
            if (!load.forecast || load.forecast->requests + load.untimed < load.requests) {
                lacking = "no forecast for " + load.role;
                if (!load.forecast) continue;
            }
            if (load.untimed > 0) lacking = "calls without a time ask for " + load.role;
            const Forecast& one = *load.forecast;
            if (one.late > 0 &&
                (worst == nullptr || Wide{one.late} * worst->forecast->requests >
                                         Wide{worst->forecast->late} * one.requests)) {
                worst = &load;
            }
            if (Wide{one.late} * whole_share <=
                Wide{static_cast<std::uint32_t>(*bound)} * one.requests) {
                continue;
            }
            check.state = GateState::broken;
            check.calls.insert(check.calls.end(), one.late_calls.begin(), one.late_calls.end());
        }
        if (worst != nullptr) {
            check.found =
                percent(worst->forecast->late, worst->forecast->requests) + ' ' + worst->role;
        }
        if (check.state == GateState::kept && !lacking.empty()) lack(check, lacking);
        if (check.calls.size() > calls_told) check.calls.resize(calls_told);
    }

    void least_fidelity(std::optional<Share> bound) {
        if (!bound) return;
        GateCheck& check = add("min_fidelity", "at least " + share_text(*bound));
        if (!report_.comparison) return lack(check, "no baseline");
        const Comparison& made = *report_.comparison;
        if (made.recorded == 0) return lack(check, "nothing recorded");
        check.found = percent(made.as_recorded, made.recorded);
        if (made.as_recorded * whole_share < static_cast<std::uint64_t>(*bound) * made.recorded) {
            check.state = GateState::broken;
            tell_calls(check, GateCause::unfaithful, made.recorded - made.as_recorded);
        }
    }

    void pinned(const GateBounds& gate, const std::vector<PinFound>& found) {
        for (std::size_t i = 0; i < gate.calls.size(); ++i) pinned_call(gate.calls[i], i, found);
        for (const PinnedRule& pin : gate.rules) pinned_rule(pin);
    }

  private:
    GateCheck& add(std::string name, std::string bound) {
        return result_.checks.emplace_back(
            GateCheck{std::move(name), std::move(bound), {}, GateState::kept, {}});
    }

    [[nodiscard]] std::uint64_t reads_of(const FactRow& row) const {
        return row.counts.reads > 0 ? row.counts.reads : report_.counts.calls();
    }

    void most_approvals_of(const RoleBound& bound) {
        GateCheck& check =
            add("max_approvals_per_week " + bound.role, "at most " + grouped(bound.most));
        const Workload& workload = report_.figures.workload;
        const auto load = std::find_if(workload.roles.begin(), workload.roles.end(),
                                       [&](const RoleLoad& one) { return one.role == bound.role; });
        check.found = "0";
        const WeekLoad* most = nullptr;
        if (load != workload.roles.end()) {
            for (const WeekLoad& week : load->weeks) {
                if (most == nullptr || week.requests > most->requests) most = &week;
            }
        }
        if (most != nullptr) {
            check.found = grouped(most->requests) + ", week of " + most->monday;
            if (most->requests > bound.most) {
                check.state = GateState::broken;
                check.calls = load->busiest_calls;
                return;
            }
        }
        if (load != workload.roles.end() && load->untimed > 0)
            lack(check, counted(load->untimed, "request", "requests") + " without a time");
        else if (workload.weeks_beyond > 0)
            lack(check, "too many weeks");
    }

    static void lack(GateCheck& check, std::string why) {
        check.state = GateState::no_evidence;
        check.found = std::move(why);
    }

    void tell_calls(GateCheck& check, GateCause cause, std::uint64_t count) const {
        check.calls = calls_.told(cause);
        if (count <= check.calls.size()) return;
        const bool changes = cause != GateCause::unknown && cause != GateCause::unfaithful;
        check.calls.push_back(
            "and " + grouped(count - check.calls.size()) + " more" +
            (changes && report_.comparison ? ": --changes FILE has them all" : ""));
    }

    /// "; march.jsonl:2, c-2; march.jsonl:7, c-7", the first ones.
    [[nodiscard]] std::string first_of(GateCause cause, const std::string& name) const {
        constexpr std::size_t most = 3;
        const std::vector<std::string> told = calls_.told(cause, name);
        std::string text;
        for (std::size_t i = 0; i < std::min(told.size(), most); ++i) text += "; " + told[i];
        return told.size() > most ? text + "; …" : text;
    }

    void pinned_call(const PinnedCall& pin, std::size_t index, const std::vector<PinFound>& found) {
        GateCheck& check = add("call " + pin.id, std::string{name(pin.outcome)});
        std::size_t times = 0;
        for (const PinFound& one : found) {
            if (one.pin != index) continue;
            if (++times == 1) check.found = name(one.outcome);
            if (one.outcome == pin.outcome) continue;
            check.state = GateState::broken;
            check.found = name(one.outcome);
            if (check.calls.size() == calls_told) continue;
            check.calls.push_back(place_text(one.file, one.line, one.call) + ", " + pin.id);
        }
        if (times == 0) lack(check, "not in the history");
    }

    void pinned_rule(const PinnedRule& pin) {
        GateCheck& check =
            add("rule " + pin.name, "at least " + counted(pin.min_hits, "hit", "hits"));
        const auto row = std::find_if(report_.rules.begin(), report_.rules.end(),
                                      [&](const RuleRow& one) { return one.name == pin.name; });
        if (row == report_.rules.end()) {
            check.state = GateState::broken;
            check.found = "no such rule" + near_rule(pin.name);
            return;
        }
        check.found = grouped(row->hits);
        if (row->hits < pin.min_hits) check.state = GateState::broken;
    }

    /// ", did you mean `x`?", where some rule has nearly that name.
    std::string near_rule(std::string_view name) const {
        std::vector<std::string_view> names;
        for (const RuleRow& row : report_.rules) names.emplace_back(row.name);
        const std::string_view near = nearest(name, names);
        return near.empty() ? std::string() : ", did you mean `" + std::string(near) + "`?";
    }

    const Report& report_;
    const GateCalls& calls_;
    GateReport& result_;
    std::optional<Movement> moved_;
};

}  // namespace

GateReport check_gate(const GateBounds& gate, const Report& report,
                      const std::vector<PinFound>& found, const GateCalls& calls) {
    GateReport result;
    Checker checker{report, calls, result};
    checker.least_calls(gate.min_calls);
    checker.at_most("max_newly_allowed", gate.max_newly_allowed, &Movement::newly_allowed,
                    GateCause::newly_allowed);
    checker.at_most("max_newly_blocked", gate.max_newly_blocked, &Movement::newly_blocked,
                    GateCause::newly_blocked);
    checker.at_most("max_looser", gate.max_looser, &Movement::looser, GateCause::looser);
    checker.at_most("max_tighter", gate.max_tighter, &Movement::tighter, GateCause::tighter);
    checker.most_unknown(gate.max_unknown);
    checker.most_decisive(gate.max_decisive_unknown);
    checker.most_approvals(gate);
    checker.most_late(gate.max_late_share);
    checker.least_fidelity(gate.min_fidelity);
    checker.pinned(gate, found);
    return result;
}

}  // namespace proviso::simulator
