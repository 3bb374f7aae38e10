// Binding what a host tells: attributes in both forms, ignorance, stage, roles, tools.
#include <catch2/catch.hpp>

#include "tests/unit/engine/decide/bind_program.h"

namespace {

using namespace proviso;         // NOLINT(google-build-using-namespace)
using namespace proviso::tests;  // NOLINT(google-build-using-namespace)

Bench host_bench() {
    ProgramMaker maker;
    maker.attribute("environment", maker.words("environment", {"dev", "staging", "production"}));
    maker.attribute("incident.severity", maker.words("severity", {"none", "sev2", "sev1"}),
                    model::of_integer(0));
    maker.attribute("customer.id", maker.plain(Kind::string));
    maker.attribute("customer.tier", maker.words("tier2", {"free", "silver", "gold"}));
    maker.attribute("customer.note", maker.optional(Kind::string));
    maker.attribute("customer.address.city", maker.plain(Kind::string));
    maker.attribute("principal.department", maker.plain(Kind::string));
    maker.attribute("limit", maker.integer_between(1, 10));
    maker.tool({"t", {}});
    maker.tool({"u", {}, 0x1F, 0x0F, true});
    const auto agent = maker.role("agent");
    const auto lead = maker.role("lead", {agent});
    maker.role("cfo", {}, {"u-9"});
    maker.role("owner", {agent, lead}, {"u-9"});
    return Bench(std::move(maker.program));
}

std::string word(const Bench& bench, std::string_view path) {
    const model::Value& value = bench.at(path);
    if (!value.known()) return std::string(model::name(value.state));
    for (const bytecode::Slot& slot : bench.program->slots) {
        if (slot.path == path) return model::to_text(bench.program->types, slot.type, value);
    }
    return "";
}

}  // namespace

TEST_CASE("bind: the native form") {
    Bench b = host_bench();
    b.host(R"({"tool": "u", "stage": "propose", "id": "c-1", "time": "2026-11-20T15:00Z",
        "principal": {"id": "ann", "roles": ["lead"], "department": "sales", "age": 5},
        "agent": {"id": "bot", "model": "m", "version": "1", "confidence": 0.750, "roles": []},
        "workflow": {"name": "w", "version": "2", "run": "r-1"}, "environment": "production",
        "attributes": {"customer": {"id": "c-9", "address.city": "Rome"}, "customer.tier": "gold"},
        "incident": {"severity": "sev1"}, "undoing": true, "other": [1, {"x": [true]}]})");
    CHECK(b.form().empty());
    CHECK(word(b, "tool") == "\"u\"");
    CHECK(b.bound.stage == 1);
    CHECK(word(b, "stage") == "propose");
    CHECK(word(b, "tier") == "missing");
    CHECK(word(b, "has_undo") == "true");
    CHECK(word(b, "call_id") == "\"c-1\"");
    CHECK(word(b, "time") == "2026-11-20T15:00:00Z");
    CHECK(word(b, "principal.id") == "\"ann\"");
    CHECK(word(b, "principal.department") == "\"sales\"");
    CHECK(word(b, "agent.model") == "\"m\"");
    CHECK(word(b, "agent.confidence") == "0.75");
    CHECK(word(b, "workflow.run") == "\"r-1\"");
    CHECK(word(b, "environment") == "production");
    CHECK(word(b, "customer.id") == "\"c-9\"");
    CHECK(word(b, "customer.tier") == "gold");
    CHECK(word(b, "customer.address.city") == "\"Rome\"");
    CHECK(word(b, "customer.note") == "absent");
    CHECK(word(b, "incident.severity") == "sev1");
    CHECK(word(b, "undoing") == "true");
    CHECK(b.held(0) == std::vector<std::string>{"agent", "lead"});
    CHECK(b.held(1).empty());
    CHECK(b.bound.roles[1].known);
}

TEST_CASE("bind: what is left out stays as it was declared") {
    Bench b = host_bench();
    b.host(R"({"tool": "t"})");
    CHECK(b.form().empty());
    CHECK(b.bound.stage == 4);
    CHECK(word(b, "tier") == "operational");
    CHECK(word(b, "has_undo") == "false");
    CHECK(word(b, "incident.severity") == "none");
    CHECK(word(b, "customer.tier") == "missing");
    CHECK(word(b, "customer.note") == "absent");
    CHECK(word(b, "principal.id") == "missing");
    CHECK_FALSE(b.bound.roles[0].known);
    CHECK_FALSE(b.bound.roles[0].has_id);
}

