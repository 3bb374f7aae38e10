#pragma once

#include <string>
#include <string_view>

namespace proviso::tests {

/// The folder of this source tree, absolute.
std::string tree();

/// A path in it: in_tree("docs/limits.md").
std::string in_tree(std::string_view path);

}  // namespace proviso::tests
