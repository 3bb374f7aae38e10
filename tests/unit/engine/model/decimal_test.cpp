// Decimals against arithmetic on digit strings: exact whenever there is a result, and a result
// whenever the exact one fits.
#include "engine/model/decimal.h"

#include <limits>
#include <random>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/unit/engine/model/digit_string.h"

namespace proviso::model {

namespace {

using tests::DigitString;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

DigitString exact(Decimal d) {
    return tests::number(to_string(d));
}

int sign(std::strong_ordering order) {
    return order < 0 ? -1 : order > 0 ? 1 : 0;
}

bool is_normal(Decimal d) {
    if (d.coefficient == std::numeric_limits<std::int64_t>::min() || d.scale > max_scale) {
        return false;
    }
    if (d.coefficient == 0) return d.scale == 0;
    return d.scale == 0 || d.coefficient % 10 != 0;
}

/// What an operation must give where its exact result is `expected`.
void check_result(const std::optional<Decimal>& result, const DigitString& expected) {
    if (result.has_value() != tests::fits(expected)) {
        FAIL("result " << (result ? to_string(*result) : "none") << ", exact " << text(expected));
    }
    if (!result) return;
    if (!is_normal(*result) || exact(*result) != expected) {
        FAIL("result " << to_string(*result) << ", exact " << text(expected));
    }
}

void check_pair(Decimal a, Decimal b) {
    const DigitString x = exact(a);
    const DigitString y = exact(b);
    INFO(to_string(a) << " and " << to_string(b));
    check_result(add(a, b), x + y);
    check_result(subtract(a, b), x + -y);
    check_result(multiply(a, b), x * y);
    const auto order = compare(a, b);
    if (sign(order) != tests::compare(x, y)) FAIL("compare");
    if ((order == 0) != (a == b)) FAIL("equal decimals have one form");
    if (sign(compare(b, a)) != -sign(order)) FAIL("compare the other way round");
    if (add(a, b) != add(b, a) || multiply(a, b) != multiply(b, a)) FAIL("not commutative");
    const auto sum = add(a, b);
    if (sum && (subtract(*sum, b) != a || subtract(*sum, a) != b)) FAIL("subtract undoes add");
}

/// Numbers of all lengths and scales; half of them close to powers of ten and of two.
class Decimals {
  public:
    Decimal operator()() {
        for (;;) {
            const auto d = make_decimal(coefficient(), pick(4) == 0 ? 0 : pick(18));
            if (d) return *d;
        }
    }

    std::uint32_t pick(std::uint32_t high) {
        return std::uniform_int_distribution<std::uint32_t>{0, high}(random_);
    }

  private:
    std::int64_t coefficient() {
        const std::uint32_t bits = pick(62) + 1;
        const auto any = static_cast<std::int64_t>(random_() >> (64U - bits));
        const auto near = static_cast<std::int64_t>(pick(4)) - 2;
        std::int64_t power = 1;
        switch (pick(3)) {
            case 0:
                for (std::uint32_t i = pick(18); i > 0; --i) power *= 10;
                break;
            case 1: power = std::int64_t{1} << bits % 63U; break;
            default: return pick(1) == 0 ? any : -any;
        }
        return pick(1) == 0 ? power + near : near - power;
    }

