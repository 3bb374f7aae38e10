#include "engine/coverage.h"

#include <string>

#include <catch2/catch.hpp>

namespace proviso::engine {
namespace {

constexpr auto rules = R"(
policy p version "1"
authority of principal
attributes {
    environment : dev | production
    vip         : bool
}
tool pay {
    tier operational
    args { amount : int }
}
tool look { tier informational }
role clerk { can pay
    can look when environment == production
    can approve: look }
role lead { can approve: pay when args.amount < 90 }
let large = args.amount > 50 or vip
approval one { needs 1 of approvers }
default matrix base by tier, environment {
                  | dev   | production |
    informational | allow | allow      |
    _             | allow | block      |
}
matrix sums by args.amount on pay {
    <= 10 | allow       |
    _     | notify lead |
}
allow pays on pay when not large
gate held on pay when large unless args.amount > 1_000 by one
trial until 2027-01-01 block tried on pay when args.amount == 7
limit often on pay count where args.amount > 5 over 1d > 1 : gate by one > 3 : block
example an_example
    call pay { amount: 5 }
    as clerk
    with environment = dev, vip = false, time = 2026-11-20T15:00Z
    gives allow
)";

class Cover {
  public:
    explicit Cover(const std::string& text = rules)
        : compiled_(compile_text(text)),
          coverage_(compiled_.policy),
          engine_(compiled_.policy),
          session_(engine_) {}

    Cover& call(const std::string& amount, const std::string& more,
                const std::string& tool = "pay") {
        const std::string args = amount.empty() ? "" : "\"amount\": " + amount;
        const std::string document = R"({"tool": ")" + tool + R"(", "time": "2026-11-20T15:00:00Z",
            "principal": {"id": "ann", "roles": ["clerk"]}, "args": {)" +
                                     args + "}, " + more + "}";
        session_.decide(Layout::native(), document);
        coverage_.add(session_);
        return *this;
    }

    /// "took part, unsure, decided" of a part.
    std::string part(const std::string& name) {
        std::string text;
        for (const CoveredPart& one : coverage_.report().parts) {
            if (one.name != name) continue;
            text += (text.empty() ? "" : "; ") + std::to_string(one.took_part) + ", " +
                    std::to_string(one.unsure) + ", " + std::to_string(one.decided);
        }
        return text;
    }

    /// "true, false, unknown" of a condition.
    std::string condition(const std::string& text) {
        std::string found;
        for (const CoveredCondition& one : coverage_.report().conditions) {
            if (one.text != text) continue;
            found += (found.empty() ? "" : "; ") + std::to_string(one.yes) + ", " +
                     std::to_string(one.no) + ", " + std::to_string(one.unknown);
        }
        return found;
    }

    Coverage& coverage() { return coverage_; }

