#include "grammar/parser.h"

#include <catch2/catch.hpp>

#include "grammar/ast_dump.h"
#include "tests/unit/grammar/parse_text.h"

using namespace proviso::grammar;
using proviso::Limits;

namespace {

std::string_view text_of(const ParsedText& parsed, Span span) {
    return parsed.sources.text(span);
}

const ast::Expr& condition(const ParsedText& parsed) {
    REQUIRE(parsed.codes().empty());
    REQUIRE(parsed.file.lets.size() == 1);
    return parsed.file.expr(parsed.file.lets[0].value);
}

}  // namespace

TEST_CASE("spans of a statement end at its last token") {
    const ParsedText parsed(
        "## d\ngate a on b.*  \n    by c   # comment\n\n# more\n\nallow d on e");
    REQUIRE(parsed.file.rules.size() == 2);
    const ast::Rule& gate = parsed.file.rules[0];
    CHECK(text_of(parsed, gate.head.span) == "gate a on b.*  \n    by c");
    CHECK(text_of(parsed, gate.head.keyword) == "gate");
    CHECK(gate.head.doc == "d");
    CHECK(text_of(parsed, gate.name.span) == "a");
    CHECK(text_of(parsed, gate.on.span) == "b.*");
    CHECK(text_of(parsed, gate.by->span) == "c");
    CHECK(text_of(parsed, parsed.file.rules[1].head.span) == "allow d on e");
}

TEST_CASE("a statement on trial starts at its trial, its word is the rule's") {
    const ParsedText parsed("trial until 2026-12-20 gate a on b by c\n");
    REQUIRE(parsed.file.rules.size() == 1);
    const ast::Head& head = parsed.file.rules[0].head;
    CHECK(text_of(parsed, head.span) == "trial until 2026-12-20 gate a on b by c");
    CHECK(text_of(parsed, head.keyword) == "gate");
}

TEST_CASE("spans of expressions leave their own brackets out and take in those of operands") {
    const ParsedText parsed("let a = ((x) + y) * 2\n");
    const ast::Expr& product = condition(parsed);
    CHECK(text_of(parsed, product.span) == "((x) + y) * 2");
    CHECK(text_of(parsed, product.op_span) == "*");
    const ast::Expr& sum = parsed.file.expr(product.a);
    CHECK(sum.bracketed);
    CHECK(text_of(parsed, sum.span) == "(x) + y");
    CHECK(text_of(parsed, parsed.file.expr(sum.a).span) == "x");
}

TEST_CASE("spans of operators, calls and literals") {
    const ParsedText parsed("let a = not  f(x, 5 USD).hour  not   in [1]\n");
    const ast::Expr& negation = condition(parsed);
    CHECK(text_of(parsed, negation.op_span) == "not");
    const ast::Expr& membership = parsed.file.expr(negation.a);
    CHECK(text_of(parsed, membership.op_span) == "not   in");
    CHECK(text_of(parsed, membership.span) == "f(x, 5 USD).hour  not   in [1]");
    const ast::Expr& member = parsed.file.expr(membership.a);
    CHECK(text_of(parsed, member.op_span) == "hour");
    CHECK(text_of(parsed, parsed.file.expr(member.a).span) == "f(x, 5 USD)");
}

TEST_CASE("comments are kept once each, in order, without documentation") {
    const ParsedText parsed("# a\n## doc\nallow x on y # b\r\n# c\n\n    # d\n## last\n");
    std::vector<std::string_view> comments;
    for (const auto& comment : parsed.file.comments) {
        comments.push_back(text_of(parsed, comment.span));
    }
    CHECK(comments == std::vector<std::string_view>{"# a", "# b", "# c", "# d", "## last"});
}

TEST_CASE("strings without escapes are views into the source") {
    const ParsedText parsed("import \"a.proviso\"\nimport \"b\\u0041\"\n");
    REQUIRE(parsed.file.imports.size() == 2);
    const std::string& text = parsed.sources.file(parsed.source).text;
    const char* data = parsed.file.imports[0].path.text.data();
    CHECK(data >= text.data());
    CHECK(data < text.data() + text.size());
    CHECK(parsed.file.imports[1].path.text == "bA");
}

TEST_CASE("what could not be parsed is named, so that uses of it are no further mistake") {
    const ParsedText parsed("approval two {\n    needs\n}\ngate a on b by two\n");
    CHECK(parsed.codes().size() == 1);
    REQUIRE(parsed.file.broken.size() == 1);
    CHECK(parsed.file.broken[0].text == "two");
    CHECK(parsed.file.rules.size() == 1);
}

TEST_CASE("the order of statements is kept") {
    const ParsedText parsed("allow a on b\nlet c = 5\nallow d on e\n");
    REQUIRE(parsed.file.order.size() == 3);
    CHECK(parsed.file.order[1].kind == ast::StatementKind::let);
    CHECK(parsed.file.order[2].index == 1);
}

TEST_CASE("nothing of a broken statement reaches the next one") {
    const ParsedText clean("table t by a | b : int {\n    a | 1 |\n    b | 2 |\n}\n");
    const ParsedText after(
        "table q by a | b, c | d : int {\n    | x | y |\n    a | 1 | 2 |\n    b | 3\n}\n"
        "tool w { tier low args { a : int, b : \n }\n"
        "table t by a | b : int {\n    a | 1 |\n    b | 2 |\n}\n");
    CHECK_FALSE(after.codes().empty());
    CHECK(dump(after.file) == dump(clean.file));
}

TEST_CASE("recognising agrees with parsing") {
    for (const std::string text :
         {"", "allow a on b\n", "allow a on b", "# c\n\n  # d\n", "gate a on b by c when x > 5 USD",
          "allow a on", "  allow a on b", "}\n", "allow a on b\xFF", "let a = ((x)", "   "}) {
        INFO(text);
        const ParsedText parsed(text);
        CHECK(recognise(parsed.sources, parsed.source) == parsed.codes().empty());
    }
}
