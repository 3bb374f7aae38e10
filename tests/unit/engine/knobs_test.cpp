// Values of a knob, from lists and ranges.
#include "engine/knobs.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace proviso {
namespace {

using Values = std::vector<std::string>;

constexpr const char* knob_rules = R"(policy p version "1.0.0"
param refund_cap : money = 500 USD in 0 USD .. 10_000 USD
param share      : decimal = 0.5
param tries      : int = 3
param cooling    : duration = 4h
param level      : low < high = low
param names      : [string] = ["a"]
param word       : string = "x"
tool pay { args { amount : money in USD } }
allow pays on pay when args.amount < refund_cap
)";

PolicyPtr knob_policy() {
    const CompileResult made = compile_text(knob_rules);
    INFO(made.text);
    REQUIRE(made.policy != nullptr);
    return made.policy;
}

Values values_of(const std::string& text, std::size_t most = 400) {
    const KnobResult read = parse_knob(*knob_policy(), text, most);
    INFO(text << ": " << read.error);
    REQUIRE(read.knob);
    CHECK(read.error.empty());
    return read.knob->values;
}

std::string error_of(const std::string& text, std::size_t most = 400) {
    const KnobResult read = parse_knob(*knob_policy(), text, most);
    INFO(text);
    CHECK_FALSE(read.knob);
    CHECK_FALSE(read.error.empty());
    return read.error + " | " + read.help;
}

TEST_CASE("a range has its low end, each step, and its high end where a step meets it") {
    CHECK(values_of("tries=1..5:2") == Values{"1", "3", "5"});
    CHECK(values_of("tries=1..6:2") == Values{"1", "3", "5"});
    CHECK(values_of("tries=-2..2:2") == Values{"-2", "0", "2"});
    CHECK(values_of("tries=3..3:1") == Values{"3"});
    CHECK(values_of(" tries = 1 .. 2 : 1 ") == Values{"1", "2"});
    CHECK(values_of("share=0.1..0.3:0.1") == Values{"0.1", "0.2", "0.3"});
    CHECK(values_of("cooling=12h..2d:12h") == Values{"12h", "1d", "1d12h", "2d"});
}

TEST_CASE("an amount has the param's currency, written or not") {
    CHECK(values_of("refund_cap=100..300:100") == Values{"100 USD", "200 USD", "300 USD"});
    CHECK(values_of("refund_cap=100 USD..1_100 USD:500 USD") ==
          Values{"100 USD", "600 USD", "1100 USD"});
    CHECK(values_of("refund_cap=0.25..0.5:0.25 USD") == Values{"0.25 USD", "0.5 USD"});
    CHECK(values_of("refund_cap=100, 250.50 USD,1_000") ==
          Values{"100 USD", "250.50 USD", "1_000 USD"});
    const KnobResult read = parse_knob(*knob_policy(), "refund_cap=1", 400);
    REQUIRE(read.knob);
    CHECK(read.knob->param == "refund_cap");
    CHECK(read.knob->in_force == "500 USD");
}

TEST_CASE("a list has any values, split at commas outside quotes and brackets") {
    CHECK(values_of("level=low,high") == Values{"low", "high"});
    CHECK(values_of(R"(names=["a", "b"], ["c,d"])") == Values{R"(["a", "b"])", R"(["c,d"])"});
    CHECK(values_of(R"(word="a,b","c..d")") == Values{R"("a,b")", R"("c..d")"});
}

