// The calls that `decide` and `explain` work on, from files or stdin, one after the other.
//
//     --call FILE               the host's word; its member `args`, if any, is the agent's
//     --call FILE --args FILE   the host's word and the agent's, in two documents
//     --receipt FILE            both in one document
//
// A file is one JSON document, or JSON Lines: then each line is a call of its own, and is read only
// when it is wanted, so that a program at the other end of a pipe gets its answers one by one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/input.h"
#include "cli/policy_options.h"
#include "simulator/mapping/mapping.h"
#include "simulator/replay/unread.h"
#include "suites/amounts.h"
#include <proviso/engine.h>

namespace proviso::cli {

struct CallOptions {
    PolicyOptions policy;
    std::string call;
    std::string args;
    std::string receipt;
    std::string mapping;
    std::vector<std::string> duties;
    std::string store;         ///< empty: in memory
    bool store_is_new = true;  ///< or may be
    std::string approvals;
    std::string keys;
    bool preview = false;  ///< nothing is counted
    Format format = Format::text;
};

/// --policy, --call, --args, --receipt, --map, --duty, --approvals, --keys, --format; returns
/// --policy.
CLI::Option* add_call_options(CLI::App& command, CallOptions& options);

/// A call as it was read; kept as long as its decision is asked about.
struct CallDocument {
    std::string host;  ///< or both words, where `args` has no value
    std::optional<std::string> args;
    std::uint64_t line = 0;  ///< of JSON Lines, from 1; 0: the only document
};

class CallSource {
  public:
    /// Failure where the file cannot be opened.
    CallSource(Context& context, const CallOptions& options);

    /// False at the end. Failure for a host's document that is no JSON object.
    bool next(CallDocument& document);
    /// Whether each line is a call. Known once the first call is read.
    [[nodiscard]] bool is_lines() const noexcept { return is_lines_; }

  private:
    bool first(CallDocument& document);

    const CallOptions& options_;
    std::string path_;
    LineReader reader_;
    bool is_lines_ = false;
    bool begun_ = false;
};

/// Decides calls by one policy. Not thread-safe.
class Decider {
  public:
    /// Failure where the options contradict each other, or the policy or the mapping is none.
    Decider(Context& context, const CallOptions& options);

    /// Empty, or why the document is no call. `session` tells the decision.
    [[nodiscard]] std::string decide(const CallDocument& document);
    [[nodiscard]] Session& session() noexcept { return session_; }
    /// What the call says and the policy does not know: "nothing reads `enviroment`: …", a sentence
    /// a member; and gates in approvals, and amounts that look like thousands, where the call is in
    /// the engine's own form.
    [[nodiscard]] std::vector<std::string> unread();

  private:
    void add_unknown_gates(std::vector<std::string>& notes) const;

    Engine engine_;
    Session session_;
    simulator::Mapping mapping_;  // of --map
    Layout layout_;
    simulator::UnreadFinder unread_;
    bool preview_;
    bool is_native_;  // the form of the call
    suites::CallAmounts amounts_;
    std::vector<std::string> gates_;  // names of the policy's rules, sorted
    std::string host_;                // of the call that was decided
    std::string args_;                // its args, where they are apart
    std::string approvals_;           // a JSON list; empty: of the call's own
};

}  // namespace proviso::cli
