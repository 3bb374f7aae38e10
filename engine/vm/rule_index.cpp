// Matching a call; see rule_index.h. This file is compiled without vectorising: the loops over
// bounds are short, and SSE2 has no comparison of 64-bit integers.
#include "engine/vm/rule_index.h"

#include <algorithm>

namespace proviso::vm {

namespace {

constexpr std::size_t few_bounds = 16;  // up to here counting beats a binary search

/// How many of ascending bounds lie below the value; `count` is a multiple of four.
inline std::size_t bounds_below(const std::uint64_t* bounds, std::size_t count,
                                std::uint64_t value) {
    if (count > few_bounds) {
        return static_cast<std::size_t>(std::lower_bound(bounds, bounds + count, value) - bounds);
    }
    std::size_t below = 0;
    for (std::size_t i = 0; i < count; i += 4) {
        for (std::size_t k = 0; k < 4; ++k) below += bounds[i + k] < value ? 1 : 0;
    }
    return below;
}

}  // namespace

inline std::size_t RuleIndex::class_of(const Ordinal& feature, const Value& value) const {
    return class_rows + (static_cast<std::uint64_t>(value.integer) & feature.mask);
}
inline std::size_t RuleIndex::class_of(const Bounded& feature, const Value& value) const {
    const std::size_t begin = feature.bounds + std::size_t{value.scale} * feature.count;
    return class_rows + bounds_below(bounds_.data() + begin, feature.count, biased(value.integer));
}
inline std::size_t RuleIndex::class_of(const Text& feature, const Value& value) const {
    const std::uint32_t found = feature.constants.find(value);
    return class_rows + (found == bytecode::none ? feature.classes : found);
}
inline std::size_t RuleIndex::class_of(const Presence& /*feature*/, const Value& /*value*/) const {
    return class_rows;
}
inline bool RuleIndex::is_held(const Role& feature, const Context& context) {
    return (context.roles[feature.party][feature.role / 64] >> (feature.role % 64) & 1U) != 0;
}

// Nearly all calls have every value: this takes each one for known, and says in `doubt` where one
// was not.
inline Row RuleIndex::match_known(const Context& context, std::uint32_t& doubt) const {
    const Value* const places = context.places;
    const Row* const rows = rows_.data();
    Row row = all_;
    std::uint32_t unsure = 0;
    for (const Ordinal& feature : ordinals_) {
        const Value& value = places[feature.slot];
        unsure |= static_cast<std::uint32_t>(value.state);
        row &= rows[feature.rows + class_of(feature, value)];
    }
    for (const Bounded& feature : bounded_) {
        const Value& value = places[feature.slot];
        unsure |= static_cast<std::uint32_t>(value.state) | (value.extra ^ feature.currency);
        row &= rows[feature.rows + class_of(feature, value)];
    }
    doubt = unsure;
    return has_others_ ? row & match_others(context, doubt) : row;
}

Row RuleIndex::match_others(const Context& context, std::uint32_t& doubt) const {
    const Row* const rows = rows_.data();
    Row row = all_;
    for (const Role& feature : roles_) {
        const bool held = is_held(feature, context);
        doubt |= held || context.roles_known[feature.party] ? 0 : 1;
        row &= rows[feature.rows + class_rows + (held ? 1 : 0)];
    }
    for (const Text& feature : texts_) {
        const Value& value = context.places[feature.slot];
        doubt |= static_cast<std::uint32_t>(value.state);
        if (value.known()) row &= rows[feature.rows + class_of(feature, value)];
    }
    for (const Presence& feature : presences_) {
        const Value& value = context.places[feature.slot];
        doubt |= value.known() || value.state == model::State::absent ? 0 : 1;
        row &= rows[feature.rows + (value.known() ? class_rows : absent_rows)];
    }
    for (const Window& feature : windows_) {
        const Value& value = context.places[feature.slot];
        const InWindow found = window_index_->test(feature.window, value.integer);
        doubt |= static_cast<std::uint32_t>(value.state) | (found == InWindow::not_covered ? 1 : 0);
        row &= rows[feature.rows + class_rows + (found == InWindow::yes ? 1 : 0)];
    }
    if (tier_rows_ != bytecode::none) {
        doubt |= std::has_single_bit(context.tiers) ? 0 : 1;
        row &= rows[tier_rows_ + std::size_t{context.tiers} * 2];
    }
    return row;
}

// The general way, with a row for each pass. `values` gives a slot's value; null: features of that
// slot are left out.
class RuleIndex::Careful {
  public:
    explicit Careful(const RuleIndex& index) : index_(index), found_{index.all_, index.all_} {}

