// One thread's part of the figures that differs from call to call: days, how people answered, when
// requests come, blocked intents. What calls have alike is counted by kind (call_kinds.h).
//
// Asked once a call, after the decision; reads the sessions that decided it and what was taken from
// its line. Allocates nothing for a call that goes ahead.
// Covered by tests/cli/figures_test.py, tests/policies/figures_test.py and replay_threads_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/observed.h"
#include "engine/observed_limits.h"
#include "simulator/figures/figure_stream.h"
#include "simulator/figures/figure_tally.h"
#include "simulator/mapping/mapping.h"
#include "simulator/mapping/recorded_answers.h"
#include "simulator/replay/call_kinds.h"
#include "simulator/replay/line_kinds.h"
#include <proviso/engine.h>

namespace proviso::simulator {

struct Setup;
struct Tally;

/// A call, decided.
struct FigureCall {
    Session& session;
    const CallKind& kind;
    std::string_view tool;
    std::uint64_t line = 0;  ///< from 0, within the block
};

class FigureCounter {
  public:
    /// Adds to `tally`; all are read for as long as this is used.
    FigureCounter(const Setup& setup, Tally& tally, CallKinds& kinds);
    FigureCounter(const FigureCounter&) = delete;  // `recent_days_` points into the tally
    FigureCounter& operator=(const FigureCounter&) = delete;

    /// What the line of the last call tells of how it was answered: before `add`. Whether it was
    /// escalated.
    std::optional<bool> read(const Session& session, FigureEvents& events);
    void add(const FigureCall& call, FigureEvents& events);
    /// A call that was not decided, as its kind is known; nobody is told to have answered it, and
    /// its intent has no name where it is blocked. `receipt` is asked for where it is gated.
    template <class Receipt>
    void add_known(const KnownCalls& known, std::optional<std::int64_t> time_us, std::uint64_t line,
                   FigureEvents& events, const Receipt& receipt) {
        read_ = {};
        read_.time_us = time_us;
        told_.answers.clear();
        add_day(known.now, known.compares ? &known.before : nullptr);
        if (known.is_told) add_handling(*known.kind);
        if (known.now.outcome == Outcome::gate) {
            add_request(*known.kind, line, time_us ? receipt() : std::string_view{}, events);
        }
    }
    /// Whether the last line that was read tells of answers.
    [[nodiscard]] bool answered() const { return !told_.answers.empty(); }

  private:
    /// What is read of the line at hand once.
    struct Read {
        std::optional<std::int64_t> time_us;
        std::optional<RecordedAnswers::Span> span;  // from request to answer
        std::uint32_t first_answer = 0;             // of the block's events
        std::uint32_t answers = 0;
    };

    [[nodiscard]] DayTally* day(std::int64_t time_us);
    void add_day(const Verdict& now, const Verdict* before);
    void add_handling(const CallKind& kind);
    void add_spans(const CallKind& kind);
    void add_request(const CallKind& kind, std::uint64_t line, std::string_view receipt,
                     FigureEvents& events);
    void add_blocked(const FigureCall& call, FigureEvents& events);

    const Setup& setup_;
    Tally& tally_;
    CallKinds& kinds_;
    RecordedAnswers told_;
    Read read_;
    std::vector<observed::LimitUse> uses_;
    /// Days that came lately, by their numbers.
    struct RecentDay {
        std::int64_t number = 0;
        DayTally* row = nullptr;
        std::uint64_t drops = 0;
    };
    std::array<RecentDay, 512> recent_days_;
    std::string scratch_;
};

}  // namespace proviso::simulator
