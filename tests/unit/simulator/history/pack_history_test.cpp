#include "simulator/history/pack_history.h"

#include <filesystem>

#include <catch2/catch.hpp>

#include "simulator/history/bytes.h"
#include "tests/unit/simulator/files.h"

using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

std::string receipts(int from, int to) {
    std::string text;
    for (int i = from; i < to; ++i) {
        text += R"({"id":"r-)" + std::to_string(i) + R"(","tool":"pay","args":{"n":)" +
                std::to_string(std::int64_t{i} * i) + "}}\n";
    }
    return text;
}

PackResult pack(const std::vector<std::string>& histories, const std::string& output) {
    PackOptions options;
    options.histories = histories;
    options.output = output;
    return pack_history(options);
}

std::string text_of(const std::string& path, std::string* error = nullptr) {
    std::string text;
    const std::string said =
        unpack_history(path, [&text](std::string_view piece) { text += piece; });
    if (error != nullptr) {
        *error = said;
    } else {
        CHECK(said.empty());
    }
    return text;
}

}  // namespace

TEST_CASE("a history comes back as it was, whatever it is packed in") {
    const TemporaryFolder folder;
    const std::string long_text = receipts(0, 150'000);  // more than a block
    for (const std::string& text :
         {std::string{}, std::string{"\n"}, std::string{"no end"}, receipts(0, 1000), long_text,
          long_text + "no end", std::string{"\r\n\0\n{\n", 6}}) {
        const std::string output = folder.path("out.pvh");
        for (const std::string& input :
             {folder.write("a.jsonl", text), folder.write("a.gz", gzipped(text)),
              folder.write("a.zst", packed_by_zstd(text))}) {
            const PackResult result = pack({input}, output);
            REQUIRE(result.error.empty());
            CHECK(result.text_bytes == text.size());
            CHECK(result.packed_bytes == std::filesystem::file_size(output));
            REQUIRE(text_of(output) == text);
        }
        CHECK(pack({output}, folder.path("again.pvh")).error.empty());
        CHECK(read_file(folder.path("again.pvh")) == read_file(output));
    }
}

TEST_CASE("several histories are packed as one, each line with its end") {
    const TemporaryFolder folder;
    const std::string output = folder.path("out.pvh");
    const PackResult result = pack({folder.write("a", "\xEF\xBB\xBF" + receipts(0, 3) + "no end"),
                                    folder.write("b", receipts(3, 5))},
                                   output);
    CHECK(result.error.empty());
    CHECK(result.lines == 6);
    CHECK(text_of(output) == receipts(0, 3) + "no end\n" + receipts(3, 5));
}

TEST_CASE("what cannot be packed leaves what was there") {
    const TemporaryFolder folder;
    const std::string output = folder.write("out.pvh", "before");
    const std::string good = folder.write("good", receipts(0, 10));
    const std::string cut = folder.write("cut", gzipped(receipts(0, 5000)).substr(0, 3000));
    const std::string too_long = folder.write("long", receipts(0, 2) + std::string(33 << 20, 'x'));
    CHECK(pack({good, cut}, output).error == cut + ": the gzip data are cut off");
    CHECK(pack({too_long}, output).error ==
          too_long + ":3: the line is longer than 33554432 bytes");
    CHECK(pack({good, output}, output).error == output + ": it is one of the histories");
    CHECK(pack({good}, folder.path("")).error.ends_with("it is no regular file"));
    CHECK_FALSE(pack({good}, folder.path("none/out.pvh")).error.empty());
    CHECK(read_file(output) == "before");
    CHECK_FALSE(std::filesystem::exists(output + ".part"));
    std::atomic<bool> cancel = true;
    PackOptions options{{good}, output, {}, &cancel};
    CHECK(pack_history(options).cancelled);
    CHECK(read_file(output) == "before");
    CHECK_FALSE(std::filesystem::exists(output + ".part"));
}

TEST_CASE("a damaged packed history gives its sound blocks and says what is wrong") {
    const TemporaryFolder folder;
    const std::string text = receipts(0, 200'000);
    const std::string output = folder.path("out.pvh");
    REQUIRE(pack({folder.write("a", text)}, output).error.empty());
    std::string bytes = read_file(output);
    bytes[bytes.size() - 200] ^= 1;
    std::string error;
    const std::string left = text_of(folder.write("bad.pvh", bytes), &error);
    CHECK(error == folder.path("bad.pvh") + ": the packed history is damaged: a checksum is wrong");
    CHECK(left.size() > 1'000'000);
    CHECK(text.starts_with(left));
    CHECK(packed_contents(folder.path("bad.pvh")).error == error);
}

TEST_CASE("the columns of a packed history are told over all blocks") {
    const TemporaryFolder folder;
    const std::string output = folder.path("out.pvh");
    REQUIRE(pack({folder.write("a", receipts(0, 200'000))}, output).error.empty());
    const PackContents contents = packed_contents(output);
    CHECK(contents.lines == 200'000);
    CHECK(contents.blocks > 1);
    REQUIRE(contents.columns.size() == 3);
    CHECK(contents.columns[0].name == "args.n");
    CHECK(contents.columns[0].kind == "number");
    CHECK(contents.columns[0].values == 200'000);
    CHECK(contents.columns[2].name == "tool");
    CHECK(contents.columns[2].kind == "constant");
    CHECK(packed_contents(folder.path("a")).error ==
          folder.path("a") + ": it is no packed history");
}