    std::mt19937_64 random_{20240625};
};

std::optional<std::string> json(std::string_view number) {
    const auto d = parse_json_number(number);
    if (!d) return std::nullopt;
    CHECK(is_normal(*d));
    return to_string(*d);
}

}  // namespace

TEST_CASE("edge values meet all edge values") {
    std::vector<Decimal> edges;
    for (const std::int64_t c :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{2}, std::int64_t{5}, std::int64_t{9},
          std::int64_t{10}, std::int64_t{3037000499}, std::int64_t{3037000500},
          std::int64_t{999'999'999'999'999'999}, std::int64_t{1'000'000'000'000'000'000}, most / 10,
          most / 2, most / 2 + 1, most - 7, most - 1, most}) {
        for (const std::uint32_t scale : {0U, 1U, 18U}) {
            if (const auto d = make_decimal(c, scale)) edges.push_back(*d);
            if (const auto d = make_decimal(-c, scale)) edges.push_back(*d);
        }
    }
    for (const Decimal a : edges) {
        for (const Decimal b : edges) check_pair(a, b);
    }
    SUCCEED();
}

TEST_CASE("random decimals are exact") {
    Decimals any;
    for (int i = 0; i < 6'000; ++i) check_pair(any(), any());
    SUCCEED();
}

TEST_CASE("compare is a total order") {
    Decimals any;
    for (int i = 0; i < 30'000; ++i) {
        const Decimal a = any();
        const Decimal b = any();
        const Decimal c = any();
        if (compare(a, b) <= 0 && compare(b, c) <= 0 && compare(a, c) > 0) FAIL("not transitive");
    }
    SUCCEED();
}

TEST_CASE("both parsers read what is printed") {
    Decimals any;
    for (int i = 0; i < 30'000; ++i) {
        const Decimal d = any();
        if (parse_decimal(to_string(d)) != d || parse_json_number(to_string(d)) != d) {
            FAIL(to_string(d));
        }
    }
    SUCCEED();
}

TEST_CASE("JSON numbers with exponents are read exactly") {
    Decimals any;
    for (int i = 0; i < 15'000; ++i) {
        const long exponent = static_cast<long>(any.pick(60)) - 30;
        const std::string plain = to_string(any());
        DigitString expected = tests::number(plain);
        expected.scale -= exponent;
        const std::string written = plain + (any.pick(1) == 0 ? "e" : "E") +
                                    (exponent >= 0 && any.pick(1) == 0 ? "+" : "") +
                                    std::to_string(exponent);
        INFO(written);
        check_result(parse_json_number(written), tests::tidy(expected));
    }
    SUCCEED();
}

TEST_CASE("what is read as a number is what a JSON library and the oracle say") {
    Decimals any;
    int read = 0;
    for (int i = 0; i < 30'000; ++i) {
        std::string text;
        for (std::uint32_t length = any.pick(7); length > 0; --length) {
            text += "0012345679.-eE+"[any.pick(14)];
        }
        const bool well_formed = nlohmann::json::accept(text);
        if (!well_formed && parse_json_number(text)) FAIL(text << " is no number");
        if (!well_formed || text.find_first_of("eE") != std::string::npos) continue;
        check_result(parse_json_number(text), tests::number(text));
        ++read;
    }
    CHECK(read > 3'000);
}

TEST_CASE("JSON numbers that count as numbers") {
    CHECK(json("0") == "0");
    CHECK(json("-0") == "0");
    CHECK(json("-0.000") == "0");
    CHECK(json("1e3") == "1000");
    CHECK(json("1E+3") == "1000");
    CHECK(json("1e-3") == "0.001");
    CHECK(json("12.50") == "12.5");
    CHECK(json("5.0") == "5");
    CHECK(json("-3.14") == "-3.14");
    CHECK(json("0.000000000000000001") == "0.000000000000000001");
    CHECK(json("12345678901234567") == "12345678901234567");
    CHECK(json("123456789012345678") == "123456789012345678");
    CHECK(json("9223372036854775807") == "9223372036854775807");
    CHECK(json("-9223372036854775807") == "-9223372036854775807");
    CHECK(json("9.223372036854775807") == "9.223372036854775807");
    CHECK(json("1.10") == json("1.1"));
    CHECK(json("0e999") == "0");
    CHECK(json("0e-999999999999999999999999") == "0");
}

TEST_CASE("JSON numbers that do not fit exactly") {
    for (const char* text :
         {"1e999", "1e19", "1e-19", "1e-999999999999", "1e999999999999999999999",
          "9223372036854775808", "-9223372036854775808", "92233720368547758070",
          "0.0000000000000000001", "1.0000000000000000001", "9.2233720368547758071",
          "10000000000000000001", "10000000000000000000000001"}) {
        INFO(text);
        CHECK_FALSE(json(text));
    }
}

TEST_CASE("what is not a JSON number") {
    for (const char* text :
         {"",      "-",     "+5",  "05",  "-05",   "00",       ".5",    "-.5",   "5.",
          "5.e1",  "1e",    "1e+", "1e-", "1e1.5", "1ee1",     "5,000", "$5000", "5 000",
          "5_000", " 5",    "5 ",  "NaN", "nan",   "Infinity", "-inf",  "0x10",  "true",
          "null",  "\"5\"", "5-3", "--5", "1.2.3", "٥",        "5\n",   "5f"}) {
        INFO(text);
        CHECK_FALSE(json(text));
        CHECK_FALSE(parse_decimal(text));
    }
    using namespace std::string_view_literals;
    CHECK_FALSE(json("5\0"sv));
}

TEST_CASE("amounts in strings have no exponent") {
    CHECK(parse_decimal("12.50") == Decimal{125, 1});
    CHECK(parse_decimal("-5") == Decimal{-5, 0});
    CHECK_FALSE(parse_decimal("1e3"));
    CHECK_FALSE(parse_decimal("1E3"));
}

TEST_CASE("long numbers are read in one pass") {
    const std::string zeros(1'000'000, '0');
    CHECK(json("1." + zeros) == "1");
    CHECK(json("0." + zeros) == "0");
    CHECK(json("1" + zeros + "e-1000000") == "1");
    CHECK(json("0." + zeros + "1e1000001") == "1");
    CHECK_FALSE(json("0." + zeros + "1"));
    CHECK_FALSE(json("1" + zeros));
    CHECK_FALSE(json("1e" + std::string(1'000'000, '9')));
    CHECK_FALSE(json("1e-" + std::string(1'000'000, '9')));
    CHECK(json("1e" + zeros + "2") == "100");
    CHECK_FALSE(json(std::string(1'000'000, '9')));
}

TEST_CASE("a tenth and two tenths are three tenths") {
    CHECK(add(*parse_json_number("0.1"), *parse_json_number("0.2")) == parse_json_number("0.3"));
}

TEST_CASE("make_decimal gives the normal form or nothing") {
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    CHECK(make_decimal(1250, 2) == Decimal{125, 1});
    CHECK(make_decimal(1200, 2) == Decimal{12, 0});
    CHECK(make_decimal(1200, 0) == Decimal{1200, 0});
    CHECK(make_decimal(0, 4'000'000'000) == Decimal{});
    CHECK(make_decimal(1, 18) == Decimal{1, 18});
    CHECK(make_decimal(10, 19) == Decimal{1, 18});
    CHECK_FALSE(make_decimal(1, 19));
    CHECK_FALSE(make_decimal(10, 20));
    CHECK_FALSE(make_decimal(1, 4'000'000'000));
    CHECK_FALSE(make_decimal(least, 0));
    CHECK_FALSE(make_decimal(least, 18));
}

TEST_CASE("only whole decimals are integers") {
    CHECK(to_integer(*parse_json_number("5.0")) == 5);
    CHECK(to_integer(Decimal{-most, 0}) == -most);
    CHECK_FALSE(to_integer(Decimal{55, 1}));
}

TEST_CASE("decimals print plainly") {
    CHECK(to_string({0, 0}) == "0");
    CHECK(to_string({125, 1}) == "12.5");
    CHECK(to_string({-1, 18}) == "-0.000000000000000001");
    CHECK(to_string({-15, 1}) == "-1.5");
    CHECK(to_string({-5, 1}) == "-0.5");
    CHECK(to_string({most, 18}) == "9.223372036854775807");
    CHECK(to_string({-most, 0}) == "-9223372036854775807");
}

}  // namespace proviso::model
