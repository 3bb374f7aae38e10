// One set, compiled by the product and checked for the reference, and what both make of a call.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/check/policy_set.h"
#include "engine/sources.h"
#include "tests/reference/decide.h"
#include <proviso/proviso.h>

namespace proviso::laws {

/// A set and what was made of it. Neither copied nor moved: views refer into it.
struct Compiled {
    std::vector<SourceText> sources;
    CompileResult product;
    engine::ParsedSet parsed;
    std::optional<check::PolicySet> checked;

    [[nodiscard]] bool good() const { return product.policy != nullptr && checked.has_value(); }
};

/// With the data files that any generated set may read.
[[nodiscard]] CompileOptions given_data(CompileOptions options = {});

/// Writes the set into the file that PROVISO_LAW_TRACE names, if any, before it is compiled: where
/// the compiler itself dies, that is the set.
[[nodiscard]] std::unique_ptr<Compiled> compile_both(std::vector<SourceText> sources,
                                                     const CompileOptions& options = {});

/// The public decision in the reference's words.
[[nodiscard]] reference::Decision in_reference_words(const Decision& decision);

/// What the two say differently, a line each; empty where they agree.
[[nodiscard]] std::string difference(const reference::Decision& product,
                                     const reference::Decision& expected);

/// The same of what the reference decides of a call of which nothing is remembered. Where a
/// quantifier is past its budget with the lists inside it alone, a member may decide before they
/// are all visited: there the product may give up or not, and is no looser than without the budget.
/// Counts in `near_budget` where that was so.
[[nodiscard]] std::string difference(const Decision& product, reference::Inputs inputs,
                                     const reference::Json& call,
                                     std::size_t* near_budget = nullptr);

/// Set and call as a person pastes them into `proviso decide`.
[[nodiscard]] std::string to_paste(const std::vector<SourceText>& sources,
                                   const std::vector<std::string>& duties, const std::string& call);

}  // namespace proviso::laws
