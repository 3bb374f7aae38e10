// Matrices and tables.
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

void declare_tables(Context& context);
void check_matrices(Context& context);

}  // namespace proviso::check
