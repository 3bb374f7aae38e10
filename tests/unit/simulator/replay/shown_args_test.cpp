#include "simulator/replay/shown_args.h"

#include <catch2/catch.hpp>

#include <proviso/policy.h>

using namespace proviso;             // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;  // NOLINT(google-build-using-namespace)

namespace {

PolicyPtr policy() {
    return compile_text(R"(
policy demo version "1"
tool pay {
    args open {
        amount   : money
        to       : string
        password : string?
        note     : string?
        items    : [{ name : string, api_key : string? }]?
    }
}
allow all on pay when args.amount < 5 USD and args.to != "x" and has args.password
block some on pay when missing args.items
)")
        .policy;
}

std::string shown(std::string_view args) {
    return ShownArgs(*policy(), false).shown(args);
}

}  // namespace

TEST_CASE("shown args: those that rules read, and of others the name") {
    CHECK(shown(R"({"amount": {"amount": "20.00", "currency": "USD"}, "note": "call me"})") ==
          R"({"amount": {"amount": "20.00", "currency": "USD"}, "note": "…"})");
    CHECK(shown(R"({"to":"bob","extra":{"a":[1,{"b":"}"}]},"note":12})") ==
          R"({"to": "bob", "extra": "…", "note": "…"})");
    CHECK(shown(R"({"to": "a\"b\\", "amount": 1.50})") == R"({"to": "a\"b\\", "amount": 1.50})");
    CHECK(shown("{}") == "{}");
    CHECK(shown("null") == "null");
    CHECK(shown("").empty());
}

TEST_CASE("shown args: secrets are masked wherever they stand, read or not") {
    CHECK(shown(R"({"password": "hunter2", "to": "bob"})") ==
          R"({"password": "***", "to": "bob"})");
    CHECK(shown(R"({"pass\u0077ord": {"old": "a"}})") == R"({"pass\u0077ord": "***"})");
    CHECK(shown(R"({"items": [{"name": "a", "api_key": ["k", "l"]}, 7]})") ==
          R"({"items": [{"name": "a", "api_key": "***"}, 7]})");
    CHECK(shown(R"({"to": "card 4111 1111 1111 1111, please"})") == R"({"to": "***"})");
    CHECK(shown(R"({"to": 4111111111111111})") == R"({"to": "***"})");
}

TEST_CASE("shown args: texts are shortened, between characters") {
    const std::string text(100, 'a');
    const std::string cut = shown(R"({"to": ")" + text + R"("})");
    CHECK(cut == R"({"to": ")" + text.substr(0, 45) + R"(…"})");
}

TEST_CASE("shown args: everything where it is asked for") {
    const std::string_view args = R"({"password": "hunter2", "note": 1})";
    CHECK(ShownArgs(*policy(), true).shown(args) == args);
}

TEST_CASE("names that sound secret") {
    for (const char* name : {"password", "userPassword", "DB_PASSWD", "api_key", "apiKey", "APIKEY",
                             "key", "access-token", "clientSecret", "Authorization", "auth", "pin",
                             "card_number", "x.session.cookie", "ssh_keys", "/args/password"}) {
        CHECK(sounds_secret(name));
    }
    for (const char* name : {"amount", "to", "monkey", "author", "keyboard", "pinned", "order_id",
                             "passenger", "", "spinner"}) {
        CHECK_FALSE(sounds_secret(name));
    }
}

TEST_CASE("numbers that a card may have") {
    for (const char* text : {"4111111111111111", "4111-1111-1111-1111", "5500 0000 0000 0004",
                             "2 4111 1111 1111 1111", "x378282246310005y"}) {
        CHECK(has_card_number(text));
    }
    for (const char* text : {"4111111111111112", "411111111111", "DE89370400440532013000", "12.50",
                             "", "2026-11-20"}) {
        CHECK_FALSE(has_card_number(text));
    }
}
