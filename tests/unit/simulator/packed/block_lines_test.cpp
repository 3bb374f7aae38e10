#include "simulator/packed/block_lines.h"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

using namespace proviso::simulator::packed;  // NOLINT(google-build-using-namespace)

namespace {

/// Lines of a few shapes, with values of every kind of column.
std::string text_of(std::mt19937& random, std::size_t lines) {
    const auto below = [&](unsigned bound) { return std::to_string(random() % bound); };
    std::string text;
    for (std::size_t i = 0; i < lines; ++i) {
        switch (random() % 8) {
            case 0: text += "no JSON " + below(9); break;
            case 1: text += "{}"; break;
            case 2:
                text += R"({"a":)" + below(2) + R"(,"long":")" + std::string(random() % 90, 'x');
                break;
            default:
                text += R"({"id":"c-)" + std::to_string(1000 + i) + R"(","n":-)" + below(5000) +
                        '.' + below(10) + R"(,"t":"2026-03-0)" + std::to_string(random() % 9 + 1) +
                        "T0" + below(10) + R"(:15:00.5Z","w":")" + below(3) + "\"}";
        }
        text += random() % 30 == 0 ? "\r\n" : "\n";
    }
    return text;
}

std::string block_of(std::string_view text, bool is_open = false) {
    BlockPacker packer;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        packer.add(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return packer.take(is_open);
}

std::string written(const BlockLines& lines) {
    std::vector<std::size_t> rows(lines.shapes().size());
    std::string text;
    std::string memory;
    for (std::size_t i = 0; i < lines.lines(); ++i) {
        const std::size_t shape = lines.shape_of(i);
        const std::string_view line =
            BlockLines::write(lines.shapes()[shape], rows[shape]++, memory);
        CHECK(std::all_of(line.end(), line.end() + BlockLines::padding,
                          [](char c) { return c == 0; }));
        text.append(line).append(1, '\n');
    }
    return text;
}

}  // namespace

TEST_CASE("lines of a block one by one are its text") {
    std::mt19937 random(1);
    for (int i = 0; i < 40; ++i) {
        const std::string text = text_of(random, 1 + random() % 300);
        const auto lines = BlockLines::of(block_of(text));
        REQUIRE(lines != nullptr);
        CHECK(lines->text_bytes() == text.size());
        REQUIRE(written(*lines) == text);
        CHECK(lines->begins_with(text.substr(0, 2)));
        CHECK_FALSE(lines->begins_with("\xEF\xBB\xBF"));
    }
}

TEST_CASE("an open block ends without a line end") {
    const auto lines = BlockLines::of(block_of("a 1\nb 2", true));
    REQUIRE(lines != nullptr);
    CHECK(lines->is_open());
    CHECK(lines->text_bytes() == 7);
    CHECK(written(*lines) == "a 1\nb 2\n");
}

TEST_CASE("a block whose text has other lines, or that is damaged, gives none") {
    std::mt19937 random(2);
    const std::string bytes = block_of(text_of(random, 200));
    for (std::size_t i = 0; i < 3'000; ++i) {
        std::string other = bytes;
        other[random() % other.size()] = static_cast<char>(random());
        if (i % 3 == 0) other[random() % other.size()] = '\n';
        std::string text;
        const bool reads = PackedBlock{other}.read(text);
        const auto lines = BlockLines::of(other);
        if (lines == nullptr) {
            // Then its text is read as one: it is damaged, or a value holds a line end.
            const auto ends = std::count(text.begin(), text.end(), '\n');
            CHECK((!reads || static_cast<std::uint64_t>(ends) != PackedBlock{other}.lines()));
            continue;
        }
        REQUIRE(reads);
        REQUIRE(written(*lines) == text);
    }
    CHECK(BlockLines::of("") == nullptr);
}
