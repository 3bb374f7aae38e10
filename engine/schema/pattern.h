// The `pattern` of a JSON Schema as a pattern of the language.
//
// The one is ECMA's and is looked for anywhere in the text, the other RE2's and holds for all of
// it. Only what surely means the same in both is taken: letters, digits, signs, `.`, classes of
// characters, groups, `|`, repetitions, `^` in front and `$` behind. Look-around, back-references,
// `\b`, `\s` (of which the two have different sets) and the like are not.
//
// Covered by tests/unit/engine/schema/pattern_test.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace proviso::schema {

/// Nothing where it does not surely mean the same, or is longer than `most_bytes`.
[[nodiscard]] std::optional<std::string> whole_pattern(std::string_view pattern,
                                                       std::size_t most_bytes);

}  // namespace proviso::schema
