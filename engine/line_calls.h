// Calls that stand in columns, decided without their text. For the simulator; no part of the public
// API. Covered by tests/unit/simulator/packed_replay_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/decide/bind_lines.h"
#include "engine/decide/line_matches.h"
#include "engine/observed.h"
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

/// Slots that rules may look at, by place as in observed::FactReads (whose names outside the
/// catalogue have none here), ascending.
using SlotReads = std::vector<std::vector<std::uint32_t>>;
[[nodiscard]] SlotReads slot_reads(const Policy& policy);

/// One of the sessions that decided a line.
struct MatchedSession {
    const Session& session;
    const SlotReads& reads;
};
/// How lines are matched that are as the last one, which the first session decided by `plan` and
/// the others took over. Null where all have to be bound. `amount` may be null; of each line that
/// is matched it and the time can be asked for.
[[nodiscard]] std::unique_ptr<decide::LineMatches> match_lines(
    decide::LinePlan& plan, std::span<const MatchedSession> sessions,
    const observed::AmountArgument* amount);
/// As observed::time_of and amount_of, of the line that was matched last.
[[nodiscard]] std::optional<std::int64_t> time_of(const decide::LineMatches& line);
[[nodiscard]] std::optional<observed::Amount> amount_of(const decide::LineMatches& line,
                                                        const observed::AmountArgument& one);

}  // namespace proviso
