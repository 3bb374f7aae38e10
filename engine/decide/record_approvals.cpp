// See record_approvals.h.
#include "engine/decide/record_approvals.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/model/calendar.h"
#include "engine/model/text.h"
#include "engine/model/type.h"

namespace proviso::decide {

using bytecode::none;

namespace {

std::string time_of(const std::optional<std::int64_t>& at_us) {
    return at_us ? model::time_text(*at_us) : std::string();
}

class ApprovalRecorder {
  public:
    ApprovalRecorder(Decision& result, Decider& decider, const Bound& bound, const LineIndex& lines)
        : result_(result),
          board_(decider.approvals()),
          program_(decider.program()),
          bound_(bound),
          lines_(lines) {}

    void run() {
        add_plan();
        for (std::size_t i = 0; i < board_.gates().size(); ++i) {
            add_gate(board_.gates()[i], result_.gates[i]);
        }
        add_uncounted();
        if (const auto& rejection = board_.rejection();
            rejection && result_.outcome == Outcome::block) {
            result_.rejected_by = bound_.approvals[rejection->approval].by;
        }
        if (result_.outcome == Outcome::gate) add_request();
        if (result_.outcome < Outcome::gate) result_.valid_until = time_of(board_.valid_until_us());
    }

  private:
    void add_plan() {
        const PlanHash& plan = board_.plan();
        if (plan.known)
            result_.plan_hash = model::to_hex(plan.digest);
        else if (!result_.gates.empty())
            result_.plan_fault = std::string(plan.name) + ": " + std::string(plan.cause);
    }

    void add_gate(const GateCheck& check, Gate& gate) {
        const bytecode::Approval& approval = *check.approval;
        gate.open = check.open;
        gate.places = check.places;
        gate.filled = check.filled;
        gate.until = time_of(check.until_us);
        gate.valid_seconds = approval.valid_seconds;
        for (const bytecode::ApprovalNeed& need : approval.needs) {
            gate.needs.push_back(needed(need));
        }
        for (const bytecode::Escalation& also : approval.escalations) {
            gate.also.push_back({program_.roles[also.role].name, also.after_seconds,
                                 escalates_at(check, also.after_seconds)});
        }
        for (std::size_t i = 0; i < approval.never.size(); ++i) {
            const std::string_view path = lines_.text(approval.never[i].place);
            const bool known = (check.unknown_never & never_bit(i)) == 0;
            if (!check.open && !known) gate.not_known.emplace_back(path);
            gate.never.emplace_back(path);
        }
        if (!check.open) add_unknown_parties(gate);
    }

    /// Without an id of its own a call is asked about, not made: nobody is to open it.
    void add_unknown_parties(Gate& gate) const {
        const auto known = [&](bytecode::Builtin which) {
            return bound_.frame[bytecode::slot_of(which)].known();
        };
        if (!known(bytecode::Builtin::call_id)) return;
        if (!known(bytecode::Builtin::principal_id)) gate.not_known.emplace_back("principal.id");
        if (!known(bytecode::Builtin::agent_id)) gate.not_known.emplace_back("agent.id");
    }

    static std::string escalates_at(const GateCheck& check, std::int64_t after_seconds) {
        constexpr std::int64_t second_us = 1'000'000;
        if (!check.requested_us) return {};
        std::int64_t at = 0;
        if (__builtin_mul_overflow(after_seconds, second_us, &at) ||
            __builtin_add_overflow(at, *check.requested_us, &at)) {
            return {};
        }
        return model::time_text(at);
    }

    [[nodiscard]] NeededPeople needed(const bytecode::ApprovalNeed& need) const {
        NeededPeople result;
        result.count = need.count;
        result.of = need.principal ? "principal" : need.approvers ? "approvers" : "roles";
        for (const std::uint32_t role : need.roles) {
            result.roles.push_back(program_.roles[role].name);
        }
        if (!need.approvers) return result;
        const std::vector<std::uint64_t>& can = board_.approvers();
        for (std::uint32_t role = 0; role < program_.roles.size(); ++role) {
            const bool may = (can[role / 64] >> role % 64 & 1U) != 0;
            if (may) result.roles.push_back(program_.roles[role].name);
        }
        return result;
    }

    void add_uncounted() {
        for (std::size_t i = 0; i < bound_.approvals.size(); ++i) {
            if (board_.causes()[i].empty()) continue;
            const GivenApproval& given = bound_.approvals[i];
            result_.uncounted.push_back({std::string(given.by),
                                         given.rejects ? "reject" : "approve",
                                         std::string(board_.causes()[i])});
        }
        if (bound_.too_many_approvals) {
            result_.uncounted.push_back({"", "", "the call has more approvals than the limit"});
        }
    }

    // ------------------------------------------------------------ the request

    void add_request() {
        ApprovalRequest request;
        const model::Value& id = bound_.frame[bytecode::slot_of(bytecode::Builtin::call_id)];
        if (id.known()) request.call_id = id.view();
        request.plan = result_.plan_hash;
        for (const Gate& gate : result_.gates) {
            if (!gate.open) request.gates.push_back(gate.rule);
        }
        std::optional<std::int64_t> first;
        std::optional<std::int64_t> until;
        for (const GateCheck& gate : board_.gates()) {
            if (gate.open) continue;
            if (gate.requested_us && (!first || *gate.requested_us < *first)) {
                first = gate.requested_us;
            }
            if (gate.until_us && (!until || *gate.until_us < *until)) until = gate.until_us;
        }
        request.requested_at = time_of(first);
        request.until = time_of(until);
        add_arguments(request);
        result_.request = std::move(request);
    }

    void add_arguments(ApprovalRequest& request) {
        for (const RawArgument& raw : bound_.raw_args) {
            request.args.emplace_back(raw.name, raw_text(raw));
        }
        if (bound_.tool != none) {
            const bytecode::Range range = program_.tools[bound_.tool].arguments;
            for (std::uint32_t i = range.begin; i < range.begin + range.count; ++i) {
                add_typed(request, program_.arguments[i]);
            }
        }
        std::sort(request.args.begin(), request.args.end());
    }

    void add_typed(ApprovalRequest& request, const bytecode::Argument& argument) {
        if (!argument.declared || argument.slots.count == 0) return;
        const auto same = [&](const auto& other) { return other.first == argument.name; };
        if (std::any_of(request.args.begin(), request.args.end(), same)) return;
        const model::Value& value = bound_.frame[program_.argument_slots[argument.slots.begin]];
        if (value.state == model::State::absent) return;
        request.args.emplace_back(argument.name,
                                  model::to_text(program_.types, argument.type, value));
    }

    /// Text that nothing types is shown as JSON, quoted and cut like any text of an agent.
    static std::string raw_text(const RawArgument& raw) {
        std::string json;
        CanonicalJson out(json);
        const bool written =
            raw.value != nullptr ? out.add_value(*raw.value) : out.add_json(raw.json);
        if (!written) return "unknown";
        const bool is_text = json.size() > 1 && json.front() == '"';
        const std::string_view shown(json);
        std::string text;
        model::append_quoted(text, is_text ? shown.substr(1, shown.size() - 2) : shown);
        return text;
    }

    Decision& result_;
    const ApprovalBoard& board_;
    const bytecode::Program& program_;
    const Bound& bound_;
    const LineIndex& lines_;
};

}  // namespace

void record_approvals(Decision& result, Decider& decider, const Bound& bound,
                      const LineIndex& lines) {
    ApprovalRecorder(result, decider, bound, lines).run();
}

}  // namespace proviso::decide
