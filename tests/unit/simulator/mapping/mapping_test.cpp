#include "simulator/mapping/mapping.h"

#include <algorithm>

#include <catch2/catch.hpp>

#include "simulator/text/yaml_json.h"
#include "tests/unit/simulator/files.h"

using namespace proviso;             // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;  // NOLINT(google-build-using-namespace)

namespace {

Mapping mapping_of(const std::string& text) {
    MappingResult result = parse_mapping(text, "m.yaml");
    INFO(result.error);
    REQUIRE(result.mapping);
    return std::move(*result.mapping);
}

std::string error_of(const std::string& text) {
    const MappingResult result = parse_mapping(text, "m.yaml");
    CHECK_FALSE(result.mapping);
    return result.error;
}

const LayoutField& field_of(const Mapping& mapping, std::string_view target) {
    const auto found = std::find_if(mapping.fields.begin(), mapping.fields.end(),
                                    [&](const auto& field) { return field.target == target; });
    REQUIRE(found != mapping.fields.end());
    return *found;
}

std::string constant_of(const std::string& value) {
    const Mapping mapping =
        mapping_of("call:\n  tool: /t\nattributes:\n  a: {value: " + value + "}");
    return field_of(mapping, "a").fallback.value_or("none");
}

}  // namespace

TEST_CASE("a mapping for somebody else's log") {
    const Mapping mapping = mapping_of(R"(
only: {pointer: /suite, equals: [banking, 3, true]}
call:
    tool: {pointer: /function, words: {sendMoney: send_money}}
    args: /args
    args.extra: /note
    time: {pointer: /at, time: unix_ms}
    principal.id: {value: customer}
    principal.roles: {value: [account_holder, "007"]}
    environment: {pointer: /env, default: production, words: {prod: production}}
    workflow.run: /run
attributes:
    customer.tier: /context/tier
facts:
    invoice.key: /invoice/id
    invoice.values: /invoice/found
keys:
    id: /receipt
    intent: /intent
recorded:
    outcome: {pointer: /status, words: {executed: allow, "true": block}, default: executed}
    verdict: {pointer: /review, words: {ok: approved}}
labels:
    attack: /attack
    attack_succeeded: /attack_succeeded
)");
    CHECK(mapping.path == "m.yaml");
    CHECK(field_of(mapping, "facts.invoice.key").pointer == "/invoice/id");
    CHECK(field_of(mapping, "facts.invoice.values").pointer == "/invoice/found");
    CHECK(field_of(mapping, "tool").pointer == "/function");
    CHECK(field_of(mapping, "args").pointer == "/args");
    CHECK(field_of(mapping, "args.extra").pointer == "/note");
    CHECK(field_of(mapping, "time").time_form == TimeForm::unix_milliseconds);
    CHECK(field_of(mapping, "principal.id").pointer.empty());
    CHECK(field_of(mapping, "principal.id").fallback == "\"customer\"");
    CHECK(field_of(mapping, "principal.roles").fallback == "[\"account_holder\",\"007\"]");
    CHECK(field_of(mapping, "environment").fallback == "\"production\"");
    CHECK(field_of(mapping, "environment").words ==
          std::vector<std::pair<std::string, std::string>>{{"prod", "production"}});
    CHECK(field_of(mapping, "customer.tier").pointer == "/context/tier");

    CHECK(mapping.tool.pointer == "/function");
    CHECK(translated(mapping.tool.words, "sendMoney") == "send_money");
    CHECK(translated(mapping.tool.words, "other") == "other");
    CHECK(mapping.receipt.pointer == "/receipt");
    CHECK(mapping.run.pointer == "/run");  // what the call has anyway
    CHECK(mapping.intent.pointer == "/intent");
    CHECK(mapping.outcome.fallback == "\"executed\"");
    CHECK(translated(mapping.outcome.words, "executed") == "allow");
    CHECK(mapping.verdict.pointer == "/review");
    REQUIRE(mapping.labels.size() == 2);
    CHECK(mapping.labels[1].name == "attack_succeeded");
    REQUIRE(mapping.only.size() == 1);
    CHECK(mapping.only[0].equals == std::vector<std::string>{"banking", "3", "true"});
}

