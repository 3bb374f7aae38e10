// What is asked of a run.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "simulator/history/progress.h"
#include "simulator/report/figures.h"
#include "simulator/report/gate.h"
#include "simulator/report/sweep.h"
#include <proviso/engine.h>

namespace proviso::simulator {

struct Options {
    PolicyPtr policy;
    /// The policy that is in force today, to compare `policy` with; none: no comparison.
    PolicyPtr baseline;
    EngineOptions engine;                ///< duties and limits; `limits.call_bytes` bounds a line
    std::vector<std::string> histories;  ///< paths of JSON Lines, plain or gzip; "-" is stdin
    std::string mapping;                 ///< path of a mapping file; empty: Proviso's own receipts
    unsigned threads = 0;                ///< 0: as many as the machine has cores
    /// More bad lines than this end the run with an error. None: any number is reported.
    std::optional<std::uint64_t> max_bad;
    std::size_t samples = 3;  ///< sample calls for each outcome, and of each kind of change
    std::uint64_t seed = 0;   ///< of what is chosen at random among the samples of changes
    /// Calls to keep of each cell of the table of outcomes: `Report::cells`. None by default.
    std::size_t cell_calls = 0;
    /// What tells one action from another: JSON pointers into a line. Empty: the history's own
    /// name of the intent, or else the run, the tool and the arguments.
    std::vector<std::string> intent;
    /// Arguments that are amounts, the first that a tool has; empty: those of type money.
    std::vector<std::string> amounts;
    bool show_args = false;  ///< of samples, all arguments as they are
    std::string decisions;   ///< path to write one decision a call to; empty: nowhere
    /// Path to write each call to whose outcome the two policies differ in; empty: nowhere.
    std::string changes;
    SweepOptions sweep;  ///< candidates that are tried beside `policy`, in the same pass
    Staff staff;         ///< of the forecast of approvals
    /// Bounds that the run is held against; the report says which are kept.
    std::optional<GateBounds> gate;
    /// Brings the calls of all histories in the order of time first, as limits and counters need
    /// them; beyond `sort_bytes` of memory on disk, in the folder for temporary files (TMPDIR).
    bool sort = false;
    std::size_t sort_bytes = 256u << 20;
    std::size_t block_bytes = 1u << 20;  ///< of text handed to a thread at a time
    /// Packed histories are read as text too, as all others. Shows in nothing but the time.
    bool as_text = false;
    /// Path of a file that the run is put aside in every `checkpoint_seconds` (0: after each
    /// block), and taken up from where it is there; empty: nowhere. A run that was taken up ends
    /// with the report of one that never stopped, and then the file is gone.
    std::string checkpoint;
    unsigned checkpoint_seconds = 30;
    /// Set it to end the run early, for example in a signal handler: the report is partial then.
    const std::atomic<bool>* cancel = nullptr;
    /// Called about ten times a second and at the end; from any thread, never from two at once.
    std::function<void(const Progress&)> progress;
};

}  // namespace proviso::simulator
