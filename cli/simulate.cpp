// `proviso simulate`: what a policy would have decided on calls that were made before.
//
// The simulator replays and renders; here are the options, the progress bar, Ctrl-C, and the exit
// codes. The report is on stdout alone, so that it can be piped while the bar runs on stderr.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/input.h"
#include "cli/interrupt.h"
#include "cli/output_paths.h"
#include "cli/policy_options.h"
#include "cli/progress.h"
#include "cli/sweep.h"
#include "report_page/report_page.h"
#include "simulator/figures/staff.h"
#include "simulator/gate/gate_file.h"
#include "simulator/history/histories.h"
#include "simulator/render/render.h"
#include "simulator/run.h"

namespace proviso::cli {
namespace {

struct SimulateOptions {
    PolicyOptions policy;
    simulator::Options replay;
    std::string baseline;
    std::string gate;
    std::vector<std::string> sweep;
    std::uint64_t max_bad = 0;
    CLI::Option* max_bad_given = nullptr;
    std::string format = "text";
    std::string report;  // path of the page; empty: none
    bool full = false;
    bool figures = false;
    std::vector<std::string> approvers;
    std::string hours;
    std::string handling;
};

constexpr std::size_t report_width = 100;  // where no terminal says otherwise

/// Whether the locale says that its characters are UTF-8; the first variable that is set decides.
bool is_unicode_locale() {
    for (const char* variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const char* set = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): before threads
        if (set == nullptr || *set == '\0') continue;
        const std::string_view locale(set);
        for (const std::string_view mark : {"UTF-8", "utf-8", "UTF8", "utf8"}) {
            if (locale.find(mark) != std::string_view::npos) return true;
        }
        return false;
    }
    return false;
}

simulator::RenderOptions render_options(const Output& out, const SimulateOptions& given) {
    simulator::RenderOptions options;
    options.full = given.full;
    options.figures = given.figures;
    options.colour = out.colour();
    options.width = out.is_terminal() ? out.width() : report_width;
    options.unicode = is_unicode_locale();
    return options;
}

std::string rendered(const Output& out, const simulator::Report& report,
                     const SimulateOptions& options) {
    if (options.format == "json") return simulator::to_json(report);
    if (options.format == "csv") return simulator::to_csv(*report.sweep);
    if (options.format == "md") return simulator::to_markdown(report);
    if (options.format == "junit") return simulator::to_junit(report);
    if (options.format == "sarif") {
        const PolicyPtr& baseline = options.replay.baseline;
        return simulator::to_sarif(report, baseline ? baseline->rules() : std::vector<RuleInfo>{});
    }
    return simulator::render_text(report, render_options(out, options));
}

void print(Output& out, const simulator::Report& report, const SimulateOptions& options) {
    out.write(rendered(out, report, options));
    out.flush();
    if (!options.report.empty()) write_file(options.report, report_page::to_html(report));
}

ExitCode exit_code(simulator::Failure failure) {
    switch (failure) {
        case simulator::Failure::none: return ExitCode::ok;
        case simulator::Failure::usage:
        case simulator::Failure::input:
        case simulator::Failure::order:
        case simulator::Failure::checkpoint:
        case simulator::Failure::sorting:
        case simulator::Failure::output: return ExitCode::bad_input;
        case simulator::Failure::bad_lines: return ExitCode::bad_lines;
    }
    return ExitCode::internal;
}

/// Perhaps the first line of a value that goes on below: JSON as people read it.
bool begins_in_first_line(const simulator::Report& report) {
    return report.bad > 1 && !report.bad_lines.empty() && report.bad_lines.front().line == 1;
}

std::string help_for_bad_lines(const simulator::Report& report) {
    if (begins_in_first_line(report)) {
        return "a history is JSON Lines, each call on one line: `jq -c . FILE` makes them of JSON "
               "over several lines, `jq -c '.[]' FILE` of a list; one in another form than "
               "Proviso's receipts needs a mapping file: --map";
    }
    return "a history in another form than Proviso's receipts needs a mapping file: --map";
}

/// A run that decided nothing is no evidence, whatever its reason.
void require_calls(const simulator::Report& report) {
    if (report.counts.calls() > 0) return;
    const std::string why = report.bad > 0 ? "no line of the history can be read as a call"
                                           : "the history holds no call";
    throw Failure{ExitCode::bad_lines, why, report.bad == 0 ? "" : help_for_bad_lines(report)};
}

void read_gate(SimulateOptions& options) {
    if (options.gate.empty()) return;
    require_readable(options.gate);
    simulator::GateFile file = simulator::read_gate(options.gate);
    if (!file.gate) throw Failure{ExitCode::bad_input, file.error, {}};
    options.replay.gate = std::move(file.gate);
}

/// Who answers approvals, as the options say it.
void read_staff(SimulateOptions& options) {
    simulator::Staff& staff = options.replay.staff;
    for (const std::string& word : options.approvers) {
        const auto one = simulator::read_approvers(word);
        if (!one) {
            throw Failure{ExitCode::bad_input, "`" + word + "` is no role with a number of people",
                          "write `support_lead=2`"};
        }
        staff.approvers.push_back(*one);
    }
    if (!options.hours.empty()) {
        staff.hours = simulator::read_hours(options.hours);
        if (!staff.hours) {
            throw Failure{ExitCode::bad_input, "`" + options.hours + "` is no hours of a week",
                          "write `mon..fri 09:00..17:00`, in UTC"};
        }
    }
    if (!options.handling.empty()) {
        staff.handling_seconds = simulator::read_handling(options.handling);
        if (!staff.handling_seconds) {
            throw Failure{ExitCode::bad_input, "`" + options.handling + "` is no duration",
                          "write `15m`"};
        }
    }
    if (staff.approvers.empty() && (staff.hours || staff.handling_seconds)) {
        throw Failure{ExitCode::bad_input, "hours and handling are those of `--approvers`", {}};
    }
}

/// Text shows what comes of the people who approve in its figures alone.
void note_unshown_forecast(Context& context, const SimulateOptions& options) {
    const bool shown = options.figures || options.format != "text" || !options.report.empty() ||
                       !options.gate.empty();
    if (shown || options.approvers.empty()) return;
    context.err.line("note: --figures shows the forecast that --approvers is for");
}

/// What a build goes by: a bound that is not kept, or one that nothing can be said of.
ExitCode judged(const simulator::Report& report) {
    if (!report.gate) return ExitCode::ok;
    if (report.gate->broken()) return ExitCode::check_failed;
    return report.gate->lacks_evidence() ? ExitCode::bad_lines : ExitCode::ok;
}

/// A page under the name of another form would be taken for that.
void require_page_name(const std::string& path) {
    std::string end = std::filesystem::path(path).extension().string();
    std::transform(end.begin(), end.end(), end.begin(), [](unsigned char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : static_cast<char>(c);
    });
    for (const std::string_view other :
         {".pdf", ".json", ".csv", ".md", ".txt", ".xml", ".doc", ".docx", ".xls", ".xlsx"}) {
        if (end != other) continue;
        fail(fmt::format("--report {}: it writes a page, in HTML", path),
             "name it FILE.html; a browser prints it as PDF, and --format writes other forms");
    }
}

void keep_outputs_apart(const SimulateOptions& options) {
    const simulator::Options& replay = options.replay;
    std::vector<OptionPath> inputs{{"--policy", options.policy.path},
                                   {"--baseline", options.baseline},
                                   {"--map", replay.mapping},
                                   {"--gate", options.gate}};
    for (const std::string& path : simulator::find_histories(replay.histories).paths) {
        inputs.push_back({"--history", path});
    }
    keep_apart({{"--report", options.report},
                {"--changes", replay.changes},
                {"--decisions", replay.decisions},
                {"--checkpoint", replay.checkpoint}},
               inputs);
}

ExitCode simulate(Context& context, SimulateOptions& options) {
    simulator::Options& replay = options.replay;
    keep_outputs_apart(options);
    require_page_name(options.report);
    replay.policy = require_policy(context, options.policy);
    if (!options.baseline.empty()) {
        replay.baseline = require_policy(context, PolicyOptions{options.baseline, {}});
    }
    note_unshown_forecast(context, options);
    note_unknown_duties(context, {replay.policy, replay.baseline}, replay.engine.duties);
    replay.sweep = sweep_options(context, options.policy, replay.policy, options.sweep);
    if (options.format == "csv" && options.sweep.empty()) {
        fail("csv is a form of sweeps alone", "give --sweep, or --changes FILE.csv");
    }
    read_gate(options);
    read_staff(options);
    if (options.max_bad_given->count() > 0) replay.max_bad = options.max_bad;
    if (!options.report.empty()) replay.cell_calls = report_page::calls_a_cell;

    const Interrupt interrupt;
    ProgressBar bar(context.err);
    replay.cancel = &interrupt.flag();
    replay.progress = [&bar](const simulator::Progress& progress) { bar.show(progress); };
    const simulator::Result result = simulator::run(replay);
    bar.clear();
    if (result.taken_up_at > 0) {
        context.err.write(fmt::format("proviso: taken up behind {} lines that were done before\n",
                                      result.taken_up_at));
    }

    if (result.ok() || result.report.lines > 0) print(context.out, result.report, options);
    if (!result.ok()) {
        const bool order = result.failure == simulator::Failure::order;
        throw Failure{
            exit_code(result.failure), result.error,
            order ? "--sort brings the calls in the order of time first, and the report then "
                    "tells calls that come twice where exports overlap"
                  : ""};
    }
    if (interrupt.came() && !result.report.partial.empty()) {
        throw Failure{ExitCode::interrupted, "interrupted: the report covers a part only", {}};
    }
    require_calls(result.report);
    return judged(result.report);
}

CLI::Option* add_replay_options(CLI::App& command, SimulateOptions& options) {
    simulator::Options& replay = options.replay;
    CLI::Option* history = add_value(command, "--history", replay.histories, "FILE...",
                                     "JSON Lines, also .gz, .zst; folders, globs; -; required");
    add_value(command, "--map", replay.mapping, "FILE",
              "says where the fields of another form of history are");
    add_value(command, "--baseline", options.baseline, "PATH",
              "the policy in force today: what would change?");
    add_value(command, "--sweep", options.sweep, "PARAM=VALUES",
              "tries values of a param: 100..900:50 or A,B; two: a grid")
        ->allow_extra_args(false);
    add_value(command, "--gate", options.gate, "FILE",
              "bounds to keep to; exit code 1 where one is broken");
    add_value(command, "--duty", replay.engine.duties, "NAME...", "obligations the host can do");
    add_value(command, "--threads", replay.threads, "N", "0 (the default): one a core");
    options.max_bad_given = add_value(command, "--max-bad", options.max_bad, "N",
                                      "ends the run where more lines cannot be read");
    command.add_flag("--sort", replay.sort, "brings the calls in the order of time first");
    add_value(command, "--samples,--sample", replay.samples, "N",
              "sample calls an outcome and kind of change; 3 by default");
    add_value(command, "--seed", replay.seed, "S", "of the changed calls chosen at random; 0");
    add_value(command, "--intent", replay.intent, "PATH,...",
              "JSON pointers that tell actions apart; retries count once")
        ->delimiter(',');
    add_value(command, "--amount", replay.amounts, "ARG,...",
              "a tool's amount; else its first argument of type money")
        ->delimiter(',');
    add_value(command, "--approvers", options.approvers, "ROLE=N,...",
              "people there to approve: forecasts their queue")
        ->delimiter(',');
    add_value(command, "--hours", options.hours, "DAYS TIMES",
              "when they work, in UTC: 'mon..fri 09:00..17:00'");
    add_value(command, "--handling", options.handling, "DURATION",
              "work on one approval; else as the history tells");
    command.add_flag("--show-args", replay.show_args,
                     "shows all arguments of sample calls, secrets included");
    add_value(command, "--checkpoint", replay.checkpoint, "FILE",
              "puts the run aside in it, and takes it up from there");
    add_value(command, "--checkpoint-every", replay.checkpoint_seconds, "SECONDS",
              "30 by default; 0: after each block");
    add_value(command, "--report", options.report, "FILE",
              "writes the report as an HTML page, to read and sign");
    add_value(command, "--decisions", replay.decisions, "FILE", "writes one decision a call to it");
    add_value(command, "--changes", replay.changes, "FILE",
              "writes each call whose outcome changes to it; CSV if .csv");
    return history;
}

}  // namespace

