// Statements with items in braces: attributes, facts, tools, roles, approvals. One item or none is
// written on one line where it fits; more stand below each other, in a fixed order.
//
// Covered by tests/golden/format/blocks.
#include <algorithm>
#include <array>

#include "grammar/format_layout.h"

namespace proviso::grammar::formatting {
namespace {

/// The brace that ends the statement's head.
std::size_t find_brace(const Tokens& tokens, Part part) {
    return tokens.find(part.begin, part.end, "{");
}

void put_items(Writer& w, std::size_t open, std::size_t indent, const std::vector<Part>& items,
               void (*put_item)(Writer&, Part, std::size_t)) {
    const Tokens& tokens = w.tokens;
    const std::size_t close = tokens[open].partner;
    const std::size_t below = indent + step;
    w.put(open);
    for (const Part& item : items) {
        const bool is_first = item.begin == items.front().begin;
        w.start_line(item.begin, below, is_first ? Blanks::inner : Blanks::all);
        put_item(w, item, below);
    }
    w.comments_above(close, below, Blanks::all);
    w.newline(indent);
    w.put(close);
}

void put_entry(Writer& w, Part entry, std::size_t indent) {
    const Tokens& tokens = w.tokens;
    const bool has_comma = tokens.is(entry.end - 1, ",");
    const Part bare{entry.begin, entry.end - (has_comma ? 1 : 0)};
    const std::size_t colon = tokens.find(bare.begin, bare.end, ":");
    w.put(bare.begin, colon + 1);
    put_value(w, {colon + 1, bare.end}, indent);
    if (has_comma) w.skip(entry.end - 1);
}

/// Colons of fields that follow each other without a blank line stand in one column.
void align_colons(Writer& w, const std::vector<Part>& entries, std::size_t indent) {
    const Tokens& tokens = w.tokens;
    const auto starts_group = [&](std::size_t i) {
        const Token& first = tokens[entries[i].begin];
        return i == 0 || (first.above.empty() ? first.blank_line : first.above[0].blank_before);
    };
    for (std::size_t begin = 0; begin < entries.size();) {
        std::size_t widest = 0;
        std::size_t end = begin;
        do {
            const std::size_t colon = tokens.find(entries[end].begin, entries[end].end, ":");
            widest = std::max(widest, tokens.width(entries[end].begin, colon));
        } while (++end < entries.size() && !starts_group(end));
        for (; begin < end; ++begin) {
            const std::size_t colon = tokens.find(entries[begin].begin, entries[begin].end, ":");
            if (tokens[colon].spaced) w.align(colon, indent + widest + 1);
        }
    }
}

// ---- items of tools and approvals, whose words are not reserved

/// `a, b, c`
std::size_t end_of_names(const Tokens& tokens, std::size_t i, std::string_view separator) {
    for (++i; tokens.is(i, separator); i += 2) {
    }
    return i;
}

std::size_t end_of_tool_item(const Tokens& tokens, std::size_t i) {
    if (tokens.is(i, "args")) {
        return tokens.after(tokens.is(i + 1, "open") ? i + 2 : i + 1);
    }
    if (tokens.is(i, "stages") || tokens.is(i, "tags")) return end_of_names(tokens, i + 1, ",");
    return i + 2;
}

std::size_t end_of_approval_item(const Tokens& tokens, std::size_t i) {
    if (tokens.is(i, "never")) return end_of_names(tokens, i + 1, ",");
    if (tokens.is(i, "escalate")) return i + 5;  // also ROLE after D
    if (!tokens.is(i, "needs")) return i + 2;
    const bool is_counted = tokens[i + 1].kind == Kind::number;
    return end_of_names(tokens, is_counted ? i + 3 : i + 1, "or");
}

template <typename End>
std::vector<Part> items_between(const Tokens& tokens, std::size_t open, End end_of_item) {
    std::vector<Part> items;
    const std::size_t close = tokens[open].partner;
    for (std::size_t i = open + 1; i < close;) {
        const std::size_t end = std::min(end_of_item(tokens, i), close);
        items.push_back({i, end});
        i = end;
    }
    return items;
}

void sort_items(const Tokens& tokens, std::vector<Part>& items,
                const std::vector<std::string_view>& order) {
    const auto rank = [&](const Part& item) {
        return std::find(order.begin(), order.end(), tokens[item.begin].text);
    };
    std::stable_sort(items.begin(), items.end(),
                     [&](const Part& a, const Part& b) { return rank(a) < rank(b); });
}

bool is_short_args(const Tokens& tokens, Part item) {
    if (!tokens.is(item.begin, "args")) return true;
    const std::size_t open = tokens.find(item.begin, item.end, "{");
    return split_at_commas(tokens, {open + 1, tokens[open].partner}).size() <= 1;
}

void put_tool_item(Writer& w, Part item, std::size_t indent) {
    if (!w.tokens.is(item.begin, "args")) return put_list(w, item, indent);
    const std::size_t open = w.tokens.find(item.begin, item.end, "{");
    w.put(item.begin, open);
    if (is_short_args(w.tokens, item) && w.fits(open, item.end)) return w.put(open, item.end);
    put_fields(w, open, indent);
}

/// `can STAGES: TOOLS when CONDITION`
void put_grant(Writer& w, Part grant, std::size_t indent) {
    if (w.fits(grant.begin, grant.end)) return w.put(grant.begin, grant.end);
    const std::size_t when = w.tokens.find(grant.begin, grant.end, "when");
    put_list(w, {grant.begin, when}, indent);
    if (when == grant.end) return;
    w.start_line(when, indent + step);
    w.put(when);
    put_value(w, {when + 1, grant.end}, indent + step);
}

void put_plain_item(Writer& w, Part item, std::size_t indent) {
    put_list(w, item, indent);
}

void put_one_line_or(Writer& w, Part part, std::size_t open, bool is_short,
                     const std::vector<Part>& items, void (*put_item)(Writer&, Part, std::size_t)) {
    const bool is_empty = items.empty() && !w.tokens.has_comment(open, part.end);
    if ((is_short || is_empty) && w.fits(part.begin, part.end)) return w.put(part.begin, part.end);
    put_list(w, {part.begin, open}, 0);
    put_items(w, open, 0, items, put_item);
}

}  // namespace

void put_fields(Writer& w, std::size_t open, std::size_t indent) {
    const Part inner{open + 1, w.tokens[open].partner};
    const std::vector<Part> entries = split_at_commas(w.tokens, inner);
    align_colons(w, entries, indent + step);
    put_items(w, open, indent, entries, put_entry);
}

void align_seconds(Writer& w, const std::vector<Part>& items, std::size_t indent) {
    std::size_t widest = 0;
    for (const Part& item : items) {
        widest = std::max<std::size_t>(widest, w.tokens[item.begin].width);
    }
    for (const Part& item : items) w.align(item.begin + 1, indent + widest + 1);
}

void put_block_of_fields(Writer& w, Part part) {
    const std::size_t open = find_brace(w.tokens, part);
    const auto entries = split_at_commas(w.tokens, {open + 1, w.tokens[open].partner});
    if (entries.size() <= 1 && w.fits(part.begin, part.end)) return w.put(part.begin, part.end);
    put_value(w, {part.begin, open}, 0, 2);
    put_fields(w, open, 0);
}

std::vector<Part> tool_items(const Tokens& tokens, std::size_t open) {
    std::vector<Part> items = items_between(tokens, open, end_of_tool_item);
    sort_items(tokens, items, {"tier", "stages", "undo", "tags", "args"});
    return items;
}

bool is_short_tool(const Tokens& tokens, std::size_t open) {
    const std::vector<Part> items = tool_items(tokens, open);
    return items.empty() || (items.size() == 1 && is_short_args(tokens, items[0]));
}

void put_tool(Writer& w, Part part) {
    const std::size_t open = find_brace(w.tokens, part);
    const std::vector<Part> items = tool_items(w.tokens, open);
    const bool is_short = is_short_tool(w.tokens, open);
    if (is_short && w.fits(part.begin, part.end)) return w.put(part.begin, part.end);
    std::vector<Part> aligned;
    for (const Part& item : items) {
        const bool is_long_block =
            w.tokens.is(item.begin, "args") &&
            (!is_short_args(w.tokens, item) || w.tokens.has_comment(item.begin, item.end));
        if (!is_long_block) aligned.push_back(item);
    }
    align_seconds(w, aligned, step);
    put_one_line_or(w, part, open, false, items, put_tool_item);
}

std::vector<Part> role_items(const Tokens& tokens, std::size_t open) {
    std::vector<Part> items;
    const std::size_t close = tokens[open].partner;
    for (std::size_t i = open + 1; i < close;) {
        const std::size_t end = tokens.find(i + 1, close, "can");
        items.push_back({i, end});
        i = end;
    }
    return items;
}

void put_role(Writer& w, Part part) {
    const std::size_t open = find_brace(w.tokens, part);
    const std::vector<Part> items = role_items(w.tokens, open);
    put_one_line_or(w, part, open, items.size() <= 1, items, put_grant);
}

void put_approval(Writer& w, Part part) {
    const std::size_t open = find_brace(w.tokens, part);
    std::vector<Part> items = items_between(w.tokens, open, end_of_approval_item);
    sort_items(w.tokens, items, {"needs", "within", "valid", "escalate", "never"});
    const bool is_short = items.size() <= 1;
    if (!is_short) align_seconds(w, items, step);
    put_one_line_or(w, part, open, is_short, items, put_plain_item);
}

}  // namespace proviso::grammar::formatting
