// What a run met that speaks against its history or its mapping file, for the report.
// Covered by tests/cli/doubts_test.py.
#pragma once

#include <span>

#include "simulator/mapping/mapping.h"
#include "simulator/replay/tally.h"
#include "simulator/report/report.h"

namespace proviso::simulator {

/// What is left to be told of `Report::doubts` once calls are counted. `met` are the places of the
/// mapping that led to something, where lines were taken apart first; else the tally has them.
void add_doubts(Report& report, const Tally& tally, const Mapping& mapping, const PlacesMet& met,
                std::span<const Policy* const> policies);

}  // namespace proviso::simulator
