// Suites: read, held to the names of a set, and run on one thread and on two.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "suites/names.h"
#include "suites/readable.h"
#include "suites/render.h"
#include "suites/run.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/pieces.h"
#include "tests/fuzz/policy.h"
#include "tests/fuzz/said.h"

namespace proviso::fuzz {
namespace {

constexpr std::size_t most_calls = 200;  // what a fuzzer has time for

void hold_errors(const std::string& error) {
    expect(error.starts_with("s.test.yaml:"), "an error has a place");
}

std::size_t calls_of(const suites::Suite& suite) {
    std::size_t calls = 0;
    for (const suites::Case& one : suite.cases) {
        for (const suites::Step& step : one.steps) calls += step.times;
    }
    return calls;
}

std::string run_on(const std::vector<suites::Bench>& benches, unsigned threads) {
    suites::RunOptions options;
    options.threads = threads;
    options.coverage = true;
    const suites::RunResult result = suites::run(benches, options);
    expect(result.cases.size() == benches.front().suite.cases.size(), "every case is run");
    return suites::to_json(benches, result) + suites::coverage_html(result.coverage);
}

void hold_suite(const std::string& text) {
    // A layout may name a file of the machine's: not what is looked at here.
    if (text.find("layout") != std::string::npos) return;
    suites::SuiteResult read = suites::parse_suite(text, "s.test.yaml");
    expect(read.suite.has_value() == read.error.empty(), "there is a suite or a reason");
    if (!read.suite) return hold_errors(read.error);
    expect(!read.suite->cases.empty(), "a suite has a case");
    suites::Mistakes mistakes("s.test.yaml");
    suites::check_names(*read.suite, *call_policy(), mistakes);
    if (calls_of(*read.suite) > most_calls) return;
    suites::check_readable(*read.suite, call_policy(), mistakes);
    if (const std::string found = mistakes.text(); !found.empty()) hold_errors(found);
    std::vector<suites::Bench> benches(1);
    benches[0].policy = call_policy();
    benches[0].suite = std::move(*read.suite);
    expect(run_on(benches, 1) == run_on(benches, 2), "threads change nothing");
}

}  // namespace
}  // namespace proviso::fuzz

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    proviso::fuzz::hold_suite(std::string(proviso::fuzz::text_of(data, size)));
    return 0;
}
