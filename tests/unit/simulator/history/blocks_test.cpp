#include "simulator/history/blocks.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <sys/resource.h>

#include "tests/unit/simulator/files.h"

using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::size_t line_bytes = 40;

struct Line {
    std::size_t file = 0;
    std::string text;
    friend bool operator==(const Line&, const Line&) = default;
};

std::vector<Line> read_lines(BlockReader& reader) {
    std::vector<Line> lines;
    Block block;
    std::uint64_t index = 0;
    std::uint64_t offset = 0;
    while (reader.next(block)) {
        CHECK(block.index == index++);
        CHECK(block.offset == offset);
        offset += block.text().size() + block.dropped;
        const std::string_view behind{block.text().data() + block.text().size(), padding_bytes};
        CHECK(behind.find_first_not_of('\0') == std::string_view::npos);
        std::string_view rest = block.text();
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            lines.push_back({block.file, std::string{rest.substr(0, end)}});
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return lines;
}

std::vector<Line> read_lines(const std::vector<std::string>& paths, std::size_t block_bytes) {
    BlockReader reader{paths, block_bytes, line_bytes};
    std::vector<Line> lines = read_lines(reader);
    CHECK(reader.errors().empty());
    return lines;
}

}  // namespace

TEST_CASE("lines are the same whatever the size of a block") {
    const TemporaryFolder folder;
    const std::string text = "{\"a\":1}\n\n{\"bb\":22}\r\n   \n{\"longer\":\"line\"}\nx\n";
    const std::vector<Line> expected{
        {0, "{\"a\":1}"}, {0, ""}, {0, "{\"bb\":22}\r"}, {0, "   "}, {0, "{\"longer\":\"line\"}"},
        {0, "x"}};
    for (const bool gzip : {false, true}) {
        const std::string path = folder.write("h", gzip ? gzipped(text) : text);
        for (std::size_t size = 1; size <= text.size() + 2; ++size) {
            CHECK(read_lines({path}, size) == expected);
        }
    }
}

TEST_CASE("the last line of a file may lack its end") {
    const TemporaryFolder folder;
    const std::string first = folder.write("first", "a\nb");
    const std::string second = folder.write("second", "c\n");
    const std::string empty = folder.write("empty", "");
    for (std::size_t size = 1; size < 6; ++size) {
        CHECK(read_lines({first, empty, second, first}, size) ==
              std::vector<Line>{{0, "a"}, {0, "b"}, {2, "c"}, {3, "a"}, {3, "b"}});
    }
    CHECK(read_lines({empty, empty}, 10).empty());
}

TEST_CASE("a byte order mark is no part of the first line") {
    const TemporaryFolder folder;
    const std::string path = folder.write("h", "\xEF\xBB\xBF{}\n\xEF\xBB\xBF\n");
    for (std::size_t size = 1; size < 12; ++size) {
        CHECK(read_lines({path}, size) == std::vector<Line>{{0, "{}"}, {0, "\xEF\xBB\xBF"}});
    }
    CHECK(read_lines({folder.write("mark", "\xEF\xBB\xBF")}, 8).empty());
    CHECK(read_lines({folder.write("half", "\xEF\xBB")}, 8) == std::vector<Line>{{0, "\xEF\xBB"}});
}

TEST_CASE("of a line that is too long the beginning is given and the rest read over") {
    const TemporaryFolder folder;
    const std::string fits(line_bytes, 'f');
    for (const std::size_t length :
         {line_bytes + 1, line_bytes + 2, line_bytes + 3, std::size_t{200}, std::size_t{300'000}}) {
        const std::string path =
            folder.write("h", fits + "\n" + std::string(length, 'x') + "\n" + fits + "\r\ny");
        for (const std::size_t size : {1u, 7u, 41u, 64u, 1000u}) {
            const std::vector<Line> lines = read_lines({path}, size);
            REQUIRE(lines.size() == 4);
            CHECK(lines[0].text == fits);
            CHECK(lines[1].text.size() > line_bytes);
            CHECK(lines[1].text.find_first_not_of('x') == std::string::npos);
            CHECK(lines[2].text == fits + "\r");
            CHECK(lines[3].text == "y");
        }
    }
}

TEST_CASE("a last line that is too long and has no end") {
    const TemporaryFolder folder;
    for (const std::size_t length : {line_bytes + 3, line_bytes + 4, std::size_t{200'000}}) {
        const std::string path = folder.write("h", "a\n" + std::string(length, 'x'));
        const std::vector<Line> lines = read_lines({path, path}, 16);
        REQUIRE(lines.size() == 4);
        CHECK(lines[1].text.size() > line_bytes);
        CHECK(lines[2] == Line{1, "a"});
    }
}

TEST_CASE("a file that breaks off gives its whole lines, an error, and the next file") {
    const TemporaryFolder folder;
    std::string text;
    for (int i = 0; i < 5'000; ++i) text += std::to_string(i * 7919) + '\n';
    const std::string whole = gzipped(text);
    const std::string cut = folder.write("cut.gz", whole.substr(0, whole.size() / 2));
    const std::string next = folder.write("next", "z\n");
    BlockReader reader{{cut, folder.path("absent"), next}, 512, line_bytes};
    const std::vector<Line> lines = read_lines(reader);
    REQUIRE(lines.size() > 10);
    CHECK(lines.back() == Line{2, "z"});
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        REQUIRE(lines[i].text == std::to_string(static_cast<int>(i) * 7919));
    }
    REQUIRE(reader.errors().size() == 2);
    CHECK(reader.errors()[0].file == 0);
    CHECK(reader.errors()[0].reason == "the gzip data are cut off");
    CHECK(reader.errors()[1].file == 1);
    CHECK(reader.errors()[1].reason == "No such file or directory");
    CHECK(reader.stored_bytes(0) == whole.size() / 2);
    CHECK(reader.stored_bytes(1) == 0);
    CHECK(reader.stored_bytes(2) == 2);
}

TEST_CASE("memory does not grow with the history, nor with a line that never ends") {
    const auto kilobytes = [] {
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        return usage.ru_maxrss;
    };
    const TemporaryFolder folder;
    // 64 MiB of one line and 64 MiB of short ones, packed small.
    std::string members;
    const std::string spaces = gzipped(std::string(1 << 20, ' '));
    std::string short_lines;
    while (short_lines.size() < (1 << 20)) short_lines += "{\"tool\": \"t\"}\n";
    for (int i = 0; i < 64; ++i) members += spaces;
    members += gzipped("\n");
    short_lines = gzipped(short_lines);
    for (int i = 0; i < 64; ++i) members += short_lines;
    BlockReader reader{{folder.write("long.gz", members)}, 64 << 10, 64 << 10};
    const auto before = kilobytes();
    Block block;
    std::uint64_t bytes = 0;
    while (reader.next(block)) bytes += block.text().size() + block.dropped;
    CHECK(bytes > (std::uint64_t{128} << 20));
    CHECK(kilobytes() - before < 16 << 10);
}
