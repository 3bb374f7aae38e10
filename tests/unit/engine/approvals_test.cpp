// Approvals through the public interface: setters and documents, keys, bounds, a swap in between.
// What counts and what does not is in tests/golden/decide/approvals.
#include <catch2/catch.hpp>

#include <proviso/proviso.h>

namespace {

using namespace proviso;  // NOLINT(google-build-using-namespace)

constexpr std::string_view approvals_rules = R"(policy p version "1"

authority of principal
attributes { environment : dev | production, load : int volatile, since : time }
tool pay {
    args open {
        amount : money with currency
        lines  : [{ sku : string, n : decimal }]?
        note   : string?
    }
}
role clerk { can pay }
role lead { can approve: pay }
role controller { can approve: pay }
approval two_person { needs 2 of approvers within 4h }
allow payments on pay when environment == production
gate large on pay when args.amount.amount > 500 by two_person
)";

PolicyPtr policy_of(std::string_view text) {
    const CompileResult compiled = compile_text(std::string(text));
    INFO(compiled.text);
    REQUIRE(compiled.policy != nullptr);
    return compiled.policy;
}

Call payment(std::string amount = "812.50") {
    Call call("pay");
    call.id("c-1").time("2026-11-25T10:00:00Z").principal("ann").principal_roles({"clerk"});
    call.agent("bot").attribute("environment", "production").attribute("load", 3);
    call.attribute("since", "2026-11-25T01:00:00+01:00");
    call.arg("currency", "USD").arg("amount", Number{std::move(amount)});
    call.arg("lines", Value::List{Value::Record{{"n", Number{"1.50"}}, {"sku", "a\"b"}}});
    call.arg("extra", Value::Record{{"z", Number{"1.0"}}, {"a", Value::List{true, Value()}}});
    return call;
}

constexpr std::string_view host = R"({"id": "c-1", "time": "2026-11-25T10:00:00Z", "tool": "pay",
    "principal": {"roles": ["clerk"], "id": "ann"}, "agent": {"id": "bot"},
    "attributes": {"since": "2026-11-25T00:00:00Z"}, "environment": "production")";
constexpr std::string_view args = R"({"extra": {"a": [true, null], "z": 1}, "currency": "USD",
    "lines": [{"sku": "a\u0022b", "n": 1.5}], "amount": 812.5})";

std::string plan_of(Session& session) {
    return session.decision().plan_hash;
}

/// The call is there as long as its decision is asked about.
std::string plan_for(Session& session, const Call& call) {
    session.preview(call);
    return plan_of(session);
}

Approval answer(const std::string& plan, std::string by, std::string role) {
    Approval said;
    said.by = std::move(by);
    said.roles = {std::move(role)};
    said.plan = plan;
    said.gates = {"large"};
    said.requested_at = "2026-11-25T09:00:00Z";
    said.at = "2026-11-25T09:30:00Z";
    return said;
}

std::string cause_of_first(Session& session) {
    const Decision decision = session.decision();
    return decision.uncounted.empty() ? "" : decision.uncounted.front().cause;
}

}  // namespace

TEST_CASE("approvals: the plan is the same by setters, documents and layouts") {
    const Engine engine(policy_of(approvals_rules));
    Session session(engine);
    const std::string plan = plan_for(session, payment());
    CHECK(plan.size() == 64);
    const std::string whole = std::string(host) + "}";
    session.preview(CallJson{whole, args});
    CHECK(plan_of(session) == plan);
    const std::string one = std::string(host) + ", \"args\": " + std::string(args) + "}";
    for (int again = 0; again < 3; ++again) {  // the document's shape is known from the second on
        session.preview(Layout::native(), one);
        CHECK(plan_of(session) == plan);
    }
    BoundCall bound = session.bind(CallJson{whole, args});
    session.preview(CallJson{"{\"tool\": \"pay\"}", "{}"});
    session.preview(bound);
    CHECK(plan_of(session) == plan);
    CHECK(plan_for(session, payment("812.51")) != plan);
}

TEST_CASE("approvals: they come by setters and by documents") {
    const Engine engine(policy_of(approvals_rules));
    Session session(engine);
    CHECK(session.preview(payment()).outcome == Outcome::gate);
    const std::string plan = plan_for(session, payment());
    Call call = payment();
    call.approval(answer(plan, "lea", "lead")).approval(answer(plan, "con", "controller"));
    CHECK(session.preview(call).outcome == Outcome::allow);
    CHECK(session.decision().valid_until == "2026-11-25T10:30:00Z");
    CHECK(session.preview(payment()).outcome == Outcome::gate);

    const auto written = [&](const char* by, const char* role) {
        return std::string(R"({"by": ")") + by + R"(", "roles": [")" + role + R"("], "plan": ")" +
               plan + R"(", "gates": ["large"], "requested_at": "2026-11-25T09:00:00Z", )" +
               R"("at": "2026-11-25T09:30:00Z", "verdict": "approve"})";
    };
    const std::string both =
        std::string(host) + ", \"approvals\": [" + written("lea", "lead") + ", ";
    const std::string good = both + written("con", "controller") + "]}";
    const std::string twice = both + written("lea", "controller") + "]}";
    CHECK(session.preview(CallJson{good, args}).outcome == Outcome::allow);
    CHECK(session.preview(CallJson{twice, args}).outcome == Outcome::gate);
    BoundCall bound = session.bind(CallJson{good, args});
    CHECK(session.preview(payment()).outcome == Outcome::gate);
    CHECK(session.preview(bound).outcome == Outcome::allow);

    const std::string given_twice = both + written("con", "controller") + R"(], "approvals": []})";
    CHECK(session.preview(CallJson{given_twice, args}).reason == Reason::invalid_args);
    const std::string not_known = std::string(host) + R"(, "unknown": ["approvals"]})";
    CHECK(session.preview(CallJson{not_known, args}).outcome == Outcome::gate);
}

