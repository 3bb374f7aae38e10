// The windows and zones of a program made ready: whether an instant lies in a window, in a few
// loads. A zone's offset is found by the span of 48 days that the instant lies in, in which clocks
// change once at the most but in a few places; the hours of a term are a bit a minute of the week.
//
// Covered by tests/unit/engine/window_test.cpp and tests/cli/windows_test.py; timed by
// bench/time_bench.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/bytecode/program.h"
#include "engine/model/value.h"

namespace proviso::vm {

enum class InWindow : std::uint8_t { no, yes, not_covered };

/// Immutable; shared by all threads.
class WindowIndex {
  public:
    explicit WindowIndex(const bytecode::Program& program);

    /// `time` in microseconds since 1970.
    [[nodiscard]] InWindow test(std::uint32_t window, std::int64_t time) const;

    /// The hour (`part` 0), weekday (1) or date (2) of a known time by the clocks of a zone.
    [[nodiscard]] model::Value local(std::uint32_t zone, std::uint16_t part,
                                     std::int64_t time) const;

  private:
    using Range = bytecode::Range;

    /// Seconds since 1970, of the covered years; of local time since the Monday before it, so that
    /// the week is a remainder.
    using Seconds = std::uint32_t;
    using LocalSeconds = std::uint32_t;

    /// A stretch of time in which a zone changes once, or not at all (`change` lies behind it).
    struct Span {
        Seconds change = 0;
        std::uint32_t more = 0;  // where it changes more often: 1 + its first in changes_
        std::int32_t before = 0;
        std::int32_t after = 0;
    };
    struct Change {
        std::int64_t start = 0;
        std::int32_t offset = 0;
    };
    struct Term {
        std::uint32_t zone = 0;
        std::uint32_t hours = bytecode::none;  // into bits_
        std::uint32_t spill = bytecode::none;
        Range days;    // into days_
        Range closed;  // into days_: taken away by day
        Range except;  // into except_: what else is taken away
    };

    void add_zone(const model::Zone& zone);
    void add_window(const model::Window& window);
    void take_away(Term& term, const model::WindowExcept& one);
    [[nodiscard]] std::uint32_t add_bits(const std::vector<model::MinuteSpan>& spans);

    [[nodiscard]] LocalSeconds local_seconds(std::uint32_t zone, Seconds seconds) const;
    [[nodiscard]] bool has_minute(std::uint32_t bits, std::uint32_t minute) const;
    [[nodiscard]] bool has_day(Range days, std::int32_t day) const;
    [[nodiscard]] bool holds(Range terms, Seconds seconds) const;
    [[nodiscard]] bool holds_day(Range terms, std::int32_t day) const;
    [[nodiscard]] bool stays(const Term& term, Seconds seconds, std::int32_t opened) const;
    [[nodiscard]] bool is_taken_away(Range except, Seconds seconds, std::int32_t opened) const;

    std::vector<Range> windows_;  // into terms_
    std::vector<Term> terms_;
    std::vector<std::uint64_t> bits_;
    std::vector<model::DaySpan> days_;
    std::vector<model::WindowExcept> except_;
    std::vector<Span> spans_;  // as many for each zone
    std::vector<Change> changes_;
};

}  // namespace proviso::vm
