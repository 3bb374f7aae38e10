// `proviso test DIR...`: suites of calls and what is expected of their decisions.
//
// suites/ reads and runs them; here are the options, the sets that they are about, and the exit
// codes. A suite with mistakes, or not one case, is no pass: nothing is run.
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/policy_options.h"
#include "cli/test_text.h"
#include "cli/text.h"
#include "suites/discover.h"
#include "suites/names.h"
#include "suites/run.h"

namespace proviso::cli {
namespace {

struct TestOptions {
    std::vector<std::string> paths;
    suites::RunOptions run;
};

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
    std::vector<Read> read;
    for (const suites::FoundFile& file : found.files) {
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
        const std::string found = suites::check_names(bench.suite, *bench.policy);
        if (!found.empty()) errors += "\n" + found;
    }
    if (!errors.empty()) refuse("a suite goes by names that its set does not have" + errors);
    return benches;
}

ExitCode test(Context& context, const TestOptions& options) {
    const std::vector<suites::Bench> benches = benches_of(context, options.paths);
    const std::vector<suites::CaseResult> results = suites::run(benches, options.run);
    if (results.empty()) fail("no case is called so", "--filter takes a part of `FILE: CASE`");
    context.out.write(test_text(context.out, benches, results));
    context.out.flush();
    const bool failed =
        std::any_of(results.begin(), results.end(),
                    [](const suites::CaseResult& one) { return one.failure.has_value(); });
    return failed ? ExitCode::check_failed : ExitCode::ok;
}

}  // namespace

void add_test(CLI::App& root, Context& context) {
    CLI::App& command =
        add_command(root, context, "test", "Runs suites: are calls decided as expected?",
                    "  proviso test policies/support\n"
                    "  proviso test policies --filter refund --threads 1\n"
                    "  proviso test policies/support/tests/refunds.test.yaml\n\n"
                    "Suites are files *.test.yaml. Exit codes: 0 all passed, 1 a case failed,\n"
                    "2 a policy has errors, 3 a suite has, or there is no case");
    const auto options = std::make_shared<TestOptions>();
    CLI::Option* paths = add_value(command, "path", options->paths, "DIR...",
                                   "folders with suites below them, or suites");
    add_value(command, "--filter", options->run.filters, "TEXT",
              "takes cases whose `FILE: CASE` holds it; repeatable")
        ->allow_extra_args(false);
    add_value(command, "--threads", options->run.threads, "N", "0 (the default): one a core");
    runs(command, context, {paths}, [&context, options] { return test(context, *options); });
}

}  // namespace proviso::cli
