// `proviso status --store FILE`: what is halted, and the epoch that decisions carry.
#include <memory>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/store_options.h"
#include "cli/text.h"

namespace proviso::cli {
namespace {

struct StatusCommand {
    std::string store;
    Format format = Format::text;
};

std::string as_json(const HaltList& list) {
    nlohmann::ordered_json halts = nlohmann::ordered_json::array();
    for (const Halt& halt : list.halts) {
        nlohmann::ordered_json one{{"scope", scope_word(halt.scope.kind)}};
        if (!halt.scope.name.empty()) one["name"] = halt.scope.name;
        if (!halt.reason.empty()) one["reason"] = halt.reason;
        one["epoch"] = halt.epoch;
        halts.push_back(std::move(one));
    }
    const nlohmann::ordered_json json{{"halt_epoch", list.epoch}, {"halts", halts}};
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string as_text(const HaltList& list) {
    if (list.halts.empty()) return fmt::format("nothing is halted, epoch {}", list.epoch);
    std::string text = fmt::format("epoch {}", list.epoch);
    for (const Halt& halt : list.halts) {
        text += "\nhalted  " + visible(scope_text(halt.scope));
        if (!halt.reason.empty()) text += ": " + visible(halt.reason);
    }
    return text;
}

ExitCode status(Context& context, const StatusCommand& options) {
    const HaltList list = require_store(options.store)->halts();
    if (!list.error.empty()) fail(list.error);
    context.out.line(options.format == Format::json ? as_json(list) : as_text(list));
    return ExitCode::ok;
}

}  // namespace

void add_status(CLI::App& root, Context& context) {
    CLI::App& command = add_command(root, context, "status", "Tells what is halted",
                                    "  proviso status --store calls.db\n"
                                    "  proviso status --store calls.db --format json");
    const auto options = std::make_shared<StatusCommand>();
    CLI::Option* store = add_store(command, options->store);
    add_format(command, options->format);
    runs(command, context, {store}, [&context, options] { return status(context, *options); });
}

}  // namespace proviso::cli
