// How wide text is in a terminal or an editor: for underlines and for columns that line up.
//
// Covered by tests/unit/grammar/render_test.cpp and cells_test.cpp.
#pragma once

#include <cstddef>
#include <string_view>

namespace proviso::grammar {

struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 1;
};

/// The first one of a text that is not empty. Lenient: a byte that starts none is one of its own.
[[nodiscard]] CodePoint decode(std::string_view text);

/// East Asian wide characters and emoji take two cells, combining marks and invisible signs none.
[[nodiscard]] std::size_t cells_of(char32_t code_point);
[[nodiscard]] std::size_t cells_of(std::string_view text);

}  // namespace proviso::grammar
