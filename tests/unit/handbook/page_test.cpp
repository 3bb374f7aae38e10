#include "handbook/page.h"

#include <catch2/catch.hpp>

namespace proviso::handbook {
namespace {

/// The text as the one paragraph of a page, without what stands around it.
std::string paragraph_in_markdown(const Line& line) {
    Page page;
    page.title = "t";
    page.paragraph(line);
    const std::string before = "# t\n\n";
    const std::string text = to_markdown(page);
    REQUIRE(text.starts_with(before));
    return text.substr(before.size(), text.size() - before.size() - 1);
}

std::string paragraph_in_html(const Line& line) {
    Page page;
    page.title = "t";
    page.paragraph(line);
    const std::string text = to_html(page);
    const std::size_t begin = text.find("<p>") + 3;
    return text.substr(begin, text.find("</p>") - begin);
}

TEST_CASE("Text opens no tag") {
    const Line line("<script>alert('1')</script> & \"<b>\"");
    CHECK(paragraph_in_html(line) ==
          "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;&lt;b&gt;&quot;");
    CHECK(paragraph_in_markdown(line) ==
          "&lt;script&gt;alert('1')&lt;/script&gt; &amp; \"&lt;b&gt;\"");
}

TEST_CASE("Text is no markup of Markdown") {
    CHECK(paragraph_in_markdown("a | b") == "a \\| b");
    CHECK(paragraph_in_markdown("`x` *y* _z_ ~w~ $v$") ==
          "\\`x\\` \\*y\\* \\_z\\_ \\~w\\~ \\$v\\$");
    CHECK(paragraph_in_markdown("[x](javascript:y) ![z](w)") ==
          "\\[x\\](javascript:y) \\!\\[z\\](w)");
    CHECK(paragraph_in_markdown("\\") == "\\\\");
    CHECK(paragraph_in_markdown("&lt;") == "&amp;lt;");
    CHECK(paragraph_in_markdown("snake_case_name") == "snake_case_name");
}

TEST_CASE("No address and no name of Markdown becomes a link") {
    CHECK(paragraph_in_markdown("https://x.org www.x.org a@x.org") ==
          "https&#58;//x.org www\\.x.org a&#64;x.org");
}

TEST_CASE("Text at the beginning of a line begins no block") {
    CHECK(paragraph_in_markdown("- x") == "\\- x");
    CHECK(paragraph_in_markdown("  + x") == "  \\+ x");
    CHECK(paragraph_in_markdown("12. x") == "12\\. x");
    CHECK(paragraph_in_markdown("12) x") == "12\\) x");
    CHECK(paragraph_in_markdown("# x") == "\\# x");
    CHECK(paragraph_in_markdown("> x") == "&gt; x");
    CHECK(paragraph_in_markdown("12") == "12");
    CHECK(paragraph_in_markdown("3 - 4") == "3 - 4");
}

TEST_CASE("Text that breaks lines or turns their direction does not") {
    const Line line("a\nb\r\tc\x1b[1md \xE2\x80\xAE\xE2\x80\x8B e\xff");
    CHECK(paragraph_in_html(line) == "a b  c [1md \xEF\xBF\xBD\xEF\xBF\xBD e\xEF\xBF\xBD");
    CHECK(paragraph_in_markdown("a\n\n# b") == "a  \\# b");
}

TEST_CASE("Code stays code, and in the cell that it stands in") {
    CHECK(paragraph_in_markdown(Line().code("a < b_c and *")) == "`a < b_c and *`");
    CHECK(paragraph_in_markdown(Line().code("a | b")) == "<code>a &#124; b</code>");
    CHECK(paragraph_in_markdown(Line().code("`</code><b>")) ==
          "<code>&#96;&#60;&#47;code&#62;&#60;b&#62;</code>");
    CHECK(paragraph_in_markdown(Line().code(" x")) == "<code> x</code>");
    CHECK(paragraph_in_html(Line().code("</code>")) == "<code>&lt;/code&gt;</code>");
}

TEST_CASE("A link leads to a heading of the page, whatever its words") {
    const Line line = Line().link("](x)<", anchor_of("tool", "a\"><b"));
    CHECK(paragraph_in_markdown(line) == "[\\](x)&lt;](#tool-a-22-3e-3cb)");
    CHECK(paragraph_in_html(line) == "<a href=\"#tool-a-22-3e-3cb\">](x)&lt;</a>");
}

TEST_CASE("Different names have different anchors") {
    CHECK(anchor_of("tool", "a_b.c") == "tool-a_b.c");
    CHECK(anchor_of("tool", "a-b") == "tool-a-2db");
    CHECK(anchor_of("tool", "a b") == "tool-a-20b");
    CHECK(anchor_of("tool", "ä") == "tool--c3-a4");
}

TEST_CASE("Headings are the contents") {
    Page page;
    page.title = "A & B";
    page.heading(2, "one", "One");
    page.heading(3, "one-a", "a");
    page.heading(4, "one-a-i", "i");
    page.heading(2, "two", "Two");
    CHECK(to_markdown(page) ==
          "# A &amp; B\n\n- [One](#one)\n- [Two](#two)\n\n"
          "## <a id=\"one\"></a>One\n\n### <a id=\"one-a\"></a>a\n\n"
          "#### <a id=\"one-a-i\"></a>i\n\n## <a id=\"two\"></a>Two\n");
    const std::string html = to_html(page);
    CHECK(html.find("<ul>\n<li><a href=\"#one\">One</a>\n<ul>\n<li><a href=\"#one-a\">a</a></li>\n"
                    "</ul>\n</li>\n<li><a href=\"#two\">Two</a></li>\n</ul>\n</nav>") !=
          std::string::npos);
    CHECK(html.find("<title>A &amp; B</title>") != std::string::npos);
    CHECK(html.find("<h4 id=\"one-a-i\">i</h4>") != std::string::npos);
}

TEST_CASE("A table has its rows, a list its items, and an empty one is left out") {
    Page page;
    page.title = "t";
    page.table({{"a", "b"}, {{"1|", Line()}, {"3", "4"}}, "the \"label\""});
    page.list({"x", Line("y").strong("z")});
    page.table({{"a"}, {}, ""});
    page.list({});
    page.paragraph({});
    CHECK(to_markdown(page) ==
          "# t\n\n| a | b |\n|---|---|\n| 1\\| | |\n| 3 | 4 |\n\n- x\n- y**z**\n");
    const std::string html = to_html(page);
    CHECK(html.find("aria-label=\"the &quot;label&quot;\"") != std::string::npos);
    CHECK(html.find("<tr><th scope=\"row\">3</th><td data-label=\"b\">4</td></tr>") !=
          std::string::npos);
    CHECK(html.find("<ul>\n<li>x</li>\n<li>y<strong>z</strong></li>\n</ul>") != std::string::npos);
}

TEST_CASE("Lists of words read as people write them") {
    const auto text = [](const std::vector<Line>& lines) {
        return paragraph_in_html(joined(lines, " or "));
    };
    CHECK(text({"a"}) == "a");
    CHECK(text({"a", "b"}) == "a or b");
    CHECK(text({"a", "b", "c"}) == "a, b or c");
}

}  // namespace
}  // namespace proviso::handbook
