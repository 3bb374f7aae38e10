// `sample` against libcrypto's SHA-256, with keys of all lengths round a block's.
#include <array>
#include <cstdint>
#include <string>

#include <catch2/catch.hpp>

#include "engine/model/sha256.h"
#include "stdlib/functions.h"

using namespace proviso;

namespace {

std::int64_t billionths(const std::string& key) {
    std::array<char, native::text_bytes> room{};
    const std::array<native::Value, 1> arguments{native::Value{std::string_view(key)}};
    const auto result = std::get<native::Decimal>(stdlib::sample(arguments, room).is);
    REQUIRE(result.scale == 9);
    return result.coefficient;
}

/// By long division of the eight bytes, digit by digit.
std::int64_t expected(const std::string& key) {
    const model::Digest digest = model::sha256("proviso-sample-1:" + key);
    std::array<unsigned, 8> left{};
    for (std::size_t i = 0; i < left.size(); ++i) left[i] = digest[i];
    std::int64_t digits = 0;
    for (int digit = 0; digit < 9; ++digit) {
        unsigned carry = 0;
        for (std::size_t i = left.size(); i-- > 0;) {
            carry += left[i] * 10;
            left[i] = carry % 256;
            carry /= 256;
        }
        digits = digits * 10 + carry;
    }
    return digits;
}

}  // namespace

TEST_CASE("The vectors of the page") {
    CHECK(billionths("") == 420'501'510);
    CHECK(billionths("a") == 687'939'938);
    CHECK(billionths("call-1") == 859'469'794);
    CHECK(billionths("principal") == 113'552'133);
}

TEST_CASE("Keys of every length") {
    std::string key;
    for (int length = 0; length < 200; ++length) {
        CHECK(billionths(key) == expected(key));
        key += static_cast<char>('!' + length % 90);
    }
}

TEST_CASE("Fractions are spread evenly") {
    int below = 0;
    for (int i = 0; i < 20'000; ++i) {
        below += billionths("run-" + std::to_string(i)) < 50'000'000 ? 1 : 0;
    }
    CHECK(below > 900);
    CHECK(below < 1100);
}
