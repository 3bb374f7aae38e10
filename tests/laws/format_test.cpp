// The form of a text says what the text says: its tree is the same, so is the set's hash, no
// comment is lost, and the form is its own form. On generated sets, on all rule text of the golden
// files and the packs, and on both with blanks, line ends and comments scattered over them.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/golden/golden_file.h"
#include "tests/laws/layouts.h"
#include "tests/laws/trials.h"
#include "tests/tree/tree.h"

namespace proviso::laws {
namespace {

namespace fs = std::filesystem;

std::string said_with(const std::string& what, const std::string& text, const std::string& form) {
    return fmt::format("\n{}\n--- text\n{}\n--- form\n{}\n", what, text, form);
}

constexpr std::size_t widest = 100;

/// Lines that are too wide although they could be broken: no text, row or comment.
bool has_wide_line(const std::string& form) {
    std::istringstream lines(form);
    for (std::string line; std::getline(lines, line);) {
        if (line.size() <= widest) continue;
        if (line.find_first_of("\"|#") == std::string::npos) return true;
    }
    return false;
}

bool has_blank_ends(const std::string& form) {
    return form.find(" \n") != std::string::npos || form.find("\t\n") != std::string::npos ||
           form.find('\r') != std::string::npos || form.find("\n\n\n") != std::string::npos ||
           (!form.empty() && !form.ends_with('\n'));
}

/// Why the form of this text, which parses, is not what it should be; empty where it is.
std::string fault_of_form(const std::string& text, std::string& form) {
    const FormatResult result = format_text(text);
    if (!result.formatted) return said_with("is not formatted", text, result.text);
    form = *result.formatted;
    std::size_t comments_before = 0;
    std::size_t comments = 0;
    const std::string tree = tree_of(text, &comments_before);
    if (tree_of(form, &comments) != tree) return said_with("another tree", text, form);
    if (comments != comments_before) return said_with("another number of comments", text, form);
    if (has_blank_ends(form)) return said_with("blanks at an end", text, form);
    const FormatResult again = format_text(form);
    if (!again.formatted || *again.formatted != form) {
        return said_with("not its own form", form, again.formatted.value_or(again.text));
    }
    return {};
}

std::string fault_of_scattered(Random& random, const std::string& text, std::size_t tries) {
    const Scattered other = scattered(random, text, tries);
    std::string form;
    std::string fault = fault_of_form(other.text, form);
    for (std::size_t i = 0; i < other.comments && fault.empty(); ++i) {
        const bool has_it = form.find(fmt::format("# c{}.", i)) != std::string::npos;
        if (!has_it) fault = said_with(fmt::format("comment {} is lost", i), other.text, form);
    }
    return fault;
}

std::string content_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// All sets of the golden files that parse, file by file.
std::vector<std::vector<SourceText>> golden_sets() {
    std::vector<std::vector<SourceText>> sets;
    const fs::path root = tests::tree();
    for (const auto& entry : fs::recursive_directory_iterator(root / "tests/golden")) {
        if (entry.path().extension() != ".txt") continue;
        const golden::Parsed parsed = golden::parse_golden(content_of(entry.path()));
        std::vector<SourceText> sources;
        if (const golden::Section* policy = parsed.file.find("policy")) {
            sources.push_back({"p.proviso", policy->body});
        }
        for (const golden::Section* more : parsed.file.all("file")) {
            sources.push_back({more->argument, more->body});
        }
        const auto is_broken = [](const SourceText& source) {
            return !format_text(source.text).diagnostics.empty();
        };
        if (!sources.empty() && std::none_of(sources.begin(), sources.end(), is_broken)) {
            sets.push_back(std::move(sources));
        }
    }
    return sets;
}

std::vector<std::vector<SourceText>> packs() {
    std::vector<std::vector<SourceText>> sets;
    for (const auto& pack : fs::directory_iterator(tests::in_tree("policies"))) {
        std::vector<SourceText> sources;
        if (!pack.is_directory()) continue;
        for (const auto& entry : fs::directory_iterator(pack)) {
            if (entry.path().extension() != ".proviso") continue;
            sources.push_back({entry.path().filename().string(), content_of(entry.path())});
        }
        if (!sources.empty()) sets.push_back(std::move(sources));
    }
    return sets;
}

/// Empty where the set compiles to the same hash when its files are formatted, or not at all.
std::string fault_of_set(const std::vector<SourceText>& sources, std::size_t& compiled_sets) {
    std::vector<SourceText> formatted;
    for (const SourceText& source : sources) {
        std::string form;
        std::string fault = fault_of_form(source.text, form);
        if (!fault.empty()) return source.name + fault;
        formatted.push_back({source.name, form});
    }
    const PolicyPtr before = compile_sources(sources, given_data()).policy;
    const PolicyPtr after = compile_sources(formatted, given_data()).policy;
    if ((before == nullptr) != (after == nullptr)) return "compiles otherwise: " + sources[0].text;
    if (before == nullptr) return {};
    ++compiled_sets;
    return before->hash() == after->hash() ? "" : "another hash: " + sources[0].text;
}

/// Without some of its bytes, or with some of them once more elsewhere.
std::string damaged(Random& random, std::string text) {
    for (std::size_t i = 1 + random.below(2); i > 0 && !text.empty(); --i) {
        const std::size_t at = random.below(text.size());
        const std::string piece = text.substr(at, 1 + random.below(12));
        if (random.chance(50)) {
            text.erase(at, piece.size());
        } else {
            text.insert(random.below(text.size() + 1), piece);
        }
    }
    return text;
}

std::string with_clauses(const Statement& statement, const std::vector<std::string>& clauses) {
    if (clauses.empty()) return statement.text;
    std::string text = statement.head;
    for (const std::string& clause : clauses) text += "\n  " + clause;
    return text + "\n";
}

}  // namespace

TEST_CASE("the form of a set decides the same") {
    hold_law("form", 6'000, 10, [](Trial& trial) -> std::string {
        std::size_t compiled_sets = 0;
        const auto& sources = trial.set.compiled->sources;
        std::string fault = fault_of_set(sources, compiled_sets);
        for (const SourceText& source : sources) {
            const std::string form = *format_text(source.text).formatted;
            if (fault.empty() && has_wide_line(form)) fault = said_with("too wide", "", form);
        }
        return fault;
    });
}

