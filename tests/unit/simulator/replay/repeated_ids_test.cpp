#include "simulator/replay/repeated_ids.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace proviso::simulator;  // NOLINT(google-build-using-namespace)

namespace {

const std::vector<std::string> files{"a", "b"};

void add(BlockIds& block, std::uint64_t line, const std::string& id, std::uint64_t what = 0) {
    block.add(id_hash(id), line, id_hash(std::to_string(what)), id);
}

/// `count` ids from `first` on, a block.
void join(IdSet& set, std::uint32_t file, std::size_t first, std::size_t count) {
    BlockIds block;
    for (std::size_t i = 0; i < count; ++i) add(block, i, "id-" + std::to_string(first + i));
    set.join(block, [&](std::uint64_t line) { return CallPlace{file, line + 1, 0}; });
}

}  // namespace

TEST_CASE("ids that come once are no repetition") {
    IdSet set;
    join(set, 0, 0, 1000);
    const RepeatedIds told = set.report(files);
    CHECK(told.ids == 0);
    CHECK(told.calls == 0);
    CHECK(told.id.empty());
}

TEST_CASE("an id that comes again is told with both its places") {
    IdSet set;
    join(set, 0, 0, 10);
    join(set, 1, 4, 2);
    join(set, 1, 5, 1);
    const RepeatedIds told = set.report(files);
    CHECK(told.ids == 2);
    CHECK(told.calls == 3);
    CHECK(told.same == 3);
    CHECK(told.one_in == 1);
    CHECK(told.id == "id-4");
    CHECK(told.first.file == "a");
    CHECK(told.first.line == 5);
    CHECK(told.again.file == "b");
    CHECK(told.again.line == 1);
}

TEST_CASE("a call that is told again goes before one that is tried again") {
    IdSet set;
    BlockIds block;
    add(block, 0, "x", 1);
    add(block, 1, "y", 1);
    add(block, 2, "x", 2);
    add(block, 3, "y", 1);
    add(block, 4, "x", 1);
    set.join(block, [](std::uint64_t line) { return CallPlace{0, line + 1, 0}; });
    const RepeatedIds told = set.report(files);
    CHECK(told.ids == 2);
    CHECK(told.calls == 3);
    CHECK(told.same == 2);
    CHECK(told.id == "y");
    CHECK(told.again.line == 4);
}

TEST_CASE("beyond the bound a sample of ids stands for all") {
    IdSet set(1024);
    join(set, 0, 0, 100'000);
    join(set, 1, 50'000, 50'000);
    const RepeatedIds told = set.report(files);
    CHECK(told.one_in >= 64);
    CHECK(told.one_in <= 256);
    CHECK(told.calls > 35'000);
    CHECK(told.calls < 65'000);
    CHECK(told.calls == told.ids);
    CHECK(told.first.line == told.again.line + 50'000);
    CHECK(set.passed_over() == told.one_in - 1);
}

TEST_CASE("how ids are cut into blocks does not show in what a sample tells") {
    IdSet whole(256);
    join(whole, 0, 0, 4000);
    join(whole, 0, 0, 4000);
    IdSet cut(256);
    for (int turn = 0; turn < 2; ++turn) {
        for (std::size_t i = 0; i < 4000; i += 500) join(cut, 0, i, 500);
    }
    const RepeatedIds a = whole.report(files);
    const RepeatedIds b = cut.report(files);
    CHECK(a.ids == b.ids);
    CHECK(a.calls == b.calls);
    CHECK(a.one_in == b.one_in);
    CHECK(a.id == b.id);
}
