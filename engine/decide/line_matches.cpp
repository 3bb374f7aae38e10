#include "engine/decide/line_matches.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "engine/decide/bind_lines_memory.h"

namespace proviso::decide {

namespace {

using bytecode::Builtin;
using bytecode::none;
using bytecode::slot_of;
using model::State;

/// Values whose states fit into the first of the words, two bits each; one bit more is left.
constexpr std::size_t most_read = 31;
/// Of the first word of a value's row, which has its state inverted, so that rows are ANDed as a
/// whole. None has it of whom the line has to be bound, or who was not looked at yet.
constexpr std::uint64_t fine = std::uint64_t{1} << 63;
/// Words of all rows of the plans of one memory, whatever shapes and dictionaries a block has;
/// values beyond are held against the rules one by one.
constexpr std::size_t most_row_words = 1'048'576;

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

/// How many of ascending bounds lie below the number. Without a jump that hangs on it.
inline std::size_t bounds_below(const std::int64_t* bounds, std::size_t count,
                                std::int64_t number) {
    const std::int64_t* at = bounds;
    for (; count > 1; count -= count / 2) at += at[count / 2 - 1] < number ? count / 2 : 0;
    return static_cast<std::size_t>(at - bounds) + (count == 1 && *at < number ? 1 : 0);
}

/// For columns that have one value, and no numbers.
constexpr std::uint64_t no_number = 0;

void put(std::string& to, const void* from, std::size_t size) {
    to.append(static_cast<const char*>(from), size);
}
template <class Number>
void put(std::string& to, Number number) {
    put(to, &number, sizeof number);
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

/// What the pattern tells of all lines.
void LineMatches::begin(std::span<const MatchSide> sides) {
    begin_.assign(1, ~std::uint64_t{0});
    for (std::size_t i = 0; i < sides.size(); ++i) {
        const Bound& pattern = *sides[i].pattern;
        std::vector<model::Value> frame = pattern.frame;
        vm::Context context = pattern.context;
        context.places = frame.data();
        for (std::size_t party = 0; party < 2; ++party) {
            context.roles[party] = pattern.roles[party].bits.data();
        }
        for (const vm::RuleIndex& index : sides_[i].indices) {
            const vm::Matches found = index.match_without(context, sides_[i].slots);
            begin_.push_back(found.may);
            begin_.push_back(found.sure);
        }
    }
    words_ = scratch_ = begin_;
}

/// The rows of a value, where it is one of few, or the rules know it by its size alone.
void LineMatches::find_rows(std::size_t number) {
    Read& one = read_[number];
    const ValueColumn& column = plan_->columns_[one.want.column];
    LinePlan::ValueRows made;
    std::size_t count = column.entries.size();
    if (column.form != ValueColumn::Form::entries) {
        if (!find_bounds(one, made.bounds)) return;
        made.by_bounds = true;
        count = made.bounds.size() + 1;
    }
    const std::size_t words = count * begin_.size();
    if (words > most_row_words - plan_->memory_->row_words) return;
    std::string key;
    put(key, number);
    put(key, one.want.kind);
    put(key, one.want.column);
    put(key, one.want.slot);
    put(key, one.want.first);
    put(key, one.want.info);
    put(key, one.is_argument);
    for (const Side& side : sides_) {
        put(key, side.slots[number]);
        put(key, side.indices.data());
        put(key, side.indices.size());
    }
    const auto [at, is_new] = plan_->rows_.try_emplace(std::move(key), std::move(made));
    one.rows = &at->second;
    if (!is_new) return;
    plan_->memory_->row_words += words;
    one.rows->words.resize(words);
    if (!one.rows->by_bounds) return;
    model::Value value{};
    if (!value_of(one, 0, value)) return;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& bounds = one.rows->bounds;
        value.integer = i < bounds.size() ? bounds[i] : std::numeric_limits<std::int64_t>::max();
        write_words(number, value, one.rows->words.data() + i * begin_.size());
    }
}

void LineMatches::find_looks() {
    for (const Read& one : read_) {
        if (one.rows == nullptr) return looks_.clear();
        const ValueColumn& column = plan_->columns_[one.want.column];
        Look look;
        look.numbers = reinterpret_cast<const char*>(&no_number);
        look.words = one.rows->words.data();
        if (column.numbers != nullptr) {
            look.numbers = column.numbers;
            look.width = column.width;
            look.mask = ~std::uint64_t{0} >> (64 - 8 * column.width);
        }
        if (one.rows->by_bounds) {
            look.bounds = one.rows->bounds.data();
            look.count = one.rows->bounds.size();
            look.base = column.base;
            if (one.want.kind == LinePlan::Want::Kind::time) {
                look.unit = microseconds_of_digits[column.scale];
            }
            if (look.count == 0) {  // all of them have one row
                if ((*look.words & fine) == 0) return looks_.clear();
                for (std::size_t i = 0; i < begin_.size(); ++i) begin_[i] &= look.words[i];
                continue;
            }
        }
        looks_.push_back(look);
    }
    has_looks_ = true;
}

// Eight bytes are readable behind each number, as behind any view of a column.
inline std::size_t LineMatches::Look::at(std::size_t row) const {
    std::uint64_t number = 0;
    __builtin_memcpy(&number, numbers + row * width, sizeof number);
    number &= mask;
    if (bounds == nullptr) return number;
    return bounds_below(bounds, count, static_cast<std::int64_t>(base + number) * unit);
}

/// Of a column of numbers or times that are all of one scale, and all known.
bool LineMatches::find_bounds(const Read& one, std::vector<std::int64_t>& bounds) const {
    const ValueColumn& column = plan_->columns_[one.want.column];
    const bool is_time = one.want.kind == LinePlan::Want::Kind::time;
    if ((!is_time && !one.is_any_number) || column.scales != nullptr) return false;
    const std::uint8_t scale = is_time ? std::uint8_t{0} : column.scale;
    for (const Side& side : sides_) {
        const std::uint32_t slot = side.slots[static_cast<std::size_t>(&one - read_.data())];
        for (const vm::RuleIndex& index : side.indices) {
            if (!index.add_bounds(slot, scale, bounds)) return false;
        }
    }
    std::sort(bounds.begin(), bounds.end());
    bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
    return true;
}

// All that the decision reads beside what the words tell, and all whose absence is counted.
void LineMatches::describe(std::span<const MatchSide> sides) {
    for (const MatchSide& side : sides) {
        const Bound& pattern = *side.pattern;
        put(sameness_, side.plan);
        put(sameness_, pattern.tool);
        put(sameness_, pattern.stage);
        for (const HeldRoles& held : pattern.roles) {
            put(sameness_, held.bits.data(), held.bits.size() * sizeof held.bits[0]);
            put(sameness_, static_cast<char>((held.known ? 1 : 0) | (held.has_id ? 2 : 0)));
        }
        for (const std::uint32_t slot : side.reads) {
            put(sameness_, static_cast<char>(pattern.frame[slot].state));
        }
    }
    for (const std::uint32_t id :
         {slot_of(Builtin::call_id), slot_of(Builtin::principal_id), slot_of(Builtin::agent_id)}) {
        put(sameness_, static_cast<char>(sides.front().pattern->frame[id].state));
    }
    for (const Read& one : read_) put(sameness_, one.want.slot);
}

/// As LinePlan::value_of. Numbers may have zeros at their end, which no comparison tells.
inline bool LineMatches::value_of(const Read& one, std::size_t row, model::Value& value) {
    const LinePlan::Want& want = one.want;
    const ValueColumn& column = plan_->columns_[want.column];
    if (want.kind == LinePlan::Want::Kind::entry) {
        value = plan_->typed_[want.first + column.entry_at(row)];
        return true;
    }
    if (want.kind == LinePlan::Want::Kind::time) {
        value = model::of_integer(column.coefficient_at(row) *
                                  microseconds_of_digits[column.scale_at(row)]);
        return true;
    }
    if (!one.is_any_number) return plan_->value_of(want, row, arena_, value);
    const bool is_money = want.info->plain == Plain::money;
    const std::uint32_t code = is_money ? want.info->type->currency : 0;
    value = model::of_money({column.coefficient_at(row), column.scale_at(row)}, code);
    return true;
}

bool LineMatches::is_any_number(const LinePlan::Want& want) const {
    if (want.kind != LinePlan::Want::Kind::number || want.info->has_range) return false;
    const ValueColumn& column = plan_->columns_[want.column];
    return want.info->plain != Plain::integer || (column.scale == 0 && column.scales == nullptr);
}

/// What a value leaves standing.
void LineMatches::write_words(std::size_t number, const model::Value& value,
                              std::uint64_t* words) const {
    const Read& one = read_[number];
    const bool known = value.known();
    const bool absent = value.state == State::absent;
    const bool is_too_long = one.want.slot == slot_of(Builtin::call_id) && known &&
                             value.view().size() > plan_->tables_->impl().limits.store_id_bytes;
    const bool has_to_be_bound = (one.is_argument && !known && !absent) || is_too_long;
    const std::uint64_t state = (known ? 1U : 0U) | (absent ? 2U : 0U);
    *words++ = ~(state << (2 * number)) & (has_to_be_bound ? ~fine : ~std::uint64_t{0});
    for (const Side& side : sides_) {
        for (const vm::RuleIndex& index : side.indices) {
            const vm::Matches found = index.match_value(side.slots[number], value);
            *words++ = found.may;
            *words++ = found.sure;
        }
    }
}

/// False where a value has a row that is not worked out yet. `width`: 0 for any.
template <std::size_t fixed>
inline bool LineMatches::known_rows(std::size_t row) {
    const std::size_t width = fixed == 0 ? begin_.size() : fixed;
    std::array<std::uint64_t, fixed == 0 ? 1 : fixed> local;
    std::uint64_t* const words = fixed == 0 ? words_.data() : local.data();
    std::copy_n(begin_.data(), width, words);
    for (const Look& look : looks_) {
        const std::uint64_t* const from = look.words + look.at(row) * width;
#pragma GCC unroll 8
        for (std::size_t i = 0; i < width; ++i) words[i] &= from[i];
    }
    if (fixed != 0) std::copy_n(words, width, words_.data());
    return (words[0] & fine) != 0;
}

/// With an index a policy, which most have, the words are kept in registers.
bool LineMatches::known_rows_of(std::size_t row) {
    if (!has_looks_) return false;
    switch (begin_.size()) {
        case 3: return known_rows<3>(row);
        case 5: return known_rows<5>(row);
        default: return known_rows<0>(row);
    }
}

bool LineMatches::match_carefully(std::size_t row) {
    words_ = begin_;
    const std::size_t width = begin_.size();
    for (std::size_t number = 0; number < read_.size(); ++number) {
        const Read& one = read_[number];
        std::uint64_t* from = scratch_.data();
        model::Value value{};
        if (one.rows != nullptr && !one.rows->by_bounds) {
            const std::size_t entry = plan_->columns_[one.want.column].entry_at(row);
            from = one.rows->words.data() + entry * width;
        }
        if (from == scratch_.data() || *from == 0) {
            if (!value_of(one, row, value)) return false;
            write_words(number, value, from);
        }
        for (std::size_t i = 0; i < width; ++i) words_[i] &= from[i];
    }
    return (words_[0] & fine) != 0;
}

bool LineMatches::match(std::size_t row, std::size_t size) {
    if (size > plan_->tables_->impl().limits.call_bytes) return false;
    if (!plan_->guarded_.empty() && !plan_->is_plain(row)) return false;
    arena_.clear();
    ++plan_->moment_;
    if (!known_rows_of(row) && !match_carefully(row)) return false;
    words_[0] = ~words_[0];
    for (const std::uint32_t number : wanted_) {
        const Read& one = read_[number];
        if (!value_of(one, row, frame_[one.want.slot])) return false;
    }
    return true;
}

}  // namespace proviso::decide