TEST_CASE("bind: what does not fit is unknown, with its cause") {
    const std::vector<std::vector<std::string>> cases{
        {R"("environment": "prod")", "environment", "not in enum"},
        {R"("environment": 5)", "environment", "wrong type"},
        {R"("environment": null)", "environment", "wrong type"},
        {R"("environment": ["dev"])", "environment", "wrong type"},
        {R"("limit": 11)", "limit", "out of range"},
        {R"("limit": 1e1)", "limit", "10"},
        {R"("limit": 5.0)", "limit", "5"},
        {R"("limit": 5.5)", "limit", "wrong type"},
        {R"("limit": 1e999)", "limit", "overflow"},
        {R"("limit": "5")", "limit", "wrong type"},
        {R"("incident": 5)", "incident.severity", "wrong type"},
        {R"("incident": null)", "incident.severity", "wrong type"},
        {R"("incident": {"severity": null})", "incident.severity", "wrong type"},
        {R"("customer": null)", "customer.note", "absent"},
        {R"("customer": null)", "customer.id", "wrong type"},
        {R"("customer": 5)", "customer.note", "wrong type"},
        {R"("customer": {"note": null})", "customer.note", "absent"},
        {R"("customer": {"note": 5})", "customer.note", "wrong type"},
        {R"("customer": {"address": 5})", "customer.address.city", "wrong type"},
        {R"("customer": {"id": "\ud800"})", "customer.id", "wrong type"},
        {R"("customer": {"id": "\ud83d\ude00"})", "customer.id", "\"\U0001F600\""},
        {R"("attributes": 5)", "incident.severity", "wrong type"},
        {R"("attributes": null)", "incident.severity", "none"},
        {R"("principal": "ann")", "principal.id", "wrong type"},
        {R"("principal": "ann")", "principal.department", "wrong type"},
        {R"("time": "2026-11-20T15:00")", "time", "wrong type"},
        {R"("time": 5)", "time", "wrong type"},
        {R"("undoing": "yes")", "undoing", "wrong type"},
        {R"("agent": {"confidence": "0.5"})", "agent.confidence", "wrong type"},
    };
    Bench b = host_bench();
    for (const auto& text : cases) {
        INFO(text[0]);
        b.host(with(text[0]));
        CHECK(b.form().empty());
        CHECK(word(b, text[1]) == text[2]);
    }
}

TEST_CASE("bind: an attribute given twice is unknown, a member of the form twice an error") {
    Bench b = host_bench();
    const auto twice = [&](std::string_view member, std::string_view path) {
        b.host(with(member));
        INFO(member);
        CHECK(b.form().empty());
        CHECK(word(b, path) == "host unknown");
    };
    twice(R"("environment": "dev", "environment": "dev")", "environment");
    twice(R"("environment": "dev", "attributes": {"environment": "dev"})", "environment");
    twice(R"("customer": {"tier": "gold"}, "customer.tier": "gold")", "customer.tier");
    twice(R"("customer": {"tier": "gold", "t\u0069er": "gold"})", "customer.tier");
    twice(R"("customer": {"tier": "gold"}, "customer": {"id": "x"})", "customer.tier");
    twice(R"("customer": {"tier": "gold"}, "customer": {"id": "x"})", "customer.id");
    const auto error = [&](std::string_view member, std::string_view name) {
        b.host(with(member));
        CHECK(b.form() == "invalid_args " + std::string(name) + ": given twice");
    };
    error(R"("tool": "t")", "tool");
    error(R"("\u0074ool": "t")", "tool");
    error(R"("stage": "execute", "stage": "execute")", "stage");
    error(R"("principal": {"id": "a"}, "principal": {"id": "a"})", "principal");
    error(R"("principal": {"roles": [], "roles": []})", "roles");
    error(R"("attributes": {}, "attributes": {})", "attributes");
    error(R"("time": null, "time": null)", "time");
}

TEST_CASE("bind: what the host does not know") {
    Bench b = host_bench();
    for (const bool first : {false, true}) {
        const std::string unknown = R"("unknown": ["customer.tier", "incident", "principal.roles",
            "environment", "no.such", "agent.id"])";
        const std::string rest = R"("attributes": {"customer": {"id": "c", "tier": "gold"}},
            "incident": {"severity": "none"}, "environment": "dev", "agent": {"id": "x"},
            "principal": {"id": "u-9", "roles": ["lead"]})";
        b.host(with(first ? unknown + "," + rest : rest + "," + unknown));
        CHECK(b.form().empty());
        CHECK(word(b, "customer.tier") == "host unknown");
        CHECK(word(b, "customer.id") == "\"c\"");
        CHECK(word(b, "incident.severity") == "host unknown");
        CHECK(word(b, "environment") == "host unknown");
        CHECK(word(b, "agent.id") == "host unknown");
        CHECK_FALSE(b.bound.roles[0].known);
        CHECK(b.held(0) == std::vector<std::string>{"agent", "lead", "cfo", "owner"});
    }
    b.host(with(R"("unknown": "customer.tier")"));
    CHECK(b.form() == "invalid_args unknown: not a list of paths");
    b.host(with(R"("unknown": [5])"));
    CHECK(b.form() == "invalid_args unknown: not a list of paths");
    b.host(with(R"("unknown": ["tool"])"));
    CHECK(b.bound.form == decide::FormError::unknown_tool);
    b.host(with(R"("unknown": ["stage"])"));
    CHECK(b.bound.form == decide::FormError::invalid_stage);
}

