#include "simulator/mapping/unfold.h"

#include <catch2/catch.hpp>

#include "simulator/mapping/mapping.h"
#include "simulator/mapping/shipped_mappings.h"
#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/replay_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

const std::string pairs = R"(
only: {pointer: /kind, equals: call}
answer:
    key: /id
    of: /id
call: {tool: /tool, id: /id}
recorded: {outcome: {pointer: "answer:/done", present: allow}}
)";

Mapping mapping_of(const std::string& text) {
    MappingResult read = parse_mapping(text, "m.yaml");
    INFO(read.error);
    REQUIRE(read.mapping);
    REQUIRE(read.mapping->adapter);
    return std::move(*read.mapping);
}

std::vector<Unfolded> taken(Unfolder& unfolder) {
    std::vector<Unfolded> all;
    Unfolded entry;
    while (unfolder.take(entry)) all.push_back(entry);
    return all;
}

std::string call_line(std::size_t id) {
    return R"({"kind": "call", "tool": "t", "id": )" + std::to_string(id) + "}";
}

constexpr std::size_t call_bytes = 1u << 20;

}  // namespace

TEST_CASE("every source line comes out, in order, and ends once") {
    const Mapping mapping =
        mapping_of("each: /c/*\nonly: {pointer: /t, equals: x}\ncall: {tool: /t}");
    Unfolder unfolder(*mapping.adapter, call_bytes);
    for (const char* line :
         {"", R"({"c": [{"t": "x"}, {"t": "y"}, {"t": "x"}]})", "{}", "{", "7"}) {
        unfolder.add(line);
    }
    const std::vector<Unfolded> all = taken(unfolder);
    REQUIRE(all.size() == 6);
    CHECK(all[0].kind == LineKind::blank);
    CHECK(all[1].kind == LineKind::call);
    CHECK(all[1].call == 1);
    CHECK_FALSE(all[1].ends_line);
    CHECK(all[2].call == 2);
    CHECK(all[2].ends_line);
    CHECK(all[3].kind == LineKind::skipped);
    CHECK(all[4].kind == LineKind::bad);
    CHECK(all[5].text == "the line is no JSON object");
}

TEST_CASE("a line has no more calls than the bound") {
    const Mapping mapping = mapping_of("each: /c/*\ncall: {tool: /t}");
    const auto line = [](std::size_t calls) {
        std::string text = R"({"c": [{"t": "x"})";
        for (std::size_t i = 1; i < calls; ++i) text += R"(,{"t": "x"})";
        return text + "]}";
    };
    Unfolder unfolder(*mapping.adapter, call_bytes);
    unfolder.add(line(calls_of_a_line));
    CHECK(taken(unfolder).size() == calls_of_a_line);
    unfolder.add(line(calls_of_a_line + 1));
    const std::vector<Unfolded> all = taken(unfolder);
    REQUIRE(all.size() == calls_of_a_line + 1);
    CHECK(all.back().kind == LineKind::bad);
    CHECK(all.back().text == "the line holds more than 10000 calls");
}