    template <class Values>
    void of_slots(const Values& values) {
        for (const Ordinal& feature : index_.ordinals_) of_value(feature, values(feature.slot));
        for (const Bounded& feature : index_.bounded_) {
            const Value* const value = values(feature.slot);
            if (value != nullptr && value->known() && value->extra != feature.currency) {
                narrow(feature.rows, unknown_rows, false);
            } else {
                of_value(feature, value);
            }
        }
        for (const Text& feature : index_.texts_) of_value(feature, values(feature.slot));
        for (const Presence& feature : index_.presences_) of_value(feature, values(feature.slot));
        for (const Window& feature : index_.windows_) of_window(feature, values(feature.slot));
    }

    void of_parties(const Context& context) {
        for (const Role& feature : index_.roles_) {
            const bool held = is_held(feature, context);
            const bool known = held || context.roles_known[feature.party];
            narrow(feature.rows, !known ? unknown_rows : class_rows + (held ? 1 : 0), known);
        }
        if (index_.tier_rows_ != bytecode::none) {
            narrow(index_.tier_rows_, std::size_t{context.tiers} * 2, false);
        }
    }

    [[nodiscard]] const Matches& found() const { return found_; }

  private:
    template <class Feature>
    void of_value(const Feature& feature, const Value* value) {
        if (value == nullptr) return;
        if (value->known()) return narrow(feature.rows, index_.class_of(feature, *value), true);
        const bool absent = value->state == model::State::absent;
        narrow(feature.rows, absent ? absent_rows : unknown_rows, false);
    }

    void of_window(const Window& feature, const Value* value) {
        if (value == nullptr) return;
        const InWindow found = value->known()
                                   ? index_.window_index_->test(feature.window, value->integer)
                                   : InWindow::not_covered;
        if (found == InWindow::not_covered) return narrow(feature.rows, unknown_rows, false);
        narrow(feature.rows, class_rows + (found == InWindow::yes ? 1 : 0), true);
    }

    /// One row for both passes, or that of the sure pass and behind it that of the may pass.
    void narrow(std::size_t rows, std::size_t row, bool one) {
        const Row* at = index_.rows_.data() + rows + row;
        found_.sure &= at[0];
        found_.may &= at[one ? 0 : 1];
    }

    const RuleIndex& index_;
    Matches found_;
};

Matches RuleIndex::match(const Context& context) const {
    std::uint32_t doubt = 0;
    const Row row = match_known(context, doubt);
    if (doubt == 0) [[likely]]
        return {row, row};
    Careful careful(*this);
    careful.of_slots([&](std::uint32_t slot) { return context.places + slot; });
    careful.of_parties(context);
    return careful.found();
}

Matches RuleIndex::match_value(std::uint32_t slot, const Value& value) const {
    Careful careful(*this);
    careful.of_slots([&](std::uint32_t other) { return other == slot ? &value : nullptr; });
    return careful.found();
}

Matches RuleIndex::match_without(const Context& context,
                                 std::span<const std::uint32_t> slots) const {
    Careful careful(*this);
    careful.of_slots([&](std::uint32_t slot) -> const Value* {
        const bool is_left_out = std::find(slots.begin(), slots.end(), slot) != slots.end();
        return is_left_out ? nullptr : context.places + slot;
    });
    careful.of_parties(context);
    return careful.found();
}

bool RuleIndex::add_bounds(std::uint32_t slot, std::uint8_t scale,
                           std::vector<std::int64_t>& bounds) const {
    const auto looks_at = [&](const auto& features) {
        return std::any_of(features.begin(), features.end(),
                           [&](const auto& feature) { return feature.slot == slot; });
    };
    if (looks_at(ordinals_) || looks_at(texts_) || looks_at(windows_)) return false;
    for (const Bounded& feature : bounded_) {
        if (feature.slot != slot) continue;
        const std::size_t begin = feature.bounds + std::size_t{scale} * feature.count;
        for (std::size_t i = 0; i < feature.count; ++i) {
            bounds.push_back(static_cast<std::int64_t>(bounds_[begin + i] ^ biased(0)));
        }
    }
    return true;
}

}  // namespace proviso::vm
