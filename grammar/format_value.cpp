// Expressions, types and lists: what stands between the words of a clause.
//
// Covered by tests/golden/format/expressions and statements.
#include <algorithm>
#include <array>

#include "grammar/format_layout.h"

namespace proviso::grammar::formatting {
namespace {

using Words = std::vector<std::string_view>;

/// From loose to tight; brackets are opened between `and` and the comparisons.
const std::vector<Words>& operators() {
    static const std::vector<Words> levels = {
        {"or"}, {"and"},    {"==", "!=", "<", "<=", ">", ">=", "in", "like", "matches", "is", "|"},
        {"??"}, {"+", "-"}, {"*"}};
    return levels;
}
constexpr std::size_t connectives = 2;  // `or` and `and`

/// Where operators of a level stand outside of brackets: `not in` at its `not`.
std::vector<std::size_t> find_operators(const Tokens& tokens, Part part, const Words& level) {
    std::vector<std::size_t> found;
    for (std::size_t i = part.begin; i < part.end; i = tokens.after(i)) {
        const bool is_one = i > part.begin && tokens[i].kind != Kind::string &&
                            std::find(level.begin(), level.end(), tokens[i].text) != level.end();
        if (!is_one) continue;
        const bool is_not_in = tokens.is(i, "in") && tokens.is(i - 1, "not");
        found.push_back(is_not_in ? i - 1 : i);
    }
    return found;
}

/// `a`, and below it `and b`, `and c`. What is filled breaks only where the line is full.
void put_chain(Writer& w, Part part, const std::vector<std::size_t>& operators, std::size_t indent,
               std::size_t more, bool filled) {
    const std::size_t below = indent + step;
    const Part first{part.begin, operators.front()};
    const bool has_chain = w.tokens.find(first.begin, first.end, "and") != first.end;
    put_value(w, first, has_chain ? below : indent);
    for (std::size_t i = 0; i < operators.size(); ++i) {
        const bool is_last = i + 1 == operators.size();
        const Part piece{operators[i], is_last ? part.end : operators[i + 1]};
        const std::size_t behind = is_last ? more : 0;
        if (!filled || !w.fits(piece.begin, piece.end, behind)) {
            w.start_line(piece.begin, below);
        }
        w.put(piece.begin);
        put_value(w, {piece.begin + 1, piece.end}, below, behind);
    }
}

// ---- brackets

/// `x in list: condition`, broken behind its colon.
void put_item(Writer& w, Part item, std::size_t indent, std::size_t more) {
    const Tokens& tokens = w.tokens;
    const std::size_t colon = tokens.find(item.begin, item.end, ":");
    const bool is_member =
        colon < item.end && !tokens[colon].spaced && tokens[item.begin].entry == Entry::none;
    if (!is_member || w.fits(item.begin, item.end, more)) return put_value(w, item, indent, more);
    put_value(w, {item.begin, colon + 1}, indent);
    w.start_line(colon + 1, indent + step);
    put_value(w, {colon + 1, item.end}, indent + step, more);
}

void close_bracket(Writer& w, std::size_t close, std::size_t indent, std::size_t items_indent) {
    w.comments_above(close, items_indent, Blanks::all);
    w.newline(indent);
    w.put(close);
}

bool is_only_a_bracket(const Tokens& tokens, Part part) {
    return part.begin < part.end && tokens[part.begin].kind == Kind::open &&
           tokens.after(part.begin) == part.end && tokens[part.begin].above.empty();
}

void put_bracket(Writer& w, std::size_t open, std::size_t indent, std::size_t more);

/// Items of a list or a call, one a line.
void put_items(Writer& w, std::size_t open, std::size_t indent) {
    const Tokens& tokens = w.tokens;
    const std::size_t close = tokens[open].partner;
    const std::size_t below = indent + step;
    const std::vector<Part> items = split_at_commas(tokens, {open + 1, close});
    w.put(open);
    for (const Part& item : items) {
        const bool has_comma = item.end < close;
        w.start_line(item.begin, below, item.begin == open + 1 ? Blanks::inner : Blanks::all);
        put_item(w, {item.begin, item.end - (has_comma ? 1 : 0)}, below, 1);
        if (has_comma) w.put(item.end - 1);
    }
    // A line in column one would end the statement.
    close_bracket(w, close, std::max(indent, step), below);
}

void put_bracket(Writer& w, std::size_t open, std::size_t indent, std::size_t more) {
    const Tokens& tokens = w.tokens;
    const std::size_t close = tokens[open].partner;
    if (close == open + 1 || w.fits(open, close + 1, more)) return w.put(open, close + 1);
    if (tokens[open].text == "{") return put_fields(w, open, indent);
    if (tokens[open].text == "[" && is_only_a_bracket(tokens, {open + 1, close})) {
        w.put(open);
        put_bracket(w, open + 1, indent, more + 1);
        return w.put(close);
    }
    put_items(w, open, indent);
}

bool has_brackets(const Tokens& tokens, Part part) {
    for (std::size_t i = part.begin; i < part.end; ++i) {
        if (tokens[i].kind == Kind::open && tokens[i].partner > i + 1) return true;
    }
    return false;
}

void put_around_brackets(Writer& w, Part part, std::size_t indent, std::size_t more) {
    const Tokens& tokens = w.tokens;
    for (std::size_t i = part.begin; i < part.end; i = tokens.after(i)) {
        if (tokens[i].kind != Kind::open) {
            w.put(i);
            continue;
        }
        std::size_t next = tokens.after(i);
        while (next < part.end && tokens[next].kind != Kind::open) ++next;
        const std::size_t end = std::min(next + 1, part.end);  // with the next bracket's first sign
        const std::size_t behind = tokens.width(tokens.after(i), end) + 1;
        put_bracket(w, i, indent, next == part.end ? behind + more : behind);
    }
}

}  // namespace

std::vector<Part> split_at_commas(const Tokens& tokens, Part part) {
    std::vector<Part> parts;
    while (part.begin < part.end) {
        const std::size_t comma = tokens.find(part.begin, part.end, ",");
        parts.push_back({part.begin, std::min(comma + 1, part.end)});
        part.begin = parts.back().end;
    }
    return parts;
}

void put_value(Writer& w, Part part, std::size_t indent, std::size_t more) {
    if (w.fits(part.begin, part.end, more)) return w.put(part.begin, part.end);
    for (std::size_t i = 0; i < operators().size(); ++i) {
        if (i == connectives && has_brackets(w.tokens, part)) {
            return put_around_brackets(w, part, indent, more);
        }
        const auto found = find_operators(w.tokens, part, operators()[i]);
        if (!found.empty()) return put_chain(w, part, found, indent, more, i >= connectives);
    }
    w.put(part.begin, part.end);
}

void put_list(Writer& w, Part part, std::size_t indent, std::size_t more) {
    if (w.fits(part.begin, part.end, more)) return w.put(part.begin, part.end);
    const std::vector<Part> items = split_at_commas(w.tokens, part);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const bool has_comma = w.tokens.is(items[i].end - 1, ",");
        const bool is_last = i + 1 == items.size();
        if (i > 0 && !w.fits(items[i].begin, items[i].end, is_last ? more : 0)) {
            w.start_line(items[i].begin, indent + step);
        }
        put_value(w, {items[i].begin, items[i].end - (has_comma ? 1 : 0)}, indent, 1);
        if (has_comma) w.put(items[i].end - 1);
    }
}

}  // namespace proviso::grammar::formatting
