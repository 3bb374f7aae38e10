// A suite: calls and what is expected of their decisions, as a YAML file says it. docs/testing.md
// is the format.
//
// Reading tells all mistakes of a file in one go, each with its place. Whether the names that are
// expected are names of the set is known once that is compiled: names.h.
// Covered by tests/cli/test_test.py.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "suites/expectation.h"
#include "suites/tree.h"
#include <proviso/layout.h>
#include <proviso/store.h>

namespace proviso::suites {

/// A call, or something that the host does between calls.
struct Step {
    enum class Kind : std::uint8_t { call, confirm, cancel, halt, resume };
    /// A column of a table: what of the call it sets.
    struct Cell {
        std::string path;  ///< dotted
        Tree value;
    };

    Kind kind = Kind::call;
    Mark mark;
    // of a call
    std::shared_ptr<const Tree> call;  ///< laid over the suite's defaults
    std::vector<Cell> cells;           ///< and these over both
    std::uint32_t times = 1;
    std::vector<Tree> approvals;
    Expectation expect;
    // of the others
    std::string id;
    HaltScope scope;
    std::string reason;
};

struct Case {
    std::string name;  ///< once in a suite; of a row "by sum [2]"
    Mark mark;
    std::vector<Step> steps;
};

/// Where the calls of a suite have their parts.
struct CallForm {
    Layout layout = Layout::native();
    bool is_native = true;
    std::vector<std::string> id{"id"};                ///< keys of its place; none: there is none
    std::vector<std::string> approvals{"approvals"};  ///< likewise
};

struct Suite {
    std::string path;    ///< as messages name it
    std::string policy;  ///< path of the set; empty: look for it (policy_of in discover.h)
    Mark policy_mark;
    std::vector<std::pair<std::string, std::string>> params;
    std::vector<std::string> duties;
    std::vector<Mark> duty_marks;   ///< of each
    std::vector<std::string> keys;  ///< people with a key: their approvals are signed
    CallForm form;
    Tree defaults;
    std::vector<Case> cases;
};

struct SuiteResult {
    std::optional<Suite> suite;  ///< none where there is an error
    std::string error;           ///< "file:line:column: what is wrong", one line an error
};

[[nodiscard]] SuiteResult read_suite(const std::string& path);
/// `path` stands for the file in messages; files that it names are looked for beside it.
[[nodiscard]] SuiteResult parse_suite(const std::string& text, const std::string& path);

}  // namespace proviso::suites
