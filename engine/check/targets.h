// What a statement is about: names, globs and tags, resolved against the catalogue.
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

struct ResolvedTargets {
    std::uint32_t index = 0;  // into PolicySet::target_sets
    /// No word about args: a target is wrong, and an error says so, or nothing is reached, so that
    /// the statement never decides. What is kept quiet for less would compile and decide.
    bool doubtful = false;
    bool reaches_nothing = false;
};

[[nodiscard]] ResolvedTargets resolve_targets(Context& context, const ast::Targets& targets);

/// Every tool, and every name outside an open catalogue.
[[nodiscard]] std::uint32_t all_targets(Context& context);

/// Stages by name; `otherwise` where none is given.
[[nodiscard]] StageMask stage_mask(const std::vector<ast::Name>& stages, StageMask otherwise);

/// Warns of an `at` that none of the tools can be at.
void warn_stages(Context& context, std::uint32_t targets, StageMask stages, Span span);

}  // namespace proviso::check
