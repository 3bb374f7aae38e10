// The sub-expressions that an explanation shows, each with a block of its own.
#pragma once

#include "engine/compile/emitter.h"

namespace proviso::compile {

/// At most this many sub-expressions of one rule are shown, and none after this many instructions
/// for them: each sum of a long chain is a block that holds the sums within it once more. Later
/// ones are left out.
inline constexpr std::uint32_t explain_nodes_limit = 512;
inline constexpr std::size_t explain_code_limit = 65'536;

[[nodiscard]] bytecode::Place place_of(const check::Span& span);

/// Adds the nodes of a condition; `against` for an `unless`.
bytecode::Range explain_condition(Emitter& emitter, NodeId when, NodeId unless);
/// Adds the values that the axes of a matrix read.
bytecode::Range explain_values(Emitter& emitter, const std::vector<NodeId>& nodes);

}  // namespace proviso::compile
