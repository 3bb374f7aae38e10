// The plan of a call: what is written for each type, what has no plan, what it costs. The hash of
// whole calls is held to a second implementation by tests/docs/approvals_test.py.
#include "engine/decide/plan_hash.h"

#include <catch2/catch.hpp>

#include "tests/unit/engine/decide/allocations.h"
#include "tests/unit/engine/decide/bind_program.h"

namespace {

using namespace proviso;         // NOLINT(google-build-using-namespace)
using namespace proviso::tests;  // NOLINT(google-build-using-namespace)

/// A tool `t` with an argument `a` of the type, and an attribute `x` of it.
struct OneType {
    explicit OneType(ProgramMaker& maker, TypeId type) {
        maker.attribute("x", type);
        maker.tool({"t", {{"a", type}}, 0x10, 0x04, false, true});
        bench = std::make_unique<Bench>(std::move(maker.program));
        hasher = std::make_unique<decide::PlanHasher>(*bench->program);
    }
    /// The plan with this `a`, or why there is none.
    std::string plan(std::string_view a) {
        bench->host(R"({"tool": "t"})", R"({"a": )" + std::string(a) + "}");
        return text();
    }
    std::string text() {
        if (!bench->form().empty()) return bench->form();
        const decide::PlanHash hash = hasher->of(bench->bound);
        if (hash.known) return hasher->json();
        return "none: " + std::string(hash.name) + ": " + std::string(hash.cause);
    }

    std::unique_ptr<Bench> bench;
    std::unique_ptr<decide::PlanHasher> hasher;
};

std::string with_a(std::string_view a) {
    return R"({"args":{"a":)" + std::string(a) +
           R"(},"attributes":{},"stage":"execute","tool":"t"})";
}

}  // namespace

TEST_CASE("plan: how each type is written") {
    const std::vector<std::tuple<Kind, const char*, const char*>> cases{
        {Kind::boolean, "true", "true"},
        {Kind::integer, "5.0", "5"},
        {Kind::integer, "9007199254740993", "9007199254740993"},
        {Kind::decimal, "12.50", "12.5"},
        {Kind::decimal, "1e3", "1000"},
        {Kind::decimal, "-0.0", "0"},
        {Kind::money, R"({"currency": "USD", "amount": "12.50"})",
         R"({"amount":12.5,"currency":"USD"})"},
        {Kind::string, R"("a\u0022\u00fc")", "\"a\\\"ü\""},
        {Kind::duration, R"("1d12h")", "129600"},
        {Kind::time, R"("2026-11-25T10:00:00.5+02:00")", R"("2026-11-25T08:00:00.5Z")"},
        {Kind::date, R"("2026-11-25")", R"("2026-11-25")"},
        {Kind::weekday, R"("mon")", R"("mon")"},
        {Kind::ip, R"("::ffff:10.0.0.1")", R"("10.0.0.1")"},
    };
    for (const auto& [kind, given, written] : cases) {
        ProgramMaker maker;
        OneType one(maker, maker.plain(kind));
        INFO(given);
        CHECK(one.plan(given) == with_a(written));
    }
}

TEST_CASE("plan: lists, records, optionals, words") {
    ProgramMaker maker;
    const TypeId row = maker.record({{"\xEF\xBF\xBD", maker.plain(Kind::integer)},
                                     {"\xF0\x9F\x98\x80", maker.optional(Kind::string)},
                                     {"size", maker.words("size", {"small", "large"})}});
    OneType one(maker, maker.list(row));
    CHECK(one.plan("[]") == with_a("[]"));
    // U+1F600 has a surrogate first, so it comes before U+FFFD.
    CHECK(one.plan("[{\"\xEF\xBF\xBD\": 1, \"size\": \"large\", \"\xF0\x9F\x98\x80\": \"x\"},"
                   " {\"\xEF\xBF\xBD\": 2.0, \"size\": \"small\"}]") ==
          with_a("[{\"size\":\"large\",\"\xF0\x9F\x98\x80\":\"x\",\"\xEF\xBF\xBD\":1},"
                 "{\"size\":\"small\",\"\xEF\xBF\xBD\":2}]"));
}

