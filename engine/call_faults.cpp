#include "engine/call_faults.h"

#include <algorithm>
#include <cstdint>

#include "engine/decide/bound.h"
#include "engine/model/currency.h"
#include "engine/model/type.h"
#include "engine/observed.h"
#include "engine/policy_impl.h"

namespace proviso::engine {

namespace {

using bytecode::Program;
using decide::Bound;
using decide::FormError;
using model::State;

/// Something stands there and is none that can be read: nothing that was left out, or that an
/// optional may do without.
bool is_fault(State state) {
    switch (state) {
        case State::wrong_type:
        case State::not_in_enum:
        case State::out_of_range:
        case State::too_long:
        case State::host_unknown:
        case State::overflow:
        case State::ambiguous:
        case State::currency_mismatch: return true;
        case State::present:
        case State::absent:
        case State::missing:
        case State::over_budget:
        case State::other_key:
        case State::unconfirmed:
        case State::not_remembered:
        case State::negative: break;
    }
    return false;
}

class Finder {
  public:
    Finder(const Bound& bound, const Program& program) : bound_(bound), program_(program) {}

    std::vector<CallFault> run() {
        add_form();
        if (bound_.form == FormError::unreadable) return std::move(found_);
        add_values();
        add_facts();
        add_roles("principal.roles", bound_.roles[0]);
        add_roles("agent.roles", bound_.roles[1]);
        for (const std::string_view role : bound_.undeclared_roles) {
            CallFault& fault = add(CallFault::Kind::undeclared_role, "roles", "not declared");
            fault.name = role;
            fault.known = names(program_.roles);
        }
        return std::move(found_);
    }

  private:
    CallFault& add(CallFault::Kind kind, std::string_view path, std::string_view cause) {
        CallFault& fault = found_.emplace_back();
        fault.kind = kind;
        fault.path = path;
        fault.cause = cause;
        return fault;
    }

    template <class Items>
    static std::vector<std::string> names(const Items& items) {
        std::vector<std::string> result;
        result.reserve(items.size());
        for (const auto& one : items) result.push_back(one.name);
        return result;
    }

    void add_form() {
        switch (bound_.form) {
            case FormError::none: return;
            case FormError::unknown_tool: {
                CallFault& fault = add(CallFault::Kind::tool, "tool", bound_.form_cause);
                fault.name = bound_.tool_name;
                fault.known = names(program_.tools);
                return;
            }
            case FormError::invalid_stage: {
                CallFault& fault = add(CallFault::Kind::stage, "stage", bound_.form_cause);
                fault.name = bound_.form_name;
                fault.known = words_of(slot_of(bytecode::Builtin::stage));
                return;
            }
            case FormError::invalid_args:
            case FormError::unreadable: return add_argument();
        }
    }

    void add_argument() {
        CallFault& fault = add(CallFault::Kind::args, bound_.form_name, bound_.form_cause);
        if (bound_.tool == bytecode::none) return;
        const bytecode::Range range = program_.tools[bound_.tool].arguments;
        for (std::uint32_t i = range.begin; i < range.begin + range.count; ++i) {
            const bytecode::Argument& argument = program_.arguments[i];
            if (!argument.declared) continue;
            fault.known.push_back("args." + argument.name);
            const bool is_it = fault.path == fault.known.back();
            if (is_it) set_type(fault, argument.type);
        }
    }

    void add_values() {
        for (std::size_t i = 0; i < program_.slots.size(); ++i) {
            const bytecode::Slot& slot = program_.slots[i];
            const State state = bound_.frame[i].state;
            if (!is_host(slot.source) || !is_fault(state) || derived(i)) continue;
            CallFault& fault = add(CallFault::Kind::value, slot.path, model::name(state));
            fault.known = words_of(i);
            if (fault.known.empty()) set_type(fault, slot.type);
        }
    }

    void set_type(CallFault& fault, model::TypeId id) const {
        fault.type = program_.types.text(id);
        fault.form = form_of(program_.types.type(id));
    }

    static std::string form_of(const model::Type& type) {
        switch (type.kind) {
            case model::Kind::money: break;
            case model::Kind::time: return "2026-11-20T15:00:00Z";
            case model::Kind::date: return "2026-11-20";
            case model::Kind::duration: return "4h";
            case model::Kind::integer: return "12";
            case model::Kind::decimal: return "12.50";
            case model::Kind::boolean:
            case model::Kind::string:
            case model::Kind::weekday:
            case model::Kind::ip:
            case model::Kind::enumeration:
            case model::Kind::list:
            case model::Kind::record:
            case model::Kind::opaque: return {};
        }
        if (type.money_form != model::MoneyForm::object) return type.minor ? "1250" : "12.50";
        const std::string code = type.currency == 0 ? "USD" : model::unpack_currency(type.currency);
        return "{ amount: 12.50, currency: " + code + " }";
    }

    /// Empty where the slot's type is no enum.
    [[nodiscard]] std::vector<std::string> words_of(std::size_t slot) const {
        const model::Type& type = program_.types.type(program_.slots[slot].type);
        if (type.kind != model::Kind::enumeration) return {};
        return program_.types.enumeration(type.enumeration).words;
    }

    /// Follows from the tool and the stage, whose faults are told as such.
    static bool derived(std::size_t slot) {
        using bytecode::Builtin;
        return slot == slot_of(Builtin::tool) || slot == slot_of(Builtin::stage) ||
               slot == slot_of(Builtin::tier) || slot == slot_of(Builtin::has_undo);
    }

    void add_facts() {
        for (const bytecode::Facts& facts : program_.facts) {
            if (was_sent(facts.key)) continue;
            for (std::uint32_t i = 1; i <= facts.fields; ++i) {
                if (!was_sent(facts.key + i)) continue;
                add(CallFault::Kind::no_key, facts.name, "missing");
                break;
            }
        }
    }

    [[nodiscard]] bool was_sent(std::uint32_t slot) const {
        return std::find(bound_.touched.begin(), bound_.touched.end(), slot) !=
               bound_.touched.end();
    }

    void add_roles(std::string_view path, const decide::HeldRoles& held) {
        if (held.known || !is_fault(held.why)) return;
        add(CallFault::Kind::roles, path, model::name(held.why)).type = "[string]";
    }

    const Bound& bound_;
    const Program& program_;
    std::vector<CallFault> found_;
};

}  // namespace

std::vector<CallFault> faults_of_last_call(const Session& session, const Policy& policy) {
    return Finder(bound_of(session), policy.impl().image->program()).run();
}

}  // namespace proviso::engine
