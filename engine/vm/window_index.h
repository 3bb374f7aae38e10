// The windows and zones of a program made ready: whether an instant lies in a window, in a few
// loads. A zone's offset is found by the span of time that the instant lies in; the hours of a term
// are a bit a minute of the week.
//
// Covered by tests/unit/engine/window_test.cpp and window_zones_test.cpp beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/bytecode/program.h"
#include "engine/model/value.h"

namespace proviso::vm {

/// The offset of a zone at an instant.
class ZoneClock {
  public:
    explicit ZoneClock(const model::Zone& zone);

    /// `seconds` lies in the covered years.
    [[nodiscard]] std::int64_t offset(std::int64_t seconds) const {
        const Change* change = &changes_[first_[static_cast<std::uint64_t>(seconds) >> shift]];
        while (change[1].start <= seconds) ++change;
        return change->offset;
    }

  private:
    struct Change {
        std::int64_t start = 0;
        std::int64_t offset = 0;
    };
    static constexpr unsigned shift = 23;  // 97 days: most zones change twice a year

    std::vector<Change> changes_;       // and one that never comes
    std::vector<std::uint32_t> first_;  // by span: the change in force where it begins
};

enum class InWindow : std::uint8_t { no, yes, not_covered };

class WindowIndex {
  public:
    explicit WindowIndex(const bytecode::Program& program);

    /// `time` in microseconds since 1970.
    [[nodiscard]] InWindow test(std::uint32_t window, std::int64_t time) const;

    /// The hour (`part` 0), weekday (1) or date (2) of a known time by the clocks of a zone.
    [[nodiscard]] model::Value local(std::uint32_t zone, std::uint16_t part,
                                     std::int64_t time) const;

  private:
    using MinuteBits = std::vector<std::uint64_t>;  // empty: none
    struct Term {
        std::uint32_t zone = 0;
        MinuteBits hours;
        MinuteBits spill;
        std::vector<model::DaySpan> days;
        std::vector<model::WindowExcept> except;
    };
    using Terms = std::vector<Term>;

    /// What the clocks and the calendar of a zone show.
    struct Reading {
        std::int64_t day = 0;
        std::uint32_t minute = 0;  // of the week
    };

    [[nodiscard]] Reading read(std::uint32_t zone, std::int64_t seconds) const;
    [[nodiscard]] bool holds(const Terms& terms, std::int64_t seconds) const;
    [[nodiscard]] bool holds_day(const Terms& terms, std::int64_t day) const;
    [[nodiscard]] bool stays(const Term& term, std::int64_t seconds, std::int64_t opened) const;

    std::vector<ZoneClock> clocks_;
    std::vector<Terms> windows_;
};

}  // namespace proviso::vm
