// Rules, raises and the default.
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

void check_rules(Context& context);
void check_raises(Context& context);
void check_default(Context& context);

/// The clauses that limits have as well.
[[nodiscard]] std::vector<ObligationUse> check_duties(Context& context, Scope& scope,
                                                      const std::vector<ast::Oblige>& obliges);
[[nodiscard]] std::vector<TextPart> check_because(Context& context, Scope& scope,
                                                  ast::Range32 parts);

}  // namespace proviso::check