TEST_CASE("constants are JSON as JSON reads it") {
    CHECK(constant_of("production") == "\"production\"");
    CHECK(constant_of("12.50") == "12.50");
    CHECK(constant_of("\"12.50\"") == "\"12.50\"");
    CHECK(constant_of("007") == "\"007\"");
    CHECK(constant_of("yes") == "\"yes\"");
    CHECK(constant_of("true") == "true");
    CHECK(constant_of("'true'") == "\"true\"");
    CHECK(constant_of("null") == "null");
    CHECK(constant_of("~") == "null");
    CHECK(constant_of("[a, [], {}]") == "[\"a\",[],{}]");
    CHECK(constant_of("{amount: 20, currency: USD}") == "{\"amount\":20,\"currency\":\"USD\"}");
}

TEST_CASE("several filters all hold") {
    const Mapping mapping =
        mapping_of("only: [{pointer: /a, equals: x}, {pointer: /b, equals: y}]\ncall: {tool: /t}");
    CHECK(mapping.only.size() == 2);
}

TEST_CASE("all errors of a mapping come at once, each with its place") {
    CHECK(error_of("cal: {tool: /t}\n"
                   "call:\n"
                   "    tol: /function\n"
                   "    customer.tier: /tier\n"
                   "    tool: function\n"
                   "    args: {pointer: /args, deflt: {}}\n"
                   "    time: {pointer: /at, time: unix_millis}\n"
                   "    environment: {pointer: /env, value: production}\n"
                   "    stage: {value: execute, default: read}\n"
                   "    id: {}\n"
                   "    id: /id\n") ==
          "m.yaml:1:1: `cal` is no section of a mapping\n"
          "  help: did you mean `call`?\n"
          "m.yaml:3:5: `tol` is no part of a call\n"
          "  help: did you mean `tool`?\n"
          "m.yaml:4:5: `customer.tier` is no part of a call\n"
          "  help: an attribute stands under `attributes:`, an argument is `args.NAME`\n"
          "m.yaml:5:11: `function` is no JSON pointer\n"
          "  help: write `/function` for a field, `{value: function}` for a constant\n"
          "m.yaml:6:28: `deflt` is no part of a field\n"
          "  help: did you mean `default`?\n"
          "m.yaml:7:32: `unix_millis` is no form of time\n"
          "  help: there is `rfc3339`, `unix_s`, `unix_ms`, `unix_us`, `unix_ns`\n"
          "m.yaml:8:18: a field has either a `pointer` or a `value`\n"
          "m.yaml:9:38: a constant needs no `default`\n"
          "m.yaml:10:9: a field has either a `pointer` or a `value`\n"
          "m.yaml:11:5: `id` stands here twice");
}

TEST_CASE("what a recorded word stands for has to be an outcome") {
    CHECK(error_of("call: {tool: /t}\n"
                   "recorded:\n"
                   "    outcome: {pointer: /s, words: {ok: alow, bad: refused}, default: maybe}\n"
                   "    verdict: {value: aproved}\n"
                   "    rule: /rule\n") ==
          "m.yaml:3:40: `alow` is no outcome\n"
          "  help: did you mean `allow`?\n"
          "m.yaml:3:51: `refused` is no outcome\n"
          "  help: there is `allow`, `notify`, `gate`, `block`\n"
          "m.yaml:3:70: `maybe` is no outcome\n"
          "  help: there is `allow`, `notify`, `gate`, `block`\n"
          "m.yaml:4:22: `aproved` is no verdict\n"
          "  help: did you mean `approved`?\n"
          "m.yaml:5:5: `rule` is no recorded value\n"
          "  help: there is `outcome`, `verdict`, `approvals`, `asked`, `decided`, `by`, "
          "`work_seconds`, `escalated`");
}

