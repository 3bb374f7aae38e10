// Roles: inheritance, grants, who is bound to them, and of whom authority is asked.
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

/// The role of a name, or `no_role` and a report.
[[nodiscard]] RoleId find_role(Context& context, const ast::Name& name);

void declare_roles(Context& context);
void check_grants(Context& context);
void check_binds(Context& context);
void check_authority(Context& context);

/// `allow`, `notify ROLE within D`, `gate by X`, `block`.
[[nodiscard]] Outcome resolve_outcome(Context& context, const ast::Outcome& outcome);

}  // namespace proviso::check
