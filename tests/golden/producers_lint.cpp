// What `proviso lint` finds. Given: `policy` (the file p.proviso), more files in `file: NAME`, data
// files and tools lists in `data: NAME`, the day in `today`, bounds in `bounds` (lines
// `name = value`). Produced: `findings`, and `silenced`, a line each.

#include <charconv>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "engine/model/calendar.h"
#include "lint/lint.h"
#include "tests/golden/registry.h"

namespace proviso::golden {
namespace {

std::size_t bound_named(std::string_view text, std::string_view name, std::size_t otherwise) {
    const std::size_t at = text.find(std::string(name) + " = ");
    if (at == std::string_view::npos) return otherwise;
    const char* begin = text.data() + at + name.size() + 3;
    std::size_t value = 0;
    std::from_chars(begin, text.data() + text.size(), value);
    return value;
}

lint::Options lint_options(const GoldenFile& file) {
    lint::Options options;
    const std::string_view bounds = file.text("bounds");
    options.bounds.rules = bound_named(bounds, "rules", options.bounds.rules);
    options.bounds.alternatives = bound_named(bounds, "alternatives", options.bounds.alternatives);
    options.bounds.comparisons = bound_named(bounds, "comparisons", options.bounds.comparisons);
    options.bounds.findings = bound_named(bounds, "findings", options.bounds.findings);
    options.bounds.names = bound_named(bounds, "names", options.bounds.names);
    const std::string_view today = file.text("today");
    if (const auto day = model::parse_date(today.substr(0, today.find('\n')))) {
        options.compile.today = std::chrono::sys_days(std::chrono::days(*day));
    }
    for (const Section* section : file.all("data")) {
        options.compile.data_files.push_back({section->argument, section->body});
    }
    return options;
}

lint::Result linted(const GoldenFile& file) {
    std::vector<SourceText> sources{{"p.proviso", std::string(file.text("policy"))}};
    for (const Section* section : file.all("file")) {
        sources.push_back({section->argument, section->body});
    }
    return lint::lint_sources(std::move(sources), lint_options(file));
}

std::string produce_findings(const GoldenFile& file) {
    lint::Result result = linted(file);
    return result.text.empty() ? "none\n" : std::move(result.text);
}

std::string produce_silenced(const GoldenFile& file) {
    std::string lines;
    for (const lint::Silenced& one : linted(file).silenced) {
        lines += fmt::format("{}:{}:{} {}: {}\n", one.finding.file, one.finding.line,
                             one.finding.column, one.finding.code, one.reason);
    }
    return lines.empty() ? "none\n" : lines;
}

}  // namespace

void register_lint(Registry& registry) {
    registry.given("policy");
    registry.given("file");
    registry.given("data");
    registry.given("today");
    registry.given("bounds");
    registry.produced("findings", produce_findings);
    registry.produced("silenced", produce_silenced);
}

}  // namespace proviso::golden
