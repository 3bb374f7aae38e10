// The four outcomes and the reason codes of a decision.
#pragma once

#include <cstdint>
#include <string_view>

namespace proviso {

/// In order of restriction: the larger, the tighter.
enum class Outcome : std::uint8_t {
    allow,   ///< do it
    notify,  ///< do it; named people review it afterwards
    gate,    ///< hold it until the named people approve
    block,   ///< never
};

/// Why the outcome is what it is: the one cause that decided.
enum class Reason : std::uint8_t {
    allowed,                 ///< an allow rule matched and nothing tightened it
    by_default,              ///< the default, a default matrix's cell among them ("default")
    rule,                    ///< a restriction that surely matched
    limit,                   ///< a step of a limit
    no_grant,                ///< no role that surely grants this tool at this stage
    missing_data,            ///< something unknown: with it known, the outcome could be lighter
    invalid_args,            ///< args break their types or ranges, or a key stands twice
    invalid_stage,           ///< a stage that the tool does not declare, or none there is
    unknown_tool,            ///< not in the catalogue
    id_reuse,                ///< a bound call id came with another plan
    rejected,                ///< somebody who could approve rejected the plan
    unsupported_obligation,  ///< a duty that the host did not register
    halted,                  ///< a halt switch is on
};

/// "allow", "notify", "gate", "block".
[[nodiscard]] std::string_view name(Outcome outcome) noexcept;
/// "allowed", "default", "rule", "limit", "no_grant", …
[[nodiscard]] std::string_view name(Reason reason) noexcept;

}  // namespace proviso
