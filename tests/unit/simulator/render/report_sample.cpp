#include "tests/unit/simulator/render/report_sample.h"

namespace proviso::simulator::testing {
namespace {

void add_tools(Report& report) {
    report.tools.push_back({"issue_refund", true, {{9'000, 2'345, 900, 5}, {0, 0, 45, 5}}});
    report.tools.push_back({"drop_database\x1b[2J", false, {{0, 0, 0, 95}, {}}});
    report.other_tools.outcomes[3] = 2;
}

void add_rules(Report& report) {
    report.rules.push_back({"refunds",
                            "rule",
                            Outcome::allow,
                            "support.proviso",
                            40,
                            false,
                            12'250,
                            0,
                            9'000,
                            0,
                            0,
                            9'000,
                            {}});
    report.rules.push_back({"large_refund",
                            "rule",
                            Outcome::gate,
                            "support.proviso",
                            52,
                            false,
                            900,
                            45,
                            900,
                            0,
                            0,
                            890,
                            {{60, 5, 15}}});
    report.rules.push_back({"refunds_at_night",
                            "rule",
                            Outcome::gate,
                            "support.proviso",
                            60,
                            true,
                            0,
                            0,
                            0,
                            321,
                            300,
                            0,
                            {}});
    report.rules.push_back(
        {"card_data", "rule", Outcome::block, "support.proviso", 64, false, 0, 0, 0, 0, 0, 0, {}});
}

void add_samples(Report& report) {
    Sample gate;
    gate.file = "march.jsonl.gz";
    gate.line = 17;
    gate.id = "r-17";
    gate.tool = "issue_refund";
    gate.args = R"({"order_id": "A-1", "amount": {"amount": "812.00", "currency": "USD"}})";
    gate.outcome = Outcome::gate;
    gate.reason = Reason::rule;
    gate.rules.push_back({"large_refund", "A refund of 812 USD is over the cap of 500 USD", true});
    report.samples[2].push_back(gate);
    gate.line = 99;
    gate.id.clear();
    gate.args = R"({"order_id": "A-2"})";
    gate.reason = Reason::missing_data;
    gate.unknown = true;
    gate.rules = {{"large_refund", "", false}};
    gate.missing = {{"args.amount", "missing"}};
    report.samples[2].push_back(gate);
    Sample block;
    block.file = "-";
    block.line = 3;
    block.tool = "drop_database\x1b[2J";
    block.args = "{}";
    block.reason = Reason::unknown_tool;
    block.detail = "`drop_database` is not in the catalogue";
    report.samples[3].push_back(block);
}

}  // namespace

Report sample_report() {
    Report report;
    report.policy_name = "acme.support";
    report.policy_version = "3.2.0";
    report.policy_hash = std::string(60, 'a') + "0123";
    report.mapping = "support.map.yaml";
    report.inputs = {{"march.jsonl.gz", 1'234'567, 12'350, 12'345, ""},
                     {"-", 800, 5, 2, "the gzip data are cut off"}};
    report.lines = 12'355;
    report.blank = 1;
    report.skipped = 4;
    report.bad = 3;
    report.text_bytes = 9'876'543;
    report.counts = {{9'000, 2'345, 900, 102}, {0, 0, 45, 5}};
    report.reasons[0] = 9'000;
    report.reasons[2] = 3'200;
    report.reasons[5] = 50;
    report.reasons[8] = 97;
    report.recorded = Recorded{12'000, 11'000, 900, 100, 7, {}, {{"escalated", 5}, {"edited", 2}}};
    report.recorded->table[0] = {9'000, 500, 400, 0};
    report.recorded->table[3] = {0, 0, 100, 2'000};
    report.verdicts = HumanVerdicts{3, 0, {}};
    report.verdicts->table[0] = {1, 0, 1, 0};
    report.verdicts->table[2] = {0, 0, 0, 1};
    report.missing = {{"args.amount", "missing", 45}, {"customer.tier", "not in enum", 5}};
    report.bad_lines = {{"march.jsonl.gz", 5, "the line is no JSON object"},
                        {"-", 2, "there is no tool's name at `/tool`"}};
    report.digest = "00112233445566778899aabbccddeeff";
    report.partial = "a history could not be read to its end";
    report.threads = 2;
    report.seconds = 0.5;
    add_tools(report);
    add_rules(report);
    add_samples(report);
    return report;
}

}  // namespace proviso::simulator::testing
