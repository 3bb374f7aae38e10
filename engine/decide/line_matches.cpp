#include "engine/decide/line_matches.h"

#include <algorithm>

#include "engine/decide/bind_lines_memory.h"

namespace proviso::decide {

namespace {

using bytecode::Builtin;
using bytecode::none;
using bytecode::slot_of;
using model::State;

/// Values whose states fit into the first of the words, two bits each; one bit more is left.
constexpr std::size_t most_read = 31;

bool contains(std::span<const std::uint32_t> slots, std::uint32_t slot) {
    return std::find(slots.begin(), slots.end(), slot) != slots.end();
}

/// Whether the rules of a plan come to nothing but what its indices match.
bool by_indices(const PlanView& plan) {
    const bool more = !plan.raises.empty() || !plan.default_matrices.empty() ||
                      !plan.matrices.empty() || !plan.grants.empty() || !plan.limits.empty() ||
                      !plan.counters.empty() || !plan.reads.empty();
    return plan.indices_are_all && !more &&
           std::all_of(plan.indices.begin(), plan.indices.end(),
                       [](const vm::RuleIndex& index) { return index.needs_a_look() == 0; });
}

bool is_id(std::uint32_t slot) {
    return slot == slot_of(Builtin::principal_id) || slot == slot_of(Builtin::agent_id) ||
           slot == slot_of(Builtin::call_id);
}

bool is_text(const model::Type& type) {
    switch (type.kind) {
        case model::Kind::boolean:
        case model::Kind::integer:
        case model::Kind::decimal:
        case model::Kind::money:
        case model::Kind::duration:
        case model::Kind::time:
        case model::Kind::date:
        case model::Kind::weekday:
        case model::Kind::enumeration: return false;
        case model::Kind::string:
        case model::Kind::ip:
        case model::Kind::list:
        case model::Kind::record:
        case model::Kind::opaque: break;
    }
    return true;
}

}  // namespace

LineMatches::LineMatches(LinePlan& plan, std::span<const MatchSide> sides,
                         std::span<const std::uint32_t> wanted)
    : plan_(&plan) {
    usable_ = std::all_of(sides.begin(), sides.end(),
                          [&](const MatchSide& side) { return takes(side); }) &&
              choose(sides, wanted) && !has_texts_elsewhere(sides) &&
              !tells_twice(*sides.front().pattern);
    if (!usable_) return;
    for (const MatchSide& side : sides) add_side(side);
    frame_ = sides.front().pattern->frame;
    begin(sides);
    for (std::uint32_t i = 0; i < read_.size(); ++i) {
        read_[i].is_wanted = contains(wanted, read_[i].want.slot);
        if (read_[i].is_wanted) wanted_.push_back(i);
        find_rows(i);
    }
    find_looks();
    describe(sides);
}

// Roles follow from lists, which the cursor reads, and from ids that roles are bound to.
bool LineMatches::takes(const MatchSide& side) const {
    const Bound& pattern = *side.pattern;
    return side.plan != nullptr && by_indices(*side.plan) && pattern.form == FormError::none &&
           pattern.tool != none && pattern.approvals.empty() && !pattern.too_many_approvals;
}

bool LineMatches::choose(std::span<const MatchSide> sides, std::span<const std::uint32_t> wanted) {
    const auto varies = [&](std::uint32_t column) {
        return column != none && plan_->columns_[column].varies();
    };
    if (!plan_->patched_.empty() || varies(plan_->stage_)) return false;
    for (const LinePlan::Want& want : plan_->wants_) {
        const bool is_read = is_looked_at(want.slot, sides) || contains(wanted, want.slot);
        if (!add_want(want, is_read)) return false;
    }
    if (plan_->args_ == nullptr) return true;
    const LinePlan::ToolArgs& args = plan_->args_of(sides.front().pattern->tool);
    if (args.how != LinePlan::ToolArgs::How::by_column) return false;
    for (const LinePlan::Want& want : args.wants) {
        read_.push_back({want, true, is_any_number(want)});
    }
    return read_.size() <= most_read;
}

bool LineMatches::is_looked_at(std::uint32_t slot, std::span<const MatchSide> sides) const {
    return std::any_of(sides.begin(), sides.end(), [&](const MatchSide& side) {
        const std::uint32_t own = side.slots == nullptr ? slot : (*side.slots)[slot];
        return own != none && contains(side.reads, own);
    });
}

/// Of an id it counts whether it is known, to roles that are bound to ids which one it is, and of
/// a call's whether the store can keep it.
bool LineMatches::add_want(const LinePlan::Want& want, bool is_read) {
    const BindTables::Impl& tables = plan_->tables_->impl();
    if (is_id(want.slot)) {
        if (want.slot != slot_of(Builtin::call_id) && !tables.bound_ids.empty()) return false;
        const ValueColumn& column = plan_->columns_[want.column];
        const bool always_known = want.kind == LinePlan::Want::Kind::text &&
                                  want.info->is_any_string &&
                                  column.widest <= tables.limits.string_bytes &&
                                  column.widest <= tables.limits.store_id_bytes;
        is_read = is_read || !always_known;
    }
    if (is_read) read_.push_back({want, false, is_any_number(want)});
    return read_.size() <= most_read;
}

/// Whether a value that is read is told a second time, or is unknown by the line's own word.
bool LineMatches::tells_twice(const Bound& pattern) const {
    const auto times = [&](std::uint32_t slot) {
        const auto is_it = [&](const auto& one) { return one.slot == slot; };
        const auto& wants = plan_->wants_;
        const auto& same = plan_->same_;
        return std::count_if(wants.begin(), wants.end(), is_it) +
               std::count_if(same.begin(), same.end(), is_it);
    };
    return std::any_of(read_.begin(), read_.end(), [&](const Read& one) {
        const std::uint32_t slot = one.want.slot;
        return pattern.frame[slot].state == State::host_unknown ||
               (!one.is_argument && times(slot) > 1);
    });
}

/// Texts of the pattern do not outlast its line, unless all lines have them, or they are the tool.
bool LineMatches::has_texts_elsewhere(std::span<const MatchSide> sides) const {
    const Bound& pattern = *sides.front().pattern;
    for (const std::uint32_t slot : pattern.touched) {
        if (slot == slot_of(Builtin::tool) || !pattern.frame[slot].known()) continue;
        const bytecode::Program& program = *pattern.program;
        if (!is_text(program.types.type(program.slots[slot].type))) continue;
        if (!is_looked_at(slot, sides)) continue;
        const auto& same = plan_->same_;
        if (std::any_of(same.begin(), same.end(),
                        [&](const auto& one) { return one.slot == slot; }))
            continue;
        if (std::any_of(read_.begin(), read_.end(),
                        [&](const Read& one) { return one.want.slot == slot; }))
            continue;
        return true;
    }
    return false;
}

void LineMatches::add_side(const MatchSide& from) {
    Side& side = sides_.emplace_back();
    side.indices = from.plan->indices;
    for (const Read& one : read_) {
        side.slots.push_back(from.slots == nullptr ? one.want.slot : (*from.slots)[one.want.slot]);
    }
}

// All that the decision reads beside what the words tell, and all whose absence is counted.
void LineMatches::describe(std::span<const MatchSide> sides) {
    for (const MatchSide& side : sides) {
        const Bound& pattern = *side.pattern;
        append_bytes(sameness_, side.plan);
        append_bytes(sameness_, pattern.tool);
        append_bytes(sameness_, pattern.stage);
        for (const HeldRoles& held : pattern.roles) {
            append_bytes(sameness_, held.bits.data(), held.bits.size() * sizeof held.bits[0]);
            append_bytes(sameness_,
                         static_cast<char>((held.known ? 1 : 0) | (held.has_id ? 2 : 0)));
        }
        for (const std::uint32_t slot : side.reads) {
            append_bytes(sameness_, static_cast<char>(pattern.frame[slot].state));
        }
    }
    for (const std::uint32_t id :
         {slot_of(Builtin::call_id), slot_of(Builtin::principal_id), slot_of(Builtin::agent_id)}) {
        append_bytes(sameness_, static_cast<char>(sides.front().pattern->frame[id].state));
    }
    for (const Read& one : read_) append_bytes(sameness_, one.want.slot);
}

bool LineMatches::is_any_number(const LinePlan::Want& want) const {
    if (want.kind != LinePlan::Want::Kind::number || want.info->has_range) return false;
    const ValueColumn& column = plan_->columns_[want.column];
    return want.info->plain != Plain::integer || (column.scale == 0 && column.scales == nullptr);
}

}  // namespace proviso::decide
