// Random calls that hit a generated set: mostly right, with absent, null, wrong and boundary
// values.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/laws/random.h"
#include "tests/laws/vocabulary.h"

namespace proviso::laws {

/// A call in parts, so that a law can take one away.
struct GeneratedCall {
    using Members = std::vector<std::pair<std::string, std::string>>;  // names and JSON values
    std::string tool;                                                  // JSON
    std::string stage;   // JSON; empty where the call has none
    Members members;     // time, undoing and others of the form
    Members attributes;  // by their paths, principal's, agent's and workflow's among them
    Members args;
    bool nested = false;               // "a.b" stands as {"a": {"b": …}}
    bool under_attributes = false;     // attributes stand in the member of this name
    std::vector<std::string> unknown;  // paths that the host does not know
    std::string broken_args;           // JSON in place of the object of args

    /// One document, as `Layout::native` reads it.
    [[nodiscard]] std::string text() const;
    /// The host's document without args, and the args' alone.
    [[nodiscard]] std::string host_text() const;
    [[nodiscard]] std::string args_text() const;
};

[[nodiscard]] GeneratedCall random_call(Random& random, const Vocabulary& vocabulary);

}  // namespace proviso::laws
