// docs/stdlib.md, printed from the table of functions and the files of modules.
#pragma once

#include <string>

namespace proviso::stdlib {

[[nodiscard]] std::string page();

}  // namespace proviso::stdlib
