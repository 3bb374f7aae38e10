// `proviso test DIR...`: suites of calls and what is expected of their decisions.
//
// suites/ reads and runs them; here are the options, the sets that they are about, and the exit
// codes. A suite with mistakes, or not one case, is no pass: nothing is run.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/coverage_text.h"
#include "cli/input.h"
#include "cli/junit.h"
#include "cli/output_paths.h"
#include "cli/policy_options.h"
#include "cli/test_text.h"
#include "cli/text.h"
#include "suites/coverage_rows.h"
#include "suites/discover.h"
#include "suites/names.h"
#include "suites/readable.h"
#include "suites/render.h"
#include "suites/run.h"

namespace proviso::cli {
namespace {

enum class ReportFormat : std::uint8_t { text, json, junit };

struct TestOptions {
    std::vector<std::string> paths;
    suites::RunOptions run;
    bool coverage = false;
    std::string min_coverage;  // a percentage; empty: any
    std::string html;          // path; empty: none
    ReportFormat format = ReportFormat::text;
    std::string output;  // path; empty: stdout
};

constexpr std::uint32_t most_hundredths = 10'000;  // hundredths of a percent

/// "95" or "99.5", in hundredths of a percent.
std::uint32_t hundredths(const std::string& text) {
    const std::size_t point = text.find('.');
    std::string digits = text.substr(0, point);
    std::string fraction = point == std::string::npos ? "" : text.substr(point + 1);
    const bool fits = !digits.empty() && digits.size() <= 3 && fraction.size() <= 2 &&
                      (point == std::string::npos || !fraction.empty());
    fraction.resize(2, '0');
    digits += fraction;
    const bool number =
        std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    const std::uint32_t value = fits && number ? static_cast<std::uint32_t>(std::stoul(digits)) : 0;
    if (!fits || !number || value > most_hundredths) {
        fail(fmt::format("--min-coverage {} is no percentage", text),
             "write it as 95 or 99.5, with two decimals at most");
    }
    return value;
}

[[noreturn]] void refuse(std::string errors) {
    throw Failure{ExitCode::bad_input, std::move(errors), {}};
}

struct Read {
    suites::Suite suite;
    std::string root;  // suites::FoundFile
};

std::vector<Read> read_suites(const std::vector<std::string>& paths) {
    const suites::FoundFiles found = suites::find_suites(paths);
    if (!found.error.empty()) fail(found.error);
    std::string errors;
    for (const std::string& path : found.misnamed) {
        errors += fmt::format(
            "\n{}:1:1: it holds cases and is not called `NAME.test.yaml`\n"
            "  help: no run would take it: rename it",
            path);
    }
    std::vector<Read> read;
    for (const suites::FoundFile& file : found.files) {
        if (file.path.ends_with(".proviso") || file.path.ends_with(".pvc")) {
            fail(fmt::format("`{}` holds rules, and is no suite", file.path),
                 "name a suite, or the folder that it lies in; proviso check reads rules");
        }
        suites::SuiteResult result = suites::read_suite(file.path);
        if (result.suite) {
            read.push_back({std::move(*result.suite), file.root});
        } else {
            errors += "\n" + result.error;
        }
    }
    if (!errors.empty()) refuse("a suite is wrong" + errors);
    if (read.empty()) {
        fail("there is no suite: no file `*.test.yaml` at or below what was named",
             "docs/testing.md tells how to write one");
    }
    return read;
}

/// Compiles each set once for each choice of its params.
class Sets {
  public:
    explicit Sets(Context& context) : context_(context) {}

    suites::Bench bench(suites::Suite suite, const std::string& root) {
        const suites::PolicyPath found = suites::policy_of(suite, root);
        if (!found.error.empty()) refuse(found.error);
        std::error_code error;
        const std::string set = std::filesystem::weakly_canonical(found.path, error).string();
        suites::Bench bench;
        bench.policy_path = found.path;
        bench.set = numbers_.try_emplace(set, numbers_.size()).first->second;
        PolicyPtr& policy = compiled_[{set, suite.params}];
        if (policy == nullptr) policy = compile(found.path, suite);
        bench.policy = policy;
        bench.suite = std::move(suite);
        return bench;
    }

  private:
    PolicyPtr compile(const std::string& path, const suites::Suite& suite) {
        PolicyOptions options{path, {}};
        for (const auto& [name, value] : suite.params) {
            options.params.push_back(fmt::format("{}={}", name, value));
        }
        try {
            return require_policy(context_, options);
        } catch (Failure& failure) {
            failure.help = fmt::format("it is the set of {}", suite.path);
            throw;
        }
    }

