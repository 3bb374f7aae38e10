#include "grammar/source.h"

#include <catch2/catch.hpp>

using namespace proviso::grammar;

TEST_CASE("lines and columns are 1-based and columns count code points") {
    SourceMap sources;
    const SourceId id = sources.add("a", "ab\n\xC3\xA9x\n\nlast");
    CHECK(sources.position(id, 0).line == 1);
    CHECK(sources.position(id, 2).column == 3);
    CHECK(sources.position(id, 3).line == 2);
    CHECK(sources.position(id, 5).column == 2);
    CHECK(sources.position(id, 7).line == 3);
    CHECK(sources.position(id, 8).line == 4);
    CHECK(sources.position(id, 12).column == 5);
    CHECK(sources.position(id, 999).column == 5);
}

TEST_CASE("a line comes without its end, whichever it is") {
    SourceMap sources;
    const SourceId id = sources.add("a", "one\r\ntwo\nthree");
    CHECK(sources.line(id, 1) == "one");
    CHECK(sources.line(id, 5) == "two");
    CHECK(sources.line(id, 9) == "three");
    CHECK(sources.line(id, 14) == "three");
}

TEST_CASE("a byte order mark is dropped and an empty file has one line") {
    SourceMap sources;
    CHECK(sources.file(sources.add("a", "\xEF\xBB\xBFx")).text == "x");
    const SourceId empty = sources.add("b", "");
    CHECK(sources.position(empty, 0).line == 1);
    CHECK(sources.line(empty, 0).empty());
}

TEST_CASE("texts stay where they are when files are added") {
    SourceMap sources;
    const SourceId first = sources.add("a", "policy");
    const std::string_view text = sources.text({first, 0, 6});
    for (int i = 0; i < 1000; ++i) (void)sources.add("b", "x");
    CHECK(sources.text({first, 0, 6}).data() == text.data());
}
