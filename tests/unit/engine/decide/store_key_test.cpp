// Keys are the same for the same values and for no others.
#include "engine/decide/store_key.h"

#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "engine/model/currency.h"

namespace proviso::decide {
namespace {

template <class Fill>
std::string key_of_values(const Fill& fill) {
    KeyBuilder builder;
    fill(builder);
    return std::string(builder.key());
}

TEST_CASE("store keys of different values differ") {
    const std::uint8_t address[16] = {1, 2, 3};
    const auto usd = model::pack_currency("USD").value();
    const auto eur = model::pack_currency("EUR").value();
    const std::set<std::string> keys{
        key_of_values([](KeyBuilder&) {}),
        key_of_values([](KeyBuilder& key) { key.text(""); }),
        key_of_values([](KeyBuilder& key) { key.text("ab"), key.text("c"); }),
        key_of_values([](KeyBuilder& key) { key.text("a"), key.text("bc"); }),
        key_of_values([](KeyBuilder& key) { key.text("abc"); }),
        key_of_values([](KeyBuilder& key) {
            key.number({5, 0});
        }),
        key_of_values([](KeyBuilder& key) {
            key.number({5, 1});
        }),
        key_of_values([](KeyBuilder& key) {
            key.number({-5, 0});
        }),
        key_of_values([](KeyBuilder& key) { key.integer(5); }),
        key_of_values([&](KeyBuilder& key) {
            key.money({5, 0}, usd);
        }),
        key_of_values([&](KeyBuilder& key) {
            key.money({5, 0}, eur);
        }),
        key_of_values([&](KeyBuilder& key) { key.address(address); }),
    };
    CHECK(keys.size() == 12);
}

TEST_CASE("a store key is at most 64 bytes, whatever it is made of") {
    const auto text = [](std::size_t size, char last) {
        return key_of_values([&](KeyBuilder& key) { key.text(std::string(size, 'x') + last); });
    };
    CHECK(text(58, 'a').size() == longest_key);
    CHECK(text(59, 'a').size() == 33);
    CHECK(text(59, 'a') != text(59, 'b'));
    CHECK(text(59, 'a') == text(59, 'a'));
    CHECK(text(60'000, 'a') != text(60'000, 'b'));
}

TEST_CASE("a store key can be made again and again") {
    KeyBuilder builder;
    builder.text(std::string(100, 'x'));
    const std::string long_key(builder.key());
    const MemberDigest long_member = builder.member();
    builder.clear();
    builder.text("x");
    CHECK(builder.key() != long_key);
    CHECK(builder.member() != long_member);
    builder.clear();
    builder.text(std::string(100, 'x'));
    CHECK(builder.key() == long_key);
    CHECK(builder.member() == long_member);
}

}  // namespace
}  // namespace proviso::decide
