// The public interface: sets in several texts, setters beside JSON, saving and loading, bound
// calls, order of statements.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include <proviso/proviso.h>

namespace proviso {
namespace {

const std::string shop_head = "policy shop version \"1\"\n\n";
const std::string tools =
    "attributes { customer.tier : free < silver < gold }\n"
    "tool refund { tier operational\n"
    "    args { amount : money in USD, reason : string? } }\n";
const std::string rules =
    "allow refunds on refund when customer.tier >= silver\n"
    "block large on refund when args.amount > 100 USD\n"
    "block silent on refund when args.amount > 50 USD and missing args.reason\n";

PolicyPtr compiled(const std::string& text) {
    CompileResult result = compile_text(text);
    INFO(result.text);
    REQUIRE(result.policy != nullptr);
    return result.policy;
}

Call call(const char* amount, const char* tier) {
    Call result("refund");
    result.attribute("customer.tier", tier).arg("amount", Number{amount});
    return result;
}

TEST_CASE("a set tells its obligations") {
    const PolicyPtr policy = compiled(shop_head + tools +
                                      "obligation mask(field : string)\nobligation log()\n"
                                      "block all on refund oblige log(), mask(\"a\")\n");
    CHECK(policy->obligations() == std::vector<std::string>{"log", "mask"});
    CHECK(compiled(shop_head + tools + rules)->obligations().empty());
}

TEST_CASE("mistakes come back as diagnostics, without a policy") {
    const CompileResult result = compile_text(shop_head + "allow a on nothing\n", "shop.proviso");
    CHECK(result.policy == nullptr);
    REQUIRE_FALSE(result.diagnostics.empty());
    CHECK(result.diagnostics[0].file == "shop.proviso");
    CHECK(result.diagnostics.back().line == 3);
    CHECK(result.text.find("shop.proviso:3:12") != std::string::npos);
    CHECK(compile_path("/no/such/place").policy == nullptr);
}

TEST_CASE("an engine without a policy blocks everything until it has one") {
    Engine engine(nullptr);
    Session session(engine);
    CHECK(session.decide(call("20", "gold")).outcome == Outcome::block);
    CHECK(session.decide(CallJson{R"({"tool":"any","stage":"read"})", "{}"}).outcome ==
          Outcome::block);
    CHECK(session.decide(Layout::native(), R"({"tool":"any","args":{"a":[1]}})").outcome ==
          Outcome::block);
    const Decision decision = engine.decide(call("20", "gold"));
    REQUIRE(decision.restrictions.size() == 1);
    CHECK(decision.restrictions[0].because == "the engine has no policy");
    CHECK(decision.reason == Reason::rule);
    CHECK(engine.policy()->name() == "proviso.none");
    CHECK_FALSE(engine.swap(nullptr));
    REQUIRE(engine.swap(compiled(shop_head + tools + rules)));
    CHECK(session.decide(call("20", "gold")).outcome == Outcome::allow);
}

TEST_CASE("setters and JSON decide the same") {
    const Engine engine(compiled(shop_head + tools + rules));
    Session session(engine);
    for (const char* amount : {"20", "50.00", "50.01", "100", "100.01", "1e2"}) {
        for (const char* tier : {"free", "silver", "gold", "bronze"}) {
            const Verdict typed = session.decide(call(amount, tier));
            const std::string host = std::string(R"({"tool":"refund","attributes":{"customer":)") +
                                     R"({"tier":")" + tier + "\"}}}";
            const std::string args = std::string(R"({"amount":)") + amount + "}";
            const Verdict json = session.decide(CallJson{host, args});
            CAPTURE(amount, tier);
            CHECK(typed.outcome == json.outcome);
            CHECK(typed.reason == json.reason);
            CHECK(typed.best_case == json.best_case);
        }
    }
}

TEST_CASE("an argument cannot pass for context") {
    const Engine engine(compiled(shop_head + tools + rules));
    Session session(engine);
    const Verdict verdict =
        session.decide(CallJson{R"({"tool":"refund"})", R"({"amount":1,"customer.tier":"gold"})"});
    CHECK(verdict.outcome == Outcome::block);
    CHECK(verdict.reason == Reason::invalid_args);
    const Verdict inside =
        session.decide(CallJson{R"({"tool":"refund","args":{"amount":1}})", R"({"amount":1})"});
    CHECK(inside.outcome == Outcome::block);
}

TEST_CASE("a saved set decides as before, and damage is refused") {
    const PolicyPtr policy = compiled(shop_head + tools + rules);
    const std::string bytes = policy->save();
    const LoadResult loaded = load_policy(bytes);
    REQUIRE(loaded.policy != nullptr);
    CHECK(loaded.policy->hash() == policy->hash());
    CHECK(loaded.policy->save() == bytes);
    const Engine before(policy);
    const Engine after(loaded.policy);
    for (const char* amount : {"20", "60", "101"}) {
        CHECK(to_json(before.decide(call(amount, "gold"))) ==
              to_json(after.decide(call(amount, "gold"))));
    }
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string damaged = bytes;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x20);
        const LoadResult refused = load_policy(damaged);
        REQUIRE(refused.policy == nullptr);
        REQUIRE_FALSE(refused.error.empty());
    }
}

