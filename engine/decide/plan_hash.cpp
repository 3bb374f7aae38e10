// See plan_hash.h. Members stand in the order of RFC 8785; those of the outermost object always
// are the same, so they are written in that order.
#include "engine/decide/plan_hash.h"

#include <algorithm>

#include "engine/model/calendar.h"
#include "engine/model/currency.h"
#include "engine/model/text.h"
#include "engine/model/type.h"

namespace proviso::decide {

using bytecode::Builtin;
using model::Kind;
using model::State;

namespace {

constexpr std::string_view plan_domain = "proviso-plan-1";
constexpr std::string_view hashed_stages[] = {"read", "propose", "prepare", "approve", "execute"};

/// What is volatile is no part of a plan, but where it all happens always is.
bool counts(const bytecode::Slot& slot) {
    const bool by_host =
        slot.source == bytecode::SlotSource::attribute || slot.source == bytecode::SlotSource::fact;
    return by_host && (!slot.is_volatile || slot.path == "environment");
}

template <class NameOf>
void sort_by_name(std::vector<std::uint32_t>& all, const NameOf& name_of) {
    std::sort(all.begin(), all.end(), [&](std::uint32_t a, std::uint32_t b) {
        return model::before_in_utf16(name_of(a), name_of(b));
    });
}

bool is_there(const model::Value& value) {
    return value.state != State::absent && value.state != State::missing;
}

}  // namespace

PlanHasher::PlanHasher(const bytecode::Program& program) : program_(program), out_(json_) {
    for (std::uint32_t i = 0; i < program.slots.size(); ++i) {
        if (counts(program.slots[i])) told_.push_back(i);
    }
    sort_by_name(told_, [&](std::uint32_t i) { return program.slots[i].path; });
    for (const std::uint32_t i : told_) {
        const bool fact = program.slots[i].source == bytecode::SlotSource::fact;
        (fact ? facts_ : attributes_).push_back(i);
    }
    for (const model::Type& type : program.types.types()) {
        std::vector<std::uint32_t>& fields = fields_.emplace_back(type.fields.size());
        for (std::uint32_t i = 0; i < fields.size(); ++i) fields[i] = i;
        sort_by_name(fields, [&](std::uint32_t i) { return type.fields[i].name; });
    }
}

PlanHash PlanHasher::of(const Bound& bound) {
    json_.clear();
    result_ = {};
    result_.known = true;
    add_call(bound);
    hash_.add(plan_domain);
    hash_.add(json_);
    result_.digest = hash_.digest();
    return result_;
}

void PlanHasher::fault(std::string_view cause) {
    json_.append("?").append(cause);
    if (!result_.known) return;
    result_.known = false;
    result_.name = at_;
    result_.cause = cause;
}

void PlanHasher::add_name(std::string_view name, bool& first) {
    if (!first) json_.push_back(',');
    first = false;
    out_.add_text(name);
    json_.push_back(':');
}

void PlanHasher::add_call(const Bound& bound) {
    json_.push_back('{');
    add_word("agent.id", bound, Builtin::agent_id);
    json_.append("\"args\":{");
    add_arguments(bound);
    json_.append("},\"attributes\":{");
    add_told(bound, attributes_);
    json_.append("},");
    add_word("call_id", bound, Builtin::call_id);
    add_facts(bound);
    add_word("principal.id", bound, Builtin::principal_id);
    json_.append("\"stage\":");
    out_.add_text(hashed_stages[bound.stage]);
    json_.append(",\"tool\":");
    out_.add_text(bound.tool_name);
    add_unknown(bound);
    json_.push_back(',');
    add_word("workflow.name", bound, Builtin::workflow_name);
    json_.back() = '}';  // of the comma behind the last member
}

/// One of the host's texts, with a comma behind it; left out where it does not know it.
void PlanHasher::add_word(std::string_view name, const Bound& bound, Builtin slot) {
    const model::Value& value = bound.frame[bytecode::slot_of(slot)];
    if (!is_there(value) || value.state == State::host_unknown) return;
    at_ = name;
    out_.add_text(name);
    json_.push_back(':');
    if (value.known())
        out_.add_text(value.view());
    else
        fault(model::name(value.state));
    json_.push_back(',');
}

// ---------------------------------------------------------------- arguments

void PlanHasher::collect(const Bound& bound) {
    arguments_.clear();
    for (const RawArgument& raw : bound.raw_args) arguments_.push_back({raw.name, nullptr, &raw});
    if (bound.tool == bytecode::none) return;
    const auto kept = static_cast<std::ptrdiff_t>(arguments_.size());
    const bytecode::Range range = program_.tools[bound.tool].arguments;
    for (std::uint32_t i = range.begin; i < range.begin + range.count; ++i) {
        const bytecode::Argument& one = program_.arguments[i];
        if (!one.declared || one.slots.count == 0) continue;
        const bool raw = std::any_of(arguments_.begin(), arguments_.begin() + kept,
                                     [&](const Argument& other) { return other.name == one.name; });
        if (!raw) arguments_.push_back({one.name, &one, nullptr});
    }
}

void PlanHasher::add_arguments(const Bound& bound) {
    collect(bound);
    std::sort(arguments_.begin(), arguments_.end(), [](const Argument& a, const Argument& b) {
        return model::before_in_utf16(a.name, b.name);
    });
    const std::size_t begin = json_.size();
    for (const Argument& argument : arguments_) add_argument(bound, argument);
    if (json_.size() > begin) json_.pop_back();
}

/// With a comma behind it.
void PlanHasher::add_argument(const Bound& bound, const Argument& argument) {
    bool first = true;
    at_ = argument.name;
    if (argument.raw != nullptr) {
        add_name(argument.name, first);
        const RawArgument& raw = *argument.raw;
        const bool written =
            raw.value != nullptr ? out_.add_value(*raw.value) : out_.add_json(raw.json);
        if (!written) fault("a number or text without a plain form");
    } else {
        const std::uint32_t slot = program_.argument_slots[argument.typed->slots.begin];
        const model::Value& value = bound.frame[slot];
        if (!is_there(value)) return;
        add_name(argument.name, first);
        add_typed(argument.typed->type, value);
    }
    json_.push_back(',');
}

// ---------------------------------------------------------------- attributes

void PlanHasher::add_told(const Bound& bound, const std::vector<std::uint32_t>& slots) {
    bool first = true;
    for (const std::uint32_t slot : slots) {
        const model::Value& value = bound.frame[slot];
        if (!is_there(value) || value.state == State::host_unknown) continue;
        at_ = program_.slots[slot].path;
        add_name(at_, first);
        add_typed(program_.slots[slot].type, value);
    }
}

/// With a comma behind them; left out where the host tells none.
void PlanHasher::add_facts(const Bound& bound) {
    constexpr std::string_view opened = "\"facts\":{";
    json_.append(opened);
    const std::size_t begin = json_.size();
    add_told(bound, facts_);
    if (json_.size() == begin)
        json_.resize(begin - opened.size());
    else
        json_.append("},");
}

/// What the host has looked for and does not know. An attribute that it does not speak of is left
/// out: for a plan that is the same as one that is not there.
void PlanHasher::add_unknown(const Bound& bound) {
    bool first = true;
    for (const std::uint32_t slot : told_) {
        if (bound.frame[slot].state != State::host_unknown) continue;
        json_.append(first ? ",\"unknown\":[" : ",");
        first = false;
        out_.add_text(program_.slots[slot].path);
    }
    if (!first) json_.push_back(']');
}

// ---------------------------------------------------------------- typed values

void PlanHasher::add_typed(model::TypeId id, const model::Value& value) {
    const model::Type& type = program_.types.type(id);
    if (!value.known()) return fault(model::name(value.state));
    switch (type.kind) {
        case Kind::boolean: json_.append(value.integer != 0 ? "true" : "false"); return;
        case Kind::integer:
        case Kind::duration: return out_.add_integer(value.integer);
        case Kind::decimal: return out_.add_decimal(value.decimal());
        case Kind::money:
            json_.append("{\"amount\":");
            out_.add_decimal(value.decimal());
            json_.append(",\"currency\":");
            out_.add_text(model::unpack_currency(value.currency()));
            json_.push_back('}');
            return;
        case Kind::string: return out_.add_text(value.view());
        case Kind::enumeration:
            return out_.add_text(program_.types.enumeration(type.enumeration)
                                     .words[static_cast<std::size_t>(value.integer)]);
        case Kind::time:
        case Kind::date:
        case Kind::weekday:
        case Kind::ip: json_.append(model::to_json(program_.types, id, value)); return;
        case Kind::list: return add_list(type, value);
        case Kind::record: return add_record(type, value);
        case Kind::opaque: break;
    }
    fault("a value without a type");
}

void PlanHasher::add_list(const model::Type& type, const model::Value& value) {
    json_.push_back('[');
    for (std::uint32_t i = 0; i < value.extra; ++i) {
        if (i > 0) json_.push_back(',');
        if (value.elements[i].state == State::absent)
            json_.append("null");
        else
            add_typed(type.element, value.elements[i]);
    }
    json_.push_back(']');
}

void PlanHasher::add_record(const model::Type& type, const model::Value& value) {
    const auto index = static_cast<std::size_t>(&type - program_.types.types().data());
    bool first = true;
    json_.push_back('{');
    for (const std::uint32_t field : fields_[index]) {
        const model::Value& member = value.elements[field];
        if (member.state == State::absent) continue;
        add_name(type.fields[field].name, first);
        add_typed(type.fields[field].type, member);
    }
    json_.push_back('}');
}

}  // namespace proviso::decide
