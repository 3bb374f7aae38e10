// The figures of a report, from what was counted.
#pragma once

#include <string>
#include <vector>

#include "simulator/figures/figure_stream.h"
#include "simulator/figures/figure_tally.h"
#include "simulator/report/figures.h"
#include <proviso/engine.h>

namespace proviso::simulator {

struct FigureSources {
    const FigureTally& tally;
    const FigureEvents& events;
    const Policy& policy;
    const Staff& staff;
    std::vector<std::string> files;  ///< by CallPlace::file
};

[[nodiscard]] Figures make_figures(const FigureSources& from);

}  // namespace proviso::simulator
