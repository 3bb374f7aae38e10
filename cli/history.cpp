// `proviso history ACTION FILE...`: histories as one file of columns, for the many replays while a
// policy is being tuned; back into text; and what such a file holds.
//
// Covered by tests/cli/history_test.py.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/input.h"
#include "cli/interrupt.h"
#include "cli/output_paths.h"
#include "cli/progress.h"
#include "cli/text.h"
#include "simulator/history/histories.h"
#include "simulator/history/pack_history.h"

namespace proviso::cli {
namespace {

struct HistoryOptions {
    std::string action;
    std::vector<std::string> files;
    std::string output;
    Format format = Format::text;
};

std::vector<std::string> found(const std::vector<std::string>& named) {
    simulator::Histories histories = simulator::find_histories(named);
    if (!histories.error.empty()) fail(histories.error);
    for (const std::string& path : histories.paths) {
        if (path != "-") require_readable(path);
    }
    return std::move(histories.paths);
}

std::string only_file(const HistoryOptions& options) {
    if (options.files.size() == 1) return options.files.front();
    fail(fmt::format("{} takes one file", options.action), "see proviso history --help");
}

std::string size_text(std::uint64_t bytes) {
    const auto size = static_cast<double>(bytes);
    return bytes < 1'000'000 ? fmt::format("{:.1f} kB", size / 1e3)
                             : fmt::format("{:.1f} MB", size / 1e6);
}

ExitCode pack(Context& context, const HistoryOptions& options) {
    if (options.output.empty()) fail("--output is required", "see proviso history --help");
    const Interrupt interrupt;
    ProgressBar bar(context.err);
    simulator::PackOptions packing;
    packing.histories = found(options.files);
    keep_apart({{"--output", options.output}}, {});
    packing.output = options.output;
    packing.cancel = &interrupt.flag();
    packing.progress = [&bar](const simulator::Progress& progress) { bar.show(progress); };
    const simulator::PackResult result = simulator::pack_history(packing);
    bar.clear();
    if (!result.error.empty()) fail(result.error);
    if (result.cancelled) throw Failure{ExitCode::interrupted, "nothing was packed", ""};
    context.out.line(fmt::format("{}: {}, {} of text, {} as they were stored, {} packed",
                                 visible(options.output), counted(result.lines, "line"),
                                 size_text(result.text_bytes), size_text(result.stored_bytes),
                                 size_text(result.packed_bytes)));
    return ExitCode::ok;
}

ExitCode unpack(Context& context, const HistoryOptions& options) {
    if (!options.output.empty()) fail("unpack writes to stdout", "write > " + options.output);
    const std::string file = only_file(options);
    if (file != "-") require_readable(file);
    const std::string error = simulator::unpack_history(
        file, [&context](std::string_view text) { context.out.write(text); });
    if (!error.empty()) fail(error);
    return ExitCode::ok;
}

std::string contents_json(const simulator::PackContents& contents) {
    nlohmann::ordered_json json{{"lines", contents.lines},
                                {"text_bytes", contents.text_bytes},
                                {"packed_bytes", contents.packed_bytes},
                                {"blocks", contents.blocks},
                                {"columns", nlohmann::ordered_json::array()}};
    for (const simulator::PackColumn& column : contents.columns) {
        json["columns"].push_back({{"name", column.name},
                                   {"kind", column.kind},
                                   {"values", column.values},
                                   {"bytes", column.bytes}});
    }
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

void show_columns(Output& out, const std::vector<simulator::PackColumn>& columns) {
    std::size_t names = 6;
    for (const auto& column : columns) names = std::max(names, cells(visible(column.name)));
    names = std::min<std::size_t>(names, 40);
    out.line(out.styled(Style::bold, fmt::format("{} {:>12} {:>10}  kept as", pad("column", names),
                                                 "values", "bytes each")));
    for (const auto& column : columns) {
        const double each = column.values == 0 ? 0
                                               : static_cast<double>(column.bytes) /
                                                     static_cast<double>(column.values);
        out.line(fmt::format("{} {:>12} {:>10.1f}  {}", pad(visible(column.name), names),
                             count_text(column.values), each, column.kind));
    }
}

ExitCode show(Context& context, const HistoryOptions& options) {
    const std::string file = only_file(options);
    require_readable(file);
    const simulator::PackContents contents = simulator::packed_contents(file);
    if (!contents.error.empty()) fail(contents.error);
    if (options.format == Format::json) {
        context.out.write(contents_json(contents));
        return ExitCode::ok;
    }
    context.out.line(fmt::format("{}, {} of text in {} packed, {}", counted(contents.lines, "line"),
                                 size_text(contents.text_bytes), size_text(contents.packed_bytes),
                                 counted(contents.blocks, "block")));
    if (!contents.columns.empty()) show_columns(context.out, contents.columns);
    return ExitCode::ok;
}

}  // namespace

void add_history(CLI::App& root, Context& context) {
    CLI::App& command =
        add_command(root, context, "history", "Packs histories into one file for many replays",
                    "  proviso history pack logs/2026-11 --output november.pvh\n"
                    "  proviso simulate -p policies/support --history november.pvh\n"
                    "  proviso history show november.pvh\n"
                    "  proviso history unpack november.pvh > november.jsonl");
    const auto options = std::make_shared<HistoryOptions>();
    CLI::Option* action = add_value(command, "action", options->action, "ACTION",
                                    "pack: into one file; show: its columns; unpack: its text");
    takes_words(action, {"pack", "show", "unpack"});
    CLI::Option* files = add_value(command, "files", options->files, "FILE...",
                                   "files, folders, patterns, or - for stdin");
    add_value(command, "-o,--output", options->output, "FILE",
              "of pack: the packed history, by custom .pvh");
    add_format(command, options->format);
    runs(command, context, {action, files}, [&context, options] {
        if (options->action == "pack") return pack(context, *options);
        return options->action == "show" ? show(context, *options) : unpack(context, *options);
    });
}

}  // namespace proviso::cli
