#include "grammar/words.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace proviso::grammar {
namespace {

constexpr std::string_view reserved[] = {
    // statements
    "policy", "import", "param", "type", "attributes", "facts", "data", "tool", "catalogue", "role",
    "bind", "authority", "approval", "window", "let", "table", "raise", "allow", "notify", "gate",
    "block", "counter", "limit", "matrix", "default", "obligation", "example", "trial",
    // clauses
    "on", "at", "when", "unless", "by", "tell", "within", "oblige", "because", "fix", "where",
    "per", "over", "count", "sum", "distinct", "call", "as", "with", "gives",
    // grammar
    "or", "and", "not", "in", "is", "like", "matches", "has", "missing", "true", "false", "each",
    "except", "to", "for", "from", "can"};

constexpr std::size_t longest_reserved = 10;

/// For each first letter the lengths of reserved words that start with it, one bit a length.
constexpr std::array<std::uint16_t, 26> reserved_lengths = [] {
    std::array<std::uint16_t, 26> lengths{};
    for (const std::string_view word : reserved) {
        auto& bits = lengths[static_cast<std::size_t>(word[0] - 'a')];
        bits = static_cast<std::uint16_t>(bits | (1U << word.size()));
    }
    return lengths;
}();

using Words = std::vector<std::string_view>;

struct StatementClauses {
    std::string_view statement;
    Words words;
};

const std::vector<StatementClauses>& clause_table() {
    static const std::vector<StatementClauses> table = {
        {"allow", {"on", "at", "when", "unless", "oblige", "because", "fix"}},
        {"notify", {"on", "at", "when", "unless", "tell", "oblige", "because", "fix"}},
        {"gate", {"on", "at", "when", "unless", "by", "oblige", "because", "fix"}},
        {"block", {"on", "at", "when", "unless", "oblige", "because", "fix"}},
        {"raise", {"on", "at", "when", "unless", "to"}},
        {"counter", {"on", "at", "where", "per", "over"}},
        {"limit",
         {"on", "at", "count", "sum", "distinct", "where", "per", "over", "unless", "oblige",
          "because", "fix"}},
        {"matrix", {"by", "on", "at"}},
        {"default matrix", {"by", "on", "at"}},
        {"tool", {"tier", "stages", "undo", "tags", "args"}},
        {"role", {"extends", "can"}},
        {"approval", {"needs", "within", "valid", "escalate", "never"}},
        {"window", {"in", "except"}},
        {"example", {"call", "at", "as", "with", "gives"}},
    };
    return table;
}

}  // namespace

bool contains(const std::vector<std::string_view>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_reserved(std::string_view word) {
    if (word.empty() || word.size() > longest_reserved) return false;
    const auto letter = static_cast<unsigned char>(word[0] - 'a');
    if (letter >= reserved_lengths.size()) return false;
    if (((reserved_lengths[letter] >> word.size()) & 1U) == 0) return false;
    return std::find(std::begin(reserved), std::end(reserved), word) != std::end(reserved);
}

const Words& statement_words() {
    static const Words words = {
        "policy", "import",    "param",   "type",     "attributes", "facts",     "data",
        "tool",   "role",      "bind",    "approval", "window",     "authority", "let",
        "table",  "catalogue", "raise",   "allow",    "notify",     "gate",      "obligation",
        "block",  "counter",   "default", "limit",    "matrix",     "example",   "trial"};
    return words;
}

const Words& stage_words() {
    static const Words words = {"read", "propose", "prepare", "approve", "execute"};
    return words;
}

const Words& clause_words(std::string_view statement) {
    static const Words none;
    for (const StatementClauses& entry : clause_table()) {
        if (entry.statement == statement) return entry.words;
    }
    return none;
}

bool is_clause_word(std::string_view word) {
    const auto has_word = [&](const StatementClauses& entry) {
        return std::find(entry.words.begin(), entry.words.end(), word) != entry.words.end();
    };
    return std::any_of(clause_table().begin(), clause_table().end(), has_word);
}

bool is_weekday(std::string_view word) {
    return std::find(weekdays.begin(), weekdays.end(), word) != weekdays.end();
}

bool is_long_weekday(std::string_view word) {
    constexpr std::string_view days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday"};
    const auto same = [](char a, char b) { return (a | 0x20) == b; };
    for (const std::string_view day : days) {
        const bool is_short = word.size() == 3 && word != day.substr(0, 3);
        const std::string_view shape = is_short ? day.substr(0, 3) : day;
        if (std::equal(word.begin(), word.end(), shape.begin(), shape.end(), same)) return true;
    }
    return false;
}

std::string_view weekday_meant(std::string_view word) {
    struct Day {
        std::string_view day, english, german;
    };
    constexpr Day days[] = {{"mon", "mondays", "montags"},      {"tue", "tuesdays", "dienstags"},
                            {"wed", "wednesdays", "mittwochs"}, {"thu", "thursdays", "donnerstags"},
                            {"fri", "fridays", "freitags"},     {"sat", "saturdays", "samstags"},
                            {"sun", "sundays", "sonntags"}};
    constexpr std::size_t shortest = 2;
    if (word.size() < shortest) return {};
    const auto same = [](char a, char b) { return (a | 0x20) == b; };
    for (const Day& day : days) {
        for (const std::string_view name : {day.english, day.german}) {
            const std::string_view front = name.substr(0, word.size());
            if (std::equal(word.begin(), word.end(), front.begin(), front.end(), same)) {
                return day.day;
            }
        }
    }
    return {};
}

std::string presence_help(std::string_view path, bool negated) {
    return fmt::format("write `{} {}`", negated ? "has" : "missing", path);
}

std::string capitals(std::string_view word) {
    std::string upper(word);
    for (char& letter : upper) {
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    }
    return upper;
}

}  // namespace proviso::grammar
