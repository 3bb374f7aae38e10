#include "simulator/packed/block.h"

#include <random>

#include <catch2/catch.hpp>

using namespace proviso::simulator::packed;  // NOLINT(google-build-using-namespace)

namespace {

std::string receipt(unsigned i) {
    std::string line = R"({"id":"r-)" + std::to_string(1000 + i) +
                       R"(","tool":"pay","args":{"amount":)" + std::to_string(i * 37 % 5000) + "." +
                       std::to_string(i % 90 + 10);
    if (i % 3 == 0) line += R"(,"note":"n)" + std::to_string(i * i) + "\"";
    line += "}}";
    return i % 11 == 0 ? "no JSON " + std::to_string(i) : line;
}

BlockPacker packer_of(unsigned lines) {
    BlockPacker packer;
    for (unsigned i = 0; i < lines; ++i) packer.add(receipt(i));
    return packer;
}

}  // namespace

TEST_CASE("a block gives back the text that it was made of") {
    for (const unsigned lines : {1u, 3u, 4u, 50u, 2000u}) {
        for (const bool is_open : {false, true}) {
            BlockPacker packer = packer_of(lines);
            std::string wanted{packer.text()};
            if (is_open) wanted.pop_back();
            const std::string bytes = packer.take(is_open);
            CHECK(packer.is_empty());
            PackedBlock block{bytes};
            REQUIRE_FALSE(block.failed());
            CHECK(block.lines() == lines);
            CHECK(block.is_open() == is_open);
            std::string text = "what was there before";
            REQUIRE(block.read(text));
            CHECK(text == wanted);
        }
    }
}

TEST_CASE("a block says what its columns are") {
    BlockPacker packer = packer_of(400);
    const std::string bytes = packer.take();
    const PackedBlock block{bytes};
    std::string told;
    for (const ColumnInfo& column : block.columns()) {
        told += column.name + " " + std::string{name(column.kind)} + " " +
                std::to_string(column.values) + "\n";
    }
    CHECK(told ==
          "the line constant 37\nthe line constant 37\nthe line number 37\n"
          "id number 242\ntool constant 242\nargs.amount number 242\n"
          "id number 121\ntool constant 121\nargs.amount number 121\nargs.note number 121\n");
}

TEST_CASE("shapes of few lines are lines as a whole") {
    BlockPacker packer;
    for (int i = 0; i < 3; ++i) packer.add("{\"a\":" + std::to_string(i) + "}");
    for (int i = 0; i < 4; ++i) packer.add("{\"b\":" + std::to_string(i) + "}");
    const std::string bytes = packer.take();
    const std::vector<ColumnInfo> columns = PackedBlock{bytes}.columns();
    REQUIRE(columns.size() == 2);
    CHECK(columns[0].name == "the line");
    CHECK(columns[1].name == "b");
}

TEST_CASE("a block with more shapes and columns than it may have is still its text") {
    BlockPacker packer;
    for (std::size_t shape = 0; shape < most_shapes + 100; ++shape) {
        std::string line = "[" + std::string(shape + 1, ' ');
        for (int i = 0; i < 100; ++i) line += "1,";
        for (int i = 0; i < 4; ++i) packer.add(line + "2]");
    }
    const std::string wanted{packer.text()};
    const std::string bytes = packer.take();
    PackedBlock block{bytes};
    REQUIRE_FALSE(block.failed());
    CHECK(block.columns().size() <= most_columns);
    std::string text;
    REQUIRE(block.read(text));
    CHECK(text == wanted);
}

TEST_CASE("whatever a block's bytes are, nothing is written past its text") {
    std::mt19937 random(20261129);
    BlockPacker packer = packer_of(60);
    const std::string whole = packer.take();
    std::string text;
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes = whole;
        for (auto hits = random() % 3 + 1; hits > 0; --hits) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        if (random() % 4 == 0) bytes.resize(random() % bytes.size());
        PackedBlock block{bytes};
        if (block.read(text)) CHECK(text.size() == block.text_bytes());
    }
}

TEST_CASE("few bytes do not take much memory") {
    // Shapes of as many columns as there is room for, all of no lines.
    std::string bytes;
    put_number(bytes, 0);
    put_number(bytes, 0);
    put_number(bytes, 0);
    put_number(bytes, most_shapes);
    for (std::size_t i = 0; i < most_shapes; ++i) put_text(bytes, std::string(most_holes, hole));
    put_number(bytes, 2);
    bytes += std::string(most_shapes * most_holes * 2, '\0');
    CHECK(PackedBlock{bytes}.failed());
}
