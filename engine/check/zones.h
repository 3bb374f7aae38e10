// Time zones that a set names: each is read once, from the zone data of the machine that compiles.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/check/context.h"

namespace proviso::check {

/// The index of the zone in the set, or nothing where it has been reported why not.
[[nodiscard]] std::optional<std::uint32_t> find_zone(Context& context, const ast::Text& name);

/// `local(time, "ZONE").field`; `field` is the first one behind the call.
[[nodiscard]] Typed elaborate_local(Context& context, Scope& scope, const ast::Expr& call,
                                    const ast::Expr& field);

}  // namespace proviso::check
