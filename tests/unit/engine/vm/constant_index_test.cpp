// Constants of each kind are found by any equal value, and by no other.
#include "engine/vm/constant_index.h"

#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace proviso::vm {
namespace {

using model::Value;

/// Whether each constant finds itself, and each of `others` nothing.
bool finds(model::Kind kind, const std::vector<Value>& constants,
           const std::vector<Value>& others) {
    bytecode::Program program;
    program.constants = constants;
    std::vector<std::uint32_t> keys(constants.size());
    std::iota(keys.begin(), keys.end(), 0U);
    const ConstantIndex index(program, keys, kind);
    bool right = true;
    for (const std::uint32_t key : keys) right = right && index.find(constants[key]) == key;
    for (const Value& other : others) right = right && index.find(other) == bytecode::none;
    return right;
}

TEST_CASE("numbers are found") {
    std::vector<Value> numbers{model::of_integer(std::numeric_limits<std::int64_t>::max()),
                               model::of_integer(std::numeric_limits<std::int64_t>::min())};
    for (std::int64_t i = -500; i < 500; ++i) numbers.push_back(model::of_integer(i * 7));
    CHECK(finds(model::Kind::integer, numbers, {model::of_integer(1), model::of_integer(5001)}));
    CHECK(finds(model::Kind::date, {}, {model::of_integer(0)}));
}

TEST_CASE("texts are found, whatever their length") {
    std::vector<std::string> texts{""};
    for (std::size_t size = 1; size < 40; ++size) {
        texts.emplace_back(size, 'a');
        texts.push_back(std::string(size - 1, 'a') + "b");
        texts.push_back("b" + std::string(size, 'a'));
    }
    std::vector<Value> values;
    for (const std::string& text : texts) values.push_back(model::of_text(text));
    const std::string other = std::string(10, 'a') + "c" + std::string(10, 'a');
    CHECK(finds(model::Kind::string, values, {model::of_text("c"), model::of_text(other)}));
}

TEST_CASE("decimals and money are found by value and currency") {
    constexpr model::Currency usd = 'U' << 16 | 'S' << 8 | 'D';
    constexpr model::Currency eur = 'E' << 16 | 'U' << 8 | 'R';
    CHECK(finds(model::Kind::decimal, {model::of_decimal({5, 1}), model::of_decimal({5, 0})},
                {model::of_decimal({5, 2})}));
    CHECK(finds(model::Kind::money, {model::of_money({5, 1}, usd), model::of_money({6, 1}, eur)},
                {model::of_money({7, 1}, usd)}));
}

}  // namespace
}  // namespace proviso::vm
