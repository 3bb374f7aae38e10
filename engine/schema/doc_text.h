// A tool's description as documentation of rule text.
//
// It is the server's word, which may be anything: what is hidden, or turns the direction, is left
// out, lines are broken, and a long text is cut. Covered by
// tests/unit/engine/schema/doc_text_test.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace proviso::schema {

/// Lines of at most 96 characters, without blanks behind and empty lines around them. Of more than
/// `most_bytes` the front, with `…` behind it.
[[nodiscard]] std::string doc_of(std::string_view description, std::size_t most_bytes);

}  // namespace proviso::schema
