// Escapes of JSON strings. Nothing is ever replaced: a lone surrogate is reported, not altered.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/decide/bound.h"

namespace proviso::decide {

enum class Unescaped : std::uint8_t {
    done,
    lone_surrogate,  // JSON, but no text
    no_json,
};

/// `out` becomes a view of arena memory; untouched unless done. `raw` stands between quotes.
[[nodiscard]] Unescaped unescape(std::string_view raw, Arena& arena, std::string_view& out);
/// Whether each escape is one that JSON has; surrogates may be lone.
[[nodiscard]] bool escapes_are_json(std::string_view raw);

}  // namespace proviso::decide
