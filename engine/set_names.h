// The names that a set declares beside those of its rules and tools, for those who write calls and
// expectations by hand and are to be told of a misspelt one.
// Covered by tests/cli/test_test.py.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "proviso/policy.h"

namespace proviso::engine {

/// Where a call has amounts whose point may be taken for one between thousands, as the paths of
/// `SetNames::args`; and the member beside it that holds its currency, empty where the type does.
using Amounts = std::map<std::string, std::string>;

/// Each sorted.
struct SetNames {
    std::vector<std::string> attributes;  ///< full paths, built-in ones among them
    std::vector<std::string> declared;    ///< those that `attributes` declares
    std::vector<std::string> facts;       ///< "service", and its fields: "service.critical"
    std::vector<std::string> roles;
    std::vector<std::string> obligations;
    std::vector<std::string> limits;
    std::vector<std::string> tools;
    /// By tool: its arguments and their parts, in lists too: "lines", "lines.price",
    /// "sum.currency". "data.*" stands for all that is below, "*" for undeclared arguments.
    std::map<std::string, std::vector<std::string>> args;
    std::vector<std::string> host_parts;         ///< likewise of `attributes` and `facts`
    std::map<std::string, Amounts> arg_amounts;  ///< by tool
    Amounts host_amounts;
    bool catalogue_open = false;
    /// What a decision may name as missing: paths, and expressions as they are written.
    std::vector<std::string> missing;
};

[[nodiscard]] SetNames names_of_set(const Policy& policy);

/// How to write `10.000` of a currency, by its code or empty: for thousands, and for a fraction.
/// Empty where the number cannot be taken for thousands.
[[nodiscard]] std::string help_for_thousands(const std::string& number, const std::string& code);

}  // namespace proviso::engine
