// usage: fuzz_seeds FOLDER
//
// Writes what the fuzzers begin with: FOLDER/TARGET/* from the golden files, the packs and the
// pages of docs/, and FOLDER/TARGET.dict from the word lists of the grammar and of the simulator.
// So a new golden file is a seed, and a new word is in the dictionary, without a list to keep.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/words.h"
#include "simulator/mapping_words.h"
#include "tests/fuzz/bounds.h"
#include "tests/fuzz/pieces.h"
#include "tests/golden/golden_file.h"
#include <proviso/proviso.h>

namespace proviso::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t header_bytes = 16;  // of a compiled set, before its payload
constexpr std::size_t hash_bytes = 32;    // behind it
constexpr std::size_t most_compiled = 12'000;

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

class Writer {
  public:
    explicit Writer(fs::path folder) : folder_(std::move(folder)) {
        for (const char* target : {"rules", "call", "compiled", "mapping", "history", "yaml"}) {
            fs::create_directories(folder_ / target);
        }
    }

    void seed(std::string_view target, std::string_view text) {
        if (text.empty()) return;
        write(folder_ / target / ("seed" + std::to_string(count_++)), text);
    }
    void dictionary(const std::string& target, std::vector<std::string> words) {
        std::sort(words.begin(), words.end());
        words.erase(std::unique(words.begin(), words.end()), words.end());
        std::string text;
        for (const std::string& word : words) text += '"' + escaped(word) + "\"\n";
        write(folder_ / (target + ".dict"), text);
    }
    [[nodiscard]] std::size_t count() const { return count_; }

  private:
    static std::string escaped(std::string_view word) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        std::string text;
        for (const char letter : word) {
            const auto byte = static_cast<unsigned char>(letter);
            if (byte >= 0x20 && byte < 0x7F && letter != '"' && letter != '\\') {
                text += letter;
            } else {
                text += "\\x";
                text += digits[byte / 16];
                text += digits[byte % 16];
            }
        }
        return text;
    }
    static void write(const fs::path& path, std::string_view text) {
        std::ofstream(path, std::ios::binary)
            .write(text.data(), static_cast<std::streamsize>(text.size()));
    }

    fs::path folder_;
    std::size_t count_ = 0;
};

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

void add_compiled(Writer& writer, const std::string& rules) {
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

void add_calls(Writer& writer, const golden::GoldenFile& file) {
    const std::string_view calls = file.text("call");
    if (calls.empty()) return;
    writer.seed("history", calls);
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

void add_golden(Writer& writer, const fs::path& root) {
    for (const fs::path& path : files_below(root / "tests/golden", ".txt")) {
        const golden::Parsed parsed = golden::parse_golden(read_file(path));
        const std::string rules = rules_of(parsed.file);
        writer.seed("rules", rules);
        add_compiled(writer, rules);
        add_calls(writer, parsed.file);
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

void add_pages(Writer& writer, const fs::path& root) {
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
        }
    }
}

void add_packs(Writer& writer, const fs::path& root) {
    for (const fs::path& path : files_below(root / "policies", ".proviso")) {
        writer.seed("rules", read_file(path));
    }
    for (const fs::path& path : files_below(root / "policies", ".yaml")) {
        writer.seed("mapping", read_file(path));
        writer.seed("yaml", read_file(path));
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

// ---------------------------------------------------------------- dictionaries

void append(std::vector<std::string>& words, const auto& more) {
    for (const std::string_view word : more) words.emplace_back(word);
}

std::vector<std::string> rule_words() {
    std::vector<std::string> words = {"==",
                                      "!=",
                                      "<=",
                                      ">=",
                                      "..",
                                      "??",
                                      "##",
                                      "\n",
                                      "r\"",
                                      "{{",
                                      "}}",
                                      "(x in xs: ",
                                      "| _ |",
                                      "bool",
                                      "int",
                                      "decimal",
                                      "money",
                                      "string",
                                      "duration",
                                      "time",
                                      "date",
                                      "weekday",
                                      "ip",
                                      "USD",
                                      "EUR",
                                      "4h",
                                      "2026-11-20",
                                      "2026-11-20T15:00Z",
                                      "mon..fri 09:00..17:00",
                                      "in \"UTC\"",
                                      "args open",
                                      "every",
                                      "any(",
                                      "all(",
                                      "count(",
                                      "sum(",
                                      "length(",
                                      "@tag",
                                      "args.",
                                      "principal",
                                      "agent",
                                      "environment",
                                      "default matrix",
                                      "trial until "};
    append(words, grammar::statement_words());
    append(words, grammar::stage_words());
    for (const std::string_view statement : grammar::statement_words()) {
        append(words, grammar::clause_words(statement));
    }
    append(words, grammar::clause_words("default matrix"));
    return words;
}

std::vector<std::string> mapping_words() {
    std::vector<std::string> words = {": ",   "- ", "{value: ", "&a ", "*a",
                                      "<<: ", "/",  "~1",       "|\n"};
    append(words, simulator::mapping_sections());
    append(words, simulator::call_keys());
    append(words, simulator::report_keys());
    append(words, simulator::recorded_keys());
    append(words, simulator::field_keys());
    append(words, simulator::filter_keys());
    append(words, simulator::time_words());
    return words;
}

std::vector<std::string> call_words() {
    std::vector<std::string> words = {"null",
                                      "true",
                                      "false",
                                      "\\u0000",
                                      "\\ud83d\\ude00",
                                      "\\\"",
                                      "1e999",
                                      "-0",
                                      "0.1",
                                      "9223372036854775807",
                                      "USD",
                                      "\"amount\": ",
                                      "\"currency\": ",
                                      "2026-11-20T15:00:00Z",
                                      std::string("}") + separator};
    for (const std::string_view key : simulator::call_keys()) {
        words.push_back("\"" + std::string(key) + "\": ");
        const std::size_t dot = key.find('.');
        if (dot != std::string_view::npos) {
            words.push_back("\"" + std::string(key.substr(dot + 1)) + "\": ");
        }
    }
    append(words, simulator::outcome_words());
    append(words, simulator::verdict_words());
    return words;
}

int write_all(const fs::path& folder) {
    const fs::path root = PROVISO_SOURCE_DIR;
    fs::remove_all(folder);
    Writer writer(folder);
    add_golden(writer, root);
    add_pages(writer, root);
    add_packs(writer, root);
    writer.dictionary("rules", rule_words());
    writer.dictionary("mapping", mapping_words());
    writer.dictionary("yaml", mapping_words());
    writer.dictionary("call", call_words());
    writer.dictionary("history", call_words());
    writer.dictionary("compiled", {});
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
