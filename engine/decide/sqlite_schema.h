// The tables of a store's file, and whether a file has them.
#pragma once

#include <string>

#include "engine/decide/sqlite_db.h"

namespace proviso::decide {

/// Makes the tables in an empty file; refuses one that is damaged, not a store's or of another
/// version. Empty, or why not.
[[nodiscard]] std::string prepare_schema(Database& database);

}  // namespace proviso::decide
