// One thread's part of the figures: a call that was just decided, to what is counted of it.
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
#include "simulator/figures/requests.h"
#include "simulator/mapping/mapping.h"
#include "simulator/mapping/recorded_answers.h"
#include <proviso/engine.h>

namespace proviso::simulator {

struct Setup;
struct Tally;

/// A call, decided. `before` and `baseline` are null without a baseline.
struct FigureCall {
    Session& session;
    const Verdict& verdict;
    Session* baseline = nullptr;
    const Verdict* before = nullptr;
    std::optional<HumanVerdict> human;  ///< as recorded
    std::string_view tool;
    std::uint64_t line = 0;  ///< from 0, within the block
};

class FigureCounter {
  public:
    /// Adds to `tally`; both are read for as long as this is used.
    FigureCounter(const Setup& setup, Tally& tally);
    FigureCounter(const FigureCounter&) = delete;  // `recent_` points into the tally
    FigureCounter& operator=(const FigureCounter&) = delete;

    void add(const FigureCall& call, FigureEvents& events);

  private:
    /// What is read of the line at hand once.
    struct Read {
        std::optional<std::int64_t> time_us;
        std::optional<observed::Amount> amount;
        std::optional<RecordedAnswers::Span> span;  // from request to answer
        std::uint32_t first_answer = 0;             // of the block's events
        std::uint32_t answers = 0;
    };

    void read(const FigureCall& call, FigureEvents& events);
    [[nodiscard]] DayTally* day(std::int64_t time_us);
    void add_day(const FigureCall& call);
    [[nodiscard]] WorkflowTally* workflow(const FigureCall& call);
    void add_workflow(const FigureCall& call);
    void add_handling(const FigureCall& call);
    void add_rules(const FigureCall& call);
    void add_to_gate(std::uint32_t rule, const FigureCall& call);
    void add_request(const FigureCall& call, FigureEvents& events);
    void add_blocked(const FigureCall& call, FigureEvents& events);

    const Setup& setup_;
    Tally& tally_;
    RequestShapes shapes_;
    std::optional<RequestShapes> baseline_shapes_;
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
    /// Workflows that came lately, by the bytes of their names.
    struct Recent {
        std::string raw;
        WorkflowTally* row = nullptr;
    };
    std::array<Recent, 64> recent_;
    Recent* last_ = nullptr;  // of these
    std::string scratch_;
};

}  // namespace proviso::simulator
