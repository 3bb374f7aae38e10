// A line taken apart: what its neighbours are likely to have as well, and what is its own.
//
// The shape is the line with its values taken out: braces, keys, colons, spaces. A value is a text
// that is no key, with its quotes, or a run of letters, digits and `+`, `-`, `.`. Nothing has to be
// JSON: put together again, shape and values are the very bytes of any line.
// Covered by tests/unit/simulator/packed/line_shape_test.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace proviso::simulator::packed {

/// Stands in a shape where a value was.
inline constexpr char hole = '\0';
/// A line with more values is one value as a whole.
inline constexpr std::size_t most_holes = 4096;

struct TakenApart {
    std::string shape;
    std::vector<std::string_view> values;  ///< into the line; one a hole
};

/// Reuses what `out` has in memory.
void take_apart(std::string_view line, TakenApart& out);

/// The shape of a line that is one value as a whole.
inline const std::string whole_line(1, hole);

/// Where each hole of a shape stands in the document, as people write it: "args.amount",
/// "roles[1]".
[[nodiscard]] std::vector<std::string> hole_names(std::string_view shape);

}  // namespace proviso::simulator::packed
