#include "grammar/number_mistakes.h"

#include <catch2/catch.hpp>

using namespace proviso::grammar;

TEST_CASE("well-formed numbers, dates and durations are no mistake") {
    for (const std::string_view text :
         {"5", "1_000", "0", "0.15", "-5", "-0.5", "2026-12-20", "2026-12-20T09:00Z",
          "2026-12-20T09:00:30.5+02:00", "30s", "1d12h", "5 USD", "5, 000", "5,00", "5,0000",
          "1..5", "5)", "5 - 3"}) {
        INFO(text);
        CHECK_FALSE(number_mistake(text).has_value());
    }
}

TEST_CASE("each mistake has its message and its fix") {
    struct Row {
        std::string_view text;
        DiagnosticId id;
        std::string_view help;
    };
    const Row rows[] = {
        {"007", DiagnosticId::leading_zero, "write `7`"},
        {"00", DiagnosticId::leading_zero, "write `0`"},
        {"-007", DiagnosticId::leading_zero, "write `-7`"},
        {".5", DiagnosticId::leading_point, "write `0.5`"},
        {"5.", DiagnosticId::trailing_point, "write `5` or `5.0`"},
        {"1__0", DiagnosticId::misplaced_underscore, "write `10`"},
        {"1_.5", DiagnosticId::misplaced_underscore, "write `1.5`"},
        {"2026-2-3", DiagnosticId::malformed_date, "write `2026-02-03`"},
        {"5-3", DiagnosticId::minus_without_blanks, "write `5 - 3`"},
        {"500USD", DiagnosticId::money_without_blank, "write `500 USD`"},
        {"1.50eur", DiagnosticId::money_without_blank, "write `1.50 EUR`"},
        {"1_000,000", DiagnosticId::thousands_comma, ""},
        {"12,345,678", DiagnosticId::thousands_comma, ""},
        {"1e3", DiagnosticId::exponent, ""},
        {"1.5E-3", DiagnosticId::exponent, ""},
        {"2h1d", DiagnosticId::malformed_duration, ""},
        {"1h1h", DiagnosticId::malformed_duration, ""},
        {"1h5", DiagnosticId::malformed_duration, ""},
        {"3weeks", DiagnosticId::malformed_duration, ""},
        {"9:30", DiagnosticId::malformed_time, ""},
        {"2026-12-20T", DiagnosticId::malformed_time, ""},
        {"2026-12-20T09:00", DiagnosticId::time_without_zone, ""},
        {"5k", DiagnosticId::malformed_number, ""},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        const auto found = number_mistake(row.text);
        REQUIRE(found.has_value());
        CHECK(info(found->id).code == info(row.id).code);
        if (!row.help.empty()) CHECK(found->help == row.help);
    }
}

TEST_CASE("numbers of other countries have a form of the language") {
    struct Row {
        std::string_view written;
        std::string_view form;
    };
    const Row rows[] = {
        {"1.500,50", "1_500.50"},
        {"1,500.50", "1_500.50"},
        {"1'500.5", "1_500.5"},
        {"25'000", "25_000"},
        {"1.000.000", "1_000_000"},
        {"12,5", "12.5"},
        {"1,500", "1_500"},
        {"-1,5", "-1.5"},
        {"12345,67", "12345.67"},
        {"1,5000", "1.5000"},
        {"500", ""},
        {"1.5", ""},
        {"10.000", ""},
        {"1.2.3", ""},
        {"1,2,3", ""},
        {"1..000", ""},
        {",5", ""},
        {"5,", ""},
        {"1.500,", ""},
        {"1234.567,8", ""},
        {"1,5 EUR", ""},
        {"", ""},
        {"-", ""},
        {"'", ""},
    };
    for (const Row& row : rows) {
        INFO(row.written);
        CHECK(rule_number(row.written) == row.form);
    }
    CHECK(rule_number("1.500,50", "") == "1500.50");
}
