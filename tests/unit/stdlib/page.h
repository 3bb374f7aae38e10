// docs/stdlib.md, printed from the table of functions.
#pragma once

#include <string>

namespace proviso::stdlib {

[[nodiscard]] std::string page();

}  // namespace proviso::stdlib
