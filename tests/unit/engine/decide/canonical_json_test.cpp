// Canonical JSON: the examples of RFC 8785 where they apply, and exact numbers where it has
// doubles.
#include "engine/decide/canonical_json.h"

#include <catch2/catch.hpp>

#include "engine/model/decimal.h"

namespace {

using namespace proviso;  // NOLINT(google-build-using-namespace)

std::string canonical(std::string_view json) {
    std::string out;
    decide::CanonicalJson writer(out);
    return writer.add_json(json) ? out : "none";
}

std::string canonical_value(const Value& value) {
    std::string out;
    decide::CanonicalJson writer(out);
    return writer.add_value(value) ? out : "none";
}

}  // namespace

TEST_CASE("canonical JSON: RFC 8785, 3.2.2 and 3.2.3") {
    CHECK(canonical(R"({
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
    })") == R"({"literals":[null,true,false],"numbers":[333333333.33333329,)"
            R"(1000000000000000000000000000000,4.5,0.002,0.000000000000000000000000001],)"
            "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    CHECK(canonical(R"({
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\ud83d\ude00": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis"
    })") ==
          "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\","
          "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
          "\"😀\":\"Emoji: Grinning Face\",\"\xEF\xAC\xB3\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST_CASE("canonical JSON: numbers keep what a double would lose") {
    const std::pair<const char*, const char*> cases[] = {
        {"0", "0"},
        {"-0", "0"},
        {"-0.00e5", "0"},
        {"12.50", "12.5"},
        {"1.0", "1"},
        {"100", "100"},
        {"1e2", "100"},
        {"1E+2", "100"},
        {"1.5e1", "15"},
        {"15e-1", "1.5"},
        {"-15e-3", "-0.015"},
        {"0.5e-1", "0.05"},
        {"123e-3", "0.123"},
        {"12345678901234567", "12345678901234567"},
        {"12345678901234568", "12345678901234568"},
        {"0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"},
        {"1e1001", "none"},
        {"1e-1001", "none"},
        {"0e5000", "0"},
        {"1e99999999999999999999", "none"},
        {"01", "none"},
        {"1.", "none"},
        {".5", "none"},
        {"1e", "none"},
        {"+1", "none"},
        {"NaN", "none"},
    };
    for (const auto& [json, text] : cases) {
        INFO(json);
        CHECK(canonical(json) == text);
        CHECK(canonical_value(Value(Number{json})) == text);
    }
    CHECK(canonical("1e1000").size() == 1001);
    std::string out;
    decide::CanonicalJson writer(out);
    for (const model::Decimal number : {model::Decimal{-1, 18}, model::Decimal{INT64_MIN + 1, 0},
                                        model::Decimal{125, 1}, model::Decimal{-5, 0}}) {
        writer.add_decimal(number);
        out += ' ';
    }
    CHECK(out == "-0.000000000000000001 -9223372036854775807 12.5 -5 ");
}

TEST_CASE("canonical JSON: what has no form") {
    for (const char* json : {R"("\ud800")", R"("\udc00")", R"("\ud800\u0041")", R"("\x")", "", "{",
                             "[1", R"({"a" 1})", "tru", "1 2", R"({"a":1 "b":2})", "[1 2]"}) {
        INFO(json);
        CHECK(canonical(json) == "none");
    }
    CHECK(canonical(std::string(1000, '[') + std::string(1000, ']')) != "none");
    CHECK(canonical(std::string(1001, '[') + std::string(1001, ']')) == "none");
    CHECK(canonical_value(Value("\xFF")) == "none");
    CHECK(canonical_value(Value(Value::Record{{"\xFF", 1}})) == "none");
}

TEST_CASE("canonical JSON: nested objects in their own order, setters like JSON") {
    const char* sorted = R"({"a":[{"x":1,"y":{}},[]],"b":{"c":"d","e":null}})";
    CHECK(canonical(R"( {"b" : {"e":null,"c":"d"}, "a":[ {"y":{ },"x":1.0} , [ ] ]} )") == sorted);
    const Value value(Value::Record{
        {"b", Value::Record{{"e", Value()}, {"c", "d"}}},
        {"a", Value::List{Value::Record{{"y", Value::Record{}}, {"x", 1}}, Value::List{}}}});
    CHECK(canonical_value(value) == sorted);
    CHECK(canonical_value(Value(Money{"12.50", "USD"})) == R"({"amount":12.5,"currency":"USD"})");
    CHECK(canonical_value(Value(true)) == "true");
}
