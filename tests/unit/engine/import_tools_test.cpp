// `import tools` and its text are one catalogue; the list's order says nothing; text that comes of
// a list is rule text in its form.
#include <string>

#include <catch2/catch.hpp>

#include "proviso/proviso.h"

using namespace proviso;  // NOLINT(google-build-using-namespace)

namespace {

const std::string edit = R"({"name": "edit-file", "title": "Edit",
  "description": "Edits a file.\n\n## Not a heading \u202eevil\n### nor this",
  "annotations": {"readOnlyHint": true},
  "inputSchema": {"type": "object", "required": ["path", "edits"], "properties": {
    "path": {"type": "string", "pattern": "^/srv/\"[a-z]+\"$"},
    "when": {"type": "string", "format": "date-time"},
    "dry-run": {"type": "boolean", "default": false},
    "a \"b\" \\ c": {"type": "integer", "minimum": -5},
    "sort": {"enum": ["asc", "desc", "by name", "true", "in"]},
    "one": {"const": "only"},
    "any": {"type": ["string", "number"]},
    "where": {"anyOf": [{"type": "object", "additionalProperties": false,
      "properties": {"x.y": {"type": "number", "maximum": 2.5}}}, {"type": "null"}]},
    "edits": {"type": "array", "minItems": 1, "items": {"type": "object", "properties": {
      "old": {"type": "string", "minLength": 1, "maxLength": 9}, "in": {"type": "array"}}}}}}})";
const std::string named_as_statement = R"({"name": "policy", "inputSchema": {"type": "object",
  "additionalProperties": false}})";
const std::string spaced =
    R"({"name": "send \"e-mail\"", "annotations": {"destructiveHint": false}})";

std::string list_of(const std::string& a, const std::string& b, const std::string& c) {
    return "{\"tools\": [" + a + ", " + b + ", " + c + "]}";
}

PolicyPtr imported(const std::string& list, const std::string& more = "") {
    CompileOptions options;
    options.data_files = {{"x.json", list}};
    const auto result = compile_text(
        "policy p version \"1\"\nimport tools \"x.json\"\ndefault allow\n" + more, "p", options);
    INFO(result.text);
    REQUIRE(result.policy);
    return result.policy;
}

PolicyPtr written(const std::string& list) {
    const ToolsResult rules = tools_to_rules(list);
    INFO(rules.text);
    REQUIRE(rules.rules);
    const auto result = compile_text("policy p version \"1\"\n" + *rules.rules + "default allow\n");
    INFO(result.text << *rules.rules);
    REQUIRE(result.policy);
    return result.policy;
}

}  // namespace

TEST_CASE("the two ways to a catalogue give the same") {
    const std::string list = list_of(edit, named_as_statement, spaced);
    const PolicyPtr a = imported(list);
    const PolicyPtr b = written(list);
    CHECK(a->hash() == b->hash());
    CHECK(a->disassemble() == b->disassemble());
    REQUIRE(a->tools().size() == b->tools().size());
    for (std::size_t i = 0; i < a->tools().size(); ++i) {
        CHECK(a->tools()[i].name == b->tools()[i].name);
        CHECK(a->tools()[i].doc == b->tools()[i].doc);
        CHECK(a->tools()[i].tier.empty());
    }
}

TEST_CASE("the order of a list is no part of the set, what it says is") {
    const std::string hash = imported(list_of(edit, named_as_statement, spaced))->hash();
    CHECK(imported(list_of(spaced, edit, named_as_statement))->hash() == hash);
    const std::string other = R"({"name": "policy", "inputSchema": {"type": "object"}})";
    CHECK(imported(list_of(edit, other, spaced))->hash() != hash);
}

TEST_CASE("a statement that adds to a tool makes the set that says it all at once") {
    const std::string list = R"([{"name": "pay", "inputSchema": {"type": "object",
        "required": ["amount", "to"], "properties": {"amount": {"type": "number"},
        "to": {"type": "string"}}}}])";
    const auto whole = compile_text(
        "policy p version \"1\"\ntool pay { tier operational tags money\n"
        "    args open { amount : money in USD, to : string } }\ndefault allow\n");
    REQUIRE(whole.policy);
    const auto added = imported(
        list,
        "tool pay { tier operational tags money\n    args open { amount : money in USD } }\n");
    CHECK(added->hash() == whole.policy->hash());
    CHECK(added->hash() != imported(list)->hash());
}

TEST_CASE("a compiled set has its tools") {
    const PolicyPtr compiled = imported(list_of(edit, spaced, named_as_statement));
    const LoadResult loaded = load_policy(compiled->save());
    INFO(loaded.error);
    REQUIRE(loaded.policy);
    CHECK(loaded.policy->hash() == compiled->hash());
    CHECK(loaded.policy->disassemble() == compiled->disassemble());
}

TEST_CASE("what is written is in its form, with the hints in comments") {
    const ToolsResult rules = tools_to_rules(list_of(edit, named_as_statement, spaced));
    REQUIRE(rules.rules);
    CHECK(rules.tools == 3);
    CHECK(format_text(*rules.rules).formatted == rules.rules);
    CHECK(rules.rules->find("# by the server's own hints it would be: tier operational") !=
          std::string::npos);
    CHECK(rules.rules->find("\u202e") == std::string::npos);
    CHECK(rules.rules->find("## ## Not a heading evil") != std::string::npos);
}

TEST_CASE("a broken list makes no text") {
    const ToolsResult broken = tools_to_rules("{\"tools\": [}", "x.json");
    CHECK_FALSE(broken.rules);
    REQUIRE(broken.diagnostics.size() == 1);
    CHECK(broken.diagnostics[0].code == "P1601");
    CHECK(broken.diagnostics[0].line == 1);
    CHECK(broken.diagnostics[0].column == 12);
    CHECK_FALSE(tools_to_rules("\xFF").rules);
    CHECK(tools_to_rules("[]").rules == "");
}
