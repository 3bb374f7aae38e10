// Tools of a list as rule text, that says the same and that people go on from.
// Covered by tests/cli/import_tools_test.py and tests/unit/engine/import_tools_test.cpp.
#pragma once

#include <string>
#include <string_view>

#include "engine/schema/tools_list.h"

namespace proviso::schema {

/// `tool` statements, each under its documentation; in no particular layout. A hinted tier stands
/// in a comment.
[[nodiscard]] std::string tools_text(const ToolsList& list);

}  // namespace proviso::schema
