// Law 7: exact numbers. The engine's decimals against numbers of any size, and arithmetic as a rule
// writes it against the same.
#include <algorithm>
#include <optional>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "engine/model/decimal.h"
#include "tests/laws/random.h"
#include "tests/laws/run.h"
#include "tests/reference/number.h"
#include <proviso/proviso.h>

namespace proviso::laws {
namespace {

using reference::Number;

/// Digits of any length up to what fits, the ends of what fits among them.
std::string random_digits(Random& random) {
    std::string digits;
    switch (random.below(6)) {
        case 0: digits = "9223372036854775807"; break;
        case 1: digits = std::to_string(random.below(20)); break;
        case 2: digits = "1" + std::string(random.below(19), '0'); break;
        case 3: digits = std::string(1 + random.below(18), '9'); break;
        default: digits = std::to_string(random.next() >> random.below(64)); break;
    }
    const std::size_t scale = random.below(std::min<std::size_t>(digits.size() + 3, 19));
    while (digits.size() <= scale) digits.insert(0, "0");
    if (scale > 0) digits.insert(digits.size() - scale, ".");
    return random.chance(40) ? "-" + digits : digits;
}

/// The same value, or both none.
bool same(const std::optional<model::Decimal>& engine, const Number& exact) {
    if (!engine) return !exact.fits_decimal();
    return exact.fits_decimal() && model::to_string(*engine) == exact.text();
}

std::string holding(const std::string& a, const std::string& b) {
    const Number x = *Number::parse(a);
    const Number y = *Number::parse(b);
    const auto p = model::parse_decimal(a);
    const auto q = model::parse_decimal(b);
    if (!same(p, x) || !same(q, y)) return "read";
    if (!p || !q) return {};
    if (!same(model::add(*p, *q), x.plus(y))) return "+";
    if (!same(model::subtract(*p, *q), x.minus(y))) return "-";
    if (!same(model::multiply(*p, *q), x.times(y))) return "*";
    return model::compare(*p, *q) == (x <=> y) ? "" : "order";
}

/// A call's answer is exact: allowed where the sum is that, blocked by default where it is not.
Verdict decided(Session& session, const std::string& a, const std::string& b, const Number& sum) {
    const std::string args = fmt::format(R"({{"a":{},"b":{},"c":{}}})", a, b, sum.text());
    return session.decide(CallJson{R"({"tool":"t"})", args});
}

}  // namespace

TEST_CASE("decimals are exact") {
    for (const Run& run : Runs("decimals", 400'000)) {
        Random random(run.seed);
        for (std::size_t i = 0; i < run.pairs; ++i) {
            const std::string a = random_digits(random);
            const std::string b = random_digits(random);
            const std::string broken = holding(a, b);
            if (broken.empty()) continue;
            FAIL(broken << " of " << a << " and " << b << ", seed " << run.seed);
        }
    }
}

TEST_CASE("sums in a rule are exact") {
    const CompileResult compiled = compile_text(
        "policy p version \"1\"\n\ntool t { args { a : decimal, b : decimal, c : decimal } }\n"
        "allow exact on t when args.a + args.b == args.c\n");
    REQUIRE(compiled.policy != nullptr);
    const Engine engine(compiled.policy);
    Session session(engine);
    std::size_t compared = 0;
    for (const Run& run : Runs("sums", 100'000)) {
        Random random(run.seed);
        for (std::size_t i = 0; i < run.pairs; ++i) {
            const std::string a = random_digits(random);
            const std::string b = random_digits(random);
            const Number x = *Number::parse(a);
            const Number y = *Number::parse(b);
            const Number sum = x.plus(y);
            const Number near = sum.plus(Number(1, 18));
            if (!x.fits_decimal() || !y.fits_decimal() || !sum.fits_decimal()) continue;
            ++compared;
            INFO(a << " + " << b << ", seed " << run.seed);
            REQUIRE(decided(session, a, b, sum).outcome == Outcome::allow);
            if (!near.fits_decimal()) continue;
            REQUIRE(decided(session, a, b, near).reason == Reason::by_default);
        }
    }
    CHECK(compared > 1'000);
}

}  // namespace proviso::laws
