// One page with its style inside, no script, and a policy of its own that lets the browser fetch
// nothing. Tables scroll by themselves, by keyboard too, so that the page never does sideways; on a
// phone each row is a card, with the head of the column beside each cell.
// Covered by tests/unit/handbook/page_test.cpp.
#include "handbook/html_style.h"
#include "handbook/page.h"

namespace proviso::handbook {
namespace {

std::string html_text(std::string_view raw) {
    std::string out;
    for (const char byte : shown(raw)) {
        switch (byte) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += byte;
        }
    }
    return out;
}

std::string element(std::string_view name, const std::string& inner) {
    return "<" + std::string(name) + ">" + inner + "</" + std::string(name) + ">";
}

std::string html_link(std::string_view target, const std::string& inner) {
    return "<a href=\"#" + std::string(target) + "\">" + inner + "</a>";
}

std::string html_line(const Line& line) {
    std::string out;
    for (const Inline& part : line.parts()) {
        const std::string text = html_text(part.text);
        switch (part.kind) {
            case Inline::Kind::text: out += text; break;
            case Inline::Kind::code: out += element("code", text); break;
            case Inline::Kind::strong: out += element("strong", text); break;
            case Inline::Kind::link: out += html_link(part.target, text); break;
        }
    }
    return out;
}

/// Its words alone, for an attribute.
std::string html_words(const Line& line) {
    std::string out;
    for (const Inline& part : line.parts()) out += html_text(part.text);
    return out;
}

std::string html_table(const Table& table) {
    std::string out = "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"" +
                      html_text(table.label) + "\">\n<table>\n<thead><tr>";
    for (const Line& cell : table.head) {
        out += "<th scope=\"col\">" + html_line(cell) + "</th>";
    }
    out += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
        out += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string cell = html_line(row[i]);
            out += i == 0
                       ? "<th scope=\"row\">" + cell + "</th>"
                       : "<td data-label=\"" + html_words(table.head[i]) + "\">" + cell + "</td>";
        }
        out += "</tr>\n";
    }
    return out + "</tbody>\n</table>\n</div>\n";
}

std::string html_block(const Block& block) {
    switch (block.kind) {
        case Block::Kind::heading: {
            const std::string tag = "h" + std::to_string(block.level);
            return "<" + tag + " id=\"" + block.anchor + "\">" + html_line(block.line) + "</" +
                   tag + ">\n";
        }
        case Block::Kind::paragraph: return element("p", html_line(block.line)) + "\n";
        case Block::Kind::list: {
            std::string out = "<ul>\n";
            for (const Line& item : block.items) out += element("li", html_line(item)) + "\n";
            return out + "</ul>\n";
        }
        case Block::Kind::table: return html_table(block.table);
    }
    return {};
}

/// Sections, each with the headings below it.
std::string html_contents(const Page& page) {
    std::string out = "<nav aria-label=\"Contents\">\n<ul>\n";
    bool in_section = false;
    bool in_list = false;
    for (const Block& block : page.blocks) {
        if (block.kind != Block::Kind::heading || block.level > 3) continue;
        const std::string link = html_link(block.anchor, html_line(block.line));
        if (block.level == 3) {
            out += (in_list ? "" : "\n<ul>\n") + element("li", link) + "\n";
            in_list = true;
            continue;
        }
        if (in_list) out += "</ul>\n";
        if (in_section) out += "</li>\n";
        out += "<li>" + link;
        in_section = true;
        in_list = false;
    }
    if (in_list) out += "</ul>\n";
    if (in_section) out += "</li>\n";
    return out + "</ul>\n</nav>\n";
}

}  // namespace

std::string to_html(const Page& page) {
    const std::string title = html_text(page.title);
    std::string out(html_head);
    out += element("title", title) + "\n" + std::string(html_style) + "</head>\n<body>\n";
    out += "<a class=\"skip\" href=\"#content\">Skip to the content</a>\n" + html_contents(page);
    out += "<main id=\"content\">\n" + element("h1", title) + "\n";
    for (const Block& block : page.blocks) out += html_block(block);
    return out + "</main>\n</body>\n</html>\n";
}

}  // namespace proviso::handbook
