// `facts NAME for KEY { … }`: what the host tells of one thing that a call's args name.
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

/// Slots for the key and the fields of each. After the tools, whose args keys read.
void declare_facts(Context& context);

/// `NAME.field`, by the key as it reads over the scope's targets.
[[nodiscard]] Typed read_fact(Context& context, Scope& scope, std::uint32_t facts,
                              std::string_view field, Span span);

}  // namespace proviso::check
