// docs/lint.md, whole. The build writes the text.
#pragma once

#include <string_view>

namespace proviso::lint {

[[nodiscard]] std::string_view page_text();

}  // namespace proviso::lint
