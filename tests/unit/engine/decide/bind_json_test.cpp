// Documents that are no JSON, or hostile JSON, on every implementation of simdjson that runs here.
#include "engine/decide/bind_json.h"

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <simdjson.h>

#include "tests/unit/engine/decide/bind_random.h"

namespace {

using namespace proviso;         // NOLINT(google-build-using-namespace)
using namespace proviso::tests;  // NOLINT(google-build-using-namespace)

Program small() {
    ProgramMaker maker;
    maker.attribute("name", maker.plain(Kind::string));
    maker.tool({"t", {{"s", maker.optional(Kind::string)}}, 0x10, 0x04, false, true});
    return std::move(maker.program);
}

bool readable(Bench& bench, std::string_view document) {
    bench.document(Layout::native(), document);
    return bench.bound.form != decide::FormError::unreadable;
}

/// With each implementation in turn.
template <class Test>
void on_each(Test test) {
    const simdjson::implementation* before = simdjson::get_active_implementation();
    for (const simdjson::implementation* each : simdjson::get_available_implementations()) {
        if (!each->supported_by_runtime_system()) continue;
        INFO(each->name());
        simdjson::get_active_implementation() = each;
        Bench bench(small());
        test(bench);
    }
    simdjson::get_active_implementation() = before;
}

const std::string sample =
    R"({"tool": "t", "name" : "x\u00e9\"", "more": [1, -2.5, true, null, {"a": []}],)"
    R"( "args": {"s": "é", "z": [{}, "\ud83d\ude00"]}, "unknown": ["name"]})";

}  // namespace

TEST_CASE("bind json: every prefix is unreadable, and so is anything behind a document") {
    on_each([](Bench& b) {
        CHECK(readable(b, sample));
        CHECK(readable(b, " \n\t\r" + sample + " \n\t\r"));
        for (std::size_t size = 0; size < sample.size(); ++size) {
            INFO(sample.substr(0, size));
            CHECK_FALSE(readable(b, std::string_view(sample).substr(0, size)));
        }
        for (const char* more : {"}", "{}", ",", "x", "1", "\"\"", "]", ":", "\x01"}) {
            INFO(more);
            CHECK_FALSE(readable(b, sample + more));
            CHECK_FALSE(readable(b, more + sample));
        }
    });
}

TEST_CASE("bind json: what is no JSON is unreadable, skipped or not") {
    const std::vector<std::string> values{"01",
                                          "1.",
                                          ".5",
                                          "+1",
                                          "-",
                                          "1e",
                                          "0x1",
                                          "NaN",
                                          "tru",
                                          "True",
                                          "nul",
                                          "nulll",
                                          "1 2",
                                          "[1,]",
                                          "[,1]",
                                          "[1 2]",
                                          "[1}",
                                          "{]",
                                          "{\"a\"}",
                                          "{\"a\":}",
                                          "{\"a\":1,}",
                                          "{a:1}",
                                          "{1:1}",
                                          "{\"a\" 1}",
                                          "'x'",
                                          "\"\\x\"",
                                          "\"\\u12\"",
                                          "\"\\u12G4\"",
                                          "\"\t\"",
                                          "\"\n\"",
                                          "\"\xff\"",
                                          "\"\xc0\xaf\"",
                                          "\"\xed\xa0\x80\"",
                                          "1\x01",
                                          "\x01",
                                          "{\"\\x\": 1}",
                                          "[",
                                          "{",
                                          "]",
                                          "",
                                          ",",
                                          ":"};
    on_each([&](Bench& b) {
        for (const std::string& value : values) {
            for (const char* place :
                 {"\"more\": ", "\"name\": ", "\"x\": [{\"y\": ", "\"args\": "}) {
                const std::string rest = place[1] == 'x' ? "}]}" : "}";
                INFO(place << value);
                CHECK_FALSE(readable(b, std::string(R"({"tool": "t", )") + place + value + rest));
            }
        }
        for (const char* root : {"", " ", "5", "\"x\"", "[]", "null", "\xef\xbb\xbf{}", "\0"}) {
            INFO(root);
            CHECK_FALSE(readable(b, root));
        }
    });
}

TEST_CASE("bind json: nothing of an unreadable document is kept") {
    Bench b(small());
    b.document(Layout::native(), R"({"tool": "t", "name": "x", "args": {"s": "y"}} x)");
    CHECK(b.form() == "unreadable : something after the document");
    CHECK(b.at("name").state == State::missing);
    CHECK(b.at("args.s").state == State::absent);
    CHECK(b.bound.tool_name.empty());
    b.host(R"({"tool": "t", "name": "x"})", R"({"s": "y"} x)");
    CHECK(b.form() == "unreadable args: something after the document");
    CHECK(b.at("name").view() == "x");
    CHECK(b.at("args.s").state == State::absent);
    b.host(R"({"tool": "t"})", "[]");
    CHECK(b.form() == "unreadable args: not a JSON object");
}

