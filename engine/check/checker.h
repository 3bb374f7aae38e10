// AST to typed policy set.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/check/policy_set.h"
#include "grammar/ast.h"
#include "grammar/diagnostic.h"
#include "proviso/limits.h"

namespace proviso::check {

struct CheckOptions {
    /// Values for params, as an author would write them: {"refund_cap", "300 USD"}.
    std::vector<std::pair<std::string, std::string>> params;
    std::string zoneinfo = "/usr/share/zoneinfo";  // the folder of the zone files
    std::optional<std::int64_t> today;             // days since 1970; for warnings alone
    std::vector<std::string> offered;              // names of modules, for suggestions alone
};

/// Checks all files of a set together, in any order. Mistakes go to `sink`, all of them; a set is
/// returned only where none of them is an error. `imports` of files are resolved by the caller:
/// `files` has every file of the set.
[[nodiscard]] std::optional<PolicySet> check(const grammar::SourceMap& sources,
                                             const std::vector<grammar::ast::File>& files,
                                             const CheckOptions& options, const Limits& limits,
                                             grammar::DiagnosticSink& sink);

}  // namespace proviso::check
