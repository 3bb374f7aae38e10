// The reference's memory of calls, against cases that were worked out by hand.
#include <catch2/catch.hpp>

#include "tests/reference/checked_set.h"

namespace proviso::reference {
namespace {

class Host {
  public:
    explicit Host(const std::string& text) : set_(checked_set(text)) {}

    Decision ask(const std::string& members, Ask how = Ask::decide) {
        return decide(set_->inputs(), json_of(R"({"tool":"pay",)" + members + "}"), memory, how);
    }
    std::string outcome(const std::string& members, Ask how = Ask::decide) {
        const Decision decision = ask(members, how);
        const char* const words[] = {"allow", "notify", "gate", "block"};
        return std::string(words[static_cast<int>(decision.outcome)]) + " " + decision.reason +
               (decision.repeat ? " again" : "");
    }

    Memory memory;

  private:
    std::unique_ptr<CheckedSet> set_;
};

constexpr const char* open_set =
    "tool pay { args { amount : int } }\n"
    "role lead { }\n"
    "allow small on pay\n    when args.amount < 10\n"
    "gate large on pay\n    when args.amount > 90\n    by lead\n";

TEST_CASE("a set without gates, limits and counters has no use for ids") {
    Host host("tool pay { args { amount : int } }\nallow all on pay\n    when args.amount < 10\n");
    CHECK(host.outcome(R"("id":"c","args":{"amount":5})") == "allow allowed");
    CHECK(host.outcome(R"("id":"c","args":{"amount":6})") == "allow allowed");
}

}  // namespace

TEST_CASE("an id is bound once its call is let through") {
    Host host(open_set);
    CHECK(host.outcome(R"("id":"c","args":{"amount":50})") == "block default");
    CHECK(host.outcome(R"("id":"c","args":{"amount":5})", Ask::preview) == "allow allowed");
    CHECK(host.outcome(R"("id":"c","args":{"amount":6})") == "allow allowed");
    CHECK(host.outcome(R"("args":{"amount":6.0},"id":"c")") == "allow allowed again");
    CHECK(host.outcome(R"("id":"c","args":{"amount":7})") == "block id_reuse");
    CHECK(host.outcome(R"("id":"d","args":{"amount":7})") == "allow allowed");
    CHECK(host.outcome(R"("args":{"amount":7})") == "allow allowed");
    CHECK(host.outcome(R"("args":{"amount":7})") == "allow allowed");
    CHECK(host.memory.ids.size() == 2);
}

TEST_CASE("what is confirmed is not cancelled, what is cancelled may be confirmed") {
    Host host(open_set);
    CHECK_FALSE(host.memory.confirm("c"));
    CHECK(host.outcome(R"("id":"c","args":{"amount":6})") == "allow allowed");
    CHECK(host.memory.cancel("c"));
    CHECK(host.memory.confirm("c"));
    CHECK_FALSE(host.memory.cancel("c"));
}

TEST_CASE("a halt comes before everything, and takes in what lacks the name") {
    Host host(open_set);
    const std::string call = R"("id":"c","agent":{"id":"bot"},"args":{"amount":6})";
    CHECK(host.outcome(call) == "allow allowed");
    host.memory.halts = {{"agent", "bot"}};
    CHECK(host.outcome(call) == "block halted");
    CHECK(host.outcome(R"("id":"c","args":{"amount":"x"})") == "block halted");
    host.memory.halts = {{"agent", "other"}};
    CHECK(host.outcome(call) == "allow allowed again");
    CHECK(host.outcome(R"("args":{"amount":6})") == "block halted");
    host.memory.halts = {{"tool", "p*"}};
    CHECK(host.outcome(call) == "block halted");
    host.memory.halts = {{"tool", "q*"}, {"everything", ""}};
    CHECK(host.outcome(call) == "block halted");
}

}  // namespace proviso::reference
