// Texts that were written to hurt: none may crash the parser, and none may cost more than its
// length. The bounds of time are some hundred times what a release build takes.
#include <chrono>
#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/grammar/parse_text.h"

using namespace proviso::grammar;
using proviso::Limits;

namespace {

std::string times(std::string_view part, std::size_t count) {
    std::string text;
    text.reserve(part.size() * count);
    for (std::size_t i = 0; i < count; ++i) text += part;
    return text;
}

double seconds_to_parse(const std::string& text) {
    const auto begin = std::chrono::steady_clock::now();
    const ParsedText parsed(text);
    (void)recognise(parsed.sources, parsed.source);
    (void)render_text(parsed.sources, parsed.sink.all());
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

bool has_code(const ParsedText& parsed, std::string_view code) {
    for (const std::string_view found : parsed.codes()) {
        if (found == code) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("deep nesting of every kind is a clear error") {
    constexpr std::size_t deep = 100'000;
    for (const std::string& text :
         {"let a = " + times("(", 10'000'000), "let a = " + times("not ", deep) + "x",
          "let a = " + times("[", deep), "type a = " + times("[", deep),
          "type a = " + times("{ a : ", deep), "let a = " + times("f(", deep),
          "let a = " + times("t[", deep), "let a = " + times("any(x in y: ", deep),
          "block a on b because \"{" + times("(", deep) + "\"",
          "let a = " + times("count(x in ", deep), "let a = x in " + times("[", deep)}) {
        INFO(text.substr(0, 30));
        const ParsedText parsed(text);
        CHECK(has_code(parsed, "P0302"));
        CHECK_FALSE(recognise(parsed.sources, parsed.source));
    }
}

TEST_CASE("nesting is accepted at its limit and refused one past it") {
    Limits limits;
    limits.nesting = 20;
    const auto nested = [](std::size_t depth) {
        return "let a = " + times("(", depth) + "x" + times(")", depth) + "\n";
    };
    CHECK(ParsedText(nested(20), limits).codes().empty());
    CHECK(has_code(ParsedText(nested(21), limits), "P0302"));
}

TEST_CASE("however deep a caller allows it, the stack is safe") {
    Limits limits;
    limits.nesting = 1'000'000'000;
    CHECK(has_code(ParsedText("let a = " + times("(", 2'000'000), limits), "P0302"));
}

TEST_CASE("a file is accepted at its limit of bytes and refused one past it") {
    Limits limits;
    limits.source_bytes = 12;
    CHECK(ParsedText("allow a on b", limits).codes().empty());
    CHECK(ParsedText("allow a on b\n", limits).codes() == std::vector<std::string_view>{"P0301"});
}

TEST_CASE("errors are counted up to their limit") {
    Limits limits;
    limits.errors = 5;
    CHECK(ParsedText(times("alow a on b\n", 5), limits).codes().size() == 5);
    const ParsedText more(times("alow a on b\n", 100), limits);
    CHECK(more.codes().size() == 6);
    CHECK(more.codes().back() == "P0303");
}

TEST_CASE("a megabyte takes bounded time") {
    constexpr std::size_t mega = 1'000'000;
    constexpr double bound = 60;
    for (const std::string& text :
         {"let a = [" + times("1, ", mega / 3), "let a = x" + times(" and x", mega / 6),
          times("(", mega), times("allow a on b\n# c\n", mega / 17),
          "gate a on b\n" + times(" when x = 5\n", mega / 12)}) {
        INFO(text.substr(0, 40));
        CHECK(seconds_to_parse(text) < bound);
    }
}

TEST_CASE("repeating anything takes bounded time") {
    constexpr std::size_t size = 100'000;
    constexpr double bound = 30;
    const auto fill = [](std::string_view start, std::string_view part) {
        return std::string(start) + times(part, size / part.size());
    };
    for (const std::string& text : {fill("", "("),
                                    fill("", "x"),
                                    fill("", "x\n"),
                                    fill("", "\n"),
                                    fill("", " "),
                                    fill("", "#"),
                                    fill("", "# c\n"),
                                    fill("", "## d\n"),
                                    fill("", "\""),
                                    fill("", "allow "),
                                    fill("", "allow a on b\n# c\n"),
                                    fill("let a = ", "5"),
                                    fill("let a = ", "-5"),
                                    fill("let a = ", "x."),
                                    fill("let a = ", "x + "),
                                    fill("let a = ", "x < "),
                                    fill("let a = x", " and x"),
                                    fill("let a = x", " ?? x"),
                                    fill("let a = [", "1, "),
                                    fill("let a = \"", "\\u12"),
                                    fill("block a on b because \"", "{x}"),
                                    fill("block a on b because \"", "{"),
                                    fill("block a on b because \"", "}}"),
                                    fill("allow a on ", "b, "),
                                    fill("role r { can ", "b, "),
                                    fill("role r {", " can a: b"),
                                    fill("type t = ", "a | "),
                                    fill("type t = ", "\"a\" < "),
                                    fill("type t = ", "[int "),
                                    fill("attributes {\n", " a : int\n"),
                                    fill("attributes {\n", " a = int\n"),
                                    fill("attributes {\n", " a : int"),
                                    fill("tool t { args {", " a : int\n }"),
                                    fill("matrix m by t {\n", " a | block |\n"),
                                    fill("matrix m by t {\n", " a | block\n"),
                                    fill("matrix m by t {\n a ", "| block "),
                                    fill("window w = ", "mon, "),
                                    fill("window w = ", "mon..fri 09:00..17:00, "),
                                    fill("gate a on b\n", " when x = 5\n"),
                                    fill("gate a on b\n", " when x\n"),
                                    fill("gate a on b\n", "\n\n  # c\n"),
                                    fill("let a = x", "\n # c"),
                                    fill("let a = (", "x\n"),
                                    fill("}", "}"),
                                    fill("let a = ", "2026-12-20 "),
                                    fill("let a = 1", "_1"),
                                    fill("let a = ", "1d"),
                                    fill("let a = ", "has "),
                                    fill("let a = x ", "is not "),
                                    fill("\t", "\t"),
                                    fill("trial until 2026-12-20 ", "trial until 2026-12-20 ")}) {
        INFO(text.substr(0, 40));
        CHECK(seconds_to_parse(text) < bound);
    }
}

TEST_CASE("every prefix of a file, and every byte of it damaged, is parsed without harm") {
    const std::string text =
        "policy a version \"1\"\n## doc\ntool t { tier x args { a : money with c in 0 .. 5 } }\n"
        "matrix m by tier, e {\n | a | b |\n x | allow | gate by y |\n}\n"
        "trial until 2026-12-20 gate g on @a, b.* except c\n when any(x in y: x is not [1]) ?? -5 "
        "USD\n"
        " by z because \"a {b} {{\" oblige o(1)\nlimit l on t sum a per b over 24h > 5 : block\n";
    for (std::size_t length = 0; length <= text.size(); ++length) {
        const ParsedText parsed(text.substr(0, length));
        (void)render_text(parsed.sources, parsed.sink.all());
    }
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (const char damage : {'\0', '(', '}', '"', '|', '\n', ' ', '\xC3', '5', 'x', '\\'}) {
            std::string damaged = text;
            damaged[at] = damage;
            const ParsedText parsed(damaged);
            (void)render_text(parsed.sources, parsed.sink.all());
        }
    }
    SUCCEED();
}
