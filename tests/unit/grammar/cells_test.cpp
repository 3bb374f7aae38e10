#include "grammar/cells.h"

#include <catch2/catch.hpp>

namespace proviso::grammar {
namespace {

TEST_CASE("a text is as wide as its characters") {
    CHECK(cells_of("") == 0);
    CHECK(cells_of("plain") == 5);
    CHECK(cells_of("Zürich") == 6);
    CHECK(cells_of("e\xCC\x81") == 1);
    CHECK(cells_of("東京") == 4);
    CHECK(cells_of("🦀") == 2);
}

}  // namespace
}  // namespace proviso::grammar
