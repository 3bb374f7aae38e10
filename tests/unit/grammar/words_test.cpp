#include "grammar/words.h"

#include <string>

#include <catch2/catch.hpp>

using namespace proviso::grammar;

TEST_CASE("words of statements, clauses and the grammar are reserved") {
    for (const std::string_view word : statement_words()) {
        INFO(word);
        CHECK(is_reserved(word));
    }
    for (const std::string_view word :
         {"on",     "at",      "when", "unless", "by",   "tell", "oblige", "because",
          "fix",    "or",      "and",  "not",    "in",   "is",   "like",   "matches",
          "has",    "missing", "true", "false",  "per",  "over", "each",   "where",
          "except", "to",      "for",  "from",   "with", "can",  "gives"}) {
        INFO(word);
        CHECK(is_reserved(word));
    }
}

TEST_CASE("names of the context and words near reserved ones are free") {
    for (const std::string_view word :
         {"", "tier", "stage", "time", "args", "principal", "agent", "workflow", "total", "cap",
          "On", "ons", "o", "limits", "environment", "attributess", "_", "zzzz"}) {
        INFO(word);
        CHECK_FALSE(is_reserved(word));
    }
    CHECK_FALSE(is_reserved(std::string(1000, 'a')));
}

TEST_CASE("clauses belong to statements") {
    CHECK(is_clause_word("unless"));
    CHECK_FALSE(is_clause_word("otherwise"));
    CHECK(clause_words("policy").empty());
    CHECK_FALSE(clause_words("gate").empty());
}

TEST_CASE("long weekdays are known, short ones are right") {
    CHECK(is_long_weekday("Monday"));
    CHECK(is_long_weekday("sunday"));
    CHECK(is_long_weekday("Fri"));
    CHECK_FALSE(is_long_weekday("fri"));
    CHECK_FALSE(is_long_weekday("holidays"));
}
