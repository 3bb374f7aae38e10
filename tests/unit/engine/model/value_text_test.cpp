// Values as people read them and as JSON, of every kind and every state.
#include <array>
#include <limits>
#include <random>
#include <utility>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "engine/model/calendar.h"
#include "engine/model/currency.h"
#include "engine/model/pattern.h"
#include "engine/model/type.h"

namespace proviso::model {

namespace {

struct Texts {
    std::string people;
    std::string json;

    friend bool operator==(const Texts&, const Texts&) = default;
};

std::ostream& operator<<(std::ostream& out, const Texts& texts) {
    return out << texts.people << " / " << texts.json;
}

Texts texts(const TypeTable& types, TypeId type, const Value& value) {
    Texts result{to_text(types, type, value), to_json(types, type, value)};
    CHECK(nlohmann::json::accept(result.json));
    return result;
}

Texts texts(Kind kind, const Value& value) {
    const TypeTable types;
    return texts(types, types.scalar(kind), value);
}

Value address_value(const Address& address) {
    return of_address(address.bytes.data(), address.family);
}

}  // namespace

TEST_CASE("scalars have two texts") {
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    CHECK(texts(Kind::boolean, of_integer(1)) == Texts{"true", "true"});
    CHECK(texts(Kind::boolean, of_integer(0)) == Texts{"false", "false"});
    CHECK(texts(Kind::integer, of_integer(-5)) == Texts{"-5", "-5"});
    CHECK(texts(Kind::integer, of_integer(least)).json == "-9223372036854775808");
    CHECK(texts(Kind::decimal, of_decimal({125, 1})) == Texts{"12.5", R"("12.5")"});
    CHECK(texts(Kind::money, of_money({600, 0}, *pack_currency("USD"))) ==
          Texts{"600 USD", R"({"amount":"600","currency":"USD"})"});
    CHECK(texts(Kind::string, of_text("a\n\"b\"")) == Texts{R"("a\n\"b\"")", R"("a\n\"b\"")"});
    CHECK(texts(Kind::string, of_text("\u202E")) == Texts{R"("\u{202e}")", "\"\u202E\""});
    CHECK(texts(Kind::string, of_text({})) == Texts{R"("")", R"("")"});
    CHECK(texts(Kind::duration, of_integer(5'400)) == Texts{"1h30m", R"("1h30m")"});
    CHECK(texts(Kind::time, of_integer(*parse_time("2026-11-20T15:00Z"))) ==
          Texts{"2026-11-20T15:00:00Z", R"("2026-11-20T15:00:00Z")"});
    CHECK(texts(Kind::date, of_integer(*parse_date("2026-11-20"))) ==
          Texts{"2026-11-20", R"("2026-11-20")"});
    CHECK(texts(Kind::weekday, of_integer(4)) == Texts{"fri", R"("fri")"});
    CHECK(texts(Kind::opaque, of_integer(1)) == Texts{"untyped value", "null"});
    const Address v4 = *parse_address("10.0.0.1");
    CHECK(texts(Kind::ip, address_value(v4)) == Texts{"10.0.0.1", R"("10.0.0.1")"});
    const Address v6 = *parse_address("2001:DB8::1");
    CHECK(texts(Kind::ip, address_value(v6)) == Texts{"2001:db8::1", R"("2001:db8::1")"});
}

TEST_CASE("long strings are cut for people, never in JSON") {
    const std::string text(100, 'x');
    const Texts both = texts(Kind::string, of_text(text));
    CHECK(both.people == '"' + text.substr(0, 80) + "\"…");
    CHECK(both.json == '"' + text + '"');
}

TEST_CASE("enums read as their words") {
    TypeTable types;
    CHECK(texts(types, tier_type, of_integer(3)) == Texts{"high_impact", R"("high_impact")"});
    CHECK(texts(types, tier_type, of_integer(4)) == Texts{"unknown", "null"});
    CHECK(texts(types, tier_type, of_integer(-1)) == Texts{"unknown", "null"});
    Type type;
    type.kind = Kind::enumeration;
    type.enumeration = types.add(EnumType{"e", {"a \"b\""}, false});
    const TypeId odd = types.add(std::move(type));
    CHECK(texts(types, odd, of_integer(0)).json == R"("a \"b\"")");
}

TEST_CASE("every state but present is unknown") {
    TypeTable types;
    Type list;
    list.kind = Kind::list;
    list.element = types.scalar(Kind::string);
    const TypeId list_type = types.add(std::move(list));
    for (int i = 1; i <= static_cast<int>(State::other_key); ++i) {
        const Value value = unknown(static_cast<State>(i));
        for (const TypeId type :
             {types.scalar(Kind::money), types.scalar(Kind::ip), tier_type, list_type}) {
            CHECK(texts(types, type, value) == Texts{"unknown", "null"});
        }
    }
    CHECK(texts(types, no_type, of_integer(1)) == Texts{"unknown", "null"});
}

TEST_CASE("lists") {
    TypeTable types;
    Type type;
    type.kind = Kind::list;
    type.element = types.scalar(Kind::integer);
    const TypeId list = types.add(std::move(type));
    std::array<Value, 25> members{};
    for (std::size_t i = 0; i < members.size(); ++i) {
        members[i] = of_integer(static_cast<std::int64_t>(i));
    }
    members[1] = unknown(State::wrong_type);
    CHECK(texts(types, list, of_elements(members.data(), 0)) == Texts{"[]", "[]"});
    CHECK(texts(types, list, of_elements(members.data(), 3)) ==
          Texts{"[0, unknown, 2]", "[0,null,2]"});
    const Texts full = texts(types, list, of_elements(members.data(), 20));
    CHECK(full.people.ends_with("18, 19]"));
    const Texts cut = texts(types, list, of_elements(members.data(), 25));
    CHECK(cut.people.ends_with("18, 19, … 5 more]"));
    CHECK(cut.json.ends_with(",23,24]"));
}

TEST_CASE("records leave absent fields out and sort names in JSON") {
    TypeTable types;
    Type type;
    type.kind = Kind::record;
    const TypeId integer = types.scalar(Kind::integer);
    type.fields = {{"b", integer}, {"\uFB33", integer}, {"a", integer},
                   {"😀", integer}, {"c", integer},      {"aa", integer}};
    const TypeId record = types.add(std::move(type));
    const std::array<Value, 6> fields{of_integer(1),           of_integer(2),
                                      unknown(State::missing), of_integer(4),
                                      unknown(State::absent),  of_integer(6)};
    // RFC 8785 sorts by UTF-16: U+1F600 (D83D DE00) before U+FB33.
    CHECK(texts(types, record, of_elements(fields.data(), 6)) ==
          Texts{"{ b: 1, \uFB33: 2, a: unknown, 😀: 4, aa: 6 }",
                "{\"a\":null,\"aa\":6,\"b\":1,\"😀\":4,\"\uFB33\":2}"});
    CHECK(texts(types, record, of_elements(fields.data(), 0)) == Texts{"{}", "{}"});
}

TEST_CASE("any bytes in a string give JSON that reads back, or U+FFFD") {
    const TypeTable types;
    std::mt19937 random{3};
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes;
        for (std::size_t length = random() % 12; length > 0; --length) {
            const auto any = random();
            bytes += static_cast<char>(random() % 2 == 0 ? any % 0x80 : 0x80 + any % 0x80);
        }
        const Value value = of_text(bytes);
        if (!nlohmann::json::accept(to_json(types, types.scalar(Kind::string), value))) FAIL(i);
        const std::string people = to_text(types, types.scalar(Kind::string), value);
        if (people.find_first_of("\n\r\x1b\x7f") != std::string::npos) FAIL(i);
    }
    SUCCEED();
}

}  // namespace proviso::model
