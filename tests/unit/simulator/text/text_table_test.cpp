#include "simulator/text/text_table.h"

#include <catch2/catch.hpp>

using namespace proviso;             // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;  // NOLINT(google-build-using-namespace)

namespace {

constexpr Look plain{false, true, 60};
constexpr Look ascii{false, false, 60};
constexpr Look coloured{true, true, 60};

}  // namespace

TEST_CASE("nothing that an agent wrote steers the terminal") {
    CHECK(plain.clean("a\x1b[31mb\nc\td\x7f") == "a?[31mb?c?d?");
    CHECK(plain.clean("a\xC2\x9B"
                      "31mb") == "a?31mb");
    CHECK(plain.clean("a\xE2\x80\xAE"
                      "b\xE2\x81\xA6"
                      "c\xE2\x80\x8F") == "a?b?c?");
    CHECK(plain.clean("\x80\xFFz\xC3") == "??z?");
    CHECK(plain.clean("Zürich → 東京 🙂") == "Zürich → 東京 🙂");
    CHECK(ascii.clean("Zürich → 東") == "Z?rich ? ?");
}

TEST_CASE("long words are cut to their columns") {
    CHECK(plain.cut("transfer", 8) == "transfer");
    CHECK(plain.cut("transfers", 8) == "transfe…");
    CHECK(plain.cut("überweisung", 4) == "übe…");
    CHECK(ascii.cut("transfers", 8) == "trans...");
}

TEST_CASE("numbers are grouped, shares never round to none or all") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1'000) == "1,000");
    CHECK(grouped(1'234'567) == "1,234,567");
    CHECK(percent(0, 0) == "0.0 %");
    CHECK(percent(0, 5) == "0.0 %");
    CHECK(percent(5, 5) == "100.0 %");
    CHECK(percent(1, 3) == "33.3 %");
    CHECK(percent(1, 1'000'000) == "<0.1 %");
    CHECK(percent(999'999, 1'000'000) == ">99.9 %");
    CHECK(counted(1, "call", "calls") == "1 call");
    CHECK(counted(2'000, "call", "calls") == "2,000 calls");
    CHECK(byte_size(1) == "1 byte");
    CHECK(byte_size(1'023) == "1,023 bytes");
    CHECK(byte_size(8'000'000) == "7.6 MiB");
}

TEST_CASE("bars have eighths, and something for anything") {
    CHECK(plain.bar(1, 4) == "████");
    CHECK(plain.bar(0.5, 4) == "██");
    CHECK(plain.bar(0.53, 4) == "██▏");
    CHECK(plain.bar(0.0001, 4) == "▏");
    CHECK(plain.bar(0, 4).empty());
    CHECK(ascii.bar(0.5, 4) == "##");
    CHECK(ascii.bar(0.0001, 4) == "#");
}

TEST_CASE("a table's first column gives way") {
    Table table({"", "calls", "share"});
    table.add({{"a_name_that_is_much_longer_than_the_width_has_room_for_it", Style::plain},
               {"1,000", Style::plain},
               {"10.0 %", Style::gate}});
    table.add({{"short", Style::plain}, {"1", Style::plain}, {"", Style::plain}});
    CHECK(table.print(plain) ==
          "                                               calls   share\n"
          "  a_name_that_is_much_longer_than_the_width_…  1,000  10.0 %\n"
          "  short                                            1\n");
    CHECK_THAT(table.print(coloured), Catch::Contains("\x1b[33m10.0 %\x1b[0m\n"));
    CHECK_FALSE(table.fits(plain));
    CHECK(table.fits({.width = 74}));
    CHECK_FALSE(table.fits({.width = 73}));
}

TEST_CASE("columns may be aligned left") {
    Table table({"rule", "effect", "hits"}, {true, true});
    table.add({{"a", Style::plain}, {"gate", Style::plain}, {"12", Style::plain}});
    CHECK(table.print(plain) ==
          "  rule  effect  hits\n"
          "  a     gate      12\n");
}
