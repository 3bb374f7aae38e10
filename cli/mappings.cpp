// `proviso mappings [NAME]`: the mapping files that come with the program, for `simulate --map`.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/text.h"
#include "simulator/mapping/shipped_mappings.h"

namespace proviso::cli {
namespace {

/// The first sentence of a file's head.
std::string_view said_of(std::string_view text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    return line.substr(std::min(line.find_first_not_of("# "), line.size()));
}

ExitCode list_mappings(Context& context) {
    for (const simulator::ShippedMapping& one : simulator::shipped_mappings()) {
        context.out.line(fmt::format("{:<18} {}", one.name, said_of(one.text)));
    }
    return ExitCode::ok;
}

ExitCode print_mapping(Context& context, const std::string& name) {
    for (const simulator::ShippedMapping& one : simulator::shipped_mappings()) {
        if (one.name != name) continue;
        context.out.write(one.text);
        return ExitCode::ok;
    }
    throw Failure{ExitCode::bad_input, fmt::format("there is no mapping file `{}`", visible(name)),
                  "proviso mappings lists them"};
}

}  // namespace

void add_mappings(CLI::App& root, Context& context) {
    CLI::App& command = add_command(
        root, context, "mappings", "Lists the mapping files for other logs, or prints one",
        "  proviso mappings\n"
        "  proviso simulate -p policies/support --history spans.jsonl --map otel-genai\n"
        "  proviso mappings otel-genai > our.map.yaml      # to change it");
    const auto name = std::make_shared<std::string>();
    add_value(command, "name", *name, "NAME", "the one to print");
    runs(command, context, {}, [&context, name] {
        return name->empty() ? list_mappings(context) : print_mapping(context, *name);
    });
}

}  // namespace proviso::cli