TEST_CASE("a mapping that is no mapping") {
    CHECK(error_of("") ==
          "m.yaml:1:1: the mapping is empty\n"
          "  help: it needs at least `tool: /pointer` under `call:`");
    CHECK(error_of("[1, 2]") == "m.yaml:1:1: a mapping is a map of names to fields");
    CHECK(error_of("call: {tool: op.name}") ==
          "m.yaml:1:14: `op.name` is no JSON pointer\n"
          "  help: write `/op/name` for a field, `{value: op.name}` for a constant");
    CHECK(error_of("call: {args: /a}") ==
          "m.yaml:1:1: the mapping does not say where the tool's name stands\n"
          "  help: write `tool: /pointer` under `call:`");
    CHECK(error_of("call: [tool]") == "m.yaml:1:7: `call` is a map of names to fields");
    CHECK_THAT(error_of("call: {tool: /t"), Catch::StartsWith("m.yaml:1:"));
    CHECK_THAT(error_of("call:\n\ttool: /t"), Catch::StartsWith("m.yaml:2:"));
    CHECK(error_of("call: {tool: /t}\nonly: {pointer: /a}") ==
          "m.yaml:2:7: a filter has a `pointer` and what it `equals`\n"
          "  help: or `present: true` or `false`");
    CHECK(error_of("call: {tool: /t}\nonly: {pointer: /a, equal: b}") ==
          "m.yaml:2:21: `equal` is no part of a filter\n  help: did you mean `equals`?");
    CHECK(error_of("call: {tool: /t, args: {value: &a [*a]}}") ==
          "m.yaml:1:32: `value` is too large or too deep");
}

TEST_CASE("a mapping that is not in UTF-8 is refused, wherever the bytes stand") {
    const std::string bytes = "\xF6";
    CHECK(error_of("call:\n  tool: /t" + bytes) == "m.yaml:2:1: this line is not valid UTF-8");
    CHECK(error_of("call: {tool: /t}\n# " + bytes + "\n") ==
          "m.yaml:2:1: this line is not valid UTF-8");
    CHECK(error_of("\xC3\ncall: {tool: /t}") == "m.yaml:1:1: this line is not valid UTF-8");
    CHECK_FALSE(json_of(YAML::Load(bytes)).has_value());
    CHECK(json_of(YAML::Load("\xC3\xB6")) == "\"\xC3\xB6\"");
}

TEST_CASE("a mapping file that cannot be read") {
    const simulator::testing::TemporaryFolder folder;
    CHECK(read_mapping(folder.path("absent.yaml")).error ==
          folder.path("absent.yaml") + ": the mapping file cannot be read");
    const MappingResult large =
        read_mapping(folder.write("large.yaml", std::string((1u << 20) + 1, '#')));
    CHECK_THAT(large.error, Catch::EndsWith("the mapping file is larger than 1 MiB"));
    CHECK(read_mapping(folder.write("m.yaml", "call: {tool: /t}")).mapping);
}

TEST_CASE("layouts are made of both kinds of mapping") {
    Mapping own = receipt_mapping();
    const LayoutResult made = make_layout(own);
    INFO(made.error);
    REQUIRE(made.layout);
    CHECK(own.tool.capture.has_value());
    CHECK(own.receipt.capture.has_value());
    CHECK(own.run.capture.has_value());
    CHECK(own.outcome.capture.has_value());
    CHECK(own.verdict.capture.has_value());

    Mapping other =
        mapping_of("call: {tool: /f, workflow.run: /run}\nlabels: {tool: /l, run: /run}");
    const LayoutResult both = make_layout(other);
    INFO(both.error);
    REQUIRE(both.layout);
    CHECK(other.labels[0].capture.has_value());
    CHECK(other.labels[0].capture != other.tool.capture);
    CHECK(other.run.capture.has_value());
}

TEST_CASE("a taken value falls back where the line has none") {
    Taken taken;
    taken.pointer = "/s";
    taken.fallback = "\"executed\"";
    taken.capture = 1;
    CHECK(taken.raw({"\"a\"", "\"b\""}) == "\"b\"");
    CHECK(taken.raw({"\"a\"", ""}) == "\"executed\"");
    CHECK(taken.raw({"\"a\"", "null"}) == "\"executed\"");
    CHECK(taken.raw({}) == "\"executed\"");
}
