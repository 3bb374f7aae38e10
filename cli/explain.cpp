// `proviso explain`: why a call is decided so. The same inputs as `decide`; the exit code says that
// it was explained, not what was decided.
#include <memory>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/call_source.h"
#include "cli/command.h"
#include "cli/explanation_text.h"
#include "cli/text.h"

namespace proviso::cli {
namespace {

class Explain {
  public:
    Explain(Context& context, const CallOptions& options)
        : context_(context),
          options_(options),
          decider_(context, options),
          source_(context, options) {}

    ExitCode run() {
        CallDocument document;
        if (!source_.next(document)) fail("there is no call to explain");
        do {
            explain(document);
        } while (source_.next(document));
        return code_;
    }

  private:
    void explain(const CallDocument& document) {
        const std::string error = decider_.decide(document);
        if (!error.empty()) {
            report(context_, {ExitCode::bad_input,
                              fmt::format("line {} is no call: {}", document.line, error),
                              {}});
            code_ = ExitCode::bad_input;
            return;
        }
        const Explanation explanation = decider_.session().explain();
        if (options_.format == Format::json) {
            context_.out.line(to_json(explanation));
            for (const std::string& note : decider_.unread()) {
                context_.err.line("note: " + visible(note));
            }
        } else {
            if (explained_ > 0) context_.out.line();
            context_.out.write(explanation_text(context_.out, explanation, decider_.unread()));
        }
        ++explained_;
        context_.out.flush();
    }

    Context& context_;
    const CallOptions& options_;
    Decider decider_;
    CallSource source_;
    ExitCode code_ = ExitCode::ok;
    std::uint64_t explained_ = 0;
};

}  // namespace

void add_explain(CLI::App& root, Context& context) {
    CLI::App& command = add_command(
        root, context, "explain", "Tells why a call is decided as it is, and what came near",
        "  proviso explain --policy policies/support --receipt receipt.json\n"
        "  proviso explain -p support.pvc --call call.json --args args.json --format json\n"
        "  proviso explain -p support.pvc --store calls.db --receipt receipt.json");
    const auto options = std::make_shared<CallOptions>();
    options->store_is_new = false;
    CLI::Option* policy = add_call_options(command, *options);
    add_value(command, "--store", options->store, "FILE",
              "what is remembered between calls; read alone");
    runs(command, context, {policy}, [&context, options] {
        // A question, not a call; without a store earlier lines count, as they do for `decide`.
        options->preview = !options->store.empty();
        return Explain(context, *options).run();
    });
}

}  // namespace proviso::cli
