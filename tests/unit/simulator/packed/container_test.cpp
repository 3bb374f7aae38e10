#include "simulator/packed/container.h"

#include <catch2/catch.hpp>

#include "tests/unit/simulator/packed/unpacked.h"

using namespace proviso::simulator::packed;  // NOLINT(google-build-using-namespace)
using testing::Unpacked;
using testing::unpacked;

namespace {

std::string lines_of(unsigned from, unsigned to) {
    std::string text;
    for (unsigned i = from; i < to; ++i) text += "{\"n\":" + std::to_string(i) + "}\n";
    return text;
}

std::string packed(const std::vector<std::string>& blocks, bool is_open = false) {
    Writer writer;
    std::string bytes = Writer::head();
    for (const std::string& block : blocks) {
        BlockPacker packer;
        for (std::size_t at = 0; at < block.size();) {
            const std::size_t end = block.find('\n', at);
            packer.add(std::string_view{block}.substr(at, end - at));
            at = end + 1;
        }
        bytes += writer.block(packer, is_open && &block == &blocks.back());
    }
    return bytes + writer.end();
}

const std::string three = packed({lines_of(0, 10), lines_of(10, 500), lines_of(500, 501)});

}  // namespace

TEST_CASE("a container gives back its blocks") {
    CHECK(unpacked(three).text == lines_of(0, 501));
    CHECK(unpacked(three).error.empty());
    CHECK(unpacked(packed({})).text.empty());
    CHECK(unpacked(packed({})).error.empty());
    const std::string text = lines_of(0, 9);
    CHECK(unpacked(packed({text}, true)).text == text.substr(0, text.size() - 1));
}

TEST_CASE("every damaged bit of a container is found, and no line of its block is given") {
    for (std::size_t at = 0; at < three.size() * 8; ++at) {
        std::string bytes = three;
        bytes[at / 8] = static_cast<char>(bytes[at / 8] ^ (1 << at % 8));
        const Unpacked result = unpacked(bytes);
        INFO("bit " << at);
        REQUIRE_FALSE(result.error.empty());
        REQUIRE(lines_of(0, 501).starts_with(result.text));
    }
}

TEST_CASE("a container that is cut off anywhere says so") {
    for (std::size_t size = 0; size < three.size(); ++size) {
        REQUIRE_FALSE(unpacked(three.substr(0, size)).error.empty());
    }
}

TEST_CASE("blocks that were left out, changed about or put behind the end are found") {
    const std::size_t head = Writer::head().size();
    const std::string first = packed({lines_of(0, 10)});
    const std::string second = packed({lines_of(10, 20)});
    CHECK(unpacked(first + "x").error == "there are bytes behind the end of the packed history");
    CHECK(unpacked(first + second).error == "there are bytes behind the end of the packed history");
    const std::string both = packed({lines_of(0, 10), lines_of(10, 20)});
    const std::string only_first = packed({lines_of(0, 10)});
    // The first block twice in a row: its number is part of its checksum.
    Writer writer;
    BlockPacker packer;
    packer.add("{}");
    const std::string block = writer.block(packer);
    CHECK(unpacked(Writer::head() + block + block + writer.end()).error ==
          "the packed history is damaged: a checksum is wrong");
    CHECK(unpacked(Writer::head() + writer.end()).error ==
          "the packed history is damaged: a checksum is wrong");
    CHECK(both.substr(0, head) == only_first.substr(0, head));
}

TEST_CASE("what is no container, or of another version, is refused") {
    CHECK(unpacked("{\"id\":1}\n").error == "it is no packed history");
    CHECK(unpacked("").error == "it is no packed history");
    std::string later = three;
    later[magic.size()] = 2;
    CHECK(unpacked(later).error == "it was packed by another version; pack the history again");
}

TEST_CASE("nothing follows a line without a line end") {
    Writer writer;
    BlockPacker packer;
    packer.add("{}");
    std::string bytes = Writer::head() + writer.block(packer, true);
    packer.add("{}");
    bytes += writer.block(packer) + writer.end();
    CHECK(unpacked(bytes).error == "the packed history is damaged: a block begins wrongly");
}
