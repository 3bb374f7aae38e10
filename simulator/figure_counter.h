// One thread's part of the figures: a call that was just decided, to what is counted of it.
//
// Asked once a call, after the decision; reads the sessions that decided it and what was taken from
// its line. Allocates nothing for most calls.
// Covered by tests/unit/simulator/figures_test.cpp and replay_threads_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/figure_tally.h"
#include "simulator/mapping.h"
#include "simulator/simulate.h"
#include <proviso/engine.h>

namespace proviso::simulator {

struct Setup;
struct Tally;

/// A call, decided. `before` and `baseline` are null without a baseline.
struct FigureCall {
    const Session& session;
    const Verdict& verdict;
    const Session* baseline = nullptr;
    const Verdict* before = nullptr;
    std::optional<HumanVerdict> human;  ///< as recorded
    std::string_view tool;
    std::uint64_t line = 0;  ///< from 0, within the block
};

class FigureCounter {
  public:
    explicit FigureCounter(const Setup& setup) : setup_(setup) {}

    void add(const FigureCall& call, Tally& tally);

  private:
    void add_day(const FigureCall& call, FigureTally& tally);
    void add_rules(const FigureCall& call, Tally& tally);

    const Setup& setup_;
    std::string scratch_;
};

}  // namespace proviso::simulator
