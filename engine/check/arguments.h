// `args.…`: what an arg is over the tools that a rule is about.
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

/// The type and slot of the arg over the scope's targets. `expected` types an arg that no tool
/// declares but an open one may bring.
[[nodiscard]] ArgRead read_argument(Context& context, const Scope& scope, std::string_view name,
                                    TypeId expected);

/// The arg's name at the front of what stands behind `args.`.
[[nodiscard]] std::size_t argument_length(const Context& context, std::string_view path);

/// Reports why there is no arg of the name. Silent where the targets themselves are in doubt.
void report_argument(Context& context, const Scope& scope, const ArgRead& read,
                     std::string_view name, Span span);

/// The slot for a name and base type of an arg, made where it is new.
[[nodiscard]] SlotId argument_slot(Context& context, std::string_view name, TypeId type, Span span);

}  // namespace proviso::check
