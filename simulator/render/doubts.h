// What speaks against a history, in sentences that every form of a report shares.
#pragma once

#include <string>
#include <vector>

#include "simulator/render/text_page.h"
#include "simulator/report/report.h"

namespace proviso::simulator {

inline constexpr std::string_view doubts_title = "Doubts about what was read";

/// A sentence each; none where nothing is in doubt.
[[nodiscard]] std::vector<std::string> doubts_of(const Report& report);

void print_doubts(TextPage& page, const Report& report);

}  // namespace proviso::simulator
