// The reference's numbers, against answers that were worked out by hand and the laws of arithmetic.
#include "tests/reference/number.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace proviso::reference {
namespace {

Number read(const std::string& text) {
    const auto number = Number::parse(text);
    INFO(text);
    REQUIRE(number);
    return *number;
}

TEST_CASE("numbers are read and printed in their shortest form") {
    CHECK(read("0").text() == "0");
    CHECK(read("-0.00").text() == "0");
    CHECK(read("12.50").text() == "12.5");
    CHECK(read("-0.05").text() == "-0.05");
    CHECK(read("1e3").text() == "1000");
    CHECK(read("125E-2").text() == "1.25");
    CHECK(read("1000000000000000000000000000").text() == "1000000000000000000000000000");
    for (const char* text : {"", "-", "01", ".5", "1.", "1e", "1e99999", "1 ", "+1", "NaN"}) {
        INFO(text);
        CHECK_FALSE(Number::parse(text));
    }
}

TEST_CASE("sums, differences and products are exact") {
    CHECK(read("0.1").plus(read("0.2")) == read("0.3"));
    CHECK(read("999999999").plus(read("1")).text() == "1000000000");
    CHECK(read("1000000000").minus(read("0.000000001")).text() == "999999999.999999999");
    CHECK(read("-5").minus(read("-5")) == Number(0));
    CHECK(read("9223372036854775807").times(read("9223372036854775807")).text() ==
          "85070591730234615847396907784232501249");
    CHECK(read("-0.25").times(read("4")).text() == "-1");
}

TEST_CASE("the laws of arithmetic hold") {
    std::vector<Number> numbers;
    for (const char* text : {"0", "1", "-1", "0.5", "-99.99", "1000000000", "123456789.987654321",
                             "9223372036854775807", "-9223372036854775808", "1e-18", "3e30"}) {
        numbers.push_back(read(text));
    }
    for (const Number& a : numbers) {
        for (const Number& b : numbers) {
            CHECK(a.plus(b) == b.plus(a));
            CHECK(a.plus(b).minus(b) == a);
            CHECK((a < b) == (a.minus(b) < Number(0)));
            CHECK(read(a.times(b).text()) == b.times(a));
            for (const Number& c : numbers) {
                CHECK(a.plus(b).times(c) == a.times(c).plus(b.times(c)));
            }
        }
    }
}

TEST_CASE("what fits is what docs/limits.md says") {
    CHECK(read("9223372036854775807").fits_decimal());
    CHECK_FALSE(read("9223372036854775808").fits_decimal());
    CHECK(read("922337203685477580.8").fits_decimal() == false);
    CHECK(read("1e-18").fits_decimal());
    CHECK_FALSE(read("1e-19").fits_decimal());
    CHECK(Number(INT64_MIN).fits_integer());
    CHECK(Number(INT64_MIN).integer() == INT64_MIN);
    CHECK_FALSE(Number(INT64_MIN).minus(Number(1)).fits_integer());
    CHECK_FALSE(read("0.5").fits_integer());
}

}  // namespace
}  // namespace proviso::reference
