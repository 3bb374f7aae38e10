// The words of the language, as lists: what is reserved, what starts a statement, which clause
// belongs where, and which bytes a name is made of.
//
// Covered by tests/unit/grammar/words_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/ast.h"

namespace proviso::grammar {

/// Not usable bare as a name. After a dot and in field position no word is reserved.
[[nodiscard]] bool is_reserved(std::string_view word);

[[nodiscard]] bool contains(const std::vector<std::string_view>& words, std::string_view word);
[[nodiscard]] const std::vector<std::string_view>& statement_words();
[[nodiscard]] const std::vector<std::string_view>& stage_words();
/// The clause or item words that may start a line of this statement; empty where it has none.
[[nodiscard]] const std::vector<std::string_view>& clause_words(std::string_view statement);
/// Whether some statement has a clause or item of this word.
[[nodiscard]] bool is_clause_word(std::string_view word);

/// As ISO 8601 orders them.
inline constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu",
                                                          "fri", "sat", "sun"};
/// `mon` … `sun`
[[nodiscard]] bool is_weekday(std::string_view word);
/// `Monday`, `monday`, `Mon`: a weekday that is not written as `mon`.
[[nodiscard]] bool is_long_weekday(std::string_view word);
/// The weekday that is meant by `Monday`, `Mon`, `Mo`, `Montag`; empty where none is.
[[nodiscard]] std::string_view weekday_meant(std::string_view word);
inline constexpr std::string_view weekday_help =
    "write `mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`";

/// What asks whether a value was left out, or with `negated` whether it is there.
[[nodiscard]] std::string presence_help(std::string_view path, bool negated);

/// `Eur` as `EUR`; what is no letter of ASCII stays as it is.
[[nodiscard]] std::string capitals(std::string_view word);

enum ByteClass : std::uint8_t {
    name_start = 1,    // A-Z a-z _
    name_byte = 2,     // and 0-9
    tool_byte = 4,     // and -
    glob_start = 8,    // A-Z a-z _ *
    glob_byte = 16,    // and 0-9 - *
    plain_text = 32,   // of a string: no quote, backslash, control character
    raw_text = 64,     // of a raw string: no quote, control character
    prose_text = 128,  // of a `because`: plain text without braces
};

inline constexpr std::array<std::uint8_t, 256> byte_classes = [] {
    std::array<std::uint8_t, 256> classes{};
    for (unsigned byte = 0; byte < 256; ++byte) {
        const char letter = static_cast<char>(byte);
        const bool is_letter =
            (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') || letter == '_';
        const bool is_digit = letter >= '0' && letter <= '9';
        unsigned mask = 0;
        if (is_letter) mask |= name_start | name_byte | tool_byte | glob_start | glob_byte;
        if (is_digit) mask |= name_byte | tool_byte | glob_byte;
        if (letter == '-') mask |= tool_byte | glob_byte;
        if (letter == '*') mask |= glob_start | glob_byte;
        if ((byte >= 0x20 || letter == '\t') && letter != '"') {
            mask |= raw_text;
            if (letter != '\\') mask |= plain_text;
            if (letter != '\\' && letter != '{' && letter != '}') mask |= prose_text;
        }
        classes[byte] = static_cast<std::uint8_t>(mask);
    }
    return classes;
}();

[[nodiscard]] constexpr bool is_of(char byte, ByteClass wanted) {
    return (byte_classes[static_cast<unsigned char>(byte)] & wanted) != 0;
}

}  // namespace proviso::grammar
