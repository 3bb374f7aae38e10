#include "report_page/html.h"

#include <string>

#include <catch2/catch.hpp>

using namespace proviso::report_page;  // NOLINT(google-build-using-namespace)

TEST_CASE("foreign text is no markup, no control character and no turn of direction") {
    CHECK(html_text("<a href='x'>&\"") == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
    CHECK(html_text("a\nb\x1b[0m") == "a?b?[0m");
    CHECK(html_text("\xe2\x80\xae"
                    "gpj") == "?gpj");
    CHECK(html_text("Zoë") == "Zoë");
}

TEST_CASE("a table says how many rows paper has no room for") {
    DataTable table{"A <caption>", {{"name", false}, {"calls", true, false}}, {}, 2};
    CHECK(table_html(table).empty());
    for (std::uint64_t i = 0; i < 5; ++i) {
        table.rows.push_back({text_cell("row"), count_cell(i * 1'000)});
    }
    const std::string html = table_html(table);
    CHECK(html.find("<caption>A &lt;caption&gt;</caption>") != std::string::npos);
    CHECK(html.find("and 3 more") != std::string::npos);
    CHECK(html.find("<th scope=\"row\">row</th><td class=\"number screen\">4,000</td>") !=
          std::string::npos);
    std::size_t left_out = 0;
    for (std::size_t at = html.find("<tr class=\"screen\""); at != std::string::npos;
         at = html.find("<tr class=\"screen\"", at + 1)) {
        ++left_out;
    }
    CHECK(left_out == 3);
    table.printed = 5;
    CHECK(table_html(table).find("more") == std::string::npos);
}

TEST_CASE("a section without content is none") {
    CHECK(section_html("rules", "Rules", "").empty());
    CHECK(section_html("rules", "Rules", "x").find("aria-labelledby=\"rules-head\"") !=
          std::string::npos);
}
