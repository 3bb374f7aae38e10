// What a series is known by over versions of a policy, and what both kinds of store compute alike.
#pragma once

#include <limits>
#include <string>

#include "engine/decide/store.h"

namespace proviso::decide {

inline constexpr Instant since_ever = std::numeric_limits<Instant>::min();

inline std::string series_name(const SeriesSpec& spec) {
    std::string name = spec.policy;
    name += '\0';
    name += spec.statement;
    name += '\0';
    for (const std::size_t word : {static_cast<std::size_t>(spec.measure),
                                   static_cast<std::size_t>(spec.kind), std::size_t{spec.per}}) {
        name += std::to_string(word) + ',';
    }
    return name;
}

}  // namespace proviso::decide
