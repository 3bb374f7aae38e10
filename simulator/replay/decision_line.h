// One decision, or one changed call, as one line of JSON, for `--decisions` and `--changes`.
// docs/receipts.md lists their members.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/history/placing.h"
#include "simulator/mapping/mapping.h"
#include "simulator/report/report.h"
#include <proviso/engine.h>

namespace proviso::simulator {

/// The decisions of one block. Files and line numbers are put in front when blocks are joined in
/// order: a thread does not know how many lines came before its block.
struct DecisionLines {
    struct Mark {
        std::uint64_t line = 0;  ///< from 0, within the block
        std::size_t end = 0;     ///< of its text
    };
    std::string text;
    std::vector<Mark> marks;
};

/// What a decision line is made of. `missing` is null where missing data did not decide.
struct DecidedCall {
    std::string_view tool;
    Verdict verdict;
    const std::vector<RuleInfo>& rules;
    const std::vector<Outcome>& effects;  ///< of the rules, at the call's stage
    const std::vector<Session::Part>& parts;
    const std::vector<std::string_view>& captures;
    const std::vector<Missing>* missing;
    bool show_all = false;  // labels that sound secret as they are
};

/// Appends the line without its beginning, `{"file": …, "line": …,`.
void append_decision(DecisionLines& lines, std::uint64_t line, const DecidedCall& call,
                     const Mapping& mapping);

/// The same for a call whose outcome the two policies differ in: `before` by the baseline.
/// `warming_up`: limits look back to before the history began.
struct ChangeKind {
    Change change = Change::none;
    bool warming_up = false;
};
void append_change(DecisionLines& lines, std::uint64_t line, ChangeKind kind,
                   const DecidedCall& before, const DecidedCall& after, const Mapping& mapping);

/// The whole lines of a block.
[[nodiscard]] std::string numbered(const DecisionLines& lines, const Placing& place);

}  // namespace proviso::simulator