TEST_CASE("bind json: nesting and size, at the limit and past it") {
    on_each([](Bench& b) {
        const auto nested = [](std::size_t depth) {
            return R"({"tool": "t", "x": )" + std::string(depth - 1, '[') +
                   std::string(depth - 1, ']') + "}";
        };
        CHECK(readable(b, nested(32)));
        CHECK_FALSE(readable(b, nested(33)));
        CHECK(b.form() == "unreadable : nested too deeply");
        CHECK_FALSE(readable(b, nested(400'000)));
        CHECK_FALSE(readable(b, "{\"a\":" + std::string(500'000, '[')));
        const auto sized = [](std::size_t bytes) {
            const std::string frame = R"({"tool": "t", "name": ""})";
            return R"({"tool": "t", "name": ")" + std::string(bytes - frame.size(), 'x') + "\"}";
        };
        CHECK(readable(b, sized(1U << 20)));
        CHECK(b.at("name").state == State::too_long);
        CHECK_FALSE(readable(b, sized((1U << 20) + 1)));
        CHECK(b.form() == "unreadable : larger than the limit");
        const std::string digits(500'000, '9');
        CHECK(readable(b, R"({"tool": "t", "name": )" + digits + R"(, "x": -)" + digits + "}"));
        CHECK(b.at("name").state == State::wrong_type);
    });
}

TEST_CASE("bind json: many keys in one object") {
    Bench b(small());
    std::string keys = R"({"tool": "t", "args": {"s": {)";
    for (int i = 0; i < 50'000; ++i) keys += "\"k" + std::to_string(i) + "\":0,";
    CHECK(readable(b, keys + R"("last": 0}}})"));
    CHECK(b.form() == "invalid_args args.s: not a string");
}

TEST_CASE("bind json: escaped keys are their plain forms, names with a backslash too") {
    ProgramMaker maker;
    maker.tool({"t", {{R"(a\u0062)", maker.plain(Kind::integer)}}});
    maker.tool({"u", {{"a\b", maker.optional(Kind::integer)}}});
    Bench b(std::move(maker.program));
    b.host(R"({"tool": "t"})", R"({"a\\u0062": 1})");
    CHECK(b.form().empty());
    b.host(R"({"tool": "t"})", R"({"a\u0062": 1})");
    CHECK(b.form() == R"(invalid_args args.a\u0062: not declared)");
    b.host(R"({"tool": "u"})", R"({"a\b": 1})");
    CHECK(b.form().empty());
    b.host(R"({"t\u006Fol": "t"})", R"({"\u0061\u005c\u0075\u0030\u0030\u0036\u0032": 1})");
    CHECK(b.form().empty());
}

TEST_CASE("bind json: it reads what simdjson's own parser reads") {
    const std::string marks = "{}[]:,\"\\ \n01-.tfnax\x80\xc3\xa9/";
    simdjson::dom::parser parser;
    Bench b(small());
    const bool same = rc::check("mutated documents", [&](std::uint32_t seed) {
        std::mt19937 random(seed);
        for (int i = 0; i < 30; ++i) {
            std::string text = sample;
            for (std::size_t change = 0; change < 1 + seed % 3; ++change) {
                const std::size_t at = random() % text.size();
                const char mark = marks[random() % marks.size()];
                if (random() % 2 == 0)
                    text[at] = mark;
                else
                    text.insert(at, 1, mark);
            }
            simdjson::dom::element element;
            const auto error = parser.parse(text).get(element);
            const bool object = error == simdjson::SUCCESS && element.is_object();
            if (text.find("\\u") == std::string::npos || object) {
                if (readable(b, text) != object) RC_FAIL(text);
            }
        }
    });
    CHECK(same);
}

TEST_CASE("bind json: numbers") {
    for (const char* text : {"0", "-0", "10", "1.5", "-0.5", "1e5", "1E+05", "1.0e-9", "0e0"}) {
        INFO(text);
        CHECK(decide::is_json_number(text));
    }
    for (const char* text :
         {"", "-", "00", "01", "-01", "1.", ".1", "1e", "1e+", "+1", "1 ", "a"}) {
        INFO(text);
        CHECK_FALSE(decide::is_json_number(text));
    }
}

TEST_CASE("bind json: a short number is read as the general way reads it") {
    const std::string marks = "0123456789.-e+x\xff";
    std::mt19937 random(3);
    std::size_t numbers = 0;
    for (int i = 0; i < 200'000; ++i) {
        std::string text;
        for (std::size_t size = 1 + random() % 9; text.size() < size;) {
            text += marks[random() % (random() % 4 == 0 ? marks.size() : 11)];
        }
        const std::string padded = text + "12345678";
        std::int64_t integer = 0;
        std::uint8_t scale = 0;
        const std::string_view view(padded.data(), text.size());
        if (!decide::read_tiny_number(view, integer, scale)) continue;
        ++numbers;
        INFO(text);
        REQUIRE(decide::is_json_number(text));
        REQUIRE(model::make_decimal(integer, scale) == model::parse_json_number(text));
    }
    CHECK(numbers > 20'000);
}
