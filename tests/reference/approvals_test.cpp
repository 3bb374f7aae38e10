// Which approvals count for the reference, against cases that were worked out by hand: one that is
// right, and all that are one thing off.
#include "tests/reference/approvals.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/reference/bind.h"
#include "tests/reference/checked_set.h"

namespace proviso::reference {
namespace {

const std::string this_plan(64, 'a');
const std::string other_plan(64, 'b');

/// Fields of one record, to be changed.
struct Fields {
    std::string by = "\"joe\"";
    std::string roles = R"(["lead"])";
    std::string plan = "\"" + this_plan + "\"";
    std::string gates = R"(["large"])";
    std::string requested_at = "\"2026-11-25T10:00:00Z\"";
    std::string at = "\"2026-11-25T10:30:00Z\"";
    std::string verdict = "\"approve\"";

    [[nodiscard]] std::string text() const {
        return fmt::format(R"({{"by":{},"roles":{},"plan":{},"gates":{},"requested_at":{},"at":{},)"
                           R"("verdict":{}}})",
                           by, roles, plan, gates, requested_at, at, verdict);
    }
};

struct Case {
    std::string id = R"("id":"c-1",)";
    std::string principal = R"("principal":{"id":"ann"},)";
    std::string agent = R"("agent":{"id":"bot"},)";
    std::string time = R"("time":"2026-11-25T11:00:00Z",)";
    std::string more = R"("invoice.by":"kim")";
    std::string amount = "5";
    check::Approval approval;
};

class Opening {
  public:
    Opening()
        : set_(checked_set("attributes {\n    invoice.by : string\n    watchers : [string]?\n}\n"
                           "authority of principal\n"
                           "tool pay { args { amount : int } }\n"
                           "role clerk { can pay }\n"
                           "role lead extends clerk { can approve: pay when args.amount < 100 }\n"
                           "role cfo { }\n"
                           "allow all on pay\n    when invoice.by != \"x\" and \"x\" not in "
                           "(watchers ?? [\"y\"])\n")) {}

    std::uint32_t role(const std::string& name) const {
        std::uint32_t i = 0;
        while (set_->set.roles[i].name != name) ++i;
        return i;
    }

    check::Approval of(const std::string& name) const {
        return one_of(static_cast<check::RoleId>(role(name)));
    }

    /// The node that reads an attribute, for `never`.
    check::NodeId node(const std::string& path) const {
        for (std::uint32_t i = 0; i < set_->set.nodes.size(); ++i) {
            const check::Node& node = set_->set.nodes[i];
            const bool reads = node.kind == check::NodeKind::slot;
            if (reads && set_->set.slot(node.slot).path == path) return check::NodeId{i};
        }
        FAIL("nothing reads " << path);
        return check::no_node;
    }

    GateState state(const Case& one, const std::string& records) const {
        const Json call = json_of("{" + one.id + one.principal + one.agent + one.time +
                                  R"("tool":"pay","args":{"amount":)" + one.amount + "}," +
                                  one.more + R"(,"approvals":)" + records + "}");
        const BoundCall bound = bind(set_->set, call, {});
        REQUIRE(bound.form_error.empty());
        const Tiers tiers;
        const MemoryView memory;
        const Limits limits;
        const Scope scope{set_->set, set_->sources, bound, limits, tiers, memory};
        const ApprovalInputs inputs{scope, read_approvals(call),
                                    [](const std::string& hash) { return hash == this_plan; }};
        return judge(inputs, {"large", one.approval});
    }

    std::set<Uncounted> why(const Case& one, const Fields& fields) const {
        const GateState result = state(one, "[" + fields.text() + "]");
        CHECK(result.open == result.why.at(0).empty());
        return result.why.at(0);
    }

