// Rule text in other layouts: the same statements with other blanks, line ends and comments.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "tests/laws/random.h"

namespace proviso::laws {

/// The syntax tree as text, without places; "errors" where there are any. `comments` counts those
/// that the parser saw.
[[nodiscard]] std::string tree_of(std::string_view text, std::size_t* comments = nullptr);

struct Scattered {
    std::string text;
    std::size_t comments = 0;  // "# c0.", "# c1.", … were put in
};

enum class Scatter { blanks, blanks_and_comments };

/// Puts blanks, line ends and comments into the text, wherever the grammar takes them: what changes
/// the tree is taken back. `tries` places are tried.
[[nodiscard]] Scattered scattered(Random& random, std::string text, std::size_t tries,
                                  Scatter what = Scatter::blanks_and_comments);

[[nodiscard]] std::string without_blank_lines(std::string_view text);

}  // namespace proviso::laws
