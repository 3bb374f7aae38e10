// Histories whose lines look alike by their columns and are not, or are too many kinds to keep: the
// report is that of lines that are read as text.
#include <functional>
#include <string>

#include <catch2/catch.hpp>

#include "simulator/history/pack_history.h"
#include "simulator/replay/line_kinds.h"
#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/replay_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

constexpr const char* gated = R"(policy shop version "1"
attributes { site : north | south | east }
tool pay { args { amount : money in EUR } }
role lead { }
allow all on * when site != east
gate large on pay when args.amount > 50 EUR by lead
)";

/// `more(i)` stands before the attributes of the line.
std::string lines(std::size_t count, const std::function<std::string(std::size_t)>& more) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += R"({"tool":"pay",)" + more(i) + R"("attributes":{"site":")" +
                (i % 3 == 0 ? "south" : "north") + R"("},"args":{"amount":)" +
                std::to_string(i % 97) + ".5}}\n";
    }
    return text;
}

std::string id_and_time(std::size_t i, const std::string& id) {
    return R"("id":")" + id + R"(","time":"2026-03-0)" + std::to_string(1 + i % 9) +
           R"(T00:00:00Z",)";
}

void check_same_report(const std::string& text) {
    const TemporaryFolder folder;
    PackOptions packing;
    packing.histories = {folder.write("h.jsonl", text)};
    packing.output = folder.path("h.pvh");
    REQUIRE(pack_history(packing).error.empty());
    const CompileResult compiled = compile_text(gated);
    REQUIRE(compiled.policy != nullptr);
    for (const bool compares : {false, true}) {
        Options options;
        options.policy = compiled.policy;
        options.baseline = compares ? compiled.policy : nullptr;
        options.histories = {packing.output};
        options.threads = 1;
        options.as_text = true;
        const std::string expected = stable_json(run(options).report);
        options.as_text = false;
        CHECK(stable_json(run(options).report) == expected);
    }
}

}  // namespace

TEST_CASE("an id that no store keeps is told from others of its column") {
    const auto id = [](std::size_t i) {
        const std::string number = std::to_string(i);
        return i % 2 == 0 ? number : std::string(250 + i % 20, 'x') + number;
    };
    check_same_report(lines(2'000, [&](std::size_t i) { return id_and_time(i, id(i)); }));
    // As one of a few.
    check_same_report(lines(2'000, [&](std::size_t i) { return id_and_time(i, id(i % 20)); }));
}

TEST_CASE("a value that a line tells twice is not that of its column") {
    check_same_report(lines(2'000, [](std::size_t i) {
        return R"("unknown":["time"],)" + id_and_time(i, std::to_string(i));
    }));
    check_same_report(lines(2'000, [](std::size_t i) {
        return R"("unknown":["site"],)" + id_and_time(i, std::to_string(i));
    }));
    check_same_report(lines(2'000, [](std::size_t i) {
        return R"("site":"north",)" + id_and_time(i, std::to_string(i));
    }));
}

TEST_CASE("more kinds than are kept leave none behind") {
    check_same_report(lines(12'000, [](std::size_t i) {
        const std::string workflow =
            i < 1'000 ? "" : R"("workflow":{"name":"w-)" + std::to_string(i) + R"("},)";
        return id_and_time(i, std::to_string(i)) + workflow;
    }));
}

TEST_CASE("long texts are not numbered") {
    check_same_report(lines(600, [](std::size_t i) {
        return id_and_time(i, std::to_string(i)) + R"("workflow":{"name":")" +
               std::string(20'000, static_cast<char>('a' + i % 3)) + R"("},)";
    }));
}
