// What a call held is gone with it: a session that has decided one says nothing of it when it says
// what it makes of the next.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include <proviso/proviso.h>

namespace proviso {
namespace {

const std::string mark = "s3cr3t";

const char* const rules = R"(policy p version "1"
tool pay { args { to : string?, sum : money?
    lines : [{ sku : string }]?
    deep : { a : string? }? } }
tool any { args open { n : int? } }
role r { }
attributes { note : string
    tags : [string]
    owner.name : string }
obligation inform(text : string)
allow all on * when note != "x" oblige inform(owner.name)
gate known on pay when args.to != "x" by r because "{args.to} for {note}, {args.lines}, {args.deep}"
block tags on * when "t" in tags
notify many on pay when any(x in args.lines ?? []: x.sku like "s*") tell r within 1h
)";

/// Everything that is said of the last call.
std::string all_said(Session& session) {
    const Decision decision = session.decision();
    std::string text = to_json(decision) + to_json(agent_view(decision));
    text += to_json(session.explain());
    text += session.document_error();
    for (const std::string_view capture : session.captures()) text += capture;
    return text;
}

const std::string full_host =
    R"({"tool":"pay","id":"s3cr3t","time":"2026-11-20T15:00:00Z","principal":{"id":"s3cr3t1",)"
    R"("roles":["s3cr3t2"]},"agent":{"id":"s3cr3t3","model":"s3cr3t4"},"note":"s3cr3t5",)"
    R"("tags":["s3cr3t6","s3cr3t\u0037"],"owner":{"name":"s3cr3t8"},"more":"s3cr3t9")";
const std::string full_args =
    R"({"to":"s3cr3t\n10","lines":[{"sku":"s3cr3t11"},{"sku":"s3cr3t12"}],)"
    R"("deep":{"a":"s3cr3t13"}})";

const std::vector<CallJson>& short_calls() {
    static const std::vector<CallJson> calls = {
        {R"({"tool":"pay"})", R"({})"},
        {R"({"tool":"any"})", R"({"n":1})"},
        {R"({"tool":"pay","note":null,"tags":[],"principal":{}})", R"({"to":null,"lines":[]})"},
        {R"({"tool":"nobody"})", R"({})"},
        {R"({"tool":"pay","note":)", R"({})"},
        {R"({"tool":"pay"})", R"({"to":")"},
        {R"({})", R"({})"},
        {"", ""},
    };
    return calls;
}

}  // namespace

TEST_CASE("nothing of a call is found in what is said of the next one") {
    const CompileResult compiled = compile_text(rules);
    INFO(compiled.text);
    REQUIRE(compiled.policy != nullptr);
    const Engine engine(compiled.policy, {.duties = {"inform"}, .limits = {}});
    for (const CallJson& call : short_calls()) {
        INFO(call.host);
        Session session(engine);
        const std::string host = full_host + "}";
        session.decide(CallJson{host, full_args});
        REQUIRE(all_said(session).find(mark) != std::string::npos);
        session.decide(call);
        CHECK(all_said(session).find(mark) == std::string::npos);

        // In one document, which has a shape that the session remembers, and twice in a row.
        const std::string document = full_host + R"(,"args":)" + full_args + "}";
        for (int round = 0; round < 2; ++round) session.decide(Layout::native(), document);
        REQUIRE(all_said(session).find(mark) != std::string::npos);
        session.decide(Layout::native(), call.host);
        CHECK(all_said(session).find(mark) == std::string::npos);

        Call setters("pay");
        setters.attribute("note", mark).arg("to", mark).principal(mark);
        session.decide(setters);
        session.decide(call);
        CHECK(all_said(session).find(mark) == std::string::npos);
    }
}

}  // namespace proviso
