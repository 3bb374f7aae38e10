#include "grammar/diagnostic.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "tests/tree/tree.h"

using namespace proviso::grammar;

namespace {

std::string read_all(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string golden_text() {
    std::string all;
    const std::filesystem::path root = proviso::tests::in_tree("tests/golden");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        if (entry.path().extension() == ".txt") all += read_all(entry.path());
    }
    return all;
}

/// Codes whose messages must be shown by a golden file. The checker's are added with its cases.
bool is_enforced(std::string_view code) {
    return code < "P1000";
}

}  // namespace

TEST_CASE("every message is shown by a golden file") {
    const std::string golden = golden_text();
    for (std::size_t i = 0; i < diagnostic_count(); ++i) {
        const DiagnosticInfo& row = info(static_cast<DiagnosticId>(i));
        if (!is_enforced(row.code)) continue;
        INFO(row.name << " " << row.code);
        CHECK(golden.find("[" + std::string(row.code) + "]") != std::string::npos);
    }
}

TEST_CASE("codes are unique, and messages are lower case without a full stop") {
    std::set<std::string_view> codes;
    for (std::size_t i = 0; i < diagnostic_count(); ++i) {
        const DiagnosticInfo& row = info(static_cast<DiagnosticId>(i));
        INFO(row.name);
        CHECK(codes.insert(row.code).second);
        CHECK(row.code.size() == 5);
        CHECK_FALSE(row.text.ends_with('.'));
        CHECK_FALSE((row.text.front() >= 'A' && row.text.front() <= 'Z'));
    }
}

TEST_CASE("did you mean") {
    const std::vector<std::string_view> words = {"propose", "prepare", "approve", "execute"};
    CHECK(did_you_mean("propse", words) == "propose");
    CHECK(did_you_mean("porpose", words) == "propose");
    CHECK(did_you_mean("EXECUTE", words) == "execute");
    CHECK(did_you_mean("aprove", words) == "approve");
    CHECK(did_you_mean("delete", words).empty());
    CHECK(did_you_mean("", words).empty());
    CHECK(did_you_mean("on", {"in", "at"}) == "in");
    CHECK(did_you_mean("x", {"y"}).empty());
    CHECK(did_you_mean(std::string(100'000, 'x'), words).empty());
}

TEST_CASE("the sink counts past its limit, keeps what came first, and sorts by place") {
    DiagnosticSink sink(2);
    for (std::uint32_t at : {30U, 10U, 20U}) {
        sink.report(DiagnosticId::single_equals, {SourceId{0}, at, at + 1});
    }
    CHECK(sink.error_count() == 3);
    REQUIRE(sink.all().size() == 2);
    sink.sort();
    CHECK(sink.all()[0].span.begin == 10);
    CHECK(sink.all()[1].span.begin == 30);
}

TEST_CASE("a resolved diagnostic has places as tools want them") {
    SourceMap sources;
    const SourceId id = sources.add("a.proviso", "x\n  y = 1\n");
    DiagnosticSink sink;
    Diagnostic& entry = sink.report(DiagnosticId::single_equals, {id, 6, 7}, {}, "write `==`");
    entry.notes.push_back({{id, 0, 1}, "here"});
    const ResolvedDiagnostic resolved = resolve(sources, sink.all()[0]);
    CHECK(resolved.code == "P0222");
    CHECK(resolved.place.file == "a.proviso");
    CHECK(resolved.place.begin.line == 2);
    CHECK(resolved.place.begin.column == 5);
    CHECK(resolved.place.end.column == 6);
    CHECK(resolved.help == "write `==`");
    REQUIRE(resolved.notes.size() == 1);
    CHECK(resolved.notes[0].message == "here");
}
