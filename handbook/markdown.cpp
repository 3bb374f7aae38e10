// Markdown as GitHub reads it. Text is escaped sign by sign, wherever it stands, so that no text
// can open a tag, a link, a heading or a cell. Code that holds a backtick or a pipe is written as
// an element with character references, since a table's row is cut at pipes before code is seen.
// Covered by tests/unit/handbook/page_test.cpp.
#include <algorithm>

#include "handbook/page.h"

namespace proviso::handbook {
namespace {

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

bool is_word(char byte) {
    return is_digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/// An underscore within a word is no emphasis.
bool within_word(std::string_view text, std::size_t at) {
    return at > 0 && at + 1 < text.size() && is_word(text[at - 1]) && is_word(text[at + 1]);
}

std::string reference(char byte) {
    return "&#" + std::to_string(static_cast<unsigned char>(byte)) + ";";
}

void append_sign(std::string& out, std::string_view text, std::size_t at) {
    const char byte = text[at];
    switch (byte) {
        case '&': out += "&amp;"; return;
        case '<': out += "&lt;"; return;
        case '>': out += "&gt;"; return;
        case '_':
            if (!within_word(text, at)) out += '\\';
            break;
        case '\\':
        case '`':
        case '*':
        case '[':
        case ']':
        case '#':
        case '|':
        case '~':
        case '$':
        case '!': out += '\\'; break;
        case '@': out += reference(byte); return;
        // No address becomes a link.
        case ':':
            if (text.substr(at).starts_with("://")) return void(out += reference(byte));
            break;
        case '.':
            if (at >= 3 && text.substr(at - 3, 3) == "www") out += '\\';
            break;
        default: break;
    }
    out += byte;
}

/// Where a line begins: what would begin a list, a quotation or a rule.
std::size_t opening(std::string_view text) {
    const std::size_t sign = std::min(text.find_first_not_of(' '), text.size());
    std::size_t at = sign;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == text.size()) return at;
    const bool numbered = at > sign && (text[at] == '.' || text[at] == ')');
    const bool marked = at == sign && (text[at] == '-' || text[at] == '+' || text[at] == '=');
    return numbered || marked ? at : text.size();
}

std::string md_text(std::string_view raw, bool first) {
    const std::string text = shown(raw);
    const std::size_t escaped_at = first ? opening(text) : text.size();
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == escaped_at) out += '\\';
        append_sign(out, text, i);
    }
    return out;
}

std::string md_code(std::string_view raw) {
    const std::string text = shown(raw);
    const bool plain = text.find_first_of("`|") == std::string::npos && !text.empty() &&
                       text.front() != ' ' && text.back() != ' ';
    if (plain) return "`" + text + "`";
    std::string out = "<code>";
    for (const char byte : text) {
        const auto value = static_cast<unsigned char>(byte);
        const bool is_sign = value > 0x20 && value < 0x7F && !is_word(byte);
        out += is_sign ? reference(byte) : std::string(1, byte);
    }
    return out + "</code>";
}

std::string md_line(const Line& line) {
    std::string out;
    for (const Inline& part : line.parts()) {
        switch (part.kind) {
            case Inline::Kind::text: out += md_text(part.text, out.empty()); break;
            case Inline::Kind::code: out += md_code(part.text); break;
            case Inline::Kind::strong: out += "**" + md_text(part.text, false) + "**"; break;
            case Inline::Kind::link:
                out += "[" + md_text(part.text, false) + "](#" + part.target + ")";
                break;
        }
    }
    return out;
}

std::string md_row(const std::vector<Line>& cells) {
    std::string out = "|";
    for (const Line& cell : cells) out += " " + md_line(cell) + (cell.empty() ? "|" : " |");
    return out + "\n";
}

std::string md_table(const Table& table) {
    std::string out = md_row(table.head) + "|";
    for (std::size_t i = 0; i < table.head.size(); ++i) out += "---|";
    out += "\n";
    for (const auto& row : table.rows) out += md_row(row);
    return out;
}

std::string md_block(const Block& block) {
    switch (block.kind) {
        case Block::Kind::heading:
            return std::string(block.level, '#') + " <a id=\"" + block.anchor + "\"></a>" +
                   md_line(block.line) + "\n";
        case Block::Kind::paragraph: return md_line(block.line) + "\n";
        case Block::Kind::list: {
            std::string out;
            for (const Line& item : block.items) out += "- " + md_line(item) + "\n";
            return out;
        }
        case Block::Kind::table: return md_table(block.table);
    }
    return {};
}

std::string md_contents(const Page& page) {
    std::string out;
    for (const Block& block : page.blocks) {
        if (block.kind != Block::Kind::heading || block.level != 2) continue;
        out += "- [" + md_line(block.line) + "](#" + block.anchor + ")\n";
    }
    return out;
}

}  // namespace

std::string to_markdown(const Page& page) {
    std::string out = "# " + md_text(page.title, true) + "\n";
    bool before_sections = true;
    for (const Block& block : page.blocks) {
        const bool section = block.kind == Block::Kind::heading;
        if (section && before_sections) out += "\n" + md_contents(page);
        before_sections = before_sections && !section;
        out += "\n" + md_block(block);
    }
    return out;
}

}  // namespace proviso::handbook
