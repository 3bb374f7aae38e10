// Other people's logs: `map` is a mapping file, or `map: NAME` one that comes with the program;
// `history` the log; `policy` what decides. Produced: `decided`, a line for each call and for each
// part that cannot be read, with its place: line, and #2 for the second call of a line. The run is
// repeated in blocks of one byte and on two threads, and has to come to the same.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "simulator/mapping/mapping.h"
#include "simulator/run.h"
#include "tests/golden/registry.h"
#include <proviso/proviso.h>

namespace proviso::golden {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// Files of one case, gone with it.
class CaseFolder {
  public:
    CaseFolder()
        : folder_(fs::temp_directory_path() / fmt::format("proviso-golden-{}", ::getpid())) {
        fs::create_directories(folder_);
    }
    ~CaseFolder() { fs::remove_all(folder_); }
    CaseFolder(const CaseFolder&) = delete;
    CaseFolder& operator=(const CaseFolder&) = delete;

    [[nodiscard]] std::string path(std::string_view name) const {
        return (folder_ / name).string();
    }
    [[nodiscard]] std::string write(std::string_view name, std::string_view text) const {
        std::ofstream(path(name), std::ios::binary) << text;
        return path(name);
    }
    [[nodiscard]] std::string read(std::string_view name) const {
        std::ifstream file(path(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

  private:
    fs::path folder_;
};

std::string place_of(const Json& at) {
    std::string text = fmt::format("{}", at["line"].get<int>());
    if (at.contains("call")) text += fmt::format("#{}", at["call"].get<int>());
    return text;
}

std::string members(const Json& object) {
    std::string text;
    for (const auto& [key, value] : object.items())
        text += fmt::format(" {}={}", key, value.dump());
    return text;
}

std::string decided_line(const Json& call) {
    std::string text =
        fmt::format("{}: {} ({}) {}", place_of(call), call["outcome"].get<std::string>(),
                    call["reason"].get<std::string>(), call["tool"].get<std::string>());
    for (const char* key : {"id", "run"}) {
        if (call.contains(key)) text += fmt::format(" {}={}", key, call[key].dump());
    }
    if (call.contains("recorded")) text += "\n   " + members(call["recorded"]);
    if (call.contains("labels")) text += "\n   " + members(call["labels"]);
    if (call.contains("missing")) {
        for (const Json& one : call["missing"]) {
            text += fmt::format("\n    missing {} ({})", one["name"].get<std::string>(),
                                one["cause"].get<std::string>());
        }
    }
    return text + '\n';
}

simulator::Options options_of(const GoldenFile& file, const CaseFolder& folder) {
    const Section* map = file.find("map");
    if (map == nullptr) throw std::runtime_error("there is no section `map`");
    simulator::Options options;
    const CompileResult compiled = compile_text(std::string(file.text("policy")), "policy.proviso");
    if (compiled.policy == nullptr) throw std::runtime_error(compiled.text);
    options.policy = compiled.policy;
    options.threads = 1;
    options.histories = {folder.write("history.jsonl", file.text("history"))};
    options.mapping = map->argument.empty() ? folder.write("map.yaml", map->body) : map->argument;
    return options;
}

simulator::Report run_of(const simulator::Options& options) {
    simulator::Result result = simulator::run(options);
    if (!result.ok()) throw std::runtime_error(result.error);
    return std::move(result.report);
}

std::string decided(const GoldenFile& file) {
    const CaseFolder folder;
    simulator::Options options = options_of(file, folder);
    options.decisions = folder.path("decisions");
    const simulator::Report report = run_of(options);
    std::string lines = folder.read("decisions");
    std::string text;
    for (std::size_t end = lines.find('\n'); end != std::string::npos; end = lines.find('\n')) {
        text += decided_line(Json::parse(lines.substr(0, end)));
        lines.erase(0, end + 1);
    }
    for (const simulator::BadLine& bad : report.bad_lines) {
        text += simulator::place_text("bad ", bad.line, bad.call).replace(0, 5, "bad ") + ": " +
                bad.reason + '\n';
    }
    text += fmt::format("{} lines, {} without a call, {} calls, {} bad\n", report.lines,
                        report.skipped + report.blank, report.counts.calls(), report.bad);
    options.decisions.clear();
    options.block_bytes = 1;
    options.threads = 2;
    if (run_of(options).digest != report.digest) throw std::runtime_error("blocks show");
    return text;
}

std::string mapping_error(const GoldenFile& file) {
    const simulator::MappingResult read =
        simulator::parse_mapping(std::string(file.text("map")), "map.yaml");
    return read.mapping ? "none\n" : read.error + '\n';
}

}  // namespace

void register_adapters(Registry& registry) {
    registry.given("policy");
    registry.given("map");
    registry.given("history");
    registry.produced("decided", decided);
    registry.produced("mapping_error", mapping_error);
}

}  // namespace proviso::golden
