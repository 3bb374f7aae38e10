// A second look at a statement that did not parse: its tokens up to the place where parsing
// stopped, the brackets open there, and what stands there. Plain scanning, forgiving of anything.
//
// Covered by tests/unit/grammar/tokens_before_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace proviso::grammar {

enum class TokenKind : std::uint8_t { end_of_file, end_of_line, word, number, string, sign };

struct Token {
    TokenKind kind = TokenKind::end_of_file;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    bool closed = true;  // false: a string without its closing quote
};

/// The token at `at`; blanks and comments before it are not skipped.
[[nodiscard]] Token token_at(std::string_view text, std::uint32_t at);

struct Before {
    static constexpr std::size_t kept = 8;
    std::array<Token, kept> last{};            // last[0] stands nearest
    std::vector<std::uint32_t> open_brackets;  // offsets, outermost first
    std::optional<std::uint32_t> open_string;  // offset of its quote

    [[nodiscard]] std::optional<std::uint32_t> innermost() const;
};

[[nodiscard]] Before tokens_before(std::string_view text, std::uint32_t begin, std::uint32_t where);

/// A token as a message names it: "`when`", "a string", "the end of the line".
[[nodiscard]] std::string describe(std::string_view text, Token token);

/// Whether only blanks stand before `at` on its line.
[[nodiscard]] bool is_at_line_start(std::string_view text, std::uint32_t at);

/// The first byte behind `from` that is neither blank, line end nor comment.
[[nodiscard]] std::uint32_t skip_layout(std::string_view text, std::uint32_t from);

/// Length of the UTF-8 sequence at `at`.
[[nodiscard]] std::uint32_t character_length(std::string_view text, std::uint32_t at);

}  // namespace proviso::grammar
