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

constexpr std::string_view domain = "proviso-plan-1";
constexpr std::string_view stage_words[] = {"read", "propose", "prepare", "approve", "execute"};

/// The host may volatile anything but where it all happens.
bool counts(const bytecode::Slot& slot) {
    if (slot.source != bytecode::SlotSource::attribute) return false;
    return !slot.is_volatile || slot.path == "environment";
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
        if (counts(program.slots[i])) attributes_.push_back(i);
    }
    sort_by_name(attributes_, [&](std::uint32_t i) { return program.slots[i].path; });
    for (const model::Type& type : program.types.types()) {
        std::vector<std::uint32_t>& fields = fields_.emplace_back(type.fields.size());
        for (std::uint32_t i = 0; i < fields.size(); ++i) fields[i] = i;
        sort_by_name(fields, [&](std::uint32_t i) { return type.fields[i].name; });
    }
}

PlanHash PlanHasher::of(const Bound& bound) {
    json_.clear();
    result_ = {};
    if (!add_call(bound)) {
        json_.clear();
        return result_;
    }
    hash_.add(domain);
    hash_.add(json_);
    result_.known = true;
    result_.digest = hash_.digest();
    return result_;
}

bool PlanHasher::fail(std::string_view name, std::string_view cause) {
    result_.name = name;
    result_.cause = cause;
    return false;
}

void PlanHasher::add_name(std::string_view name, bool& first) {
    if (!first) json_.push_back(',');
    first = false;
    out_.add_text(name);
    json_.push_back(':');
}

bool PlanHasher::add_call(const Bound& bound) {
    json_.push_back('{');
    if (!add_word("agent.id", bound, Builtin::agent_id)) return false;
    json_.append("\"args\":{");
    if (!add_arguments(bound)) return false;
    json_.append("},\"attributes\":{");
    if (!add_attributes(bound)) return false;
    json_.append("},");
    if (!add_word("call_id", bound, Builtin::call_id) ||
        !add_word("principal.id", bound, Builtin::principal_id)) {
        return false;
    }
    json_.append("\"stage\":");
    out_.add_text(stage_words[bound.stage]);
    json_.append(",\"tool\":");
    out_.add_text(bound.tool_name);
    add_unknown(bound);
    json_.push_back(',');
    if (!add_word("workflow.name", bound, Builtin::workflow_name)) return false;
    json_.back() = '}';  // of the comma behind the last member
    return true;
}

/// One of the host's texts, with a comma behind it; left out where it does not know it.
bool PlanHasher::add_word(std::string_view name, const Bound& bound, Builtin slot) {
    const model::Value& value = bound.frame[bytecode::slot_of(slot)];
    if (!is_there(value) || value.state == State::host_unknown) return true;
    if (!value.known()) return fail(name, model::name(value.state));
    out_.add_text(name);
    json_.push_back(':');
    out_.add_text(value.view());
    json_.push_back(',');
    return true;
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

bool PlanHasher::add_arguments(const Bound& bound) {
    collect(bound);
    std::sort(arguments_.begin(), arguments_.end(), [](const Argument& a, const Argument& b) {
        return model::before_in_utf16(a.name, b.name);
    });
    const std::size_t begin = json_.size();
    for (const Argument& argument : arguments_) {
        if (!add_argument(bound, argument)) return false;
    }
    if (json_.size() > begin) json_.pop_back();
    return true;
}

/// With a comma behind it.
bool PlanHasher::add_argument(const Bound& bound, const Argument& argument) {
    bool first = true;
    if (argument.raw != nullptr) {
        add_name(argument.name, first);
        const RawArgument& raw = *argument.raw;
        const bool written =
            raw.value != nullptr ? out_.add_value(*raw.value) : out_.add_json(raw.json);
        if (!written) return fail(argument.name, "a number or text without a plain form");
    } else {
        const std::uint32_t slot = program_.argument_slots[argument.typed->slots.begin];
        const model::Value& value = bound.frame[slot];
        if (!is_there(value)) return true;
        add_name(argument.name, first);
        if (!add_typed(argument.typed->type, value)) return fail(argument.name, result_.cause);
    }
    json_.push_back(',');
    return true;
}

// ---------------------------------------------------------------- attributes

bool PlanHasher::add_attributes(const Bound& bound) {
    bool first = true;
    for (const std::uint32_t slot : attributes_) {
        const model::Value& value = bound.frame[slot];
        if (!is_there(value) || value.state == State::host_unknown) continue;
        add_name(program_.slots[slot].path, first);
        if (!add_typed(program_.slots[slot].type, value)) {
            return fail(program_.slots[slot].path, result_.cause);
        }
    }
    return true;
}

/// What the host has looked for and does not know. An attribute that it does not speak of is left
/// out: for a plan that is the same as one that is not there.
void PlanHasher::add_unknown(const Bound& bound) {
    bool first = true;
    for (const std::uint32_t slot : attributes_) {
        if (bound.frame[slot].state != State::host_unknown) continue;
        json_.append(first ? ",\"unknown\":[" : ",");
        first = false;
        out_.add_text(program_.slots[slot].path);
    }
    if (!first) json_.push_back(']');
}

// ---------------------------------------------------------------- typed values

bool PlanHasher::add_typed(model::TypeId id, const model::Value& value) {
    const model::Type& type = program_.types.type(id);
    if (!value.known()) return fail({}, model::name(value.state));
    switch (type.kind) {
        case Kind::boolean: json_.append(value.integer != 0 ? "true" : "false"); return true;
        case Kind::integer:
        case Kind::duration: out_.add_integer(value.integer); return true;
        case Kind::decimal: out_.add_decimal(value.decimal()); return true;
        case Kind::money:
            json_.append("{\"amount\":");
            out_.add_decimal(value.decimal());
            json_.append(",\"currency\":");
            out_.add_text(model::unpack_currency(value.currency()));
            json_.push_back('}');
            return true;
        case Kind::string: out_.add_text(value.view()); return true;
        case Kind::enumeration:
            out_.add_text(program_.types.enumeration(type.enumeration)
                              .words[static_cast<std::size_t>(value.integer)]);
            return true;
        case Kind::time:
        case Kind::date:
        case Kind::weekday:
        case Kind::ip: json_.append(model::to_json(program_.types, id, value)); return true;
        case Kind::list: return add_list(type, value);
        case Kind::record: return add_record(type, value);
        case Kind::opaque: break;
    }
    return fail({}, "a value without a type");
}

bool PlanHasher::add_list(const model::Type& type, const model::Value& value) {
    json_.push_back('[');
    for (std::uint32_t i = 0; i < value.extra; ++i) {
        if (i > 0) json_.push_back(',');
        if (value.elements[i].state == State::absent)
            json_.append("null");
        else if (!add_typed(type.element, value.elements[i]))
            return false;
    }
    json_.push_back(']');
    return true;
}

bool PlanHasher::add_record(const model::Type& type, const model::Value& value) {
    const auto index = static_cast<std::size_t>(&type - program_.types.types().data());
    bool first = true;
    json_.push_back('{');
    for (const std::uint32_t field : fields_[index]) {
        const model::Value& member = value.elements[field];
        if (member.state == State::absent) continue;
        add_name(type.fields[field].name, first);
        if (!add_typed(type.fields[field].type, member)) return false;
    }
    json_.push_back('}');
    return true;
}

}  // namespace proviso::decide
