#include "simulator/history/bytes.h"

#include <algorithm>
#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/simulator/files.h"

using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

struct ReadResult {
    std::string text;
    std::string error;
    std::uint64_t stored = 0;
};

ReadResult read_all(const std::string& path, std::size_t piece = 4096) {
    const OpenedStream opened = open_stream(path);
    REQUIRE(opened.stream != nullptr);
    ReadResult result;
    std::string buffer(piece, '\0');
    while (const std::size_t size = opened.stream->read(buffer.data(), piece)) {
        result.text.append(buffer, 0, size);
    }
    result.error = opened.stream->error();
    result.stored = opened.stream->stored_bytes();
    return result;
}

std::string sample_text() {
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += "line " + std::to_string(i * i) + '\n';
    return text;
}

}  // namespace

TEST_CASE("a plain file is read as it is, in pieces of any size") {
    const TemporaryFolder folder;
    for (const std::string text : {"", "a", "ab", "abc\n", "abcd", "hello\nworld\n"}) {
        const std::string path = folder.write("plain.jsonl", text);
        for (const std::size_t piece : {1u, 2u, 3u, 100u}) {
            const ReadResult result = read_all(path, piece);
            CHECK(result.text == text);
            CHECK(result.error.empty());
            CHECK(result.stored == text.size());
        }
    }
}

TEST_CASE("gzip is known by its bytes, whatever the name") {
    const TemporaryFolder folder;
    const std::string text = sample_text();
    const std::string bytes = gzipped(text);
    const ReadResult result = read_all(folder.write("history.jsonl", bytes));
    CHECK(result.text == text);
    CHECK(result.error.empty());
    CHECK(result.stored == bytes.size());
    CHECK(read_all(folder.write("plain.gz", "{}\n")).text == "{}\n");
}

TEST_CASE("gzip members follow one another, with padding behind the last") {
    const TemporaryFolder folder;
    const std::string bytes =
        gzipped("one\n") + gzipped("") + gzipped("two") + gzipped("\nthree\n");
    CHECK(read_all(folder.write("members.gz", bytes)).text == "one\ntwo\nthree\n");
    const ReadResult padded = read_all(folder.write("padded.gz", bytes + std::string(1000, '\0')));
    CHECK(padded.text == "one\ntwo\nthree\n");
    CHECK(padded.error.empty());
}

TEST_CASE("gzip data that are cut off give what they hold and an error") {
    const TemporaryFolder folder;
    const std::string text = sample_text();
    const std::string bytes = gzipped(text);
    for (const std::size_t size : {std::size_t{3}, bytes.size() / 2, bytes.size() - 1}) {
        const ReadResult result = read_all(folder.write("cut.gz", bytes.substr(0, size)));
        CHECK(result.error == "the gzip data are cut off");
        CHECK(text.starts_with(result.text));
    }
    CHECK(read_all(folder.write("second.gz", bytes + bytes.substr(0, 20))).text == text);
}

TEST_CASE("gzip data that are damaged give an error") {
    const TemporaryFolder folder;
    const std::string text = sample_text();
    std::string bytes = gzipped(text);
    SECTION("in the middle") {
        bytes[bytes.size() / 2] ^= 0x55;
    }
    SECTION("in the checksum") {
        bytes[bytes.size() - 6] ^= 0x55;
    }
    SECTION("behind the end") {
        bytes += "not gzip";
    }
    const ReadResult result = read_all(folder.write("damaged.gz", bytes));
    CHECK_THAT(result.error, Catch::StartsWith("the gzip data are damaged: "));
}

TEST_CASE("zstd data are unpacked, frame after frame, whatever the name") {
    const TemporaryFolder folder;
    const std::string text = sample_text();
    const std::string frames = packed_by_zstd(text) + packed_by_zstd("") + packed_by_zstd("end");
    const ReadResult result = read_all(folder.write("h.jsonl", frames));
    CHECK(result.error.empty());
    CHECK(result.text == text + "end");
    std::string letters;
    letters.resize(10'000'000, 'a');
    CHECK(read_all(folder.write("letters", packed_by_zstd(letters))).text == letters);
}

TEST_CASE("zstd data that are cut off or damaged give an error") {
    const TemporaryFolder folder;
    std::string bytes = packed_by_zstd(sample_text());
    const std::string cut = bytes.substr(0, bytes.size() - 5);
    CHECK(read_all(folder.write("cut", cut)).error == "the zstd data are cut off");
    CHECK_THAT(read_all(folder.write("behind", bytes + "not zstd")).error,
               Catch::StartsWith("the zstd data are damaged: "));
    bytes[5] = '\xff';
    bytes[6] = '\xff';
    CHECK_FALSE(read_all(folder.write("damaged", bytes)).error.empty());
}

TEST_CASE("what cannot be opened says why") {
    const TemporaryFolder folder;
    CHECK(open_stream(folder.path("nothing")).error == "No such file or directory");
    CHECK(open_stream(folder.path(".")).error == "it is a folder");
    CHECK(why_unreadable(folder.path("nothing")) == "No such file or directory");
    CHECK(why_unreadable(folder.path(".")) == "it is a folder");
    CHECK(why_unreadable(folder.write("there", "")).empty());
}

TEST_CASE("the size of a regular file is known") {
    const TemporaryFolder folder;
    CHECK(stored_size(folder.write("five", "12345")) == 5);
    CHECK(stored_size("-") == std::nullopt);
    CHECK(stored_size("/dev/null") == std::nullopt);
}