TEST_CASE("plan: what nothing types stands there as it came") {
    ProgramMaker maker;
    OneType one(maker, maker.record({{"n", maker.plain(Kind::integer)}}, true));
    CHECK(one.plan(R"({"z": [1.50, {"b": 1e1, "a": null}], "n": 2.0})") ==
          with_a(R"({"n":2,"z":[1.5,{"a":null,"b":10}]})"));
    CHECK(one.plan(R"({"n": 1, "z": 1e5000})") == "none: a: a number or text without a plain form");
    CHECK(one.plan(R"({"n": 1, "z": "\ud800"})") ==
          "none: a: a number or text without a plain form");
    const Call call = Call("t").arg("a", Value::Record{{"n", 1}, {"z", Value::List{true}}});
    one.bench->call(call);
    CHECK(one.text() == with_a(R"({"n":1,"z":[true]})"));
    one.bench->host(R"({"tool": "t"})", R"({"other": 1.0, "a": {"n": 1}})");
    CHECK(one.text() == with_a(R"({"n":1},"other":1)"));
}

TEST_CASE("plan: the host's words, what it does not know, what cannot be read") {
    ProgramMaker maker;
    OneType one(maker, maker.optional(Kind::integer));
    const auto plan = [&](std::string_view members) {
        one.bench->host(R"({"tool": "t", )" + std::string(members) + "}", "{}");
        return one.text();
    };
    const std::string rest = R"("stage":"execute","tool":"t")";
    CHECK(plan(R"("id": "c", "agent": {"id": "b"}, "principal": {"id": "p"},
                "workflow": {"name": "w"}, "time": "2026-11-25T10:00:00Z")") ==
          R"({"agent.id":"b","args":{},"attributes":{},"call_id":"c","principal.id":"p",)" + rest +
              R"(,"workflow.name":"w"})");
    CHECK(plan(R"("attributes": {"x": 5})") == R"({"args":{},"attributes":{"x":5},)" + rest + "}");
    CHECK(plan(R"("attributes": {"x": null})") == R"({"args":{},"attributes":{},)" + rest + "}");
    CHECK(plan(R"("unknown": ["x"])") ==
          R"({"args":{},"attributes":{},)" + rest + R"(,"unknown":["x"]})");
    CHECK(plan(R"("attributes": {"x": "five"})") == "none: x: wrong type");
    CHECK(plan(R"("id": 5)") == "none: call_id: wrong type");
}

TEST_CASE("plan: what has no plan is told apart all the same") {
    ProgramMaker maker;
    OneType one(maker, maker.optional(Kind::integer));
    const auto digest = [&](std::string_view host) {
        one.bench->host(host, "{}");
        return one.hasher->of(one.bench->bound).digest;
    };
    const auto bad = digest(R"({"tool": "t", "attributes": {"x": "five"}})");
    CHECK(digest(R"({"tool": "t", "attributes": {"x": "five"}})") == bad);
    CHECK(digest(R"({"tool": "t", "id": "c", "attributes": {"x": "five"}})") != bad);
    CHECK(digest(R"({"tool": "t"})") != bad);
}

TEST_CASE("plan: a warm hasher asks for no memory") {
    ProgramMaker maker;
    const TypeId row =
        maker.record({{"n", maker.plain(Kind::integer)}, {"m", maker.plain(Kind::money)}});
    OneType one(maker, maker.list(row));
    one.bench->host(R"({"tool": "t", "id": "a call id of some length", "principal": {"id": "p"}})",
                    R"({"a": [{"n": 5, "m": {"amount": "1234567890.125", "currency": "USD"}}],
                        "open": {"b": [1.50, "x"], "a": {"z": 1, "y": "a text of some length"}}})");
    const decide::PlanHash first = one.hasher->of(one.bench->bound);
    const std::size_t before = allocations();
    const decide::PlanHash second = one.hasher->of(one.bench->bound);
    CHECK(allocations() == before);
    CHECK(first.digest == second.digest);
}
