// usage: fuzz_seeds FOLDER
//
// Writes what the fuzzers begin with: FOLDER/TARGET/* from the golden files, the packs and the
// pages of docs/, and FOLDER/TARGET.dict from the word lists of the grammar and of the simulator.
// So a new golden file is a seed, and a new word is in the dictionary, without a list to keep.
#include "tests/fuzz/seeds.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/bounds.h"
#include "tests/fuzz/pieces.h"
#include "tests/golden/golden_file.h"
#include "tests/tree/tree.h"
#include <proviso/proviso.h>

namespace proviso::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t header_bytes = 16;  // of a compiled set, before its payload
constexpr std::size_t hash_bytes = 32;    // behind it
constexpr std::size_t most_compiled = 12'000;
constexpr std::ptrdiff_t packed_lines = 8;  // that have columns to speak of

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> files_below(const fs::path& folder, std::string_view extension) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == extension) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

// ---------------------------------------------------------------- from golden files

std::string rules_of(const golden::GoldenFile& file) {
    std::string text;
    for (const golden::Section& section : file.sections) {
        if (section.name != "policy" && section.name != "file") continue;
        if (!text.empty()) text += separator;
        text += section.body;
    }
    return text;
}

void add_compiled(SeedWriter& writer, const std::string& rules) {
    std::vector<SourceText> sources;
    for (const std::string_view text : pieces(rules, 4)) {
        sources.push_back({"f" + std::to_string(sources.size()) + ".proviso", std::string(text)});
    }
    CompileOptions options;
    options.limits = small_limits();
    const CompileResult result = compile_sources(sources, options);
    if (result.policy == nullptr) return;
    const std::string bytes = result.policy->save();
    if (bytes.size() > most_compiled) return;
    writer.seed("compiled", std::string_view(bytes).substr(
                                header_bytes, bytes.size() - header_bytes - hash_bytes));
}

void add_calls(SeedWriter& writer, const golden::GoldenFile& file) {
    const std::string_view calls = file.text("call");
    if (calls.empty()) return;
    writer.seed("history", calls);
    if (std::count(calls.begin(), calls.end(), '\n') >= packed_lines) add_packed(writer, calls);
    std::string call{calls.substr(0, calls.find('\n'))};
    const std::size_t args = call.find("\"args\":");
    if (args == std::string::npos) {
        writer.seed("call", call + separator + "{}");
        return;
    }
    // The args stand last in golden files: what is left of the line is theirs and the brace.
    std::string host = call.substr(0, args);
    while (!host.empty() && (host.back() == ',' || host.back() == ' ')) host.pop_back();
    const std::string rest = call.substr(args + 7);
    writer.seed("call", host + "}" + separator + rest.substr(0, rest.rfind('}')));
}

/// A mapping, its own or a shipped one, and a log.
void add_adapter(SeedWriter& writer, const fs::path& root, const golden::GoldenFile& file) {
    const golden::Section* map = file.find("map");
    if (map == nullptr) return;
    const std::string text = map->argument.empty()
                                 ? map->body
                                 : read_file(root / "mappings" / (map->argument + ".map.yaml"));
    writer.seed("mapping", text);
    writer.seed("yaml", text);
    writer.seed("unfold", text + separator + std::string(file.text("history")));
    writer.seed("history", file.text("history"));
}

void add_golden(SeedWriter& writer, const fs::path& root) {
    for (const fs::path& path : files_below(root / "tests/golden", ".txt")) {
        const golden::Parsed parsed = golden::parse_golden(read_file(path));
        const std::string rules = rules_of(parsed.file);
        writer.seed("rules", rules);
        add_compiled(writer, rules);
        add_calls(writer, parsed.file);
        add_adapter(writer, root, parsed.file);
    }
}

// ---------------------------------------------------------------- from packs and pages

/// Bodies of the fenced blocks of a page that are of this kind.
std::vector<std::string> blocks_of(const std::string& page, const std::string& kind) {
    std::vector<std::string> found;
    const std::string fence = "```" + kind + "\n";
    for (std::size_t at = page.find(fence); at != std::string::npos; at = page.find(fence, at)) {
        at += fence.size();
        found.push_back(page.substr(at, page.find("```", at) - at));
    }
    return found;
}

void add_pages(SeedWriter& writer, const fs::path& root) {
    for (const fs::path& path : files_below(root / "docs", ".md")) {
        const std::string page = read_file(path);
        for (const std::string& text : blocks_of(page, "proviso")) writer.seed("rules", text);
        for (const std::string& text : blocks_of(page, "json")) {
            writer.seed("history", text);
            writer.seed("call", text + separator + "{}");
        }
        for (const std::string& text : blocks_of(page, "yaml")) {
            writer.seed("mapping", text);
            writer.seed("yaml", text);
            writer.seed("suite", text);
        }
    }
}

void add_packs(SeedWriter& writer, const fs::path& root) {
    for (const fs::path& path : files_below(root / "policies", ".proviso")) {
        writer.seed("rules", read_file(path));
    }
    for (const fs::path& path : files_below(root / "policies", ".yaml")) {
        writer.seed("mapping", read_file(path));
        writer.seed("yaml", read_file(path));
        writer.seed("suite", read_file(path));
    }
    for (const fs::path& path : files_below(root / "policies", ".jsonl")) {
        writer.seed("history", read_file(path).substr(0, 2'000));
    }
    const std::string calls = read_file(root / "tests/fuzz/call.proviso");
    writer.seed("rules", calls);
    add_compiled(writer, calls);
    for (const fs::path& path : files_below(root / "tests/fuzz", ".calls")) {
        const std::string lines = read_file(path);
        writer.seed("history", lines);
        add_packed(writer, lines);
        std::string_view rest = lines;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            const std::string line{rest.substr(0, end)};
            rest.remove_prefix(std::min(end + 1, rest.size()));
            const std::size_t args = line.find(", \"args\": ");
            if (args == std::string::npos) continue;
            const std::string host = line.substr(0, args) + "}";
            const std::string body = line.substr(args + 10, line.size() - args - 11);
            writer.seed("call", host + separator + body + separator + host + separator + "{}");
        }
    }
}

int write_all(const fs::path& folder) {
    const fs::path root = tests::tree();
    fs::remove_all(folder);
    fs::create_directories(folder);
    SeedWriter writer(folder);
    add_golden(writer, root);
    add_pages(writer, root);
    add_packs(writer, root);
    add_approvals(writer);
    add_stores(writer);
    add_dictionaries(writer);
    std::printf("%zu seeds\n", writer.count());
    return writer.count() > 0 ? 0 : 1;
}

}  // namespace
}  // namespace proviso::fuzz

int main(int count, char** arguments) {
    if (count != 2) {
        std::fputs("usage: fuzz_seeds FOLDER\n", stderr);
        return 2;
    }
    return proviso::fuzz::write_all(arguments[1]);
}
