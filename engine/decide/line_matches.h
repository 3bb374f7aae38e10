// Which rules the lines of one plan (bind_lines.h) and one tool match, where the decision hangs on
// nothing else: then lines that match alike are decided alike, and need not be bound to be counted.
//
// Of a line only those values are read that a rule of the tool's plan may look at, that tell the
// arguments' form, or that a caller asks for; all others are those of one line that was bound and
// decided, the *pattern*. What hangs on more than the rules of an index (conditions that run code,
// trials, duties, matrices, raises, memory, approvals, roles that differ from line to line) has
// none of this. Covered by tests/unit/simulator/line_kinds_test.cpp and packed_replay_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/decide/bind_lines.h"
#include "engine/decide/bound.h"
#include "engine/decide/plan_view.h"

namespace proviso::decide {

/// One program that decides of the lines. All are read when this is made, and the plan later on.
struct MatchSide {
    const Bound* pattern = nullptr;
    const PlanView* plan = nullptr;
    /// Slots that may be looked at, ascending.
    std::span<const std::uint32_t> reads;
    /// Its slots by those that lines are bound to; none where they are the same.
    const std::vector<std::uint32_t>* slots = nullptr;
};

class LineMatches {
  public:
    /// `plan` has just bound the pattern of the first side, and outlives this. `wanted` are slots
    /// whose values are asked for.
    LineMatches(LinePlan& plan, std::span<const MatchSide> sides,
                std::span<const std::uint32_t> wanted);

    /// False: all lines have to be bound.
    [[nodiscard]] bool usable() const { return usable_; }
    /// Of a line of the pattern's tool; false where it has to be bound.
    [[nodiscard]] bool match(std::size_t row, std::size_t size);
    /// Of the line that was matched last: what it matches, and which of its values are known. Lines
    /// with the same words, also of other plans with the same `sameness`, are decided alike.
    [[nodiscard]] std::span<const std::uint64_t> words() const { return words_; }
    /// What all lines have alike beside the text of their tool.
    [[nodiscard]] const std::string& sameness() const { return sameness_; }
    /// The value of a slot that was asked for, as the first program has it.
    [[nodiscard]] const model::Value& value(std::uint32_t slot) const { return frame_[slot]; }

  private:
    struct Side {
        std::span<const vm::RuleIndex> indices;
        std::vector<std::uint32_t> slots;  // its own, of `read_`
    };
    struct Read {
        LinePlan::Want want;
        bool is_argument = false;
        bool is_any_number = false;           // whatever it is, it is of its type
        bool is_wanted = false;               // its value is asked for
        LinePlan::ValueRows* rows = nullptr;  // null: each value is held against the rules
    };
    /// Where the row of one of `read_` is, for a line's value: a number of the column leads there,
    /// or how many of the bounds lie below what it stands for.
    struct Look {
        const char* numbers = nullptr;
        std::size_t width = 0;   // of each; 0: there is one for all
        std::uint64_t mask = 0;  // of eight bytes, what is the number's
        const std::uint64_t* words = nullptr;
        const std::int64_t* bounds = nullptr;  // null: by entry
        std::size_t count = 0;
        std::uint64_t base = 0;
        std::int64_t unit = 1;  // of what is held against bounds
        [[nodiscard]] std::size_t at(std::size_t row) const;
    };
    [[nodiscard]] bool takes(const MatchSide& side) const;
    [[nodiscard]] bool choose(std::span<const MatchSide> sides,
                              std::span<const std::uint32_t> wanted);
    [[nodiscard]] bool is_looked_at(std::uint32_t slot, std::span<const MatchSide> sides) const;
    [[nodiscard]] bool add_want(const LinePlan::Want& want, bool is_read);
    [[nodiscard]] bool has_texts_elsewhere(std::span<const MatchSide> sides) const;
    [[nodiscard]] bool tells_twice(const Bound& pattern) const;
    void add_side(const MatchSide& side);
    void begin(std::span<const MatchSide> sides);
    void find_rows(std::size_t number);
    void find_looks();
    [[nodiscard]] bool find_bounds(const Read& one, std::vector<std::int64_t>& bounds) const;
    [[nodiscard]] bool is_any_number(const LinePlan::Want& want) const;
    [[nodiscard]] bool value_of(const Read& one, std::size_t row, model::Value& value);
    template <std::size_t width>
    [[nodiscard]] bool known_rows(std::size_t row);
    [[nodiscard]] bool known_rows_of(std::size_t row);
    [[nodiscard]] bool match_carefully(std::size_t row);
    void write_words(std::size_t number, const model::Value& value, std::uint64_t* words) const;
    void describe(std::span<const MatchSide> sides);

    LinePlan* plan_;
    bool usable_ = false;
    std::vector<Read> read_;
    bool has_looks_ = false;             // all of `read_` have rows
    std::vector<Look> looks_;            // of those that have more than one
    std::vector<std::uint32_t> wanted_;  // of `read_`
    std::vector<Side> sides_;
    std::vector<model::Value> frame_;   // of the first program: the pattern's, and what is wanted
    std::vector<std::uint64_t> begin_;  // words before any value is looked at
    std::vector<std::uint64_t> words_;
    std::vector<std::uint64_t> scratch_;  // words of one value
    std::string sameness_;
    Arena arena_;
};

}  // namespace proviso::decide
