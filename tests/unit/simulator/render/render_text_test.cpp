#include <string>

#include <catch2/catch.hpp>

#include "simulator/text/text_table.h"
#include "tests/unit/simulator/render/report_sample.h"

using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

TEST_CASE("a report at a glance") {
    CHECK(render_text(sample_report(), {false, 80, true}) ==
          R"(PARTIAL: a history could not be read to its end
acme.support 3.2.0 (aaaaaaaaaaaa)
  march.jsonl.gz: 12,345 calls, 1.2 MiB
  stdin: 2 calls, 800 bytes, the gzip data are cut off
  read by support.map.yaml

  allow    9,000    72.9 %  ████████████████████████████████████▌
  notify   2,345    19.0 %  █████████▌
  gate       900     7.3 %  ███▋
  block      102     0.8 %  ▍
  of these, missing data decided 50 (0.4 %): 45 gate, 5 block

Reasons
  allowed 9,000 · rule 3,200 · unknown_tool 97 · missing_data 50

On trial: reported, and not felt
                    effect  would match  would tighten
  refunds_at_night  gate            321            300

Recorded (down) against this policy (across)
          allow  notify  gate  block
  allow   9,000     500   400      ·
  notify      ·       ·     ·      ·
  gate        ·       ·     ·      ·
  block       ·       ·   100  2,000
  11,000 the same (91.7 %), 900 tighter, 100 looser
  7 recorded outcomes are in words that are no outcome:
  escalated (5), edited (2)
  known are allow, notify, gate, block; a mapping file (--map) explains others:
  recorded: {outcome: {pointer: …, words: {escalated: …, edited: …}}}
  edited is what people said: for that, `verdict` in place of `outcome`

People's verdicts (down) against this policy (across)
            allow  notify  gate  block
  approved      1       ·     1      ·
  edited        ·       ·     ·      ·
  rejected      ·       ·     ·      1

Tools
                        calls  allow  notify  gate  block  unknown
  issue_refund         12,250  9,000   2,345   900      5       50
  drop_database?[2J *      95      ·       ·     ·     95        ·
  other names               2      ·       ·     ·      2        ·
  * not in the catalogue

Rules
                    effect    hits  decided  unsure  on trial
  refunds           allow   12,250    9,000       ·         ·
  large_refund      gate       900      900      45         ·
  refunds_at_night  gate         ·        ·       ·       321
  1 of 4 rules and cells never took part

What was missing where missing data decided
                 cause        calls
  args.amount    missing         45
  customer.tier  not in enum      5

Samples
  block  drop_database?[2J {}
         unknown_tool: `drop_database` is not in the catalogue
         stdin:3
  gate   issue_refund {"order_id": "A-1", "amount": {"amount": "812.00", "curre…
         large_refund: A refund of 812 USD is over the cap of 500 USD
         march.jsonl.gz:17, r-17
  gate   issue_refund {"order_id": "A-2"}
         large_refund (may match)
         unknown: args.amount (missing)
         march.jsonl.gz:99

3 lines that cannot be read
  march.jsonl.gz:5: the line is no JSON object
  stdin:2: there is no tool's name at `/tool`
  and 1 more

  12,347 calls · 4 left out · 24,694 calls/s · 2 threads
  digest 00112233445566778899aabbccddeeff
)");
}

TEST_CASE("no line of a report is wider than it may be") {
    Report report = sample_report();
    report.tools[0].name = std::string(300, 'n');
    report.samples[2][0].args = std::string(300, 'a');
    report.bad_lines[0].reason = std::string(300, 'r');
    report.inputs[0].path = std::string(300, 'p');
    for (const std::size_t width : {60u, 80u, 100u, 120u}) {
        const std::string text = render_text(report, {false, width, true});
        std::size_t begin = 0;
        for (std::size_t end = text.find('\n'); end != std::string::npos;
             end = text.find('\n', begin)) {
            CHECK(columns_of(std::string_view{text}.substr(begin, end - begin)) <= width);
            begin = end + 1;
        }
    }
}

TEST_CASE("a report in ASCII, and in colour") {
    const std::string ascii = render_text(sample_report(), {false, 80, false});
    for (const char c : ascii) CHECK(static_cast<unsigned char>(c) < 0x80);
    const std::string coloured = render_text(sample_report(), {true, 80, true});
    CHECK_THAT(coloured, Catch::Contains("\x1b[32m"));
    CHECK_THAT(coloured, !Catch::Contains("\x1b[2J"));
}

TEST_CASE("a report of nothing") {
    Report report;
    report.policy_name = "p";
    report.digest = "d";
    CHECK_THAT(render_text(report, {}), Catch::Contains("allow   0     0.0 %\n"));
}
