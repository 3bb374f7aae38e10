// The rules of a plan as rows of bits: which of them may match costs one row an attribute.
//
// Each clause of each rule (clauses.h) has a bit. What literals look at is a *feature*: a slot, a
// role, the tier. A feature's values fall into classes such that no literal tells two values of one
// class apart, and each class has a row: the clauses that no literal on this feature speaks
// against. The clauses that hold for a call are the AND of one row a feature.
//
// Three values: an unknown feature has a row for the sure pass, without the clauses that look at
// it, and one for the may pass, with all of them: Kleene's `and`, as program.h's two passes have
// it.
//
// Bits are in the order of effects, allows first, so that the highest bit is the outcome. A rule's
// clauses stand side by side. A plan of more clauses than a word has bits has several indices.
//
// Built in rule_index_builder.cpp; covered against the dispatch loop by
// tests/unit/engine/rule_index_test.cpp.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/bytecode/program.h"
#include "engine/vm/constant_index.h"
#include "engine/vm/context.h"
#include "engine/vm/window_index.h"

namespace proviso::vm {

/// A bit a clause.
using Row = std::uint64_t;

/// Clauses that may hold for a call, and those that surely do.
struct Matches {
    Row may = 0;
    Row sure = 0;
};

class RuleIndex {
  public:
    static constexpr std::size_t most_clauses = 64;

    /// Indices that together have all of the rules, in the order of their effects. `windows` are
    /// the program's and outlive them.
    [[nodiscard]] static std::vector<RuleIndex> make(const bytecode::Program& program,
                                                     const WindowIndex& windows,
                                                     std::span<const std::uint32_t> rules);

    /// Of clauses with code this says only that no literal speaks against them.
    [[nodiscard]] Matches match(const Context& context) const;

    // The same in parts, each the AND of what some features leave standing: for who meets the same
    // values again and again.
    /// Of the features that look at this slot, where it has this value.
    [[nodiscard]] Matches match_value(std::uint32_t slot, const Value& value) const;
    /// Of all that look at none of these slots.
    [[nodiscard]] Matches match_without(const Context& context,
                                        std::span<const std::uint32_t> slots) const;
    /// Adds the numbers that known values of the slot are told apart by: whether they lie above it,
    /// at this scale. False where they are told apart otherwise as well.
    [[nodiscard]] bool add_bounds(std::uint32_t slot, std::uint8_t scale,
                                  std::vector<std::int64_t>& bounds) const;

    [[nodiscard]] Row all() const { return all_; }
    /// Clauses of allows.
    [[nodiscard]] Row allows() const { return allows_; }
    /// Clauses of which the dispatch loop has to say whether their rules hold.
    [[nodiscard]] Row with_code() const { return with_code_; }
    /// Clauses of rules that are on trial or have obligations.
    [[nodiscard]] Row special() const { return special_; }
    /// Both kinds.
    [[nodiscard]] Row needs_a_look() const { return with_code_ | special_; }
    /// The most restrictive effect in `row`; allow where there is none.
    [[nodiscard]] bytecode::Effect highest(Row row) const {
        std::uint32_t effect = 0;
        for (const Row lower : lower_) effect += row > lower ? 1 : 0;
        return static_cast<bytecode::Effect>(effect);
    }

    /// Calls `visit(rule, clauses)` for each rule that has a clause in `row`, with all its clauses.
    template <class Visit>
    void each_rule(Row row, const Visit& visit) const {
        while (row != 0) {
            const auto bit = static_cast<std::size_t>(std::countr_zero(row));
            visit(rules_[bit], clauses_[bit]);
            row &= ~clauses_[bit];
        }
    }

  private:
    friend class RuleIndexBuilder;

    /// Signed numbers in the order of unsigned ones, which compare and count in two instructions.
    [[nodiscard]] static constexpr std::uint64_t biased(std::int64_t value) {
        return static_cast<std::uint64_t>(value) ^ (std::uint64_t{1} << 63);
    }

    // Features by the way in which a value's class is found. `rows` is into rows_: sure and may of
    // an unknown value, sure and may of an absent one, then one row a class.
    static constexpr std::size_t unknown_rows = 0;
    static constexpr std::size_t absent_rows = 2;
    static constexpr std::size_t class_rows = 4;

    /// Bools, weekdays, enums: the value itself is the class.
    struct Ordinal {
        std::uint32_t slot = 0;
        std::uint32_t rows = 0;
        std::uint32_t mask = 0;  // of the classes, rounded up to a power of two
    };
    /// Numbers: the class is how many of ascending bounds lie below the value.
    struct Bounded {
        std::uint32_t slot = 0;
        std::uint32_t rows = 0;
        std::uint32_t count = 0;
        std::uint32_t bounds = 0;    // into bounds_; of decimals and money `count` for each scale
        std::uint32_t currency = 0;  // of money; another one is unknown
    };
    /// Strings: the class is the constant that the value equals, the last one if it equals none.
    struct Text {
        std::uint32_t slot = 0;
        std::uint32_t rows = 0;
        std::uint32_t classes = 0;
        ConstantIndex constants;
    };
    /// There is one class: the value is there.
    struct Presence {
        std::uint32_t slot = 0;
        std::uint32_t rows = 0;
    };
    /// Outside, inside.
    struct Window {
        std::uint32_t slot = 0;
        std::uint32_t rows = 0;
        std::uint32_t window = 0;
    };
    /// Not held, held.
    struct Role {
        std::uint32_t party = 0;
        std::uint32_t rows = 0;
        std::uint32_t role = 0;
    };
    class Careful;

    [[nodiscard]] Row match_known(const Context& context, std::uint32_t& doubt) const;
    [[nodiscard]] Row match_others(const Context& context, std::uint32_t& doubt) const;
    // The row of a known value's class, of the feature's rows.
    [[nodiscard]] std::size_t class_of(const Ordinal& feature, const Value& value) const;
    [[nodiscard]] std::size_t class_of(const Bounded& feature, const Value& value) const;
    [[nodiscard]] std::size_t class_of(const Text& feature, const Value& value) const;
    [[nodiscard]] std::size_t class_of(const Presence& feature, const Value& value) const;
    [[nodiscard]] static bool is_held(const Role& feature, const Context& context);

    Row all_ = 0;
    Row allows_ = 0;
    Row with_code_ = 0;
    Row special_ = 0;
    std::array<Row, 3> lower_{};  // the clauses below the first notify, gate and block
    std::vector<Ordinal> ordinals_;
    std::vector<Bounded> bounded_;
    bool has_others_ = false;  // features of the kinds that follow
    std::vector<Text> texts_;
    std::vector<Presence> presences_;
    std::vector<Role> roles_;
    std::vector<Window> windows_;
    const WindowIndex* window_index_ = nullptr;
    /// Sure and may for each set of tiers that the call may have; none where no rule asks.
    std::uint32_t tier_rows_ = bytecode::none;
    std::vector<Row> rows_;
    std::vector<std::uint64_t> bounds_;  // in the order of unsigned numbers; see `biased`
    std::vector<std::uint32_t> rules_;   // of each clause
    std::vector<Row> clauses_;           // of each clause: all of its rule
};

}  // namespace proviso::vm
