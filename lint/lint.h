// `proviso lint`: all that `check` warns of, and what only shows when rules are held against each
// other: numbers that no rule is about, rules that never decide, names that nothing uses.
//
// A finding is reported only where it is proven for the set as it stands, and each can be silenced
// where it stands, with a reason. docs/lint.md has every finding, why it is one, and how it reads.
// Covered by tests/golden/lint, tests/unit/lint and tests/cli/lint_test.py.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "proviso/policy.h"

namespace proviso::lint {

/// How far a set is looked at; past one of them a finding says so (P1705). docs/lint.md has them.
struct Bounds {
    std::size_t rules = 20'000;     ///< that are held against each other
    std::size_t alternatives = 32;  ///< that a condition unfolds to; past them it is taken whole
    std::size_t comparisons = 10'000'000;  ///< of one alternative with another
    std::size_t names = 4'000'000;         ///< expressions and types that are searched for names
    std::size_t findings = 10'000;         ///< that are told, the checker's among them
};

struct Options {
    CompileOptions compile;  ///< `today` is for what is past; without it there is no such finding
    Bounds bounds;
};

/// A finding that the set's author silenced.
struct Silenced {
    Diagnostic finding;
    std::string reason;
};

struct Result {
    bool checked = false;              ///< whether the set has no errors; else only these are told
    std::vector<Diagnostic> findings;  ///< that nothing silences, by file and place
    std::vector<Silenced> silenced;    ///< likewise
    std::string text;                  ///< the former as people read them
    std::string coloured_text;
};

/// Of a file or folder, as `compile_path` takes it. Examples are not decided.
[[nodiscard]] Result lint_path(const std::string& path, const Options& options = {});
/// Of texts, as `compile_sources` takes them.
[[nodiscard]] Result lint_sources(std::vector<SourceText> sources, const Options& options = {});

/// One kind of finding: its code, and its section of docs/lint.md.
struct Page {
    std::string code;
    std::string title;
    std::string text;  ///< Markdown, the heading left out
    bool can_be_silenced = false;
};

/// All of them, in the order of the page.
[[nodiscard]] const std::vector<Page>& pages();

}  // namespace proviso::lint
