#include "simulator/replay/unread.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "simulator/mapping/mapping.h"
#include "simulator/run.h"
#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/replay_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

PolicyPtr books() {
    const CompileResult made = compile_text(R"(policy books version "1"
attributes {
    environment     : dev | production
    vendor.id       : string
    vendor.hold     : bool
    vendor.bank     : { iban : string }?
    principal.unit  : string?
}
facts invoice for args.invoice { status : open | paid }
tool pay { args { invoice : string } }
default allow
block held on pay when vendor.hold or invoice.status == paid
)");
    INFO(made.text);
    REQUIRE(made.policy != nullptr);
    return made.policy;
}

std::vector<std::string> found_by(UnreadFinder& finder, const std::string& document) {
    std::vector<std::string> found;
    finder.find(document, [&](std::string_view name, std::string_view near) {
        found.push_back(std::string(name) + (near.empty() ? "" : " ~ " + std::string(near)));
    });
    return found;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("what a host says and no declaration knows") {
    UnreadFinder finder(*books());
    const auto of = [&](const std::string& document) { return found_by(finder, document); };
    CHECK(of(R"({"tool":"pay","id":"a","time":"t","stage":"execute","args":{"x":1},"unknown":[],
                 "principal":{"id":"a","roles":[],"unit":"u"},"agent":{"id":"b","model":"m"},
                 "workflow":{"run":"r"},"environment":"dev","vendor.id":"V","undoing":false,
                 "attributes":{"vendor":{"hold":true},"vendor.bank":{"iban":"x","odd":1}},
                 "facts":{"invoice":{"key":"k","values":{"status":"open"}}},"approvals":[{"x":1}],
                 "recorded":{"outcome":"allow"},"intent":"i"})")
              .empty());
    CHECK(of(R"({"enviroment":"dev"})") == Names{"enviroment ~ environment"});
    CHECK(of(R"({"vendor.hodl":true,"vendor":{"hlod":1}})") ==
          Names{"vendor.hodl ~ vendor.hold", "vendor.hlod ~ vendor.hold"});
    CHECK(of(R"({"attributes":{"vendor":{"hodl":true},"colour":1}})") ==
          Names{"vendor.hodl ~ vendor.hold", "colour"});
    CHECK(of(R"({"attributes":{"time":"2026-11-20T15:00:00Z"}})") == Names{"time"});
    CHECK(of(R"({"principal":{"role":[]},"agent":{"roels":[]},"workflow":{"runs":"r"}})") ==
          Names{"principal.role ~ principal.roles", "agent.roels ~ agent.roles",
                "workflow.runs ~ workflow.run"});
    CHECK(of(R"({"facts":{"invoise":{},"invoice":{"status":"open"}}})") ==
          Names{"facts.invoise ~ facts.invoice", "facts.invoice.status"});
    CHECK(of(R"({"facts":{"invoice":{"values":{"statos":"open"}}}})") ==
          Names{"invoice.statos ~ invoice.status"});
    // What is no document, or deep, or long, is bounded.
    CHECK(of("[1").empty());
    CHECK(of("[]").empty());
    CHECK(of(R"({"attributes":7,"principal":[{"x":1}]})").empty());
    std::string many = R"({"attributes":{"a":0)";
    for (int i = 0; i < 100; ++i) many += ",\"odd" + std::to_string(i) + "\":0";
    CHECK(of(many + "}}").size() == UnreadFinder::most_told);
    CHECK(of("{\"" + std::string(500, 'x') + "\":1}")[0].size() == 80);
}

TEST_CASE("a receipt's own members are told where they look misspelt") {
    UnreadFinder finder(*books(), receipt_mapping());
    CHECK(found_by(finder, R"({"enviroment":"dev","ticket":7,"tiem":"","note":"x"})") ==
          Names{"enviroment ~ environment"});
    CHECK(found_by(finder, R"({"attributes":{"ticket":7}})") == Names{"ticket"});
}

TEST_CASE("of another log, what stands in objects that the mapping takes whole") {
    const MappingResult read = parse_mapping(R"(call:
  tool: /request/tool
  args: /request/args
  principal: /who
facts:
  invoice: /invoice
attributes: /context
)",
                                             "m.yaml");
    INFO(read.error);
    REQUIRE(read.mapping);
    UnreadFinder finder(*books(), *read.mapping);
    CHECK(found_by(finder, R"({"request":{"tool":"pay","args":{},"toool":1},"enviroment":"dev",
                               "who":{"id":"a","mail":"x"},"invoice":{"key":"k","vlaues":{}},
                               "context":{"vendor.hodl":true}})") ==
          Names{"principal.mail", "facts.invoice.vlaues ~ facts.invoice.values",
                "vendor.hodl ~ vendor.hold"});
}

TEST_CASE("a replay counts them by tool, whatever the threads") {
    const TemporaryFolder folder;
    std::string history;
    for (int i = 0; i < 30'000; ++i) {
        const std::string name = i % 3 == 0 ? "vendor.hodl" : i % 3 == 1 ? "vendor.id" : "odd";
        history += R"({"tool":")" + std::string(i % 2 == 0 ? "pay" : "other") +
                   R"(","args":{"invoice":"a"},"attributes":{")" + name + "\":\"x\"}}\n";
    }
    const std::string path = folder.write("h.jsonl", history);
    const auto replay = [&](unsigned threads) {
        Options options = options_for(path);
        options.policy = books();
        options.threads = threads;
        const Result result = run(options);
        INFO(result.error);
        REQUIRE(result.ok());
        return result.report.unread;
    };
    const UnreadReport one = replay(1);
    REQUIRE(one.members.size() == 2);
    CHECK(one.looked_at > 15'000);  // a MiB, and one in 64
    CHECK(one.looked_at < 17'000);
    CHECK(one.members[0].calls + one.members[1].calls <= one.looked_at);
    CHECK(one.members[0].calls > one.looked_at / 4);
    const UnreadRow& hold = one.members[one.members[0].name == "odd" ? 1 : 0];
    CHECK(hold.name == "vendor.hodl");
    CHECK(hold.near == "vendor.hold");
    CHECK(hold.tools.size() == 2);
    const UnreadReport many = replay(3);
    CHECK(many.looked_at == one.looked_at);
    REQUIRE(many.members.size() == 2);
    CHECK(many.members[0].calls == one.members[0].calls);
    CHECK(many.members[1].tools == one.members[1].tools);
}

TEST_CASE("rows past the bound are counted together") {
    UnreadTally tally;
    for (std::size_t i = 0; i < UnreadTally::most_rows + 10; ++i) {
        tally.add("name" + std::to_string(i), "", "tool");
    }
    CHECK(tally.report().members.size() == UnreadTally::most_rows);
    CHECK(tally.report().beyond == 10);
}
