// Lines matched by rows of their values: what a value leaves standing of the rules of all programs
// is worked out once, and the rows of a line's values are ANDed.
#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "engine/decide/bind_lines_memory.h"
#include "engine/decide/line_matches.h"

namespace proviso::decide {

namespace {

using bytecode::Builtin;
using bytecode::slot_of;
using model::State;

/// Of the first word of a value's row, which has its state inverted, so that rows are ANDed as a
/// whole. None has it of whom the line has to be bound, or who was not looked at yet.
constexpr std::uint64_t fine = std::uint64_t{1} << 63;
/// Words of all rows of the plans of one memory, whatever shapes and dictionaries a block has;
/// values beyond are held against the rules one by one.
constexpr std::size_t most_row_words = 1'048'576;

/// How many of ascending bounds lie below the number. Without a jump that hangs on it.
inline std::size_t bounds_below(const std::int64_t* bounds, std::size_t count,
                                std::int64_t number) {
    const std::int64_t* at = bounds;
    for (; count > 1; count -= count / 2) at += at[count / 2 - 1] < number ? count / 2 : 0;
    return static_cast<std::size_t>(at - bounds) + (count == 1 && *at < number ? 1 : 0);
}

/// For columns that have one value, and no numbers.
constexpr std::uint64_t no_number = 0;

}  // namespace

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
    append_bytes(key, number);
    append_bytes(key, one.want.kind);
    append_bytes(key, one.want.column);
    append_bytes(key, one.want.slot);
    append_bytes(key, one.want.first);
    append_bytes(key, one.want.info);
    append_bytes(key, one.is_argument);
    for (const Side& side : sides_) {
        append_bytes(key, side.slots[number]);
        append_bytes(key, side.indices.data());
        append_bytes(key, side.indices.size());
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
