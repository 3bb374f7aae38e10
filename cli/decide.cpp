// `proviso decide`: a call in, a decision out, as text or JSON; of JSON Lines, one decision a line.
//
// The exit code is the decision, so that a script can act on it: 0 go ahead, 10 hold, 11 never, 12
// it went ahead before. Of several calls it is that of the tightest decision.
#include <algorithm>
#include <memory>
#include <set>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/call_source.h"
#include "cli/command.h"
#include "cli/decision_text.h"
#include "cli/text.h"

namespace proviso::cli {
namespace {

struct DecideOptions {
    CallOptions call;
    bool agent_view = false;
};

constexpr std::size_t most_notes = 20;

class Decide {
  public:
    Decide(Context& context, const DecideOptions& options)
        : context_(context),
          options_(options),
          decider_(context, options.call),
          source_(context, options.call) {}

    ExitCode run() {
        CallDocument document;
        if (!source_.next(document)) fail("there is no call to decide");
        // One call as text is shown in full, several a line each: look whether there is a second.
        CallDocument following;
        const bool several = is_text() && source_.next(following);
        decide(document, several);
        if (several) decide(following, several);
        while (source_.next(document)) decide(document, several);
        return bad_lines_ > 0 ? ExitCode::bad_input : exit_code();
    }

  private:
    [[nodiscard]] bool is_text() const { return options_.call.format == Format::text; }

    void decide(const CallDocument& document, bool several) {
        const std::string error = decider_.decide(document);
        if (!error.empty()) {
            refuse(document, error, several);
        } else {
            const Decision decision = decider_.session().decision();
            const bool is_whole = is_text() && !several && !options_.agent_view;
            if (!is_whole) note_aside();
            tightest_ = std::max(tightest_, decision.outcome);
            repeats_ |= decision.repeat;
            context_.out.write(is_text() ? text(decision, document, several) : json(decision));
        }
        // Whoever feeds calls one by one waits for this answer before the next call.
        context_.out.flush();
    }

    [[nodiscard]] std::string text(const Decision& decision, const CallDocument& document,
                                   bool several) {
        const Output& out = context_.out;
        const AgentView view = agent_view(decision);
        if (several) {
            const std::string line =
                options_.agent_view ? agent_view_line(out, view) : decision_line(out, decision);
            return fmt::format("{:>6}  {}\n", document.line, line);
        }
        return options_.agent_view ? agent_view_text(out, view)
                                   : decision_text(out, decision, decider_.unread());
    }

    /// Where an answer is a line, or a program's: once a run.
    void note_aside() {
        if (options_.agent_view) return;
        for (std::string& note : decider_.unread()) {
            if (noted_.size() >= most_notes || !noted_.insert(note).second) continue;
            context_.err.line("note: " + visible(note));
        }
    }

    [[nodiscard]] std::string json(const Decision& decision) const {
        return (options_.agent_view ? to_json(agent_view(decision)) : to_json(decision)) + "\n";
    }

    /// A line that is no call still gets its line of output: answers and calls stay in step.
    void refuse(const CallDocument& document, const std::string& error, bool several) {
        if (is_text() && !several) fail("that is no call: " + error);
        ++bad_lines_;
        if (is_text()) {
            context_.out.line(fmt::format("{:>6}  no call: {}", document.line, visible(error)));
            return;
        }
        const nlohmann::ordered_json line{{"error", error}, {"line", document.line}};
        const auto replace = nlohmann::ordered_json::error_handler_t::replace;
        context_.out.line(line.dump(-1, ' ', false, replace));
    }

    [[nodiscard]] ExitCode exit_code() const {
        switch (tightest_) {
            case Outcome::allow:
            case Outcome::notify: return repeats_ ? ExitCode::repeat : ExitCode::ok;
            case Outcome::gate: return ExitCode::gate;
            case Outcome::block: return ExitCode::block;
        }
        return ExitCode::internal;
    }

    Context& context_;
    const DecideOptions& options_;
    Decider decider_;
    CallSource source_;
    Outcome tightest_ = Outcome::allow;
    bool repeats_ = false;
    std::uint64_t bad_lines_ = 0;
    std::set<std::string> noted_;
};

}  // namespace

void add_decide(CLI::App& root, Context& context) {
    CLI::App& command = add_command(
        root, context, "decide", "Decides a call; the exit code tells the outcome",
        "  proviso decide --policy policies/support --call call.json --args args.json\n"
        "  proviso decide -p support.pvc --receipt receipt.json --format json\n"
        "  proviso decide -p support.pvc --format json < calls.jsonl\n"
        "  proviso decide -p support.pvc --call call.json --agent-view\n"
        "  proviso decide -p support.pvc --call call.json --store calls.db\n\n"
        "Exit codes: 0 allow or notify, 10 gate, 11 block, 12 a repeat; of several calls\n"
        "the tightest");
    const auto options = std::make_shared<DecideOptions>();
    CLI::Option* policy = add_call_options(command, options->call);
    command.add_flag("--agent-view", options->agent_view,
                     "what the agent may be told: no rule, cap or total");
    add_value(command, "--store", options->call.store, "FILE",
              "what is remembered between calls; may be new");
    command.add_flag("--preview", options->call.preview,
                     "decides without counting the call or binding its id");
    runs(command, context, {policy},
         [&context, options] { return Decide(context, *options).run(); });
}

}  // namespace proviso::cli
