// A sweep in every form of the report. Covered by tests/unit/simulator/sweep_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulator/render/render_json.h"
#include "simulator/render/text_page.h"

namespace proviso::simulator {

/// A row a candidate, with a bar; two knobs whose values fit beside each other as grids.
void print_sweep(TextPage& page, const SweepReport& sweep);
[[nodiscard]] Json sweep_json(const SweepReport& sweep);

/// What people read of each candidate: its values, then its figures, as texts.
struct SweepTexts {
    std::vector<std::string> heads;
    std::vector<std::vector<std::string>> rows;
};
[[nodiscard]] SweepTexts sweep_texts(const SweepReport& sweep);
/// What the figures are, a line each.
[[nodiscard]] std::vector<std::string> sweep_notes(const SweepReport& sweep);
/// "Sweep of `refund_cap`: 19 values, now 500 USD".
[[nodiscard]] std::string sweep_title(const SweepReport& sweep);

}  // namespace proviso::simulator
