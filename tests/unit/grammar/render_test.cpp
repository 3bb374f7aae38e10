#include <string>

#include <catch2/catch.hpp>

#include "grammar/diagnostic.h"

using namespace proviso::grammar;

namespace {

/// Renders one diagnostic over [begin, end) of `text`.
std::string rendered(std::string text, std::uint32_t begin, std::uint32_t end,
                     RenderOptions options = {}) {
    SourceMap sources;
    const SourceId id = sources.add("a", std::move(text));
    DiagnosticSink sink;
    sink.report(DiagnosticId::single_equals, {id, begin, end}, {}, "write `==`");
    return render_text(sources, sink.all(), options);
}

}  // namespace

TEST_CASE("message, place, line, underline and help") {
    CHECK(rendered("a = b\n", 2, 3) ==
          "error[P0222]: `=` does not compare\n"
          " --> a:1:3\n"
          "  |\n"
          "1 | a = b\n"
          "  |   ^\n"
          "help: write `==`\n");
}

TEST_CASE("tabs become four blanks above and below") {
    CHECK(rendered("\ta = b\n", 3, 4).find("1 |     a = b\n  |       ^\n") != std::string::npos);
}

TEST_CASE("wide characters take two cells and combining ones none") {
    CHECK(rendered("\xE4\xB8\xAD = b\n", 4, 5).find("  |    ^\n") != std::string::npos);
    CHECK(rendered("e\xCC\x81 = b\n", 4, 5).find("  |   ^\n") != std::string::npos);
}

TEST_CASE("an empty span is one mark, also behind the last character") {
    CHECK(rendered("ab\n", 2, 2).find("1 | ab\n  |   ^\n") != std::string::npos);
    CHECK(rendered("", 0, 0).find("1 | \n  | ^\n") != std::string::npos);
}

TEST_CASE("a span over lines is underlined to the end of its first line") {
    CHECK(rendered("abc\ndef\n", 1, 6).find("1 | abc\n  |  ^^\n") != std::string::npos);
}

TEST_CASE("a long line is cut round the span") {
    const std::string text =
        rendered(std::string(100'000, 'x') + "=" + std::string(5000, 'y'), 100'000, 100'001);
    CHECK(text.size() < 1000);
    CHECK(text.find("...x") != std::string::npos);
    CHECK(text.find("=yyy") != std::string::npos);
    CHECK(text.find("y...\n") != std::string::npos);
}

TEST_CASE("bytes that are no text, and marks that turn text, are not printed") {
    CHECK(rendered("a\xFF = b", 3, 4).find('\xFF') == std::string::npos);
    CHECK(rendered("a\xE2\x80\xAE = b", 5, 6).find("\xE2\x80\xAE") == std::string::npos);
}

TEST_CASE("colour is only there when asked for") {
    CHECK(rendered("a = b", 2, 3).find('\x1b') == std::string::npos);
    CHECK(rendered("a = b", 2, 3, {true}).find("\x1b[1;31merror") != std::string::npos);
}
