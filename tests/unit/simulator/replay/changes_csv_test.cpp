#include "simulator/replay/changes_csv.h"

#include <string>

#include <catch2/catch.hpp>

using namespace proviso::simulator;  // NOLINT(google-build-using-namespace)

TEST_CASE("a cell of CSV is text, whatever is in it") {
    const std::string row =
        csv_rows(R"({"file": "h", "line": 3, "tool": "=1+1", "id": "a\"b,\nc", )"
                 R"("before": {"outcome": "gate", "rules": [{"name": "x"}, {"name": "y"}]}, )"
                 R"("after": {"outcome": "allow"}})"
                 "\nnot json\n");
    CHECK(row.starts_with(
        "\"h\",\"3\",\"a\"\"b,\nc\",\"\",\"\",\"'=1+1\",\"\",\"\",\"gate\",\"\",\"\","
        "\"x; y\""));
    CHECK(row.ends_with("\r\n"));
    CHECK(csv_rows("").empty());
}
