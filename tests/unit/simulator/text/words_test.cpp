#include "simulator/text/words.h"

#include <catch2/catch.hpp>

using namespace proviso::simulator;  // NOLINT(google-build-using-namespace)

TEST_CASE("text is cut between characters") {
    CHECK(cut_text("short", 5) == "short");
    CHECK(cut_text("longer text", 7) == "long…");
    CHECK(cut_text("äöüäöü", 8) == "äö…");
    CHECK(cut_text("abc", 0) == "…");
}
