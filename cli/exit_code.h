// How a run ends: the numbers that a shell script acts on. docs/cli.md has the table.
#pragma once

#include <string>
#include <utility>

namespace proviso::cli {

enum class ExitCode : int {
    ok = 0,              ///< done; of `decide`: the call may go ahead (allow, notify)
    check_failed = 1,    ///< what was to be checked is not so: `simulate --gate`, `test`, …
    invalid_policy = 2,  ///< the policy has errors, or a compiled one is damaged
    bad_input = 3,       ///< wrong use, a file that cannot be read or written, a broken call
    bad_lines = 4,       ///< too many lines of a history cannot be read, or too little evidence
    gate = 10,           ///< `decide`: hold the call until people approve
    block = 11,          ///< `decide`: never
    repeat = 12,         ///< `decide`: let through before, not to be carried out again
    internal = 70,       ///< a fault of the program, or no memory left
    interrupted = 130,   ///< Ctrl-C
    closed_pipe = 141,   ///< nobody reads the output any more
};

/// Ends a subcommand: the message goes to stderr as one line, the code to the shell. A message
/// tells names and places, never what a call holds.
struct Failure {
    ExitCode code = ExitCode::bad_input;
    std::string message;
    std::string help;  ///< a second line: what to do; may be empty
};

[[noreturn]] inline void fail(std::string message, std::string help = {}) {
    throw Failure{ExitCode::bad_input, std::move(message), std::move(help)};
}

}  // namespace proviso::cli
