// Properties of binding: three ways in and one result, nothing kept between calls, no allocation.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "tests/unit/engine/decide/allocations.h"
#include "tests/unit/engine/decide/bind_random.h"

using namespace proviso;         // NOLINT(google-build-using-namespace)
using namespace proviso::tests;  // NOLINT(google-build-using-namespace)

namespace {

/// Properties that say nothing on success: rapidcheck prints to the same stream as Catch.
template <class Property>
void holds(const char* name, Property property) {
    CHECK(rc::check(name, property));
}

}  // namespace

TEST_CASE("bind: JSON in one document, in two, and setters give the same call") {
    Bench b(wide_program());
    const Layout native = Layout::native();
    holds("three ways", [&](std::uint32_t seed) {
        std::mt19937 random(seed);
        for (int i = 0; i < 20; ++i) {
            const RandomCall call = random_call(random);
            b.host(call.host, call.args);
            const std::string two = dump(b.bound);
            b.document(native, call.whole);
            if (dump(b.bound) != two) RC_FAIL(call.whole + "\n" + two + "\n" + dump(b.bound));
            b.call(call.call);
            if (dump(b.bound) != two) RC_FAIL(call.whole + "\n" + two + "\n" + dump(b.bound));
        }
    });
}

TEST_CASE("bind: nothing of one call is seen in the next") {
    Bench used(wide_program());
    holds("fresh", [&](std::uint32_t seed) {
        std::mt19937 random(seed);
        for (int i = 0; i < 10; ++i) {
            const RandomCall call = random_call(random);
            decide::Bound fresh;
            fresh.attach(*used.program);
            decide::Binder binder;
            std::string expected;
            switch ((seed + static_cast<std::uint32_t>(i)) % 3) {
                case 0:
                    used.call(call.call);
                    binder.bind(used.tables, call.call, fresh);
                    break;
                case 1: {
                    const std::string cut = call.whole.substr(0, call.whole.size() / 2);
                    used.host(cut, call.args);
                    binder.bind(used.tables, CallJson{cut, call.args}, fresh);
                    break;
                }
                default:
                    used.host(call.host, call.args);
                    binder.bind(used.tables, CallJson{call.host, call.args}, fresh);
            }
            RC_ASSERT(dump(used.bound) == dump(fresh));
        }
    });
}

TEST_CASE("bind: a warm binder asks for no memory") {
    std::mt19937 random(7);
    std::vector<RandomCall> calls;
    for (int i = 0; i < 200; ++i) calls.push_back(random_call(random));
    Bench b(wide_program());
    const decide::BoundLayout native(b.tables, Layout::native());
    const auto bind_all = [&] {
        for (const RandomCall& call : calls) {
            b.host(call.host, call.args);
            b.call(call.call);
            b.binder.bind(b.tables, native, call.whole, false, b.bound, b.captures);
        }
    };
    bind_all();
    const std::size_t before = allocations();
    bind_all();
    CHECK(allocations() == before);
}

TEST_CASE("bind: money of a setter is in its own currency and in major units") {
    ProgramMaker maker;
    Type minor;
    minor.kind = Kind::money;
    minor.money_form = model::MoneyForm::fixed;
    minor.minor = true;
    minor.currency = 0x555344;  // USD
    Type beside = minor;
    beside.minor = false;
    beside.money_form = model::MoneyForm::with_field;
    beside.money_field = "code";
    maker.tool(
        {"t",
         {{"m", maker.type(minor)}, {"w", maker.type(beside)}, {"o", maker.plain(Kind::money)}}});
    Bench b(std::move(maker.program));
    const auto bind = [&](const Money& fixed, const char* code) {
        Call call("t");
        call.arg("m", fixed).arg("w", Money{"5", "EUR"}).arg("o", Money{"1.50", "JPY"});
        if (code != nullptr) call.arg("code", code);
        b.call(call);
        return b.form();
    };
    CHECK(bind({"12.50", "USD"}, "EUR").empty());
    CHECK(b.at("args.m").decimal() == model::Decimal{125, 1});
    CHECK(bind({"12.50", "USD"}, nullptr).empty());
    CHECK(bind({"12.50", "EUR"}, "EUR") ==
          "invalid_args args.m: in another currency than is asked for");
    CHECK(bind({"12.50", "USD"}, "USD") ==
          "invalid_args args.w: in another currency than is asked for");
    CHECK(bind({"$12", "USD"}, "EUR") ==
          "invalid_args args.m: not an amount of money as it is declared");
}

TEST_CASE("bind: setters are not trusted to be well formed") {
    ProgramMaker maker;
    maker.attribute("name", maker.plain(Kind::string));
    maker.attribute("rate", maker.plain(Kind::decimal));
    maker.attribute("deep", maker.type({}));
    maker.role("lead");
    maker.tool({"t", {}});
    Bench b(std::move(maker.program));
    b.call(Call("t").attribute("name", "a\xff").attribute("rate", Number{"NaN"}));
    CHECK(b.form().empty());
    CHECK(b.at("name").state == State::wrong_type);
    CHECK(b.at("rate").state == State::wrong_type);
    b.call(Call("t").attribute("rate", Number{"1e999"}).principal_roles({"lead", "\xc0"}));
    CHECK(b.at("rate").state == State::overflow);
    CHECK_FALSE(b.bound.roles[0].known);
    b.call(Call("t").attribute("name", "x").attribute("name", "x").stage("read").stage("execute"));
    CHECK(b.form().empty());
    CHECK(b.at("name").state == State::host_unknown);
    b.call(Call("t").unknown("name").attribute("name", "x"));
    CHECK(b.at("name").state == State::host_unknown);
    b.call(Call("t").arg("name", "x"));
    CHECK(b.form() == "invalid_args args.name: not declared");
    b.call(Call("\xff"));
    CHECK(b.form() == "unknown_tool tool: not the name of a tool");
    b.call(Call());
    CHECK(b.form() == "unknown_tool : no tool is named");
    Value nested;
    for (int i = 0; i < 40; ++i) nested = Value(Value::List{nested});
    b.call(Call("t").arg("x", nested));
    CHECK(b.form() == "unreadable : nested too deeply");
}
