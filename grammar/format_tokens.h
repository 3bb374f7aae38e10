// A file's text as the formatter sees it: tokens as they were written, each with the comments that
// belong to it and the blank that stands before it in the canonical form.
//
// The file has parsed, so tokens are cut by their bytes alone; only names of tools (`a-b` and `a*b`
// are none elsewhere) and the texts behind `because` (which hold expressions) are taken from the
// tree. A comment on a line of its own belongs to the token below it, any other to the token before
// it.
//
// Covered by tests/golden/format and tests/laws/format_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/ast.h"

namespace proviso::grammar::formatting {

enum class Kind : std::uint8_t {
    word,  // a name, path, glob or keyword
    number,
    string,
    sign,
    open,    // ( [ {
    close,   // ) ] }
    member,  // .hour
    end,     // of the file; empty
};

/// What a name begins: a field or attribute, or an argument of an example's call.
enum class Entry : std::uint8_t { none, field, argument };

struct LineComment {
    std::string_view text;  // from its # on, without blanks at its end
    bool blank_before = false;
    bool indented = false;
};

struct Token {
    Kind kind = Kind::end;
    std::string_view text;
    std::uint32_t begin = 0;
    std::uint32_t line = 0;
    std::uint32_t last_line = 0;
    std::uint32_t width = 0;    // terminal cells
    std::uint32_t partner = 0;  // of a bracket: the index of the other one
    bool glued = false;         // nothing stood between it and the token before
    bool blank_line = false;    // stood before it (below its comments)
    bool spaced = true;         // a blank stands before it where both are on one line
    Entry entry = Entry::none;
    std::vector<LineComment> above;
    std::string_view behind;  // a comment on the same line; empty for none
};

/// Indices go from 0 to the last token, which is the end of the file.
struct Tokens {
    std::vector<Token> all;
    std::deque<std::string> kept;  // texts that are not in the file as they are

    [[nodiscard]] const Token& operator[](std::size_t i) const { return all[i]; }
    [[nodiscard]] std::size_t size() const { return all.size(); }
    [[nodiscard]] bool is(std::size_t i, std::string_view text) const {
        return all[i].text == text && all[i].kind != Kind::string;
    }
    /// The first token that begins at or behind this offset.
    [[nodiscard]] std::size_t index_at(std::uint32_t offset) const;
    /// The next token outside the brackets that `i` may open.
    [[nodiscard]] std::size_t after(std::size_t i) const {
        return all[i].kind == Kind::open ? all[i].partner + std::size_t{1} : i + 1;
    }
    /// Cells of [begin, end) on one line.
    [[nodiscard]] std::size_t width(std::size_t begin, std::size_t end) const;
    /// Whether a comment stands within [begin, end): not above its first or behind its last token.
    [[nodiscard]] bool has_comment(std::size_t begin, std::size_t end) const;
    /// The first token in [begin, end), outside of inner brackets, with this text; else `end`.
    [[nodiscard]] std::size_t find(std::size_t begin, std::size_t end, std::string_view text) const;

    std::vector<std::size_t> widths;    // of all tokens before, each with its blank
    std::vector<std::size_t> comments;  // above and behind all tokens before
};

[[nodiscard]] Tokens tokenize(std::string_view text, const ast::File& file);

}  // namespace proviso::grammar::formatting
