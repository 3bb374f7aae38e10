// Shapes: which documents have one, and that reading by one gives what reading without gives.
#include "engine/decide/bind_shape.h"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "engine/decide/bind_tables.h"
#include "tests/unit/engine/decide/bind_random.h"

using namespace proviso;         // NOLINT(google-build-using-namespace)
using namespace proviso::tests;  // NOLINT(google-build-using-namespace)

namespace {

/// A document with its tokens.
struct Tokens {
    std::string bytes;
    decide::JsonParser parser;
    decide::JsonText text;

    explicit Tokens(std::string_view document) : bytes(document) {
        bytes.resize(document.size() + decide::json_padding, '"');
        REQUIRE(parser.parse({bytes.data(), document.size()}, text).empty());
    }
};

/// Whether `other` has the shape that is learned of `learned`.
bool same_shape(std::string_view learned, std::string_view other) {
    const Bench b(wide_program());
    const decide::BoundLayout native(b.tables, Layout::native());
    decide::DocumentShape shape;
    shape.learn(Tokens(learned).text, native.impl().tree);
    return shape.is_of(Tokens(other).text);
}

Layout mapped() {
    std::vector<LayoutField> fields(7);
    fields[0] = {"/tool", "tool", {}, {}, {}};
    fields[1] = {"/tool", "capture.tool", {}, {}, {}};
    fields[2] = {"/principal", "principal", {}, {}, {}};
    fields[3] = {"/attributes", "attributes", {}, {}, {}};
    fields[4] = {"/args", "args", {}, {}, {}};
    fields[5] = {"/stage", "stage", "\"read\"", {{"execute", "propose"}}, {}};
    fields[6] = {"/agent/id", "capture.agent", {}, {}, {}};
    return *Layout::make(std::move(fields)).layout;
}

/// The same document with some bytes changed: most often still one of its shape.
std::string changed(std::string text, std::mt19937& random) {
    constexpr std::string_view marks = "{}[]:,\"\\ 01-.tfnaxu\xc3\xa9/";
    for (std::size_t change = 0; change < 1 + random() % 4; ++change) {
        const std::size_t at = random() % text.size();
        const bool letter = std::isalnum(static_cast<unsigned char>(text[at])) != 0;
        const char mark = marks[random() % marks.size()];
        switch (random() % 4) {
            case 0:
                if (letter) text[at] = static_cast<char>('0' + random() % 10);
                break;
            case 1:
                if (letter) text.insert(at, 1, text[at]);
                break;
            case 2: text.insert(at, 1, mark); break;
            default: text[at] = mark;
        }
    }
    return text;
}

std::string told(const decide::Bound& bound, const std::vector<std::string_view>& captures) {
    std::string text = dump(bound);
    for (const std::string_view capture : captures) text += "\n" + std::string(capture);
    return text;
}

}  // namespace

TEST_CASE("bind shape: all but the values, whatever their length") {
    const std::string_view learned = R"({"tool":"t","args":{"n":1},"more":[1,{"a":"b"}]})";
    CHECK(same_shape(learned, learned));
    CHECK(same_shape(learned, R"({"tool":"","args":{"n":true},"more":[-1.5e9,{"a":"bbb"}]})"));
    CHECK(same_shape(learned, R"({"tool":"\"","args":{"n":  null},"more":[1,{"a":"b" }]})"));
    for (const std::string_view other : {R"({"tool":"t","args":{"m":1},"more":[1,{"a":"b"}]})",
                                         R"({"tool":"t","args":{"n":"1"},"more":[1,{"a":"b"}]})",
                                         R"({"tool":"t","args":{"n":{}},"more":[1,{"a":"b"}]})",
                                         R"({"tool":"t","args":{"n":1},"more":[1,{"a":2}]})",
                                         R"({"tool":"t","args":{"n":1},"more":[1,{"a":"b"}]]})",
                                         R"({"tool":"t","args":{"n":1},"more":[1,{"a":"b"]})",
                                         R"({"tool":"t","args":{"n":1},"more":[1,{"a":"b"}]}0)",
                                         R"({"tool":"t","args":{"n":1},"more":[1,{"a" "b"}]})",
                                         R"({"tool":1,"args":{"n":1},"more":[1,{"a":"b"}]})",
                                         R"({"tool":"t","args":{"n":1 2},"more":[{"a":"b"}]})"}) {
        INFO(other);
        CHECK_FALSE(same_shape(learned, other));
    }
}

TEST_CASE("bind shape: what is not remembered") {
    const auto remembered = [](const std::string& text) { return same_shape(text, text); };
    CHECK(remembered(R"({"tool":"t"})"));
    CHECK(remembered("{}"));
    CHECK_FALSE(remembered(R"({"tool":"t","tool":"t"})"));
    CHECK_FALSE(remembered(R"({"t\u006Fol":"t"})"));
    CHECK_FALSE(remembered("[1]"));
    CHECK(remembered(R"({")" + std::string(60, 'a') + R"(":1})"));
    CHECK_FALSE(remembered(R"({")" + std::string(70, 'a') + R"(":1})"));
    std::string many = R"({"more":[)";
    for (int i = 0; i < 600; ++i) many += "\"\",";
    CHECK_FALSE(remembered(many + "1]}"));
}

TEST_CASE("bind shape: a session finds what it has learned, and forgets with another layout") {
    const Bench b(wide_program());
    const decide::BoundLayout native(b.tables, Layout::native());
    const decide::BoundLayout other(b.tables, Layout::native());
    const Tokens document(R"({"tool":"t"})");
    decide::DocumentShapes shapes;
    CHECK(shapes.find(native.shared(), 32, document.text) == nullptr);
    shapes.learn(document.text, native.impl().tree);
    CHECK(shapes.find(native.shared(), 32, document.text) != nullptr);
    CHECK(shapes.find(native.shared(), 31, document.text) == nullptr);
    shapes.learn(document.text, native.impl().tree);
    CHECK(shapes.find(other.shared(), 31, document.text) == nullptr);
}

TEST_CASE("bind shape: reading by a shape gives what reading without gives") {
    Bench b(wide_program());
    const std::vector<Layout> layouts{Layout::native(), mapped()};
    const bool same = rc::check("warm and fresh", [&](std::uint32_t seed) {
        std::mt19937 random(seed);
        const std::string sample = random_call(random).whole;
        const decide::BoundLayout layout(b.tables, layouts[seed % 2]);
        const bool padded = seed % 3 != 0;
        for (int i = 0; i < 40; ++i) {
            const std::string text = i == 0 ? sample : changed(sample, random);
            std::string bytes = text + std::string(decide::json_padding, '}');
            const std::string_view document(bytes.data(), text.size());
            b.binder.bind(b.tables, layout, document, padded, b.bound, b.captures);
            decide::Binder fresh;
            decide::Bound bound;
            std::vector<std::string_view> captures;
            fresh.bind(b.tables, layout, document, padded, bound, captures);
            const std::string expected = told(bound, captures);
            if (told(b.bound, b.captures) != expected) {
                RC_FAIL(text + "\n" + expected + "\n" + told(b.bound, b.captures));
            }
        }
    });
    CHECK(same);
}
