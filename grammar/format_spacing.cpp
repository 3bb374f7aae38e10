// A blank stands between any two tokens but for what is listed here: inside of round and square
// brackets, before commas, in calls and indexes, in `mon..fri` and `09:00..17:00`. A colon has one
// before it where it gives a type or an outcome (`cap : money`), and none elsewhere (`x in list:
// c`).
//
// Covered by tests/golden/format/expressions/spaces.txt.
#include "grammar/format_spacing.h"

#include <algorithm>
#include <array>

#include "grammar/words.h"

namespace proviso::grammar::formatting {
namespace {

bool is_sign(const Token& token, std::string_view text) {
    return token.kind == Kind::sign && token.text == text;
}

bool is_round_or_square(const Token& token) {
    return token.text[0] != '{' && token.text[0] != '}';
}

bool is_weekday_or_clock(const Token& token) {
    if (token.kind == Kind::word) return is_weekday(token.text);
    return token.kind == Kind::number && token.text.size() == 5 && token.text[2] == ':';
}

/// `sum(x in list: e)`, where `sum (a + b)` is what a limit adds up.
bool is_quantifier(const std::vector<Token>& all, std::size_t open) {
    for (std::size_t i = open + 1; i < all[open].partner; ++i) {
        if (is_sign(all[i], ":")) return true;
        if (all[i].kind == Kind::open) i = all[i].partner;
    }
    return false;
}

/// Whether the bracket at `open` belongs to the word before it.
bool belongs_to_word(const std::vector<Token>& all, std::size_t open) {
    const Token& before = all[open - 1];
    if (before.kind == Kind::string) return true;  // a quoted duty
    if (before.kind != Kind::word) return false;
    if (before.text == "count" || before.text == "sum") {
        return all[open].glued && is_quantifier(all, open);
    }
    if (before.text == "tool") return all[open].glued;
    return !is_reserved(before.text);
}

bool has_tight_dots(const std::vector<Token>& all, std::size_t dots) {
    return dots > 0 && is_weekday_or_clock(all[dots - 1]);
}

bool is_spaced(const std::vector<Token>& all, std::size_t i, std::size_t depth) {
    const Token& token = all[i];
    const Token& before = all[i - 1];
    if (is_sign(token, ",") || is_sign(token, "?") || token.kind == Kind::member) return false;
    if (token.kind == Kind::close && is_round_or_square(token)) return false;
    if (before.kind == Kind::open && is_round_or_square(before)) return false;
    if (token.kind == Kind::open && is_round_or_square(token)) return !belongs_to_word(all, i);
    if (is_sign(token, "..")) return !has_tight_dots(all, i);
    if (is_sign(before, "..")) return !has_tight_dots(all, i - 1);
    if (!is_sign(token, ":")) return true;
    return before.entry == Entry::none ? depth == 0 : before.entry == Entry::field;
}

}  // namespace

void set_spaces(std::vector<Token>& all) {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].kind == Kind::close) --depth;
        all[i].spaced = i > 0 && is_spaced(all, i, depth);
        if (all[i].kind == Kind::open) ++depth;
    }
}

}  // namespace proviso::grammar::formatting
