#include "simulator/replay/cell_calls.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace proviso;             // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;  // NOLINT(google-build-using-namespace)

namespace {

constexpr CellPlace loosened{2, 0};
constexpr CellPlace unchanged{0, 0};

void offer_line(CellKeeper& kept, CellPlace cell, std::uint64_t line) {
    if (!kept.wants(cell)) return;
    ChangedCall call;
    call.after.line = line;
    kept.add(cell, std::move(call));
}

CellKeeper block_of(std::size_t bound, std::uint64_t lines) {
    CellKeeper kept(bound);
    for (std::uint64_t line = 0; line < lines; ++line) {
        offer_line(kept, loosened, line);
        offer_line(kept, unchanged, line);
    }
    return kept;
}

}  // namespace

TEST_CASE("a cell keeps its first calls, whatever blocks they came in") {
    CellKeeper whole(30);
    for (std::uint64_t before = 0; before < 60; before += 12) {
        CellKeeper block = block_of(30, 12);
        block.set_place([&](std::uint64_t line) {
            return HistoryPlace{"h.jsonl", before + line + 1};
        });
        whole.append(std::move(block));
    }
    const CellCalls calls = whole.take();
    REQUIRE(calls[2][0].size() == 30);
    REQUIRE(calls[0][0].size() == unchanged_cell_calls);
    for (std::size_t i = 0; i < calls[2][0].size(); ++i) {
        CHECK(calls[2][0][i].after.line == i + 1);
        CHECK(calls[2][0][i].after.file == "h.jsonl");
    }
}

TEST_CASE("a full cell is told to all, and a keeper without a bound keeps nothing") {
    FullCells full;
    block_of(3, 2).tell_full(full);
    CHECK_FALSE(full.at(loosened));
    block_of(3, 3).tell_full(full);
    CHECK(full.at(loosened));
    CHECK(full.at(unchanged));
    CHECK_FALSE(full.at({1, 0}));
    CHECK_FALSE(CellKeeper{}.wants(loosened));
}
