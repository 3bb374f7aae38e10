#include "simulator/figures/money.h"

#include <limits>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "simulator/figures/amounts.h"
#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/replay_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

std::string sum_of(const std::vector<std::pair<std::int64_t, unsigned>>& amounts) {
    ExactSum sum;
    for (const auto& [coefficient, scale] : amounts) sum.add(coefficient, scale);
    return sum.text();
}

PolicyPtr payments(const std::string& cap) {
    const CompileResult made = compile_text(R"(policy pay.demo version "1.0.0"
tool pay { args { amount : money
                  fee   : money in USD
                  units : int
                  note  : string? } }
tool look { args { units : int } }
role lead { }
allow pays on pay, look
gate large on pay when args.fee > )" + cap + " by lead\n");
    INFO(made.text);
    REQUIRE(made.policy != nullptr);
    return made.policy;
}

std::string pay(const std::string& amount, const std::string& currency, const std::string& fee) {
    return R"({"tool": "pay", "args": {"amount": {"amount": )" + amount + R"(, "currency": ")" +
           currency + R"("}, "fee": )" + fee + R"(, "units": 3}})" + "\n";
}

Comparison compared(const std::string& history, std::vector<std::string> amounts) {
    Options options = options_for(history);
    options.baseline = payments("100 USD");
    options.policy = payments("10 USD");
    options.amounts = std::move(amounts);
    const Result result = run(options);
    INFO(result.error);
    REQUIRE(result.ok());
    return result.report.comparison.value();
}

constexpr std::size_t allowed = 0;
constexpr std::size_t gated = 2;

}  // namespace

TEST_CASE("sums are exact, whatever their size") {
    CHECK(sum_of({}) == "0");
    CHECK(sum_of({{1, 1}, {2, 1}}) == "0.3");
    CHECK(sum_of({{1999, 2}, {1, 2}}) == "20");
    CHECK(sum_of({{-5, 1}, {2, 0}}) == "1.5");
    CHECK(sum_of({{-2, 0}, {5, 1}}) == "-1.5");
    CHECK(sum_of({{-25, 2}}) == "-0.25");
    CHECK(sum_of({{1, 18}, {largest, 0}}) == "9223372036854775807.000000000000000001");
    CHECK(sum_of({{largest, 0}, {largest, 0}, {largest, 0}}) == "27670116110564327421");
    CHECK(sum_of({{largest, 18}, {largest, 18}}) == "18.446744073709551614");
}

TEST_CASE("what moves is told in money, by currency") {
    const TemporaryFolder folder;
    const std::string history = folder.write(
        "h", pay("10.10", "USD", "50") + pay("0.20", "USD", "50") + pay("7", "EUR", "50") +
                 pay("1", "USD", "1") + R"({"tool": "look", "args": {"units": 4}})" + "\n" +
                 R"({"tool": "pay", "args": {"amount": "ten", "fee": 1, "units": 1}})" + "\n");
    const Comparison made = compared(history, {});
    REQUIRE(made.money.size() == 2);
    CHECK(made.money[0].currency == "USD");
    CHECK(made.money[0].sums[allowed][gated] == "10.3");
    CHECK(made.money[0].calls[allowed][gated] == 2);
    CHECK(made.money[0].sums[allowed][allowed] == "1");
    CHECK(made.money[1].currency == "EUR");
    CHECK(made.money[1].sums[allowed][gated] == "7");
    REQUIRE(made.amounts.size() == 1);
    CHECK(made.amounts[0].tool == "pay");
    CHECK(made.amounts[0].argument == "amount");
    CHECK(made.amounts[0].others == std::vector<std::string>{"fee"});
    CHECK(made.amounts[0].calls == 5);
    CHECK(made.amounts[0].without == 1);
}

TEST_CASE("which argument is the amount can be said") {
    const TemporaryFolder folder;
    const std::string history = folder.write(
        "h", pay("10.10", "USD", "50.5") + R"({"tool": "look", "args": {"units": 4}})");
    const Comparison fee = compared(history, {"args.fee"});
    REQUIRE(fee.money.size() == 1);
    CHECK(fee.money[0].sums[allowed][gated] == "50.5");
    const Comparison units = compared(history, {"units"});
    REQUIRE(units.money.size() == 1);
    CHECK(units.money[0].currency.empty());
    CHECK(units.money[0].sums[allowed][gated] == "3");
    CHECK(units.money[0].sums[allowed][allowed] == "4");
    Options options = options_for(history);
    options.policy = payments("1 USD");
    options.amounts = {"note"};
    CHECK(run(options).error ==
          "`note` is no number among the arguments of any tool: there is `args.amount`, "
          "`args.fee`, `args.units`");
}
