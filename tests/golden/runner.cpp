#include "tests/golden/runner.h"

#include <algorithm>
#include <exception>
#include <fstream>
#include <iterator>
#include <vector>

#include <fmt/core.h>

#include "tests/golden/diff.h"

namespace proviso::golden {
namespace {

namespace fs = std::filesystem;

struct Outcome {
    std::string error;  // the case is not a case, or a producer failed
    std::string diff;   // what is made differs from what the file holds
};

std::string read_text(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_text(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

bool holds_head(std::string_view body) {
    return body.starts_with("--- ") || body.find("\n--- ") != std::string_view::npos;
}

void produce_section(GoldenFile& file, const Producer& producer, Outcome& outcome) {
    Section& section = file.sections[file.producing];
    std::string made = producer(file);
    if (holds_head(made)) {
        outcome.error = fmt::format("`{}` makes a line that starts a section", section.name);
    } else if (!same_body(section.body, made)) {
        outcome.diff += fmt::format("  `{}` differs: - the file, + what is made\n{}", section.name,
                                    line_diff(section.body, made));
        section.body = body_for(made, section.body);
    }
}

Outcome produce_all(GoldenFile& file, const Registry& registry) {
    Outcome outcome;
    bool any = false;
    for (std::size_t i = 0; i < file.sections.size() && outcome.error.empty(); ++i) {
        file.producing = i;
        const std::string& name = file.sections[i].name;
        if (const Producer* producer = registry.find(file.stage, name)) {
            any = true;
            try {
                produce_section(file, *producer, outcome);
            } catch (const std::exception& failure) {
                outcome.error = fmt::format("`{}` cannot be made: {}", name, failure.what());
            }
        } else if (!registry.is_given(name)) {
            outcome.error = fmt::format("no stage knows a section `{}`", name);
        }
    }
    if (!any && outcome.error.empty()) outcome.error = "no section of it is produced";
    return outcome;
}

Outcome run_case(const Options& options, const std::string& path, const Registry& registry,
                 Count& count) {
    Parsed parsed = parse_golden(read_text(options.root / path));
    if (std::count(path.begin(), path.end(), '/') != 2) {
        parsed.error = "a case lies in <stage>/<feature>/<case>.txt";
    }
    if (!parsed.error.empty()) return {parsed.error, {}};
    parsed.file.path = path;
    parsed.file.stage = path.substr(0, path.find('/'));
    Outcome outcome = produce_all(parsed.file, registry);
    if (options.update && outcome.error.empty() && !outcome.diff.empty()) {
        write_text(options.root / path, print_golden(parsed.file));
        outcome.diff.clear();
        ++count.rewritten;
    }
    return outcome;
}

std::vector<std::string> cases_of(const Options& options) {
    std::vector<std::string> paths;
    for (const auto& entry : fs::recursive_directory_iterator(options.root)) {
        if (entry.path().extension() != ".txt" || !entry.is_regular_file()) continue;
        const std::string path = entry.path().lexically_relative(options.root).generic_string();
        if (path == "CMakeLists.txt") continue;
        if (!options.stage.empty() && !path.starts_with(options.stage + "/")) continue;
        if (path.find(options.filter) == std::string::npos) continue;
        paths.push_back(path);
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace

std::string produce(GoldenFile& file, const Registry& registry) {
    const Outcome outcome = produce_all(file, registry);
    return outcome.error.empty() ? outcome.diff : outcome.error;
}

Count run_golden(const Options& options, const Registry& registry) {
    Count count;
    for (const std::string& path : cases_of(options)) {
        const Outcome outcome = run_case(options, path, registry, count);
        if (outcome.error.empty() && outcome.diff.empty()) {
            ++count.passed;
            continue;
        }
        ++count.failed;
        fmt::print("FAILED {}\n", path);
        if (!outcome.error.empty()) fmt::print("  {}\n", outcome.error);
        fmt::print("{}", outcome.diff);
    }
    return count;
}

}  // namespace proviso::golden
