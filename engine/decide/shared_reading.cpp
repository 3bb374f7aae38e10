// What two programs declare alike; see shared_reading.h.
#include "engine/decide/shared_reading.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "engine/model/type.h"

namespace proviso::decide {

namespace {

using bytecode::none;
using bytecode::Program;
using bytecode::SlotSource;
using model::Type;
using model::TypeId;

bool fills_no_slot(const Program& program) {
    return std::none_of(program.slots.begin(), program.slots.end(), [](const bytecode::Slot& slot) {
        return slot.source == SlotSource::memory;
    });
}

bool same_limits(const Limits& a, const Limits& b) {
    return a.call_bytes == b.call_bytes && a.call_nesting == b.call_nesting &&
           a.string_bytes == b.string_bytes && a.list_length == b.list_length &&
           a.undeclared_args == b.undeclared_args && a.call_roles == b.call_roles &&
           a.approvals == b.approvals && a.approval_gates == b.approval_gates;
}

bool same_role(const bytecode::Role& a, const bytecode::Role& b) {
    return a.name == b.name && a.inherits == b.inherits && a.bound_ids == b.bound_ids;
}

bool same_facts(const bytecode::Facts& a, const bytecode::Facts& b) {
    return a.name == b.name && a.fields == b.fields;
}

/// Compares what two programs declare, and numbers the slots of the one by those of the other.
class Pairing {
  public:
    Pairing(const Program& from, const Program& to) : from_(from), to_(to) {
        slots.assign(from.slots.size(), none);
    }

    std::vector<std::uint32_t> slots;

    /// All that is no argument and no memory.
    bool pair_host() {
        const auto theirs = host_slots(to_);
        const auto ours = host_slots(from_);
        if (theirs.size() != ours.size()) return false;
        for (const auto& [path, slot] : ours) {
            const auto found = theirs.find(path);
            if (found == theirs.end() || !pair(slot, found->second)) return false;
        }
        return from_.catalogue_open == to_.catalogue_open &&
               std::equal(from_.roles.begin(), from_.roles.end(), to_.roles.begin(),
                          to_.roles.end(), same_role) &&
               std::equal(from_.facts.begin(), from_.facts.end(), to_.facts.begin(),
                          to_.facts.end(), same_facts);
    }

    bool pair_arguments(bytecode::Range from, bytecode::Range to) {
        if (from.count != to.count) return false;
        for (std::uint32_t i = 0; i < from.count; ++i) {
            const bytecode::Argument& argument = from_.arguments[from.begin + i];
            const bytecode::Argument* other = argument_of(to, argument.name);
            if (other == nullptr || !pair_argument(argument, *other)) return false;
        }
        return true;
    }

    bool pair_tool(const bytecode::Tool& from, const bytecode::Tool& to) {
        return from.tiers == to.tiers && from.stages == to.stages && from.has_undo == to.has_undo &&
               from.open_args == to.open_args && pair_arguments(from.arguments, to.arguments);
    }

  private:
    using ByPath = std::map<std::pair<SlotSource, std::string_view>, std::uint32_t>;

    static ByPath host_slots(const Program& program) {
        ByPath found;
        for (std::uint32_t slot = 0; slot < program.slots.size(); ++slot) {
            const bytecode::Slot& one = program.slots[slot];
            if (one.source == SlotSource::argument || one.source == SlotSource::memory) continue;
            found.emplace(std::pair{one.source, std::string_view(one.path)}, slot);
        }
        return found;
    }

    [[nodiscard]] const bytecode::Argument* argument_of(bytecode::Range range,
                                                        std::string_view name) const {
        for (std::uint32_t i = 0; i < range.count; ++i) {
            const bytecode::Argument& argument = to_.arguments[range.begin + i];
            if (argument.name == name) return &argument;
        }
        return nullptr;
    }

    bool pair_argument(const bytecode::Argument& from, const bytecode::Argument& to) {
        if (from.declared != to.declared || from.slots.count != to.slots.count) return false;
        if (from.declared && !alike(from.type, to.type)) return false;
        for (std::uint32_t i = 0; i < from.slots.count; ++i) {
            if (!pair(from_.argument_slots[from.slots.begin + i],
                      to_.argument_slots[to.slots.begin + i])) {
                return false;
            }
        }
        return true;
    }

    bool pair(std::uint32_t from, std::uint32_t to) {
        if (slots[from] == to) return true;
        const bytecode::Slot& a = from_.slots[from];
        const bytecode::Slot& b = to_.slots[to];
        if (slots[from] != none || !alike(a.type, b.type)) return false;
        if (!same_value(a.type, a.initial, b.type, b.initial)) return false;
        slots[from] = to;
        return true;
    }

    [[nodiscard]] bool same_value(TypeId a_type, const model::Value& a, TypeId b_type,
                                  const model::Value& b) const {
        if (a.state != b.state) return false;
        return !a.known() ||
               model::to_json(from_.types, a_type, a) == model::to_json(to_.types, b_type, b);
    }

