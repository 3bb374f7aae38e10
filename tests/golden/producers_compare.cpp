// A policy against a baseline, on a history: how the report tells what differs. Produced: `told`,
// the lines of the terminal's report about the comparison up to its table, and `changed`, what the
// JSON report has of rules and other statements that differ.
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "simulator/render/render.h"
#include "simulator/run.h"
#include "tests/golden/registry.h"
#include <proviso/proviso.h>

namespace proviso::golden {

namespace {

namespace fs = std::filesystem;
using CompareJson = nlohmann::ordered_json;

PolicyPtr policy_in(const GoldenFile& file, std::string_view section) {
    const CompileResult made =
        compile_text(std::string(file.text(section)), std::string(section) + ".proviso");
    if (made.policy == nullptr) throw std::runtime_error(made.text);
    return made.policy;
}

simulator::Report compare_run(const GoldenFile& file) {
    const fs::path history =
        fs::temp_directory_path() / fmt::format("proviso-compare-{}.jsonl", ::getpid());
    std::ofstream(history, std::ios::binary) << file.text("history");
    simulator::Options options;
    options.policy = policy_in(file, "policy");
    options.baseline = policy_in(file, "baseline");
    options.threads = 1;
    options.histories = {history.string()};
    simulator::Result result = simulator::run(options);
    fs::remove(history);
    if (!result.ok()) throw std::runtime_error(result.error);
    return std::move(result.report);
}

std::string told(const GoldenFile& file) {
    const std::string text = simulator::render_text(compare_run(file), {});
    const std::size_t begin = text.find(" (", text.find(" against "));
    const std::size_t end = text.find("  the baseline down", begin);
    if (end == std::string::npos) throw std::runtime_error("nothing is compared");
    return text.substr(text.find('\n', begin) + 1, end - text.find('\n', begin) - 1);
}

std::string changed(const GoldenFile& file) {
    const CompareJson report = CompareJson::parse(simulator::to_json(compare_run(file)));
    const CompareJson& made = report["comparison"];
    std::string text;
    for (const CompareJson& one : made["changed_rules"]) text += one.dump() + '\n';
    for (const CompareJson& one : made["changed_statements"]) text += one.dump() + '\n';
    return text.empty() ? "none\n" : text;
}

}  // namespace

void register_compare(Registry& registry) {
    registry.given("baseline");
    registry.given("policy");
    registry.given("history");
    registry.produced("told", told);
    registry.produced("changed", changed);
}

}  // namespace proviso::golden
