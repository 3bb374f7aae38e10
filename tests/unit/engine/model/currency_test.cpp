// The currency table, spot by spot, and the packing of codes.
#include "engine/model/currency.h"

#include <map>

#include <catch2/catch.hpp>

namespace proviso::model {

namespace {

std::optional<int> digits(std::string_view code) {
    const auto currency = pack_currency(code);
    REQUIRE(currency);
    const auto result = minor_digits(*currency);
    return result ? std::optional<int>(*result) : std::nullopt;
}

bool is_iso(std::string_view code) {
    return is_iso_currency(*pack_currency(code));
}

}  // namespace

TEST_CASE("currencies have the minor units of the list") {
    CHECK(digits("USD") == 2);
    CHECK(digits("EUR") == 2);
    CHECK(digits("JPY") == 0);
    CHECK(digits("KRW") == 0);
    CHECK(digits("ISK") == 0);
    CHECK(digits("HUF") == 2);
    CHECK(digits("KWD") == 3);
    CHECK(digits("BHD") == 3);
    CHECK(digits("CLF") == 4);
    CHECK(digits("UYW") == 4);
    CHECK(digits("UYI") == 0);
    CHECK_FALSE(digits("XAU"));
    CHECK_FALSE(digits("XXX"));
    CHECK_FALSE(digits("ABC"));
}

TEST_CASE("how many codes have which minor unit") {
    std::map<int, int> count;
    for (char a = 'A'; a <= 'Z'; ++a) {
        for (char b = 'A'; b <= 'Z'; ++b) {
            for (char c = 'A'; c <= 'Z'; ++c) {
                const std::string code{a, b, c};
                const Currency currency = pack_currency(code).value();
                if (unpack_currency(currency) != code) FAIL(code);
                if (is_iso_currency(currency)) ++count[digits(code).value_or(-1)];
            }
        }
    }
    CHECK(count == std::map<int, int>{{-1, 13}, {0, 17}, {2, 142}, {3, 7}, {4, 2}});
}

TEST_CASE("codes that came and went") {
    for (const char* code :
         {"ZWG", "SLE", "VED", "VES", "MRU", "STN", "XCG", "XAD", "CHE", "XTS"}) {
        INFO(code);
        CHECK(is_iso(code));
    }
    for (const char* code : {"HRK", "DEM", "ZWL", "SLL", "BYR", "ABC", "ZZZ", "AAA"}) {
        INFO(code);
        CHECK_FALSE(is_iso(code));
    }
}

TEST_CASE("only three capitals are a code") {
    for (const char* text : {"", "US", "USDX", "usd", "Usd", "U D", "U5D", "US\xC3", "ÜSD"}) {
        INFO(text);
        CHECK_FALSE(pack_currency(text));
    }
    CHECK(unpack_currency(0).empty());
    CHECK_FALSE(is_iso_currency(0));
    CHECK_FALSE(minor_digits(0));
}

}  // namespace proviso::model
