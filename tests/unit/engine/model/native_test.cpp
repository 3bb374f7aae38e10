// What goes out to native functions and what comes back.
#include "engine/model/native.h"

#include <array>
#include <limits>

#include <catch2/catch.hpp>

using namespace proviso;
using namespace proviso::model;

namespace {

/// A function that gives what it is told to.
native::Value given;
native::Value give(std::span<const native::Value> /*arguments*/, std::span<char> /*room*/) {
    return given;
}
native::Value echo(std::span<const native::Value> arguments, std::span<char> /*room*/) {
    return arguments[0];
}

Value result_of(native::Value value) {
    given = value;
    const native::Function function{.signature = "f() -> bool", .call = give};
    return call_native(function, TypeTable(), {}, {});
}

}  // namespace

TEST_CASE("Signatures are types") {
    const Signature signature =
        parse_signature("f([{ from : string, rate : decimal }], ip, bool) -> money");
    CHECK(signature.name == "f");
    REQUIRE(signature.arguments.size() == 3);
    const SignatureType& record = signature.arguments[0].parts[0];
    CHECK(record.kind == Kind::record);
    CHECK(record.names == std::vector<std::string>{"from", "rate"});
    CHECK(record.parts[1].kind == Kind::decimal);
    CHECK(signature.arguments[1].kind == Kind::ip);
    CHECK(signature.result.kind == Kind::money);
}

TEST_CASE("A record is accepted by the names and types of its fields in their order") {
    TypeTable types;
    const TypeId text = types.scalar(Kind::string);
    const TypeId number = types.scalar(Kind::decimal);
    const auto accepted = [&](std::vector<Field> fields) {
        Type record;
        record.kind = Kind::record;
        record.fields = std::move(fields);
        Type list;
        list.kind = Kind::list;
        list.element = types.add(record);
        const Signature signature = parse_signature("f([{ a : string, b : decimal }]) -> bool");
        return accepts(types, signature.arguments[0], types.add(list));
    };
    CHECK(accepted({{"a", text}, {"b", number}}));
    CHECK_FALSE(accepted({{"b", number}, {"a", text}}));
    CHECK_FALSE(accepted({{"a", text}, {"c", number}}));
    CHECK_FALSE(accepted({{"a", text}, {"b", text}}));
    CHECK_FALSE(accepted({{"a", text}}));
}

TEST_CASE("Results are brought to their normal form, or are unknown") {
    CHECK(result_of({true}).integer == 1);
    CHECK(result_of({native::Decimal{1200, 3}}).decimal() == Decimal{12, 1});
    CHECK(result_of({native::Decimal{std::numeric_limits<std::int64_t>::min(), 0}}).state ==
          State::overflow);
    constexpr std::uint32_t usd = 'U' << 16U | 'S' << 8U | 'D';
    CHECK(result_of({native::Money{{100, 2}, usd}}).decimal() == Decimal{1, 0});
    CHECK(result_of({native::Money{{1, 0}, 0}}).state == State::not_in_enum);
    CHECK(result_of({native::Unknown{native::Cause::missing}}).state == State::missing);
    CHECK(result_of({native::Unknown{native::Cause::too_long}}).state == State::too_long);
}

TEST_CASE("An unknown argument is the result, and the function is not asked") {
    const TypeTable types;
    const native::Function function{.signature = "f(string) -> string", .call = echo};
    const std::array known{NativeArgument{of_text("x"), types.scalar(Kind::string)}};
    CHECK(call_native(function, types, known, {}).view() == "x");
    const std::array lost{NativeArgument{unknown(State::host_unknown), types.scalar(Kind::string)}};
    CHECK(call_native(function, types, lost, {}).state == State::host_unknown);
}