TEST_CASE("a list that may be one number is refused, with how either is written") {
    const auto says = [](const std::string& text, const std::string& help) {
        const std::string error = error_of(text);
        INFO(error);
        CHECK(error.find("may be one number or a list | write " + help) != std::string::npos);
    };
    says("refund_cap=1,500", "`1_500 USD` for one number, `1 USD, 500 USD` for a list");
    says("refund_cap= 25,500 USD", "`25_500 USD` for one number, `25 USD, 500 USD` for a list");
    says("refund_cap=100,250 USD", "`100_250 USD` for one number, `100 USD, 250 USD` for a list");
    says("refund_cap=5,10,15 USD", "`5 USD, 10 USD, 15 USD` for a list");
    says("refund_cap=1500,50", "`1500.50 USD` for one number, `1500 USD, 50 USD` for a list");
    says("refund_cap=1500,50 USD", "`1500.50 USD` for one number");
    says("refund_cap=1,000.50", "`1_000.50 USD` for one number");
    says("refund_cap=1,000,000", "`1_000_000 USD` for one number");
    says("share=12,05", "`12.05` for one number, `12, 05` for a list");
    CHECK(values_of("refund_cap=1, 500") == Values{"1 USD", "500 USD"});
    CHECK(values_of("refund_cap=1500, 50") == Values{"1500 USD", "50 USD"});
    CHECK(values_of("refund_cap=25 USD,500 USD") == Values{"25 USD", "500 USD"});
    CHECK(values_of("refund_cap=50,150") == Values{"50 USD", "150 USD"});
    CHECK(values_of("refund_cap=100,250,500") == Values{"100 USD", "250 USD", "500 USD"});
    CHECK(values_of("refund_cap=100,50") == Values{"100 USD", "50 USD"});
    CHECK(values_of("refund_cap=0,100") == Values{"0 USD", "100 USD"});
    CHECK(values_of("tries=1,500") == Values{"1", "500"});
    CHECK(values_of("tries=40,02") == Values{"40", "02"});
    CHECK(values_of("share=0,50") == Values{"0", "50"});
    const CompileResult idle = compile_text(
        "policy p version \"1\"\nparam idle : int = 0\n"
        "tool pay { args { n : int } }\n"
        "allow pays on pay when args.n > idle\n");
    REQUIRE(idle.policy != nullptr);
    CHECK(parse_knob(*idle.policy, "idle=1,500", 400).help ==
          "write `1_500` for one number, `1, 500` for a list");
}

TEST_CASE("what is no knob is told with what would be") {
    CHECK(error_of("refund_cup=1..2:1").find("did you mean `refund_cap`?") != std::string::npos);
    CHECK(error_of("zzzzzz=1").find("`tries`") != std::string::npos);
    CHECK(error_of("refund_cap").find("is no NAME=VALUES") != std::string::npos);
    CHECK(error_of("=1").find("is no NAME=VALUES") != std::string::npos);
    CHECK(error_of("tries=1..5").find("has no step") != std::string::npos);
    CHECK(error_of("tries=1..5:0").find("not above 0") != std::string::npos);
    CHECK(error_of("tries=1..5:-1").find("not above 0") != std::string::npos);
    CHECK(error_of("tries=5..1:1").find("is empty") != std::string::npos);
    CHECK(error_of("tries=1..5:0.5").find("`0.5` is no value of `tries`") != std::string::npos);
    CHECK(error_of("tries=1..x:1").find("`x` is no value") != std::string::npos);
    CHECK(error_of("tries=1..:1").find("`` is no value") != std::string::npos);
    CHECK(error_of("refund_cap=1 EUR..2 EUR:1 EUR").find("`1 EUR` is no value") !=
          std::string::npos);
    CHECK(error_of("cooling=1..5:1").find("of type `duration`") != std::string::npos);
    CHECK(error_of("level=low..high:1").find("has no steps") != std::string::npos);
    CHECK(error_of("tries=1,,2").find("missing") != std::string::npos);
    CHECK(error_of("tries=").find("missing") != std::string::npos);
    CHECK(error_of("tries=1,1").find("twice") != std::string::npos);
}

TEST_CASE("params that differ between two policies are told as rule text") {
    CompileOptions options;
    options.params = {{"tries", "5"}, {"refund_cap", "300 USD"}};
    const PolicyPtr set = compile_text(knob_rules, "p.proviso", options).policy;
    const PolicyPtr other = compile_text(
                                "policy p version \"1\"\nparam tries : int = 3\ntool pay { }\n"
                                "allow pays on pay when 3 == tries\n")
                                .policy;
    REQUIRE(set != nullptr);
    REQUIRE(other != nullptr);
    CHECK(changed_params(*set, *set).empty());
    const std::vector<ParamChange> changed = changed_params(*knob_policy(), *set);
    REQUIRE(changed.size() == 2);
    CHECK(changed[0].param == "refund_cap");
    CHECK(changed[0].before == "500 USD");
    CHECK(changed[0].after == "300 USD");
    CHECK(changed[1].param == "tries");
    const std::vector<ParamChange> gone = changed_params(*knob_policy(), *other);
    REQUIRE(gone.size() == 6);
    CHECK(gone[0].param == "cooling");
    CHECK(gone[0].before == "4h");
    CHECK(gone[0].after.empty());
}

TEST_CASE("more values than are wanted are an error, and none is lost before") {
    CHECK(values_of("tries=1..400:1").size() == 400);
    CHECK(error_of("tries=1..401:1").find("more than 400") != std::string::npos);
    CHECK(error_of("tries=0..9223372036854775807:1").find("more than 400") != std::string::npos);
    CHECK(values_of("tries=9223372036854775806..9223372036854775807:1").size() == 2);
    CHECK(error_of("tries=1,2,3", 2).find("more than 2") != std::string::npos);
}

}  // namespace
}  // namespace proviso
