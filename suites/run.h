// Runs suites: every case on an engine and a store of its own, on several threads.
//
// What comes of it is the same whatever the number of threads: cases know nothing of each other,
// and results stand in the order of the suites. Calls go through Session::decide, as an agent's do.
// Covered by tests/unit/suites/run_threads_test.cpp and tests/cli/test_test.py.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/coverage.h"
#include "suites/suite.h"
#include <proviso/engine.h>

namespace proviso::suites {

/// A suite with the set that it is about.
struct Bench {
    Suite suite;
    std::string policy_path;
    PolicyPtr policy;
    std::size_t set = 0;  ///< the same for suites of one path, whatever their params
};

/// A step that came out otherwise than expected, or could not be made.
struct Failure {
    std::size_t step = 0;    ///< from 0
    std::size_t steps = 1;   ///< of the case
    std::uint32_t time = 0;  ///< from 1, of a call that comes several times; 0: once
    Mark mark;
    std::vector<Difference> differences;
    std::string error;  ///< why it could not be made; then nothing else is there
    std::string call;   ///< as it was sent, JSON
    std::optional<Explanation> explanation;
};

struct CaseResult {
    std::size_t suite = 0;           ///< into the benches
    std::size_t number = 0;          ///< into the suite's cases
    std::size_t calls = 0;           ///< that were decided
    std::optional<Failure> failure;  ///< the first; later steps are not taken
    /// A block was all that a step expected, and it came of `no_grant`: whatever the rules say.
    bool by_no_grant = false;
};

/// What the cases of all suites of one set have shown of it, its own examples among them.
struct SetCoverage {
    std::string path;
    std::string name;
    std::string version;
    std::size_t cases = 0;
    std::size_t calls = 0;
    std::size_t examples = 0;
    engine::CoverageReport report;
};

struct RunOptions {
    unsigned threads = 0;  ///< 0: one a core
    bool coverage = false;
    std::vector<std::string> filters;  ///< a case is taken whose full name holds one; none: all
};

/// "policies/banking/tests/a.test.yaml: a small payment": what filters look at.
[[nodiscard]] std::string full_name(const Suite& suite, const Case& one);

struct RunResult {
    std::vector<CaseResult> cases;      ///< those that were taken, by suite and number
    std::vector<SetCoverage> coverage;  ///< by set; empty where it was not asked for
};

[[nodiscard]] RunResult run(const std::vector<Bench>& benches, const RunOptions& options);

}  // namespace proviso::suites
