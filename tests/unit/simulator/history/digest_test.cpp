#include "simulator/history/digest.h"

#include <array>
#include <span>

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

TEST_CASE("tokens that are added in one step are those that are added one by one") {
    const std::array<std::uint64_t, 3> tokens{4, 9, 16};
    for (std::size_t count = 0; count <= tokens.size(); ++count) {
        const Digest::Step step{std::span{tokens}.first(count)};
        Digest at_once = digest_of(0, 2);
        at_once.add(step);
        at_once.add(step);
        Digest one_by_one = digest_of(0, 2);
        for (int i = 0; i < 2; ++i) one_by_one.append(digest_of(2, 2 + count));
        CHECK(at_once.hex("policy") == one_by_one.hex("policy"));
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
