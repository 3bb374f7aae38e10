// See approvals.h.
#include "tests/reference/approvals.h"

#include <algorithm>

#include "tests/reference/text_forms.h"

namespace proviso::reference {

namespace {

using check::BuiltinSlot;
using check::NodeId;

std::optional<std::string> text_in(const Json& object, const char* name) {
    const Json* found = object.find(name);
    if (found == nullptr || found->is != Json::Is::text || found->broken) return std::nullopt;
    return found->text;
}

std::optional<std::set<std::string>> texts_in(const Json& object, const char* name) {
    const Json* found = object.find(name);
    if (found == nullptr || found->is != Json::Is::list) return std::nullopt;
    std::set<std::string> texts;
    for (const Json& item : found->items) {
        if (item.is != Json::Is::text || item.broken) return std::nullopt;
        texts.insert(item.text);
    }
    return texts;
}

bool has_form(const Json& json) {
    static const std::set<std::string> names{"by", "roles",   "roles_now", "plan",        "gates",
                                             "at", "verdict", "signature", "requested_at"};
    if (json.is != Json::Is::object) return false;
    return std::all_of(json.members.begin(), json.members.end(), [&](const JsonMember& one) {
        return names.contains(one.name) && !json.repeats(one.name);
    });
}

bool is_hash(const std::string& text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

ApprovalRecord read_one(const Json& json) {
    ApprovalRecord record;
    if (!has_form(json)) return record;
    const auto by = text_in(json, "by");
    const auto plan = text_in(json, "plan");
    const auto verdict = text_in(json, "verdict");
    const auto roles = texts_in(json, "roles");
    const auto gates = texts_in(json, "gates");
    const auto requested = read_time(text_in(json, "requested_at").value_or(""));
    const auto at = read_time(text_in(json, "at").value_or(""));
    if (!by || by->empty() || !plan || !verdict || !roles || !gates || !requested || !at) {
        return record;
    }
    record.roles_now = texts_in(json, "roles_now");
    if (json.find("roles_now") != nullptr && !record.roles_now) return record;
    if (json.find("signature") != nullptr && !text_in(json, "signature")) return record;
    if (!is_hash(*plan) || gates->empty()) return record;
    record.well_formed = *verdict == "approve" || *verdict == "reject";
    record.reject = *verdict == "reject";
    record.by = *by;
    record.roles = *roles;
    record.plan = *plan;
    record.gates = *gates;
    record.requested_at = *requested;
    record.at = *at;
    return record;
}

constexpr std::size_t most_approvals = 64;  // docs/limits.md

class Judge {
  public:
    Judge(const ApprovalInputs& inputs, const Gate& gate)
        : inputs_(inputs),
          set_(inputs.scope.set),
          call_(inputs.scope.call),
          approval_(gate.approval),
          gate_(gate.name) {
        find_excluded();
    }

    GateState run() {
        GateState state;
        std::vector<Person> people;
        for (const ApprovalRecord& record : inputs_.records) {
            state.why.push_back(why_not(record));
            if (state.why.back().empty()) join(people, person_of(record, false));
        }
        state.open = is_filled(approval_, people);
        return state;
    }

    std::set<Uncounted> why_not(const ApprovalRecord& record) {
        if (!record.well_formed) return {Uncounted::malformed};
        if (inputs_.records.size() > most_approvals) return {Uncounted::too_many};
        std::set<Uncounted> why;
        const auto add = [&](bool holds, Uncounted one) {
            if (holds) why.insert(one);
        };
        add(!slot(BuiltinSlot::call_id).known(), Uncounted::no_call_id);
        add(!party_known(), Uncounted::party_unknown);
        add(!inputs_.is_this_plan(record.plan), Uncounted::other_plan);
        add(!record.gates.contains(gate_), Uncounted::other_gate);
        add(record.reject, Uncounted::rejects);
        add_times(record, why);
        add_person(record, why);
        return why;
    }

    /// Whether the record is a rejection by someone who could have approved, or might have: what is
    /// not known, and times that do not fit together, keep no rejection from being heard.
    bool is_rejection(const ApprovalRecord& record) {
        if (!record.well_formed || !record.reject) return false;
        if (inputs_.records.size() > most_approvals) return false;
        if (!slot(BuiltinSlot::call_id).known() || !inputs_.is_this_plan(record.plan)) return false;
        if (excluded_.contains(record.by) || is(BuiltinSlot::agent_id, record.by)) return false;
        if (record.at > until(record)) return false;
        return fits(person_of(record, true));
    }

    bool is_sure(const ApprovalRecord& record) {
        return !never_unknown_ && slot(BuiltinSlot::agent_id).known() &&
               slot(BuiltinSlot::time).known() && fits(person_of(record, false));
    }

    /// When the answer is over.
    std::int64_t until(const ApprovalRecord& record) const {
        return record.requested_at + approval_.within_seconds * microseconds;
    }

  private:
    const Value& slot(BuiltinSlot which) const {
        return call_.slots[static_cast<std::size_t>(which)];
    }

    bool party_known() const {
        return slot(BuiltinSlot::principal_id).known() && slot(BuiltinSlot::agent_id).known();
    }

    void find_excluded() {
        for (const NodeId node : approval_.never) {
            const Value value = evaluate(inputs_.scope, node);
            if (value.is == Value::Is::unknown) never_unknown_ = true;
            if (!value.known()) continue;
            if (!value.text.empty()) excluded_.insert(value.text);
            for (const Value& item : value.items) excluded_.insert(item.text);
        }
    }

    void add_times(const ApprovalRecord& record, std::set<Uncounted>& why) const {
        if (record.at < record.requested_at) why.insert(Uncounted::before_request);
        if (record.at > until(record)) why.insert(Uncounted::answered_late);
        const Value& time = slot(BuiltinSlot::time);
        if (!time.known()) {
            why.insert(Uncounted::time_unknown);
            return;
        }
        const std::int64_t now = time.number.integer();
        if (now < record.at) why.insert(Uncounted::not_yet);
        if (now > record.at + approval_.valid_seconds * microseconds) {
            why.insert(Uncounted::expired);
        }
    }

    void add_person(const ApprovalRecord& record, std::set<Uncounted>& why) {
        if (never_unknown_) why.insert(Uncounted::never_unknown);
        if (excluded_.contains(record.by)) why.insert(Uncounted::excluded);
        if (is(BuiltinSlot::agent_id, record.by)) why.insert(Uncounted::is_agent);
        const Person person = person_of(record, false);
        if (fits(person)) return;
        why.insert(person.principal ? Uncounted::is_principal : Uncounted::no_role);
    }

    bool fits(const Person& person) const {
        return std::any_of(approval_.needs.begin(), approval_.needs.end(),
                           [&](const auto& need) { return fills(person, need); });
    }

    bool is(BuiltinSlot which, const std::string& id) const {
        return slot(which).known() && slot(which).text == id;
    }

    /// `might`: had all that is not known turned out so that the person may approve.
    Person person_of(const ApprovalRecord& record, bool might) {
        Person person;
        person.id = record.by;
        person.principal = is(BuiltinSlot::principal_id, record.by);
        person.may_be_principal = might && !slot(BuiltinSlot::principal_id).known();
        person.held = held(record.by, record.roles);
        if (record.roles_now) {
            const std::set<std::uint32_t> now = held(record.by, *record.roles_now);
            std::erase_if(person.held, [&](std::uint32_t role) { return !now.contains(role); });
        }
        for (const std::uint32_t role : person.held) person.approver |= can_approve(role, might);
        for (const check::Escalation& one : approval_.escalations) {
            const bool now = record.at >= record.requested_at + one.after_seconds * microseconds;
            const bool holds = person.held.contains(static_cast<std::uint32_t>(one.role));
            person.escalated = person.escalated || (now && holds);
        }
        return person;
    }

    /// The set has no history: a role that it binds is held then and now.
    std::set<std::uint32_t> held(const std::string& id, const std::set<std::string>& names) const {
        std::set<std::uint32_t> roles;
        for (const check::Role& role : set_.roles) {
            const auto& bound = role.bound_ids;
            const bool is_bound = std::find(bound.begin(), bound.end(), id) != bound.end();
            if (!is_bound && !names.contains(role.name)) continue;
            for (const check::RoleId one : role.inherits) {
                roles.insert(static_cast<std::uint32_t>(one));
            }
        }
        return roles;
    }

    bool can_approve(std::uint32_t role, bool might) const {
        const auto& grants = set_.roles[role].grants;
        return std::any_of(grants.begin(), grants.end(), [&](const check::Grant& grant) {
            constexpr std::uint32_t approve = 3;
            return (grant.stages & check::stage_bit(approve)) != 0 &&
                   reaches(set_, grant.targets, call_) &&
                   holds(condition(inputs_.scope, grant.when, check::no_node), might);
        });
    }

    static bool holds(const Value& condition, bool might) {
        return is_true(condition) || (might && !condition.known());
    }

    /// Two records of one person are one person, who may do what either may.
    static void join(std::vector<Person>& people, const Person& one) {
        for (Person& person : people) {
            if (person.id != one.id) continue;
            person.held.insert(one.held.begin(), one.held.end());
            person.approver = person.approver || one.approver;
            person.escalated = person.escalated || one.escalated;
            return;
        }
        people.push_back(one);
    }

    const ApprovalInputs& inputs_;
    const check::PolicySet& set_;
    const BoundCall& call_;
    const check::Approval& approval_;
    const std::string& gate_;
    std::set<std::string> excluded_;
    bool never_unknown_ = false;
};

}  // namespace

std::vector<ApprovalRecord> read_approvals(const Json& document) {
    std::vector<ApprovalRecord> records;
    const Json* list = document.find("approvals");
    if (list == nullptr || list->is != Json::Is::list) return records;
    for (const Json& one : list->items) records.push_back(read_one(one));
    return records;
}

check::Approval one_of(check::RoleId role) {
    check::Approval approval;
    check::Need need;
    need.roles = {role};
    approval.needs = {need};
    return approval;
}

GateState judge(const ApprovalInputs& inputs, const Gate& gate) {
    return Judge(inputs, gate).run();
}

std::optional<Heard> rejects(const ApprovalInputs& inputs, const Gate& gate, std::size_t record) {
    Judge judge(inputs, gate);
    const ApprovalRecord& one = inputs.records[record];
    if (!judge.is_rejection(one)) return std::nullopt;
    return Heard{judge.until(one), judge.is_sure(one)};
}

}  // namespace proviso::reference
