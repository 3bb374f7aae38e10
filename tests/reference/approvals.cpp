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

ApprovalRecord read_one(const Json& json) {
    ApprovalRecord record;
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
    record = {*verdict == "approve" || *verdict == "reject",
              *verdict == "reject",
              *by,
              *roles,
              *plan,
              *gates,
              *requested,
              *at};
    return record;
}

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
            if (state.why.back().empty()) join(people, person_of(record));
        }
        state.open = is_filled(approval_, people);
        return state;
    }

    std::set<Uncounted> why_not(const ApprovalRecord& record) {
        if (!record.well_formed) return {Uncounted::malformed};
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
        if (record.at > record.requested_at + approval_.within_seconds * microseconds) {
            why.insert(Uncounted::answered_late);
        }
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
        const Person person = person_of(record);
        const bool fits = std::any_of(approval_.needs.begin(), approval_.needs.end(),
                                      [&](const auto& need) { return fills(person, need); });
        if (fits) return;
        why.insert(person.principal ? Uncounted::is_principal : Uncounted::no_role);
    }

    bool is(BuiltinSlot which, const std::string& id) const {
        return slot(which).known() && slot(which).text == id;
    }

    Person person_of(const ApprovalRecord& record) {
        Person person;
        person.id = record.by;
        person.principal = is(BuiltinSlot::principal_id, record.by);
        for (std::uint32_t i = 0; i < set_.roles.size(); ++i) {
            const auto& bound = set_.roles[i].bound_ids;
            const bool is_bound = std::find(bound.begin(), bound.end(), record.by) != bound.end();
            if (!is_bound && !record.roles.contains(set_.roles[i].name)) continue;
            for (const check::RoleId id : set_.roles[i].inherits) {
                person.held.insert(static_cast<std::uint32_t>(id));
            }
        }
        for (const std::uint32_t role : person.held) person.approver |= can_approve(role);
        for (const check::Escalation& one : approval_.escalations) {
            const bool now = record.at >= record.requested_at + one.after_seconds * microseconds;
            const bool holds = person.held.contains(static_cast<std::uint32_t>(one.role));
            person.escalated = person.escalated || (now && holds);
        }
        return person;
    }

    bool can_approve(std::uint32_t role) const {
        const auto& grants = set_.roles[role].grants;
        return std::any_of(grants.begin(), grants.end(), [&](const check::Grant& grant) {
            constexpr std::uint32_t approve = 3;
            return (grant.stages & check::stage_bit(approve)) != 0 &&
                   reaches(set_, grant.targets, call_) &&
                   is_true(condition(inputs_.scope, grant.when, check::no_node));
        });
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

std::optional<std::int64_t> rejects_until(const ApprovalInputs& inputs, const Gate& gate,
                                          std::size_t record) {
    const ApprovalRecord& one = inputs.records[record];
    if (!one.well_formed || !one.reject) return std::nullopt;
    std::set<Uncounted> why = Judge(inputs, gate).why_not(one);
    // What keeps an approval from being surely good keeps no rejection from being heard.
    for (const Uncounted may :
         {Uncounted::rejects, Uncounted::never_unknown, Uncounted::party_unknown,
          Uncounted::time_unknown, Uncounted::other_gate, Uncounted::expired}) {
        why.erase(may);
    }
    if (!why.empty()) return std::nullopt;
    return one.requested_at + gate.approval.within_seconds * microseconds;
}

}  // namespace proviso::reference