    [[nodiscard]] bool same_bound(TypeId a_type, const std::optional<model::Value>& a,
                                  TypeId b_type, const std::optional<model::Value>& b) const {
        if (!a || !b) return !a && !b;
        return same_value(a_type, *a, b_type, *b);
    }

    /// Whether a value of a call is read by both as the same. Types are of bounded depth.
    [[nodiscard]] bool alike(TypeId a_type, TypeId b_type) const {
        const Type& a = from_.types.type(a_type);
        const Type& b = to_.types.type(b_type);
        return a.kind == b.kind && a.optional == b.optional && a.minor == b.minor &&
               a.record_open == b.record_open && a.money_form == b.money_form &&
               a.money_field == b.money_field && a.currency == b.currency &&
               a.length_low == b.length_low && a.length_high == b.length_high &&
               a.pattern == b.pattern && same_bound(a_type, a.low, b_type, b.low) &&
               same_bound(a_type, a.high, b_type, b.high) && same_zone(a, b) && same_words(a, b) &&
               alike_parts(a, b);
    }

    [[nodiscard]] bool same_zone(const Type& a, const Type& b) const {
        if (!a.zone || !b.zone) return !a.zone && !b.zone;
        return from_.zones[*a.zone] == to_.zones[*b.zone];
    }

    [[nodiscard]] bool same_words(const Type& a, const Type& b) const {
        if (a.kind != model::Kind::enumeration) return true;
        return from_.types.enumeration(a.enumeration).words ==
               to_.types.enumeration(b.enumeration).words;
    }

    [[nodiscard]] bool alike_parts(const Type& a, const Type& b) const {
        if (a.kind == model::Kind::list) return alike(a.element, b.element);
        return std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(),
                          [&](const model::Field& one, const model::Field& other) {
                              return one.name == other.name && alike(one.type, other.type);
                          });
    }

    const Program& from_;
    const Program& to_;
};

/// A program's slots that a call fills, each of which is itself in the other.
bool is_identity(const std::vector<std::uint32_t>& numbers) {
    for (std::uint32_t i = 0; i < numbers.size(); ++i) {
        if (numbers[i] != i) return false;
    }
    return true;
}

}  // namespace

SharedReading::SharedReading(const BindTables& from, const BindTables& to) : to_(&to) {
    const Program& ours = from.program();
    const Program& theirs = to.program();
    Pairing pairing(ours, theirs);
    tools_.assign(ours.tools.size(), none);
    if (!same_limits(from.limits(), to.limits()) || !pairing.pair_host()) return;
    for (std::uint32_t tool = 0; tool < ours.tools.size(); ++tool) {
        const std::uint32_t other = to.find_tool(ours.tools[tool].name);
        if (other == none) continue;
        if (pairing.pair_tool(ours.tools[tool], theirs.tools[other])) tools_[tool] = other;
    }
    others_alike_ = pairing.pair_arguments(ours.open_arguments, theirs.open_arguments);
    slots_ = std::move(pairing.slots);
    same_numbers_ = others_alike_ && fills_no_slot(ours) && fills_no_slot(theirs) &&
                    ours.slots.size() == theirs.slots.size() &&
                    ours.tools.size() == theirs.tools.size() && is_identity(slots_) &&
                    is_identity(tools_) && theirs.temporaries <= ours.temporaries;
}

bool SharedReading::applies(const Bound& read) const {
    if (read.tool != none) return tools_[read.tool] != none;
    return others_alike_ && to_->find_tool(read.tool_name) == none;
}

void SharedReading::copy_values(const Bound& read, Bound& out) const {
    out.touched.resize(read.touched.size());
    std::size_t count = 0;
    for (const std::uint32_t slot : read.touched) {
        const std::uint32_t other = slots_[slot];
        if (other == none) continue;
        out.frame[other] = read.frame[slot];
        out.touched[count++] = other;
    }
    out.touched.resize(count);
}

void SharedReading::take_over(const Bound& read, Bound& out) const {
    if (out.program != &to_->program())
        out.attach(to_->program());
    else
        out.reset();
    copy_values(read, out);
    out.tool = read.tool == none ? none : tools_[read.tool];
    out.tool_name = read.tool_name;
    out.stage = read.stage;
    for (std::size_t party = 0; party < 2; ++party) {
        HeldRoles& held = out.roles[party];
        std::copy(read.roles[party].bits.begin(), read.roles[party].bits.end(), held.bits.begin());
        held.known = read.roles[party].known;
        held.has_id = read.roles[party].has_id;
        held.why = read.roles[party].why;
    }
    out.undeclared_roles = read.undeclared_roles;
    out.raw_args = read.raw_args;
    out.args_json = read.args_json;
    out.approvals = read.approvals;
    out.approval_texts = read.approval_texts;
    out.approver_roles = read.approver_roles;
    out.too_many_approvals = read.too_many_approvals;
    out.form = read.form;
    out.form_name = read.form_name;
    out.form_cause = read.form_cause;
}

}  // namespace proviso::decide