void add_simulate(CLI::App& root, Context& context) {
    CLI::App& command = add_command(
        root, context, "simulate", "Replays a history: what would a policy have decided?",
        "  proviso simulate --policy policies/support --history calls.jsonl.gz\n"
        "  proviso simulate -p new --baseline old --history calls.jsonl --gate gate.yaml\n"
        "  proviso simulate -p support.proviso --history log.jsonl --map log.map.yaml\n"
        "  proviso simulate -p rules --history a.jsonl --sweep 'refund_cap=100..500:50'\n"
        "  proviso simulate -p support.proviso --history a.jsonl b.jsonl --format json\n"
        "  zcat calls.jsonl.gz | proviso simulate -p support.pvc --history -");
    const auto options = std::make_shared<SimulateOptions>();
    CLI::Option* policy = add_policy(command, options->policy);
    CLI::Option* history = add_replay_options(command, *options);
    takes_words(add_value(command, "--format", options->format, "FORMAT",
                          "text (the default), json, md, junit, sarif; csv of a sweep"),
                {"text", "json", "md", "junit", "sarif", "csv"});
    command.add_flag("--full", options->full, "every section, also of a comparison");
    command.add_flag("--figures", options->figures,
                     "days, workflows, approvers, candidates and caps as well");
    runs(command, context, {policy, history},
         [&context, options] { return simulate(context, *options); });
}

}  // namespace proviso::cli