  private:
    std::unique_ptr<CheckedSet> set_;
};

using Why = std::set<Uncounted>;

}  // namespace

TEST_CASE("an approval that is right opens its gate, one that is a thing off does not") {
    const Opening opening;
    Case one;
    one.approval = opening.of("lead");
    CHECK(opening.why(one, {}).empty());
    CHECK_FALSE(opening.state(one, "[]").open);
    const auto off = [&](auto change) {
        Fields fields;
        change(fields);
        return opening.why(one, fields);
    };
    CHECK(off([](Fields& f) { f.by = "\"ann\""; }) == Why{Uncounted::is_principal});
    CHECK(off([](Fields& f) { f.by = "\"bot\""; }) == Why{Uncounted::is_agent});
    CHECK(off([](Fields& f) { f.by = "\"\""; }) == Why{Uncounted::malformed});
    CHECK(off([](Fields& f) { f.by = "7"; }) == Why{Uncounted::malformed});
    CHECK(off([](Fields& f) { f.roles = R"(["cfo"])"; }) == Why{Uncounted::no_role});
    CHECK(off([](Fields& f) { f.roles = "[]"; }) == Why{Uncounted::no_role});
    CHECK(off([](Fields& f) { f.roles = "null"; }) == Why{Uncounted::malformed});
    CHECK(off([](Fields& f) { f.plan = "\"" + other_plan + "\""; }) == Why{Uncounted::other_plan});
    CHECK(off([](Fields& f) { f.plan = "\"this\""; }) == Why{Uncounted::malformed});
    CHECK(off([](Fields& f) { f.gates = "[]"; }) == Why{Uncounted::malformed});
    CHECK(off([](Fields& f) { f.roles += R"(,"roles_now":["cfo","lead"])"; }).empty());
    CHECK(off([](Fields& f) { f.roles += R"(,"roles_now":["cfo"])"; }) == Why{Uncounted::no_role});
    CHECK(off([](Fields& f) { f.roles += R"(,"roles":["lead"])"; }) == Why{Uncounted::malformed});
    CHECK(off([](Fields& f) { f.roles += R"(,"more":1)"; }) == Why{Uncounted::malformed});
    CHECK(off([](Fields& f) { f.gates = R"(["small"])"; }) == Why{Uncounted::other_gate});
    CHECK(off([](Fields& f) { f.gates = R"(["small","large"])"; }).empty());
    CHECK(off([](Fields& f) { f.verdict = "\"reject\""; }) == Why{Uncounted::rejects});
    CHECK(off([](Fields& f) { f.verdict = "\"yes\""; }) == Why{Uncounted::malformed});
    CHECK(off([](Fields& f) { f.requested_at = f.at; }).empty());
    CHECK(off([](Fields& f) { f.requested_at = "\"2026-11-25T10:30:00.000001Z\""; }) ==
          Why{Uncounted::before_request});
    CHECK(off([](Fields& f) { f.at = "\"2026-11-25T11:00:00Z\""; }).empty());
    CHECK(off([](Fields& f) { f.at = "\"2026-11-25T11:00:00.000001Z\""; }) ==
          Why{Uncounted::not_yet});
    CHECK(off([](Fields& f) { f.at = "\"2026-11-25T10:00:00Z\""; }).empty());
    CHECK(off([](Fields& f) { f.requested_at = "\"2026-11-24T10:30:00Z\""; }).empty());
    CHECK(off([](Fields& f) { f.requested_at = "\"2026-11-24T10:29:59Z\""; }) ==
          Why{Uncounted::answered_late});
    one.approval.valid_seconds = 1800;
    CHECK(off([](Fields&) {}).empty());
    CHECK(off([](Fields& f) { f.at = "\"2026-11-25T10:29:59.999999Z\""; }) ==
          Why{Uncounted::expired});
}

TEST_CASE("without an id, a party or a time none counts") {
    const Opening opening;
    Case plain;
    plain.approval = opening.of("lead");
    Case one = plain;
    one.id = "";
    CHECK(opening.why(one, {}) == Why{Uncounted::no_call_id});
    one = plain;
    one.principal = "";
    CHECK(opening.why(one, {}) == Why{Uncounted::party_unknown});
    one = plain;
    one.agent = R"("agent":{"roles":["lead"]},)";
    CHECK(opening.why(one, {}) == Why{Uncounted::party_unknown});
    one = plain;
    one.time = "";
    CHECK(opening.why(one, {}) == Why{Uncounted::time_unknown});
}

TEST_CASE("never excludes people, and all of them where it is unknown") {
    const Opening opening;
    Case one;
    one.approval = opening.of("lead");
    one.approval.never = {opening.node("invoice.by")};
    CHECK(opening.why(one, {}).empty());
    one.more = R"("invoice.by":"joe")";
    CHECK(opening.why(one, {}) == Why{Uncounted::excluded});
    one.more = R"("watchers":[])";
    CHECK(opening.why(one, {}) == Why{Uncounted::never_unknown});
    one.approval.never = {opening.node("watchers")};
    CHECK(opening.why(one, {}).empty());
    one.more = R"("watchers":["kim","joe"])";
    CHECK(opening.why(one, {}) == Why{Uncounted::excluded});
    one.more = R"("invoice.by":"kim")";  // nobody watches
    CHECK(opening.why(one, {}).empty());
}

TEST_CASE("approvers are who is surely granted to approve the tool") {
    const Opening opening;
    Case one;
    one.approval.needs = {{}};
    one.approval.needs[0].approvers = true;
    CHECK(opening.why(one, {}).empty());
    Fields clerk;
    clerk.roles = R"(["clerk"])";
    CHECK(opening.why(one, clerk) == Why{Uncounted::no_role});
    one.amount = "100";
    CHECK(opening.why(one, {}) == Why{Uncounted::no_role});
}

TEST_CASE("escalation adds people who may fill any place once the time has passed") {
    const Opening opening;
    Case one;
    one.approval = opening.of("lead");
    one.approval.escalations = {{static_cast<check::RoleId>(opening.role("cfo")), 1800, {}}};
    Fields cfo;
    cfo.roles = R"(["cfo"])";
    CHECK(opening.why(one, cfo).empty());
    cfo.at = "\"2026-11-25T10:29:59.999999Z\"";
    CHECK(opening.why(one, cfo) == Why{Uncounted::no_role});
}

TEST_CASE("two records of one person are one person") {
    const Opening opening;
    Case one;
    one.approval = opening.of("lead");
    one.approval.needs[0].count = 2;
    Fields joe;
    Fields kim;
    kim.by = "\"kim\"";
    CHECK_FALSE(opening.state(one, "[" + joe.text() + "," + joe.text() + "]").open);
    CHECK(opening.state(one, "[" + joe.text() + "," + kim.text() + "]").open);
}

}  // namespace proviso::reference
