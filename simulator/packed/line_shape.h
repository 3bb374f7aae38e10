// A line taken apart: what its neighbours are likely to have as well, and what is its own.
//
// The shape is the line with its values taken out: braces, keys, colons, spaces. A value is a text
// that is no key, with its quotes, or a run of letters, digits and `+`, `-`, `.`. Nothing has to be
// JSON: put together again, shape and values are the very bytes of any line.
// Covered by tests/unit/simulator/packed/line_shape_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
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

/// Shapes that are known, by what they have in common from the beginning on: a line of one of them
/// is taken apart by comparing what stands between its values.
class ShapeTree {
  public:
    static constexpr std::uint32_t none = ~std::uint32_t{0};
    static constexpr std::size_t most_pieces = 65'536;
    static constexpr std::size_t most_branches = 64;  ///< behind one value

    /// What `take_apart` found; `number` is given back by `take`. Where there is no room for it any
    /// more the shape stays unknown.
    void add(std::string_view shape, std::uint32_t number);
    /// The number of the line's shape, and its values as of `take_apart`; none where the shape is
    /// not known, or not told so quickly.
    [[nodiscard]] std::uint32_t take(std::string_view line,
                                     std::vector<std::string_view>& values) const;

  private:
    struct Piece {
        std::string text;  // up to the next value, or the end of the line
        bool is_last = false;
        bool makes_key = false;  // of a text before it
        std::uint32_t number = none;
        std::vector<std::uint32_t> next;
    };
    [[nodiscard]] std::uint32_t find(const std::vector<std::uint32_t>& among,
                                     std::string_view rest) const;

    std::vector<Piece> pieces_;
    std::vector<std::uint32_t> first_;
};

/// The shape of a line that is one value as a whole.
inline const std::string whole_line(1, hole);

/// Where each hole of a shape stands in the document, as people write it: "args.amount",
/// "roles[1]".
[[nodiscard]] std::vector<std::string> hole_names(std::string_view shape);

}  // namespace proviso::simulator::packed