TEST_CASE("the order of statements and files changes neither decisions nor the hash") {
    const std::vector<std::string> lines = {
        "allow refunds on refund when customer.tier >= silver\n",
        "block large on refund when args.amount > 100 USD\n",
        "block silent on refund when args.amount > 50 USD and missing args.reason\n"};
    const PolicyPtr one = compiled(shop_head + tools + lines[0] + lines[1] + lines[2]);
    const PolicyPtr other = compiled(shop_head + lines[2] + lines[0] + tools + lines[1]);
    CHECK(one->hash() == other->hash());
    const CompileResult split = compile_sources({{"b.proviso", shop_head + lines[1] + lines[0]},
                                                 {"a.proviso", shop_head + lines[2] + tools}});
    REQUIRE(split.policy != nullptr);
    CHECK(split.policy->hash() == one->hash());
    const CompileResult changed =
        compile_text(shop_head + tools + lines[0] + lines[1] +
                     "block silent on refund when args.amount > 51 USD and missing args.reason\n");
    REQUIRE(changed.policy != nullptr);
    CHECK(changed.policy->hash() != one->hash());
}

TEST_CASE("a bound call keeps the policy that it was bound for") {
    Engine engine(compiled(shop_head + tools + rules));
    Session session(engine);
    BoundCall bound = session.bind(call("20", "gold"));
    CHECK(session.decide(bound).outcome == Outcome::allow);
    REQUIRE(engine.swap(compiled(shop_head + tools + "block all on refund\n")));
    CHECK(session.decide(bound).outcome == Outcome::allow);
    CHECK(session.decide(call("20", "gold")).outcome == Outcome::block);
    CHECK(session.decide(bound).outcome == Outcome::allow);
    CHECK_FALSE(engine.swap(nullptr));
}

TEST_CASE("a document is read for the policy of the moment") {
    Engine engine(compiled(shop_head + "attributes { level : int }\ntool look { }\n" +
                           "allow looks on look when level < 9\n"));
    Session session(engine);
    const Layout layout = Layout::native();
    const std::string high = R"({"tool": "look", "attributes": {"level": 7}})";
    const std::string low = R"({"tool": "look", "attributes": {"level": 3}})";
    CHECK(session.decide(layout, high).outcome == Outcome::allow);
    REQUIRE(engine.swap(
        compiled(shop_head + "attributes {\n    before : string\n    level : int\n}\ntool a { }\n" +
                 "tool look { }\nallow looks on look when level < 5 unless before == \"x\"\n" +
                 "allow more on look when level < 4\n")));
    CHECK(session.decide(layout, high).outcome == Outcome::block);
    CHECK(session.decide(layout, low).outcome == Outcome::allow);
}

TEST_CASE("a call with less known is decided at least as restrictively") {
    const Engine engine(compiled(shop_head + tools + rules));
    Session session(engine);
    for (const char* amount : {"20", "60", "101"}) {
        Call unknown = call(amount, "gold");
        unknown.unknown("customer.tier");
        const Outcome tightest = session.decide(unknown).outcome;
        for (const char* tier : {"free", "silver", "gold"}) {
            CHECK(tightest >= session.decide(call(amount, tier)).outcome);
        }
    }
}

TEST_CASE("params are set at load, within their bounds, and are part of the hash") {
    const std::string text = shop_head + tools +
                             "param cap : money = 50 USD in 10 USD .. 90 USD\n" +
                             "allow refunds on refund when args.amount <= cap\n";
    CompileOptions options;
    options.params = {{"cap", "60 USD"}};
    const CompileResult set = compile_text(text, "p", options);
    REQUIRE(set.policy != nullptr);
    CHECK(set.policy->hash() != compiled(text)->hash());
    CHECK(Engine(set.policy).decide(call("55", "gold")).outcome == Outcome::allow);
    options.params = {{"cap", "91 USD"}};
    CHECK(compile_text(text, "p", options).policy == nullptr);
    options.params = {{"no_such", "1"}};
    CHECK(compile_text(text, "p", options).policy == nullptr);
}

}  // namespace
}  // namespace proviso
