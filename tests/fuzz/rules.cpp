// Rule text, one or more files of it: parsed, checked, compiled, verified; then calls are decided.
#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "lint/lint.h"
#include "tests/fuzz/bounds.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/judge.h"
#include "tests/fuzz/pieces.h"
#include <proviso/proviso.h>

namespace proviso::fuzz {
namespace {

constexpr std::size_t most_files = 4;

std::vector<SourceText> sources_of(std::string_view input) {
    std::vector<SourceText> sources;
    for (const std::string_view text : pieces(input, most_files)) {
        sources.push_back({"f" + std::to_string(sources.size()) + ".proviso", std::string(text)});
    }
    return sources;
}

CompileOptions options() {
    CompileOptions options;
    options.limits = small_limits();
    options.today = std::chrono::sys_days{std::chrono::year{2026} / 11 / 25};
    return options;
}

CompileResult compiled(const std::vector<SourceText>& sources) {
    return compile_sources(sources, options());
}

void hold_place(const Diagnostic& one) {
    expect(!one.message.empty() && one.line >= 1 && one.column >= 1, "a message has a place");
    expect(one.end_line > one.line || (one.end_line == one.line && one.end_column >= one.column),
           "a span does not end before it begins");
}

void hold_diagnostics(const CompileResult& result) {
    bool errors = false;
    for (const Diagnostic& one : result.diagnostics) {
        errors = errors || one.severity == Severity::error;
        expect(one.code != "P9000", "what was compiled verifies");
        hold_place(one);
    }
    expect(errors == (result.policy == nullptr), "there is a policy unless there is an error");
    expect(result.text.empty() == result.diagnostics.empty(), "each finding is told");
}

/// Each warning of the checker is a finding, or silenced.
void hold_lint(const std::vector<SourceText>& sources, const CompileResult& result) {
    lint::Options how;
    how.compile = options();
    how.bounds.comparisons = 10'000;
    const lint::Result linted = lint::lint_sources(sources, how);
    for (const Diagnostic& one : linted.findings) hold_place(one);
    if (result.policy == nullptr) return;
    expect(linted.checked, "what compiles is looked at");
    expect(linted.findings.size() + linted.silenced.size() >= result.diagnostics.size(),
           "no warning is lost");
}

void hold_tighter(std::vector<SourceText> sources, const PolicyPtr& policy) {
    sources.front().text += "\nblock fuzz_more on * when stage == execute\n";
    const CompileResult more = compiled(sources);
    if (more.policy != nullptr) hold_tightened(policy, more.policy);
}

void hold_order(std::vector<SourceText> sources, const PolicyPtr& policy) {
    std::reverse(sources.begin(), sources.end());
    const CompileResult other = compiled(sources);
    expect(other.policy != nullptr && other.policy->hash() == policy->hash(),
           "the order of files does not matter");
}

void hold_rules(std::string_view input) {
    const std::vector<SourceText> sources = sources_of(input);
    const CompileResult result = compiled(sources);
    hold_diagnostics(result);
    hold_lint(sources, result);
    if (result.policy == nullptr) return;
    const std::string bytes = result.policy->save();
    const LoadResult loaded = load_policy(bytes, small_limits());
    if (bytes.size() <= small_limits().compiled_bytes) {
        expect(loaded.policy != nullptr, "what was saved loads");
        expect(loaded.policy->save() == bytes, "what was loaded saves to the same bytes");
        hold_same(result.policy, loaded.policy);
    }
    expect(!result.policy->disassemble().empty(), "a policy has a listing");
    hold_tighter(sources, result.policy);
    if (sources.size() > 1) hold_order(sources, result.policy);
}

}  // namespace
}  // namespace proviso::fuzz

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    proviso::fuzz::hold_rules(proviso::fuzz::text_of(data, size));
    return 0;
}
