#include "simulator/figures/smallest_keys.h"

#include <cstdint>
#include <vector>

#include <catch2/catch.hpp>

namespace proviso::simulator {
namespace {

struct CountedRow {
    std::uint64_t count = 0;
    [[nodiscard]] std::uint64_t calls() const { return count; }
    void merge(const CountedRow& other) { count += other.count; }
};
using KeyTable = SmallestKeys<int, CountedRow>;

void count_key(KeyTable& table, int key) {
    if (CountedRow* row = table.find(key); row != nullptr)
        ++row->count;
    else
        table.count_beyond(1);
}

TEST_CASE("beyond its bound a table keeps the smallest keys and counts the rest together") {
    KeyTable table(2);
    for (const int key : {5, 9, 5, 1, 9, 7, 1}) count_key(table, key);
    REQUIRE(table.rows().size() == 2);
    CHECK(table.rows().at(1).count == 2);
    CHECK(table.rows().at(5).count == 2);
    CHECK(table.beyond() == 3);
}

TEST_CASE("how keys are spread over tables does not show in what comes of them") {
    std::vector<int> keys;
    for (int i = 0; i < 300; ++i) keys.push_back(i * 37 % 23);
    KeyTable all(5);
    for (const int key : keys) count_key(all, key);
    for (const std::size_t parts : {2u, 3u, 7u}) {
        std::vector<KeyTable> tables(parts, KeyTable(5));
        for (std::size_t i = 0; i < keys.size(); ++i) count_key(tables[i % parts], keys[i]);
        KeyTable merged(5);
        for (const KeyTable& one : tables) merged.merge(one);
        CHECK(merged.beyond() == all.beyond());
        REQUIRE(merged.rows().size() == all.rows().size());
        for (const auto& [key, row] : all.rows()) CHECK(merged.rows().at(key).count == row.count);
    }
}

}  // namespace
}  // namespace proviso::simulator
