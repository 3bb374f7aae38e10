// The dry run: what a policy would have decided on calls that were made before.
//
//     Options options;
//     options.policy = policy;
//     options.histories = {"march.jsonl.gz"};
//     Result result = run(options);
//     if (result.ok()) std::fputs(render_text(result.report, {}).c_str(), stdout);
//
// `run` streams the histories through the very `Session::decide` that an agent's calls go through,
// on several threads, in memory that does not grow with the history. Everything in a report but
// `threads` and `seconds` is the same whatever the number of threads and the size of the blocks.
// docs/receipts.md tells what a history may look like, docs/simulate.schema.json the JSON report.
#pragma once

#include <cstdint>
#include <string>

#include "simulator/replay/options.h"
#include "simulator/report/report.h"

namespace proviso::simulator {

enum class Failure : std::uint8_t {
    none,
    usage,       ///< no policy, no history, a mapping file with errors
    input,       ///< a history that cannot be read, or not to its end
    order,       ///< a history with limits to count is not in the order of time
    output,      ///< the decisions cannot be written
    checkpoint,  ///< a checkpoint is of another run, or damaged, or cannot be written
    sorting,     ///< no room on disk to sort in, or it cannot be written or read
    bad_lines    ///< more than `max_bad`
};

struct Result {
    Report report;  ///< of what could be read
    Failure failure = Failure::none;
    std::string error;              ///< for people; several lines where there are several errors
    std::uint64_t taken_up_at = 0;  ///< lines that were done before, by a checkpoint

    [[nodiscard]] bool ok() const noexcept { return failure == Failure::none; }
};

/// Replays all histories, in order. A cancelled run is no failure: `report.partial` says so.
[[nodiscard]] Result run(const Options& options);

}  // namespace proviso::simulator
