// Clauses that rules and limits have in common, compiled.
#pragma once

#include <string>
#include <vector>

#include "engine/compile/emitter.h"

namespace proviso::compile {

[[nodiscard]] std::uint32_t role_index(check::RoleId role);
[[nodiscard]] std::uint32_t approval_index(check::ApprovalId approval);
[[nodiscard]] std::vector<bytecode::ObligationUse> obligation_uses(
    Emitter& emitter, const std::vector<check::ObligationUse>& uses);
[[nodiscard]] std::vector<bytecode::TextPart> text_parts(Emitter& emitter,
                                                         const std::vector<check::TextPart>& parts);
/// The patterns of targets outside the catalogue, or none.
[[nodiscard]] std::uint32_t add_patterns(Emitter& emitter, std::uint32_t targets);

}  // namespace proviso::compile
