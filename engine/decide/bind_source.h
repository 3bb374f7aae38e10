// What binding reads values from: JSON (bind_json.h) or a host's setters (bind_setters.h).
//
// Both are cursors with the same members, so that one set of templates types what either brings:
//
//     shape()                what stands at the cursor
//     at_container()         whether it is a list or an object
//     quick_text(out)        reads a text, if nothing stands in the way; else stays where it is
//     scalar()               reads a null, boolean, number, text or money and moves past it
//     members(each)          moves through an object; each(key) must move past the member's value
//     elements(each)         moves through a list; each() must move past the element
//     skip()                 moves past a value of any shape
//     find(index, key)       looks a key up
//     plain(key)             a key as text; `broken` where it is none
//     place(), go_back(to)   where it stands, and back to it
//     passed(name, place)    what was passed since a place, as an argument of that name
//     ok()                   false once the call cannot be read: each loop then ends
//
// A copy of a cursor is a second cursor at the same place; both report to one `Trouble`.
#pragma once

#include <cstdint>
#include <string_view>

namespace proviso::decide {

enum class Shape : std::uint8_t { null, boolean, number, text, money, list, object };

struct Scalar {
    Shape shape = Shape::null;
    bool truth = false;   // of a boolean
    bool broken = false;  // of a text: not Unicode (a lone surrogate, invalid UTF-8)
    bool small = false;   // of a number: it is integer × 10^-scale
    std::uint8_t scale = 0;
    std::int64_t integer = 0;
    std::string_view text;      // of a text; of a number as it is written; of money its amount
    std::string_view currency;  // of money
};

/// A text that is known to be one.
[[nodiscard]] inline Scalar text_of(std::string_view text) {
    Scalar scalar;
    scalar.shape = Shape::text;
    scalar.text = text;
    return scalar;
}

/// Why a call cannot be read at all; a static text, empty while it can.
struct Trouble {
    std::string_view why;
};

}  // namespace proviso::decide
