// What an argument's declaration asks for, in words, for a call that was refused for its form. Of
// the declaration alone: what the call holds is not told.
#pragma once

#include <string>
#include <string_view>

#include "engine/decide/bound.h"

namespace proviso::decide {

/// Its range, length, pattern or words, after ": "; empty where the cause is another one, or the
/// argument is not declared.
[[nodiscard]] std::string declared_form(const Bound& bound);

}  // namespace proviso::decide
