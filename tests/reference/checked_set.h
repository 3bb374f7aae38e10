// A set and what the reference needs beside it, for tests of the reference.
#pragma once

#include <memory>
#include <string>

#include "engine/check/policy_set.h"
#include "grammar/source.h"
#include "tests/reference/decide.h"
#include "tests/reference/json.h"

namespace proviso::reference {

struct CheckedSet {
    grammar::SourceMap sources;
    check::PolicySet set;

    [[nodiscard]] Inputs inputs() const { return {set, sources, {}, {}}; }
};

/// Fails the test where the text, below its `policy` line, has an error.
[[nodiscard]] std::unique_ptr<CheckedSet> checked_set(const std::string& text);
[[nodiscard]] Json json_of(const std::string& text);

}  // namespace proviso::reference