TEST_CASE("wherever comments and line ends stand, the form keeps what is said") {
    hold_law("form of other layouts", 3'000, 10, [](Trial& trial) -> std::string {
        std::string fault;
        for (const Statement& statement : trial.set.statements) {
            if (fault.empty()) fault = fault_of_scattered(trial.random, statement.text, 20);
        }
        return fault;
    });
}

TEST_CASE("neither blanks nor the order of clauses make another form") {
    hold_law("one form", 3'000, 10, [](Trial& trial) -> std::string {
        for (const Statement& statement : trial.set.statements) {
            // What stands between the braces of a `because` is the author's.
            if (statement.text.find("because \"") != std::string::npos) continue;
            const std::string text = with_clauses(statement, statement.clauses);
            std::vector<std::string> clauses = statement.clauses;
            trial.random.shuffle(clauses);
            std::string other = with_clauses(statement, clauses);
            other = scattered(trial.random, other, 20, Scatter::blanks).text;
            const std::string form = *format_text(without_blank_lines(text)).formatted;
            const std::string other_form = *format_text(without_blank_lines(other)).formatted;
            if (form != other_form) return said_with("another form of\n" + other, form, other_form);
        }
        return {};
    });
}

TEST_CASE("the form of every set of the golden files and packs decides the same") {
    auto sets = golden_sets();
    CHECK(sets.size() >= 400);
    const auto more = packs();
    CHECK(!more.empty());
    sets.insert(sets.end(), more.begin(), more.end());
    std::size_t compiled_sets = 0;
    for (const auto& sources : sets) {
        const std::string fault = fault_of_set(sources, compiled_sets);
        if (!fault.empty()) std::cout << fault;
        CHECK(fault.empty());
    }
    CHECK(compiled_sets >= 150);
}

TEST_CASE("what still parses when it is damaged is formatted, and all else told") {
    Random random(20261126);
    std::size_t parsed = 0;
    for (const auto& sources : golden_sets()) {
        for (const SourceText& source : sources) {
            if (source.text.size() > 10'000) continue;
            for (std::size_t i = 0; i < fewer(40); ++i) {
                const std::string text = damaged(random, source.text);
                std::string form;
                if (tree_of(text) == "errors") {
                    CHECK(!format_text(text).formatted);
                    continue;
                }
                ++parsed;
                const std::string fault = fault_of_form(text, form);
                if (!fault.empty()) std::cout << fault;
                REQUIRE(fault.empty());
            }
        }
    }
    CHECK(parsed >= fewer(1'000));
}

TEST_CASE("comments and line ends anywhere in the golden files' rule text are kept") {
    Random random(20261125);
    for (const auto& sources : golden_sets()) {
        for (const SourceText& source : sources) {
            if (source.text.size() > 10'000) continue;  // those of limits
            const std::string fault = fault_of_scattered(random, source.text, fewer(60));
            if (!fault.empty()) std::cout << fault;
            REQUIRE(fault.empty());
        }
    }
}

}  // namespace proviso::laws
