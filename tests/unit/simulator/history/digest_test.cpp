#include "simulator/history/digest.h"

#include <catch2/catch.hpp>

using proviso::simulator::Digest;

namespace {

Digest digest_of(std::uint64_t from, std::uint64_t to) {
    Digest digest;
    for (std::uint64_t token = from; token < to; ++token) digest.add(token * token);
    return digest;
}

}  // namespace

TEST_CASE("a digest does not show where it was cut") {
    const std::string whole = digest_of(0, 100).hex("policy");
    for (std::uint64_t cut = 0; cut <= 100; ++cut) {
        Digest joined = digest_of(0, cut);
        joined.append(digest_of(cut, 100));
        CHECK(joined.hex("policy") == whole);
    }
}

TEST_CASE("a digest shows order, length and the text") {
    Digest forth;
    forth.add(1);
    forth.add(2);
    Digest back;
    back.add(2);
    back.add(1);
    CHECK(forth.hex("") != back.hex(""));
    CHECK(forth.hex("a") != forth.hex("b"));
    CHECK(Digest{}.hex("") != digest_of(0, 1).hex(""));
    CHECK(digest_of(0, 1).hex("") != digest_of(0, 2).hex(""));
}

TEST_CASE("a digest is the same on every machine") {
    CHECK(digest_of(0, 1000).hex("policy") == "013cf91a6c92194746beff265dda999a");
    CHECK(Digest{}.hex("").size() == 32);
}
