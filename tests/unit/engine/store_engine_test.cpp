// Engines and their store: what is shared, what leaves a trace, and what comes of a store that
// cannot answer.
#include <cstdlib>
#include <filesystem>
#include <string>

#include <catch2/catch.hpp>
#include <sqlite3.h>

#include <proviso/proviso.h>

namespace proviso {
namespace {

constexpr const char* gated_rules = R"(policy p version "1.0.0"
tool pay { args { amount : money in USD } }
role lead { }
allow pays on pay
gate large on pay when args.amount > 100 USD by lead
)";

PolicyPtr pay_policy() {
    const CompileResult result = compile_text(gated_rules);
    INFO(result.text);
    REQUIRE(result.policy != nullptr);
    return result.policy;
}

Call pay(const char* amount, std::string_view id = {}) {
    Call call("pay");
    call.arg("amount", Number{amount});
    if (!id.empty()) call.id(id);
    return call;
}

EngineOptions with(StorePtr store) {
    EngineOptions options;
    options.store = std::move(store);
    return options;
}

TEST_CASE("engines that share a store know each other's calls and halts") {
    const StorePtr store = memory_store();
    const Engine one(pay_policy(), with(store));
    const Engine two(pay_policy(), with(store));
    const Engine alone(pay_policy());
    CHECK(one.decide(pay("5", "c-1")).outcome == Outcome::allow);
    CHECK(two.decide(pay("5", "c-1")).repeat);
    CHECK(two.decide(pay("6", "c-1")).reason == Reason::id_reuse);
    CHECK(alone.decide(pay("6", "c-1")).outcome == Outcome::allow);
    CHECK(two.halt({HaltScope::Kind::everything, {}}, "drill"));
    CHECK(one.decide(pay("5")).reason == Reason::halted);
    CHECK(alone.decide(pay("5")).outcome == Outcome::allow);
    REQUIRE(one.halts().halts.size() == 1);
    CHECK(one.halts().halts[0].reason == "drill");
    CHECK(one.store() == store);
}

TEST_CASE("previews in all forms leave no trace and say what a decision would") {
    const Engine engine(pay_policy());
    Session session(engine);
    const Call call = pay("5", "c-1");
    const CallJson json{R"({"tool":"pay","id":"c-1"})", R"({"amount":6})"};
    const std::string document = R"({"tool":"pay","id":"c-1","args":{"amount":7}})";
    BoundCall bound = session.bind(pay("8", "c-1"));
    for (int i = 0; i < 2; ++i) {
        CHECK(session.preview(call).outcome == Outcome::allow);
        CHECK(session.preview(json).outcome == Outcome::allow);
        CHECK(session.preview(Layout::native(), document).outcome == Outcome::allow);
        CHECK(session.preview(bound).outcome == Outcome::allow);
    }
    CHECK(session.decide(bound).outcome == Outcome::allow);
    CHECK(session.preview(call).reason == Reason::id_reuse);
    CHECK(session.preview(json).reason == Reason::id_reuse);
    CHECK(session.preview(Layout::native(), document).reason == Reason::id_reuse);
    CHECK(session.preview(bound).repeat);
    CHECK(session.decide(bound).repeat);
    CHECK(engine.confirm("c-1"));
    CHECK(engine.cancel("c-1").error == "the call was confirmed before");
}

TEST_CASE("a preview of an id that cannot be kept is what its decision is") {
    const Engine engine(pay_policy());
    Session session(engine);
    const std::string long_id(Limits{}.store_id_bytes + 1, 'x');
    const Call fitting = pay("5", std::string_view(long_id).substr(1));
    CHECK(session.preview(fitting).outcome == Outcome::allow);
    CHECK(session.preview(pay("5", long_id)).outcome == Outcome::block);
    const Call too_long = pay("5", long_id);
    CHECK(session.decide(too_long).best_case == Outcome::allow);
    const Decision decision = session.decision();
    CHECK(decision.reason == Reason::missing_data);
    CHECK(decision.missing == std::vector<Missing>{{"id", "out of range"}});
    CHECK(session.decide(fitting).outcome == Outcome::allow);
}

TEST_CASE("of a halted or repeated call there are no parts of the one before") {
    const Engine engine(pay_policy());
    Session session(engine);
    const Call call = pay("5", "c-1");
    session.decide(call);
    CHECK(session.parts().size() == 1);
    CHECK(session.decide(call).repeat);
    CHECK(session.parts().empty());
    CHECK(session.decision().base.empty());
    CHECK(session.explain().took_part.empty());
    CHECK(session.explain().decision.repeat);
    REQUIRE(engine.halt({HaltScope::Kind::tool, "p*"}, ""));
    CHECK(session.decide(call).reason == Reason::halted);
    CHECK(session.parts().empty());
    CHECK(session.explain().decision.detail == "tool p*");
}

TEST_CASE("a call that a store has no room for is not let through") {
    StoreOptions options;
    options.limits.store_ids = 1;
    const Engine engine(pay_policy(), with(memory_store(options)));
    Session session(engine);
    CHECK(session.decide(pay("5", "c-1")).outcome == Outcome::allow);
    const Verdict verdict = session.decide(pay("5", "c-2"));
    CHECK(verdict.outcome == Outcome::block);
    CHECK(verdict.reason == Reason::missing_data);
    CHECK(verdict.best_case == Outcome::allow);
    CHECK(session.decide(pay("5", "c-1")).repeat);
    CHECK(session.decide(pay("5")).outcome == Outcome::allow);
    CHECK(session.decide(pay("500", "c-3")).outcome == Outcome::gate);
}

TEST_CASE("a store that is locked keeps calls from going through, and says so") {
    std::string folder = (std::filesystem::temp_directory_path() / "proviso_lock_XXXXXX").string();
    REQUIRE(::mkdtemp(folder.data()) != nullptr);
    const std::string path = folder + "/store.db";
    StoreOptions options;
    options.limits.store_busy_milliseconds = 20;
    {
        const OpenResult opened = open_store(path, options);
        INFO(opened.error);
        REQUIRE(opened.store != nullptr);
        const Engine engine(pay_policy(), with(opened.store));
        Session session(engine);
        CHECK(session.decide(pay("5", "c-1")).outcome == Outcome::allow);
        sqlite3* other = nullptr;
        REQUIRE(sqlite3_open(path.c_str(), &other) == SQLITE_OK);
        REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
        const Call second = pay("5", "c-2");
        CHECK(session.decide(second).outcome == Outcome::block);
        CHECK(session.decision().missing == std::vector<Missing>{{"store", "store locked"}});
        CHECK(session.decide(pay("500", "c-2")).outcome == Outcome::block);
        CHECK(engine.halt({HaltScope::Kind::everything, {}}, "").error == "store locked");
        CHECK(engine.confirm("c-1").error == "store locked");
        REQUIRE(sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(other);
        CHECK(session.decide(pay("5", "c-2")).outcome == Outcome::allow);
        CHECK(engine.confirm("c-1"));
    }
    std::filesystem::remove_all(folder);
    const OpenResult refused = open_store(folder + "/gone/store.db");
    CHECK(refused.store == nullptr);
    CHECK_FALSE(refused.error.empty());
}

}  // namespace
}  // namespace proviso