TEST_CASE("a call, and what the calls of a line come to, are bounded") {
    const Mapping mapping = mapping_of("each: /c/*\ncall: {tool: /t, args: \"line:/a\"}");
    const auto line = [](std::size_t bytes, std::size_t calls) {
        std::string text = R"({"a": ")" + std::string(bytes, 'x') + R"(", "c": [{"t": "x"})";
        for (std::size_t i = 1; i < calls; ++i) text += R"(,{"t": "x"})";
        return text + "]}";
    };
    Unfolder unfolder(*mapping.adapter, 1'000);
    unfolder.add(line(995, 1));
    CHECK(taken(unfolder)[0].kind == LineKind::call);
    unfolder.add(line(996, 1));
    CHECK(taken(unfolder)[0].text == "the call is larger than 1000 bytes");
    Unfolder wide(*mapping.adapter, call_bytes);
    const std::size_t each = 1u << 17;
    wide.add(line(each - 5, unfolded_bytes / each + 1));
    const std::vector<Unfolded> all = taken(wide);
    REQUIRE(all.size() == unfolded_bytes / each + 1);
    CHECK(all[all.size() - 2].kind == LineKind::call);
    CHECK(all.back().text == "the calls of the line are too large");
    wide.add(std::string(source_line_bytes + 1, ' ') + "{}");
    CHECK(taken(wide)[0].text == "the line is longer than 16777216 bytes");
}

TEST_CASE("a call waits for its answer, and what is behind it as well") {
    const Mapping mapping = mapping_of(pairs);
    Unfolder unfolder(*mapping.adapter, call_bytes);
    unfolder.add(call_line(1));
    unfolder.add(call_line(2));
    unfolder.add(R"({"id": 2, "done": true})");
    CHECK(taken(unfolder).empty());
    unfolder.add(R"({"id": 1})");
    const std::vector<Unfolded> all = taken(unfolder);
    REQUIRE(all.size() == 4);
    CHECK(all[0].text.find("allow") == std::string::npos);
    CHECK(all[1].text.find("\"allow\"") != std::string::npos);
    unfolder.add(call_line(3));
    CHECK(taken(unfolder).empty());
    unfolder.close();
    CHECK(taken(unfolder).size() == 1);
}

TEST_CASE("no more calls wait than the bound, the oldest go first") {
    const Mapping mapping = mapping_of(pairs);
    Unfolder unfolder(*mapping.adapter, call_bytes);
    for (std::size_t i = 0; i < calls_waiting; ++i) unfolder.add(call_line(i));
    CHECK(taken(unfolder).empty());
    unfolder.add(call_line(calls_waiting));
    CHECK(taken(unfolder).size() == 1);
    unfolder.add(R"({"id": 0, "done": true})");  // too late
    CHECK(taken(unfolder).size() == 1);
    unfolder.add(R"({"id": 2, "done": true})");
    CHECK(taken(unfolder).size() == 1);  // 1 made room for the line before, and 2 has its answer
    unfolder.close();
    CHECK(taken(unfolder).size() == calls_waiting);
}

TEST_CASE("what waits is bounded in bytes, too") {
    Mapping mapping = mapping_of(pairs + "labels: {text: /text}\n");
    Unfolder unfolder(*mapping.adapter, call_bytes);
    const std::size_t each = 1u << 19;
    const std::size_t fit = waiting_bytes / each - 1;
    for (std::size_t i = 0; i <= fit + 4; ++i) {
        std::string line = call_line(i);
        line.insert(1, R"("text": ")" + std::string(each, 'x') + "\", ");
        unfolder.add(line);
    }
    const std::size_t gone = taken(unfolder).size();
    CHECK(gone >= 3);
    CHECK(gone <= 6);
}

TEST_CASE("what is decided does not depend on blocks and threads, and goes by time where asked") {
    const TemporaryFolder folder;
    std::string log;
    for (std::size_t i = 0; i < 300; ++i) {
        const std::string n = std::to_string(i);
        log += R"({"id": )" + n + R"(, "calls": [)";
        for (std::size_t j = 0; j < i % 4; ++j) {
            log += std::string(j > 0 ? "," : "") + R"({"kind": "call", "tool": "pay", "id": ")" +
                   n + "-" + std::to_string(j) + R"(", "args": {"amount": )" + n + "}}";
        }
        log += "]}\n";
        if (i % 7 == 0)
            log += R"({"calls": [{"id": ")" + n +
                   R"(-2", "done": 1}]})"
                   "\n";
    }
    Options options = options_for(folder.write("log.jsonl", log));
    options.mapping = folder.write("m.yaml", R"(
each: /calls/*
only: {pointer: /kind, equals: call}
answer: {each: /calls/*, key: /id, of: /id}
call: {tool: /tool, args: /args, id: /id, workflow.run: "line:/id"}
recorded: {outcome: {pointer: "answer:/done", present: allow}}
)");
    const auto json_of = [&](std::size_t block_bytes, unsigned threads, bool sort) {
        options.block_bytes = block_bytes;
        options.threads = threads;
        options.sort = sort;
        Result result = run(options);
        INFO(result.error);
        REQUIRE(result.ok());
        return stable_json(std::move(result.report));
    };
    const std::string whole = json_of(1u << 20, 1, false);
    CHECK(whole.find("\"call\": 3") != std::string::npos);
    CHECK(json_of(1, 3, false) == whole);
    CHECK(json_of(500, 2, false) == whole);
    CHECK(json_of(1u << 20, 2, true) == whole);  // no call has a time: the order stays
}

TEST_CASE("the shipped mapping files are read, and used by name") {
    CHECK(shipped_mappings().size() == 5);
    for (const ShippedMapping& shipped : shipped_mappings()) {
        const MappingResult read = read_mapping(std::string{shipped.name});
        INFO(read.error);
        REQUIRE(read.mapping);
        Mapping mapping = *read.mapping;
        CHECK(make_layout(mapping).layout);
        CHECK(shipped.text.starts_with("# "));
    }
}
