// What `proviso lint` found, for programs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lint/lint.h"

namespace proviso::cli {

enum class LintFormat : std::uint8_t { text, json, sarif, junit };

struct LintedSet {
    std::string path;
    lint::Result result;
};

/// All sets in one document of the format, which is not text. What is silenced is in JSON and
/// SARIF, with its reason.
[[nodiscard]] std::string lint_report(LintFormat format, const std::vector<LintedSet>& sets);

}  // namespace proviso::cli