TEST_CASE("approvals: an agent cannot bring its own") {
    const Engine engine(policy_of(approvals_rules));
    Session session(engine);
    session.preview(payment());
    Call call = payment();
    call.arg("approvals", Value::List{Value::Record{{"by", "lea"}}});
    CHECK(session.preview(call).outcome == Outcome::gate);
    CHECK(session.decision().uncounted.empty());
}

TEST_CASE("approvals: as many as there may be, and one more") {
    EngineOptions options;
    options.limits.approvals = 3;
    options.limits.approval_gates = 2;
    options.limits.call_roles = 2;
    CompileOptions compile;
    compile.limits = options.limits;
    const CompileResult compiled = compile_text(std::string(approvals_rules), "p.proviso", compile);
    REQUIRE(compiled.policy != nullptr);
    const Engine engine(compiled.policy, options);
    Session session(engine);
    const std::string plan = plan_for(session, payment());
    Call call = payment();
    call.approval(answer(plan, "lea", "lead")).approval(answer(plan, "con", "controller"));
    call.approval(answer(plan, "eve", "clerk"));
    CHECK(session.preview(call).outcome == Outcome::allow);
    call.approval(answer(plan, "zoe", "clerk"));
    CHECK(session.preview(call).outcome == Outcome::gate);
    CHECK(cause_of_first(session) == "the call has more approvals than the limit");

    const auto with = [&](auto change) {
        Call one = payment();
        Approval said = answer(plan, "lea", "lead");
        change(said);
        one.approval(said).approval(answer(plan, "con", "controller"));
        return session.preview(one).outcome;
    };
    CHECK(with([](Approval& said) { said.gates = {"x", "large"}; }) == Outcome::allow);
    CHECK(with([](Approval& said) { said.gates = {"large", "x", "y"}; }) == Outcome::gate);
    CHECK(with([](Approval& said) { said.roles = {"lead", "x"}; }) == Outcome::allow);
    CHECK(with([](Approval& said) { said.roles = {"lead", "x", "y"}; }) == Outcome::gate);
}

TEST_CASE("approvals: with keys they count signed alone") {
    const KeyPair lea = make_key_pair();
    const KeyPair con = make_key_pair();
    EngineOptions options;
    options.approver_keys = {{"lea", lea.public_key}, {"con", con.public_key}};
    const Engine engine(policy_of(approvals_rules), options);
    Session session(engine);
    const std::string plan = plan_for(session, payment());
    Approval first = answer(plan, "lea", "lead");
    Approval second = answer(plan, "con", "controller");
    first.signature = sign(first, lea.private_key).signature;
    Call held;  // as long as its decision is asked about
    const auto decided = [&] {
        held = payment();
        held.approval(first).approval(second);
        return session.preview(held).outcome;
    };
    CHECK(decided() == Outcome::gate);
    CHECK(cause_of_first(session) == "it is not signed");
    second.signature = sign(second, lea.private_key).signature;
    CHECK(decided() == Outcome::gate);
    CHECK(cause_of_first(session) == "the signature is not of this approval and person");
    second.signature = sign(second, con.private_key).signature;
    CHECK(decided() == Outcome::allow);
    second.reject = true;
    CHECK(decided() == Outcome::gate);
    second.signature = sign(second, con.private_key).signature;
    CHECK(decided() == Outcome::block);
    CHECK(session.decision().rejected_by == "con");

    options.approver_keys->clear();
    const Engine none(policy_of(approvals_rules), options);
    Session other(none);
    Call call = payment();
    call.approval(first).approval(second);
    CHECK(other.preview(call).outcome == Outcome::gate);
}

TEST_CASE("approvals: the policy of the moment decides") {
    Engine engine(policy_of(approvals_rules));
    Session session(engine);
    const std::string plan = plan_for(session, payment());
    Call call = payment();
    call.approval(answer(plan, "lea", "lead")).approval(answer(plan, "con", "controller"));
    CHECK(session.preview(call).outcome == Outcome::allow);
    const std::string tighter = std::string(approvals_rules) + "block all on pay\n";
    REQUIRE(engine.swap(policy_of(tighter)));
    CHECK(session.preview(call).outcome == Outcome::block);
    CHECK(session.decision().reason == Reason::rule);
    const std::string another = std::string(approvals_rules) + "gate more on pay by lead\n";
    REQUIRE(engine.swap(policy_of(another)));
    CHECK(session.preview(call).outcome == Outcome::gate);
    CHECK(session.decision().request->gates == std::vector<std::string>{"more"});
}

TEST_CASE("approvals: what missing data decided stays so") {
    const Engine engine(policy_of(std::string(approvals_rules) + R"(
attributes { risk : int }
gate risky on pay when risk > 3 by lead
)"));
    Session session(engine);
    Verdict verdict = session.preview(payment());
    CHECK(verdict.outcome == Outcome::gate);
    CHECK_FALSE(verdict.unknown_decided());
    const std::string plan = plan_for(session, payment());
    Call call = payment();
    call.approval(answer(plan, "lea", "lead")).approval(answer(plan, "con", "controller"));
    verdict = session.preview(call);
    CHECK(verdict.outcome == Outcome::gate);
    CHECK(verdict.best_case == Outcome::allow);
    CHECK(verdict.reason == Reason::missing_data);
}