    using Params = std::vector<std::pair<std::string, std::string>>;
    Context& context_;
    std::map<std::string, std::size_t> numbers_;
    std::map<std::pair<std::string, Params>, PolicyPtr> compiled_;
};

std::vector<suites::Bench> benches_of(Context& context, const std::vector<std::string>& paths) {
    Sets sets(context);
    std::vector<suites::Bench> benches;
    for (Read& one : read_suites(paths)) {
        benches.push_back(sets.bench(std::move(one.suite), one.root));
    }
    std::string errors;
    for (const suites::Bench& bench : benches) {
        suites::Mistakes mistakes(bench.suite.path);
        suites::check_names(bench.suite, *bench.policy, mistakes);
        suites::check_readable(bench.suite, bench.policy, mistakes);
        if (const std::string found = mistakes.text(); !found.empty()) errors += "\n" + found;
    }
    if (!errors.empty()) refuse("a suite says what its set does not know" + errors);
    return benches;
}

/// Sets that are covered less than was asked for, a line each.
std::string below_threshold(const std::vector<suites::SetCoverage>& coverage,
                            const std::string& wanted) {
    if (wanted.empty()) return {};
    const std::uint32_t least = hundredths(wanted);
    std::string text;
    for (const suites::SetCoverage& set : coverage) {
        const std::uint32_t covered = set.report.all().hundredths();
        if (covered >= least) continue;
        text += fmt::format("\nCoverage of {} is {}, below {}\n", visible(set.path),
                            suites::percent_text(covered), suites::percent_text(least));
    }
    return text;
}

struct Report {
    const std::vector<suites::Bench>& benches;
    const suites::RunResult& result;
    const std::string& below;
    bool with_table;
};

std::string text_of(const Output& out, const Report& report) {
    std::string text = test_text(out, report.benches, report.result.cases);
    if (report.with_table) text += coverage_text(out, report.result.coverage);
    return text + report.below;
}

std::string report_text(const Output& out, const Report& report, ReportFormat format) {
    switch (format) {
        case ReportFormat::text: return text_of(out, report);
        case ReportFormat::json: return suites::to_json(report.benches, report.result);
        case ReportFormat::junit: return junit_xml(report.benches, report.result.cases);
    }
    return {};
}

/// A report in a file is for a program; whoever looks at the run reads the text all the same.
void print(Context& context, const Report& report, const TestOptions& options) {
    Output& out = context.out;
    if (options.output.empty()) {
        // JSON and JUnit's XML have no word for it.
        if (options.format != ReportFormat::text) context.err.write(report.below);
        out.write(report_text(out, report, options.format));
    } else {
        write_file(options.output, report_text(Output(stdout), report, options.format));
        out.write(text_of(out, report));
    }
    out.flush();
}

ExitCode test(Context& context, TestOptions& options) {
    if (!options.min_coverage.empty()) hundredths(options.min_coverage);  // before anything is read
    options.run.coverage =
        options.coverage || !options.min_coverage.empty() || !options.html.empty();
    keep_apart({{"--output", options.output}, {"--coverage-html", options.html}}, {});
    const std::vector<suites::Bench> benches = benches_of(context, options.paths);
    const suites::RunResult result = suites::run(benches, options.run);
    if (result.cases.empty()) fail("no case is called so", "--filter takes a part of `FILE: CASE`");
    const std::string below = below_threshold(result.coverage, options.min_coverage);
    const Report report{benches, result, below, options.coverage || !below.empty()};
    if (!options.html.empty()) write_file(options.html, suites::coverage_html(result.coverage));
    print(context, report, options);
    const bool failed =
        std::any_of(result.cases.begin(), result.cases.end(),
                    [](const suites::CaseResult& one) { return one.failure.has_value(); });
    return failed || !below.empty() ? ExitCode::check_failed : ExitCode::ok;
}

}  // namespace

void add_test(CLI::App& root, Context& context) {
    CLI::App& command =
        add_command(root, context, "test", "Runs suites: are calls decided as expected?",
                    "  proviso test policies/support\n"
                    "  proviso test policies --filter refund --threads 1\n"
                    "  proviso test policies/support --coverage --min-coverage 95\n"
                    "  proviso test policies --format junit --output report.xml\n"
                    "  proviso test policies/support/tests/refunds.test.yaml\n\n"
                    "Suites are files *.test.yaml. Exit codes: 0 all passed, 1 a case failed,\n"
                    "2 a policy has errors, 3 a suite has, or there is no case");
    const auto options = std::make_shared<TestOptions>();
    CLI::Option* paths = add_value(command, "path", options->paths, "DIR...",
                                   "folders with suites below them, or suites");
    add_value(command, "--filter", options->run.filters, "TEXT",
              "takes cases whose `FILE: CASE` holds it; repeatable")
        ->allow_extra_args(false);
    add_word<ReportFormat>(command, "--format", options->format, "FORMAT",
                           "text (the default), json or junit",
                           {{"text", ReportFormat::text},
                            {"json", ReportFormat::json},
                            {"junit", ReportFormat::junit}});
    add_value(command, "-o,--output", options->output, "FILE",
              "writes that report to it; text is printed as well");
    add_value(command, "--coverage-html", options->html, "FILE",
              "writes the rules with what is covered, for a browser");
    command.add_flag("--coverage", options->coverage,
                     "tells what of the rules the cases do not show");
    add_value(command, "--min-coverage", options->min_coverage, "PERCENT",
              "exit code 1 where a set is covered less");
    add_value(command, "--threads", options->run.threads, "N", "0 (the default): one a core");
    runs(command, context, {paths}, [&context, options] { return test(context, *options); });
}

}  // namespace proviso::cli
