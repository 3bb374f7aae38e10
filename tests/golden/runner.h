// Runs golden files: finds them, makes their produced sections and compares or rewrites them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "tests/golden/golden_file.h"
#include "tests/golden/registry.h"

namespace proviso::golden {

/// Makes every produced section of `file` in place. Gives what is wrong with the case as text for
/// people (one line, or a diff a section); empty where every section was as it is made.
[[nodiscard]] std::string produce(GoldenFile& file, const Registry& registry);

struct Options {
    std::filesystem::path root;  // holds <stage>/<feature>/<case>.txt
    std::string stage;           // only this stage; empty: all
    std::string filter;          // only cases with this in their path; empty: all
    bool update = false;         // rewrite produced sections; only what cannot be made fails
};

struct Count {
    std::size_t passed = 0;
    std::size_t failed = 0;
    std::size_t rewritten = 0;
};

/// Runs the cases in the order of their paths and prints the failures to standard output.
[[nodiscard]] Count run_golden(const Options& options, const Registry& registry);

}  // namespace proviso::golden
