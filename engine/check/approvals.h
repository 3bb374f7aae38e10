// `approval` statements, and who opens a gate.
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

/// What stands behind `by`: a role or an approval; neither where a mistake was reported.
struct Gatekeeper {
    RoleId role = no_role;
    ApprovalId approval = no_approval;
};
[[nodiscard]] Gatekeeper find_gatekeeper(Context& context, const ast::Name& name);

/// After roles and attributes.
void declare_approvals(Context& context);

/// Warns of gates that nobody can open, and of roles that are asked and cannot approve.
void warn_approvals(Context& context);

}  // namespace proviso::check
