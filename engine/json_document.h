// JSON (RFC 8259) to a tree, with the place of each value and each name.
//
// Strict: no comments, no commas at the end, no second value behind the first. A reader of our own,
// since those that we have give no places, and a mistake in a file of thousands of lines is told
// with its line and column. Covered by tests/golden/check/data and tests/golden/check/tools_lists.
#pragma once

#include <string>
#include <string_view>

#include "grammar/document.h"
#include "grammar/source.h"
#include "proviso/limits.h"

namespace proviso::engine {

/// What is wrong with a text, and where.
struct JsonMistake {
    std::size_t at = 0;
    std::string why;
};

/// `text` is valid UTF-8. Throws JsonMistake. A scalar is `quoted` where it is a string; all names
/// are. A name that stands twice is kept twice.
[[nodiscard]] grammar::Document read_json(std::string_view text, grammar::SourceId source,
                                          const Limits& limits);

}  // namespace proviso::engine
