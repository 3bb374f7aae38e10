// A policy set's own reference page, for people who never read rules: every tool, who may call it,
// and all that can come of a call, in the words of the set's authors.
//
// Complete: every statement of the set has its place on it. The same files and params give the same
// bytes; there is no clock and no order of files in it.
// Covered by tests/unit/handbook, tests/cli/docs_page_test.py and tests/policies/pages_test.py.
#pragma once

#include <optional>
#include <string>

#include "handbook/page.h"
#include "proviso/policy.h"

namespace proviso::handbook {

/// The page of a file or folder that `compile_path` compiles with the same options; nothing where
/// the set has errors, which `compile_path` tells.
[[nodiscard]] std::optional<Page> page_of_path(const std::string& path,
                                               const CompileOptions& options);
/// Of texts, as `compile_sources` takes them.
[[nodiscard]] std::optional<Page> page_of_sources(std::vector<SourceText> sources,
                                                  const CompileOptions& options);

}  // namespace proviso::handbook