  private:
    CompileResult compiled_;
    Coverage coverage_;
    Engine engine_;
    Session session_;
};

constexpr auto dev = R"("environment": "dev", "vip": false)";
constexpr auto production = R"("environment": "production", "vip": false)";

TEST_CASE("rules, cells and steps that took part, and those that decided") {
    Cover cover;
    cover.call("5", dev).call("60", dev).call("7", dev).call("8", dev);
    CHECK(cover.part("pays") == "3, 0, 2");
    CHECK(cover.part("held") == "1, 0, 1");
    CHECK(cover.part("sums[<= 10]") == "3, 0, 2");
    CHECK(cover.part("sums[_]") == "1, 0, 0");
    CHECK(cover.part("base[_, dev]") == "1, 0, 0");
    CHECK(cover.part("tried") == "1, 0, 0");
    CHECK(cover.part("often[> 1]") == "1, 0, 1");
    CHECK(cover.part("often[> 3]") == "0, 0, 0");
    CHECK(cover.part("often") == "");
    CHECK(cover.part("default") == "");
}

TEST_CASE("what is not sure is counted apart") {
    Cover cover;
    cover.call("5", R"("vip": false)").call("5", R"("environment": "dev")");
    CHECK(cover.part("held") == "0, 1, 0");
    CHECK(cover.part("base[_, dev]") == "1, 0, 0");
    CHECK(cover.condition("vip") == "0, 2, 2");  // two rules read it
    CHECK(cover.condition("args.amount > 50 or vip") == "0, 2, 2");
}

TEST_CASE("conditions both ways, a let in its own place once for all that read it") {
    Cover cover;
    cover.call("5", dev).call("60", dev).call("2000", dev);
    CHECK(cover.condition("args.amount > 50") == "4, 2, 0");
    CHECK(cover.condition("large") == "2, 1, 0; 2, 1, 0");
    CHECK(cover.condition("not large") == "1, 2, 0");
    CHECK(cover.condition("args.amount > 1_000") == "1, 2, 0");
    CHECK(cover.condition("args.amount > 5") == "2, 1, 0");
    CHECK(cover.condition("args.amount == 7") == "0, 3, 0");
    CHECK(cover.condition("args.amount") == "");
}

TEST_CASE("what authority asks already is no condition") {
    const std::string text = R"(
policy p version "1"
authority of principal
attributes {
    environment : dev | production
    vip         : bool
}
tool pay { stages propose, execute
    args { amount : int } }
tool look { }
role clerk { can pay can look }
role chief extends clerk { can approve: pay }
role guest { can look can propose: pay }
allow pays on pay at execute when principal is clerk
allow proposes on pay at propose when principal is clerk and vip
allow looks on look when principal is clerk
gate held on pay when principal is not clerk or args.amount > 50 by chief
allow chiefs on pay unless principal is chief
)";
    Cover cover(text);
    cover.call("5", dev);
    CHECK(cover.condition("principal is clerk") == "0, 0, 0; 0, 0, 0");  // proposes, looks
    CHECK(cover.condition("principal is not clerk") == "0, 1, 0");
    CHECK(cover.condition("principal is chief") == "0, 1, 0");
    CHECK(cover.condition("principal is clerk and vip") == "0, 0, 0");
}

TEST_CASE("grants by what they let through, and those to approve by who is asked") {
    Cover cover;
    cover.call("5", production);
    CHECK(cover.part("clerk") == "1, 0, 0; 0, 0, 0; 0, 0, 0");
    CHECK(cover.part("lead") == "0, 0, 0");
    cover.call("60", dev).call("", production, "look").call("", dev, "look");
    CHECK(cover.part("clerk") == "2, 0, 0; 1, 0, 0; 0, 0, 0");
    CHECK(cover.part("lead") == "1, 0, 0");
    CHECK(cover.condition("environment == production") == "1, 1, 0");
    CHECK(cover.condition("args.amount < 90") == "1, 0, 0");
    CHECK(cover.part("base[informational, production]") == "1, 0, 1");
}

TEST_CASE("a call that no rule was asked about shows nothing") {
    Cover cover;
    cover.call("true", dev).call("5", dev, "none");
    const Share all = cover.coverage().report().all();
    CHECK(all.covered == 0);
    CHECK(all.hundredths() == 0);
}

TEST_CASE("examples count, and reports and coverages are put together") {
    Cover one;
    CHECK(one.coverage().add_examples() == 1);
    CHECK(one.part("pays") == "1, 0, 1");
    Cover two;
    two.call("60", dev);
    CoverageReport report = one.coverage().report();
    merge(report, two.coverage().report());
    CHECK(report.parts.size() == one.coverage().report().parts.size());
    Cover both;
    both.coverage().add_examples();
    both.call("60", dev);
    CHECK(report.all().covered == both.coverage().report().all().covered);
    CHECK(report.of(CoveredPart::Kind::rule).covered == 2);
    CHECK(report.of(CoveredPart::Kind::rule).total == 3);
}

TEST_CASE("a share is whole where nothing is left alone") {
    CHECK(Share{2, 3}.hundredths() == 6666);
    CHECK(Share{99'999, 100'000}.hundredths() == 9999);
    CHECK(Share{3, 3}.hundredths() == 10'000);
    CHECK(Share{0, 0}.hundredths() == 10'000);
}

}  // namespace
}  // namespace proviso::engine
