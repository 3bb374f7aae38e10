#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/words.h"
#include "simulator/mapping/mapping_words.h"
#include "suites/expectation.h"
#include "tests/fuzz/pieces.h"
#include "tests/fuzz/seeds.h"

namespace proviso::fuzz {
namespace {

void write(const std::filesystem::path& path, std::string_view text) {
    std::ofstream(path, std::ios::binary)
        .write(text.data(), static_cast<std::streamsize>(text.size()));
}

std::string escaped(std::string_view word) {
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

std::vector<std::string> suite_words() {
    std::vector<std::string> words = {
        ": ",        "- ",        "{call: ", "cases:\n",    "defaults: ", "steps: ",
        "columns: ", "rows: ",    "times: ", "approvals: ", "expect: ",   "has: ",
        "not: ",     "confirm: ", "halt: ",  "&a ",         "*a"};
    append(words, suites::asked_words());
    append(words, simulator::outcome_words());
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

std::vector<std::string> approval_words() {
    return {"\"by\": ",
            "\"roles\": ",
            "\"plan\": ",
            "\"gates\": ",
            "\"requested_at\": ",
            "\"at\": ",
            "\"verdict\": ",
            "\"signature\": ",
            "\"roles_now\": ",
            "approve",
            "reject",
            "lead",
            "auditor",
            "cfo",
            "large",
            "far",
            "payments_per_day",
            "2026-11-25T09:30:00Z",
            "ann",
            "bot"};
}

}  // namespace

void SeedWriter::seed(std::string_view target, std::string_view text) {
    if (text.empty()) return;
    std::filesystem::create_directories(folder_ / target);
    write(folder_ / target / ("seed" + std::to_string(count_++)), text);
}

void SeedWriter::dictionary(const std::string& target, std::vector<std::string> words) {
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    std::string text;
    for (const std::string& word : words) text += '"' + escaped(word) + "\"\n";
    write(folder_ / (target + ".dict"), text);
}

void add_dictionaries(SeedWriter& writer) {
    writer.dictionary("rules", rule_words());
    writer.dictionary("mapping", mapping_words());
    writer.dictionary("unfold", mapping_words());
    writer.dictionary("yaml", mapping_words());
    writer.dictionary("suite", suite_words());
    writer.dictionary("call", call_words());
    writer.dictionary("history", call_words());
    writer.dictionary("approvals", approval_words());
    writer.dictionary("packed", call_words());
    writer.dictionary("compiled", {});
    writer.dictionary("store", {});
}

}  // namespace proviso::fuzz