TEST_CASE("bind: stages") {
    Bench b = host_bench();
    b.host(with(R"("stage": "execute")"));
    CHECK(b.form().empty());
    b.host(with(R"("stage": "propose")"));
    CHECK(b.form() == "invalid_stage propose: not a stage of this tool");
    b.host(with(R"("stage": "propse")"));
    CHECK(b.form() == "invalid_stage propse: no such stage");
    b.host(with(R"("stage": null)"));
    CHECK(b.form() == "invalid_stage stage: no such stage");
    b.host(with(R"("stage": 4)"));
    CHECK(b.form() == "invalid_stage stage: no such stage");
    b.host(with(R"("stage": "approve")", "u"));
    CHECK(b.form().empty());
    CHECK(b.bound.stage == 3);
}

TEST_CASE("bind: tools") {
    Bench b = host_bench();
    b.host(R"({"tool": "nope"})");
    CHECK(b.form() == "unknown_tool nope: not in the catalogue");
    CHECK(b.bound.tool_name == "nope");
    b.host("{}");
    CHECK(b.form() == "unknown_tool : no tool is named");
    b.host(R"({"tool": ""})");
    CHECK(b.form() == "unknown_tool : no tool is named");
    b.host(R"({"tool": 5})");
    CHECK(b.form() == "unknown_tool tool: not the name of a tool");
    b.host(R"({"tool": "\udc00"})");
    CHECK(b.form() == "unknown_tool tool: not the name of a tool");
    b.host(R"({"t\u006fol": "\u0074"})");
    CHECK(b.form().empty());
    CHECK(b.bound.tool == 0);
    // The gravest error is told, in whatever order they come.
    b.host(R"({"stage": "x", "tool": "nope"})", R"({"x": 1})");
    CHECK(b.bound.form == decide::FormError::unknown_tool);
    b.host(R"({"stage": "x", "tool": "t"})", R"({"x": 1})");
    CHECK(b.bound.form == decide::FormError::invalid_stage);
}

TEST_CASE("bind: roles") {
    Bench b = host_bench();
    const auto party = [&](std::string_view member) { b.host(with(member)); };
    party(R"("principal": {"id": "x", "roles": ["lead", "ghost", "cfo"]})");
    CHECK(b.held(0) == std::vector<std::string>{"agent", "lead", "cfo"});
    CHECK(b.bound.undeclared_roles == std::vector<std::string_view>{"ghost"});
    CHECK(b.bound.roles[0].known);
    party(R"("principal": {"id": "u-9", "roles": []})");
    CHECK(b.held(0) == std::vector<std::string>{"agent", "lead", "cfo", "owner"});
    CHECK(b.bound.roles[0].known);
    party(R"("agent": {"id": "u-9"})");
    CHECK(b.held(1) == std::vector<std::string>{"agent", "lead", "cfo", "owner"});
    CHECK_FALSE(b.bound.roles[1].known);
    // Roles are bound to ids, so without an id the list alone does not tell.
    party(R"("principal": {"roles": ["lead"]})");
    CHECK(b.held(0) == std::vector<std::string>{"agent", "lead"});
    CHECK_FALSE(b.bound.roles[0].known);
    for (const char* shape : {"null", "\"lead\"", "{}", "[\"lead\", 5]", "[null]"}) {
        party(R"("principal": {"id": "x", "roles": )" + std::string(shape) + "}");
        CHECK(b.form().empty());
        CHECK_FALSE(b.bound.roles[0].known);
        CHECK(b.held(0).empty());
    }
    std::string many = "\"lead\"";
    for (int i = 1; i < 256; ++i) many += ",\"r" + std::to_string(i) + "\"";
    party(R"("principal": {"id": "x", "roles": [)" + many + "]}");
    CHECK(b.bound.roles[0].known);
    CHECK(b.bound.undeclared_roles.size() == 255);
    party(R"("principal": {"id": "x", "roles": [)" + many + ",\"one more\"]}");
    CHECK_FALSE(b.bound.roles[0].known);
    CHECK(b.held(0).empty());
}

TEST_CASE("bind: no argument passes for context, and no context for an argument") {
    Bench b = host_bench();
    b.host(with(R"("args": {"x": 1})"));
    CHECK(b.form() == "invalid_args args: not part of the host's document");
    b.host(with(R"("environment": "dev")"), R"({"environment": "production", "customer.id": "x"})");
    CHECK(b.form() == "invalid_args args.environment: not declared");
    CHECK(word(b, "environment") == "dev");
    CHECK(word(b, "customer.id") == "missing");
}
