// Calls that stand in columns, decided without their text. For the simulator; no part of the public
// API. Covered by tests/unit/simulator/packed_replay_test.cpp.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/decide/bind_lines.h"
#include "proviso/engine.h"
#include "proviso/layout.h"

namespace proviso {

/// How the session binds documents that are like `sample` but for the values of `columns`, till it
/// decides by another layout or policy. The columns, the writer and the memory outlive it; the
/// memory is of this session's plans alone.
[[nodiscard]] std::unique_ptr<decide::LinePlan> plan_lines(Session& session, const Layout& layout,
                                                           std::string_view sample,
                                                           std::vector<decide::ValueColumn> columns,
                                                           const decide::NumberWriter& writer,
                                                           decide::LineMemory& memory);

/// As `session.preview(layout, document)` of the document, of `size` bytes, with the values of
/// `row`; none where it has to be read as text.
[[nodiscard]] std::optional<Verdict> preview_line(Session& session, decide::LinePlan& plan,
                                                  std::size_t row, std::size_t size);

}  // namespace proviso
