// Descriptions, cleaned.
#include "engine/schema/doc_text.h"

#include <string>

#include <catch2/catch.hpp>

using proviso::schema::doc_of;

TEST_CASE("lines stay, blanks behind them and empty ones around them go") {
    CHECK(doc_of("", 100).empty());
    CHECK(doc_of("\n \n", 100).empty());
    CHECK(doc_of("one", 100) == "one");
    CHECK(doc_of("\n\none  \n\n  two\n", 100) == "one\n\n  two");
}

TEST_CASE("what is hidden goes, and tabs are blanks") {
    CHECK(doc_of("a\tb\r\n\x1B[31mc\u202Ed\u200B", 100) == "a b\n[31mcd");
    CHECK(doc_of(std::string("a\0b\x7F", 4), 100) == "ab");
}

TEST_CASE("a long line is broken at a blank, or where it has none") {
    const std::string word(50, 'x');
    CHECK(doc_of(word + ' ' + word, 1000) == word + '\n' + word);
    const std::string longest(96, 'x');
    CHECK(doc_of(longest, 1000) == longest);
    CHECK(doc_of(longest + "y z", 1000) == longest + "\ny z");
    CHECK(doc_of(longest + " y", 1000) == longest + "\ny");
}

TEST_CASE("a long text is cut between characters") {
    CHECK(doc_of("abcde", 5) == "abcde");
    CHECK(doc_of("abcdef", 5) == "abcde…");
    CHECK(doc_of("abcd\u00E9", 5) == "abcd…");
}
