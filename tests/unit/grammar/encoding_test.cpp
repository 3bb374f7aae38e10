#include "grammar/encoding.h"

#include <string>

#include <catch2/catch.hpp>

using namespace proviso::grammar;

TEST_CASE("valid UTF-8 is told from what only looks like it") {
    const auto valid = [](const std::string& text) {
        return valid_utf8_prefix(text) == text.size();
    };
    CHECK(valid("plain ascii text that is longer than a block\n\t"));
    CHECK(valid("\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
    CHECK_FALSE(valid("\x80"));
    CHECK_FALSE(valid("\xC0\xAF"));
    CHECK_FALSE(valid("\xC1\xBF"));
    CHECK_FALSE(valid("\xE0\x80\x80"));
    CHECK_FALSE(valid("\xED\xA0\x80"));
    CHECK_FALSE(valid("\xF0\x80\x80\x80"));
    CHECK_FALSE(valid("\xF4\x90\x80\x80"));
    CHECK_FALSE(valid("\xF5\x80\x80\x80"));
    CHECK_FALSE(valid("\xC3"));
    CHECK_FALSE(valid("abc\xE2\x82"));
    CHECK_FALSE(valid("\xF0\x9F\x98"));
    CHECK(valid_utf8_prefix("abc\xFFz") == 3);
}

TEST_CASE("a bad byte is found at every place in a block") {
    for (std::size_t at = 0; at < 40; ++at) {
        std::string text(40, 'a');
        text[at] = '\xFF';
        CHECK(valid_utf8_prefix(text) == at);
        text[at] = '\x01';
        CHECK_FALSE(is_well_encoded(text));
        text[at] = '\x7F';
        CHECK_FALSE(is_well_encoded(text));
        text[at] = '\0';
        CHECK_FALSE(is_well_encoded(text));
        text[at] = '\n';
        CHECK(is_well_encoded(text));
    }
}

TEST_CASE("marks that turn the direction of text are refused, other languages are not") {
    CHECK_FALSE(
        is_well_encoded("a\xE2\x80\xAE"
                        "b"));
    CHECK_FALSE(
        is_well_encoded("a\xE2\x81\xA6"
                        "b"));
    CHECK_FALSE(
        is_well_encoded("a\xD8\x9C"
                        "b"));
    CHECK(is_well_encoded("\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7"));
}

TEST_CASE("a carriage return belongs before a line feed") {
    CHECK(is_well_encoded("a\r\nb\r\n"));
    CHECK_FALSE(is_well_encoded("a\rb"));
    CHECK_FALSE(is_well_encoded("a\r"));
}
