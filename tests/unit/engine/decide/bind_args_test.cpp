// Binding what an agent writes: every type, ranges, money forms, lists and records, open tools.
#include <catch2/catch.hpp>

#include "engine/model/currency.h"
#include "tests/unit/engine/decide/bind_program.h"

namespace {

using namespace proviso;         // NOLINT(google-build-using-namespace)
using namespace proviso::tests;  // NOLINT(google-build-using-namespace)
using model::MoneyForm;

constexpr std::string_view call_t = R"({"tool": "t"})";

/// A closed tool `t` with one argument `a` of this type.
Bench one(ProgramMaker& maker, TypeId type) {
    maker.tool({"t", {{"a", type}}});
    return Bench(std::move(maker.program));
}

/// The value of `a` as people read it, or what is wrong.
std::string read(Bench& bench, std::string_view args) {
    bench.host(call_t, args);
    if (!bench.form().empty()) return bench.form();
    const model::Value& value = bench.at("args.a");
    if (!value.known()) return std::string(model::name(value.state));
    const bytecode::Argument& argument = bench.program->arguments[0];
    return model::to_json(bench.program->types, argument.type, value);
}

struct Case {
    const char* json;
    const char* result;
};

void check(Bench& bench, const std::vector<Case>& cases) {
    for (const Case& text : cases) {
        INFO(text.json);
        CHECK(read(bench, std::string(R"({"a": )") + text.json + "}") == text.result);
    }
}

Type money(MoneyForm form, bool minor = false) {
    Type type;
    type.kind = Kind::money;
    type.money_form = form;
    type.minor = minor;
    return type;
}

model::Value dollars(std::int64_t amount) {
    return model::of_money({amount, 0}, *model::pack_currency("USD"));
}

}  // namespace

TEST_CASE("bind args: plain types") {
    const std::vector<std::pair<Kind, std::vector<Case>>> kinds{
        {Kind::boolean,
         {{"true", "true"},
          {"false", "false"},
          {"1", "invalid_args args.a: not true or false"},
          {"\"true\"", "invalid_args args.a: not true or false"},
          {"null", "invalid_args args.a: null"}}},
        {Kind::integer,
         {{"5", "5"},
          {"5.0", "5"},
          {"1e3", "1000"},
          {"-0", "0"},
          {"9223372036854775807", "9223372036854775807"},
          {"9223372036854775808", "invalid_args args.a: a number that does not fit exactly"},
          {"0.5", "invalid_args args.a: not a whole number"},
          {"1e999", "invalid_args args.a: a number that does not fit exactly"},
          {"\"5\"", "invalid_args args.a: not a whole number"}}},
        {Kind::decimal,
         {{"0.10", "\"0.1\""},
          {"-12.50", "\"-12.5\""},
          {"123456789012345678.25", "invalid_args args.a: a number that does not fit exactly"},
          {"0.000000000000000001", "\"0.000000000000000001\""},
          {"true", "invalid_args args.a: not a number"},
          {"[1]", "invalid_args args.a: not a number"}}},
        {Kind::string,
         {{"\"x\"", "\"x\""},
          {R"("\u0000a\"\\\/\b\f\n\r\t")", R"("\u0000a\"\\/\b\f\n\r\t")"},
          {R"("\uD83D\uDE00\u00e9\u20ac")", "\"\U0001F600é€\""},
          {R"("\ud800")", "invalid_args args.a: not a string"},
          {R"("\udc00\ud800")", "invalid_args args.a: not a string"},
          {R"("\ud800\u0041")", "invalid_args args.a: not a string"},
          {"5", "invalid_args args.a: not a string"},
          {"{}", "invalid_args args.a: not a string"}}},
        {Kind::duration,
         {{"\"1d12h\"", "\"1d12h\""},
          {"\"4 h\"", "invalid_args args.a: not a duration"},
          {"4", "invalid_args args.a: not a duration"}}},
        {Kind::time,
         {{"\"2026-12-20T09:00:00.25+02:00\"", "\"2026-12-20T07:00:00.25Z\""},
          {"\"2026-12-20T09:00\"", "invalid_args args.a: not a time with a zone"}}},
        {Kind::date,
         {{"\"2026-12-20\"", "\"2026-12-20\""},
          {"\"2026-2-3\"", "invalid_args args.a: not a date"}}},
        {Kind::weekday,
         {{"\"mon\"", "\"mon\""},
          {"\"sunday\"", "\"sun\""},
          {"\"Mon\"", "invalid_args args.a: not a weekday"}}},
        {Kind::ip,
         {{"\"10.0.0.1\"", "\"10.0.0.1\""},
          {"\"::1\"", "\"::1\""},
          {"\"010.0.0.1\"", "invalid_args args.a: not an IP address"}}},
    };
    for (const auto& [kind, cases] : kinds) {
        ProgramMaker maker;
        Bench bench = one(maker, maker.plain(kind));
        check(bench, cases);
    }
}

TEST_CASE("bind args: enums, optionals, opaque") {
    ProgramMaker words;
    Bench w = one(words, words.words("w", {"low", "high"}));
    check(w, {{"\"high\"", "\"high\""},
              {"\"h\\u0069gh\"", "\"high\""},
              {"\"High\"", "invalid_args args.a: not one of the words of its type"},
              {"1", "invalid_args args.a: not a word"}});
    ProgramMaker optional;
    Bench o = one(optional, optional.optional(Kind::integer));
    check(o, {{"null", "absent"}, {"5", "5"}});
    CHECK(read(o, "{}") == "absent");
    CHECK(read(o, "") == "absent");
    ProgramMaker opaque;
    Type any;
    any.optional = true;
    Bench p = one(opaque, opaque.type(any));
    CHECK(read(p, R"({"a": null})") == "absent");
    p.host(call_t, R"({"a": {"x": [1, {"y": 2}]}})");
    CHECK(p.at("args.a").known());
    CHECK(read(p, R"({"a": {"x": [1, {"y": 2, "\u0079": 3}]}})") ==
          "invalid_args args.a.x[1].y: given twice");
    CHECK(read(p, R"({"a": [{"\ud800": 1}]})") == "invalid_args args.a[0]: a name that is no text");
}

TEST_CASE("bind args: constraints") {
    ProgramMaker maker;
    Type text = maker.program.types.type(maker.plain(Kind::string));
    text.length_low = 2;
    text.length_high = 4;
    Bench length = one(maker, maker.type(text));
    check(length, {{"\"ab\"", "\"ab\""},
                   {"\"\\ud83d\\ude00é€x\"", "\"\U0001F600é€x\""},
                   {"\"a\"", "invalid_args args.a: outside its length or pattern"},
                   {"\"abcde\"", "invalid_args args.a: outside its length or pattern"}});
    CHECK(read(length, R"({"a": ")" + std::string(70'000, 'x') + "\"}") ==
          "invalid_args args.a: outside its length or pattern");

    ProgramMaker regex;
    text.length_low = text.length_high = std::nullopt;
    text.pattern = "[A-Z]-\\d+";
    Bench pattern = one(regex, regex.type(text));
    check(pattern, {{"\"A-12\"", "\"A-12\""},
                    {"\"xA-12\"", "invalid_args args.a: outside its length or pattern"}});

    ProgramMaker range;
    Bench integer = one(range, range.integer_between(-2, 5));
    check(integer, {{"-2", "-2"},
                    {"5", "5"},
                    {"6", "invalid_args args.a: outside its range"},
                    {"-3", "invalid_args args.a: outside its range"}});
}

TEST_CASE("bind args: money") {
    ProgramMaker object;
    Type ranged = money(MoneyForm::object);
    ranged.low = model::of_money({1, 2}, *model::pack_currency("USD"));
    ranged.high = dollars(100);
    Bench o = one(object, object.type(ranged));
    check(o,
          {{R"({"amount": "12.50", "currency": "USD"})", R"({"amount":"12.5","currency":"USD"})"},
           {R"({"currency": "USD", "amount": 100})", R"({"amount":"100","currency":"USD"})"},
           {R"({"amount": "100.01", "currency": "USD"})", "invalid_args args.a: outside its range"},
           {R"({"amount": "5", "currency": "EUR"})",
            "invalid_args args.a: in another currency than is asked for"}});
    for (const char* bad :
         {R"({"amount": "5,000", "currency": "USD"})", R"({"amount": "1e2", "currency": "USD"})",
          R"({"amount": "5", "currency": "usd"})", R"({"amount": "5", "currency": 5})",
          R"({"amount": true, "currency": "USD"})", R"({"amount": "5"})", R"({"currency": "USD"})",
          R"({"amount": "5", "currency": "USD", "x": 1})",
          R"({"amount": "5", "amount": "5", "currency": "USD"})", "5", "\"5 USD\"", "[]"}) {
        INFO(bad);
        CHECK(read(o, std::string(R"({"a": )") + bad + "}") ==
              "invalid_args args.a: not an amount of money as it is declared");
    }

    ProgramMaker fixed;
    Type dollar = money(MoneyForm::fixed, true);
    dollar.currency = *model::pack_currency("USD");
    Bench f = one(fixed, fixed.type(dollar));
    check(f, {{"1250", R"({"amount":"12.5","currency":"USD"})"},
              {"12.5", "invalid_args args.a: not an amount of money as it is declared"},
              {R"({"amount": "5", "currency": "USD"})",
               "invalid_args args.a: not an amount of money as it is declared"}});
    dollar.currency = *model::pack_currency("XAU");
    ProgramMaker gold;
    Bench g = one(gold, gold.type(dollar));
    check(g, {{"5", "invalid_args args.a: not an amount of money as it is declared"}});
}

TEST_CASE("bind args: money with a sibling's currency") {
    ProgramMaker maker;
    Type type = money(MoneyForm::with_field);
    type.money_field = "currency";
    const TypeId amount = maker.type(type);
    const TypeId line = maker.record({{"price", amount}});
    maker.tool({"t", {{"a", amount}}});
    maker.tool({"l", {{"lines", maker.list(line)}}});
    maker.tool({"m", {{"many", maker.list(amount)}}});
    Bench b(std::move(maker.program));
    CHECK(read(b, R"({"a": 5, "currency": "EUR"})") == R"({"amount":"5","currency":"EUR"})");
    CHECK(read(b, R"({"curr\u0065ncy": "EUR", "a": 5})") == R"({"amount":"5","currency":"EUR"})");
    CHECK(read(b, R"({"a": 5})") == "invalid_args args.a: missing");
    CHECK(read(b, R"({"a": 5, "currency": null})") == "invalid_args args.a: missing");
    CHECK(read(b, R"({"a": 5, "currency": 7})") ==
          "invalid_args args.a: not an amount of money as it is declared");
    CHECK(read(b, R"({"a": 5, "currency": "EUR", "currency": "USD"})") ==
          "invalid_args args.currency: given twice");
    CHECK(read(b, R"({"a": {"amount": "5", "currency": "USD"}, "currency": "USD"})") ==
          "invalid_args args.a: not an amount of money as it is declared");

    b.host(R"({"tool": "l"})", R"({"lines": [{"price": 1, "currency": "EUR"},
                                             {"currency": "USD", "price": 2}]})");
    CHECK(b.form().empty());
    const model::Value* lines = b.at("args.lines").elements;
    CHECK(model::unpack_currency(lines[0].elements[0].currency()) == "EUR");
    CHECK(model::unpack_currency(lines[1].elements[0].currency()) == "USD");
    b.host(R"({"tool": "l"})", R"({"lines": [{"price": 1}]})");
    CHECK(b.form() == "invalid_args args.lines[0].price: missing");

    b.host(R"({"tool": "m"})", R"({"many": [1, 2, 3], "currency": "EUR"})");
    CHECK(b.form().empty());
    CHECK(model::unpack_currency(b.at("args.many").elements[2].currency()) == "EUR");
}

TEST_CASE("bind args: lists and records") {
    ProgramMaker maker;
    const TypeId item = maker.record({{"sku", maker.plain(Kind::string)},
                                      {"price", maker.plain(Kind::decimal)},
                                      {"note", maker.optional(Kind::string)}});
    Type items = maker.program.types.type(maker.list(item));
    items.length_low = 1;
    Bench b = one(maker, maker.type(items));
    check(b, {{R"([{"price": 1.5, "sku": "x"}])", R"([{"price":"1.5","sku":"x"}])"},
              {"[]", "invalid_args args.a: outside its length"},
              {"{}", "invalid_args args.a: not a list"},
              {"[5]", "invalid_args args.a[0]: not a record"},
              {R"([{"sku": "x"}])", "invalid_args args.a[0].price: missing"},
              {R"([{"price": 1, "sku": "x"}, {"price": "2", "sku": "y"}])",
               "invalid_args args.a[1].price: not a number"},
              {R"([{"price": 1, "sku": "x", "pric\u0065": 1}])",
               R"(invalid_args args.a[0].pric\u0065: given twice)"},
              {R"([{"price": 1, "sku": "x", "more": 1}])",
               "invalid_args args.a[0].more: not declared"},
              {R"([{"price": 1, "sku": null}])", "invalid_args args.a[0].sku: null"}});
    b.host(call_t, R"({"a": [{"sku": "x", "price": 1}]})");
    CHECK(b.at("args.a").elements[0].elements[2].state == State::absent);

    ProgramMaker open;
    Bench r = one(open, open.record({{"x", open.plain(Kind::integer)}}, true));
    check(r, {{R"({"y": 1, "x": 2})", R"({"x":2})"},
              {R"({"y": 1, "x": 2, "y": 3})", "invalid_args args.a.y: given twice"},
              {R"({"y": {"z": 1, "z": 2}, "x": 2})", "invalid_args args.a.y.z: given twice"}});
}

TEST_CASE("bind args: what is past a limit is unknown, not an error") {
    ProgramMaker maker;
    maker.tool({"t",
                {{"a", maker.plain(Kind::string)},
                 {"l", maker.list(maker.plain(Kind::integer))},
                 {"s", maker.list(maker.plain(Kind::string))}}});
    Limits limits;
    limits.string_bytes = 4;
    limits.list_length = 3;
    Bench b(std::move(maker.program), limits);
    b.host(call_t, R"({"a": "1234", "l": [1, 2, 3], "s": ["1234"]})");
    CHECK(b.form().empty());
    CHECK(b.at("args.a").known());
    CHECK(b.at("args.l").known());
    CHECK(b.at("args.s").known());
    b.host(call_t, R"({"a": "12345", "l": [1, 2, 3, "x"], "s": ["12345"]})");
    CHECK(b.form().empty());
    CHECK(b.at("args.a").state == State::too_long);
    CHECK(b.at("args.l").state == State::too_long);
    CHECK(b.at("args.s").state == State::too_long);
}

TEST_CASE("bind args: names of a closed tool") {
    ProgramMaker maker;
    maker.tool({"t", {{"a", maker.plain(Kind::integer)}, {"b", maker.optional(Kind::integer)}}});
    Bench b(std::move(maker.program));
    CHECK(read(b, R"({"a": 1, "b": null})") == "1");
    CHECK(read(b, "{}") == "invalid_args args.a: missing");
    CHECK(read(b, "") == "invalid_args args.a: missing");
    CHECK(read(b, R"({"a": 1, "c": 1})") == "invalid_args args.c: not declared");
    CHECK(read(b, R"({"a": 1, "\u0061": 1})") == R"(invalid_args args.\u0061: given twice)");
    CHECK(read(b, R"({"b": null, "a": 1, "b": null})") == "invalid_args args.b: given twice");
    const std::string longest = read(b, R"({"a": 1, ")" + std::string(5'000, 'x') + "\": 1}");
    CHECK(longest == "invalid_args args." + std::string(100, 'x') + ": not declared");
}

TEST_CASE("bind args: open tools take what comes") {
    ProgramMaker maker;
    maker.tool({"t",
                {{"a", maker.plain(Kind::integer)},
                 {"u", maker.plain(Kind::string), false},
                 {"u2", maker.optional(Kind::string), false}},
                0x10,
                0x04,
                false,
                true});
    Bench b(std::move(maker.program));
    CHECK(read(b, R"({"a": 1, "x": [1], "u": "v"})") == "1");
    CHECK(b.at("args.u").view() == "v");
    CHECK(b.at("args.u2").state == State::absent);
    CHECK(read(b, R"({"a": 1, "u": 5, "u2": null})") == "1");
    CHECK(b.at("args.u").state == State::wrong_type);
    CHECK(b.at("args.u2").state == State::absent);
    CHECK(read(b, R"({"a": 1, "u": null})") == "1");
    CHECK(b.at("args.u").state == State::wrong_type);
    CHECK(read(b, R"({"a": 1, "u": "v", "u": "v"})") == "invalid_args args.u: given twice");
    CHECK(read(b, R"({"a": 1, "x": 1, "y": 1, "x": 1})") == "invalid_args args.x: given twice");
    CHECK(read(b, R"({"a": 1, "x": {"y": 1, "y": 2}})") == "invalid_args args.x.y: given twice");
    CHECK(read(b, R"({"a": 1, "u": {"y": 1, "y": 2}})") == "invalid_args args.u.y: given twice");
    CHECK(read(b, R"({"a": 1, "\ud800": 1})") ==
          R"(invalid_args args.\ud800: a name that is no text)");
    std::string many = R"({"a": 1)";
    for (int i = 0; i < 64; ++i) many += ", \"x" + std::to_string(i) + "\": 0";
    CHECK(read(b, many + "}") == "1");
    CHECK(read(b, many + R"(, "u": "v"})") == "invalid_args args: too many that are not declared");
}

TEST_CASE("bind args: tools outside an open catalogue") {
    ProgramMaker maker;
    maker.tool({"t", {{"a", maker.plain(Kind::integer)}}});
    const TypeId number = maker.plain(Kind::integer);
    const TypeId text = maker.plain(Kind::string);
    maker.open_arguments({{"amount", number, false}});
    // One name, read as two types.
    maker.program.argument_slots.push_back(maker.argument_slot("amount", text));
    maker.program.arguments.back().slots.count = 2;
    Bench b(std::move(maker.program));
    b.host(R"({"tool": "other", "stage": "propose"})", R"({"amount": 5, "more": {"x": 1}})");
    CHECK(b.form().empty());
    CHECK(b.bound.tool == bytecode::none);
    CHECK(b.bound.tool_name == "other");
    CHECK(b.bound.stage == 1);
    CHECK(b.at("tier").state == State::missing);
    CHECK(b.at("has_undo").state == State::missing);
    const std::uint32_t slot = b.program->argument_slots.back();
    CHECK(b.at("args.amount").integer == 5);
    CHECK(b.bound.frame[slot].state == State::wrong_type);
    b.host(R"({"tool": "other"})", R"({"amount": "5"})");
    CHECK(b.at("args.amount").state == State::wrong_type);
    CHECK(b.bound.frame[slot].view() == "5");
    b.host(R"({"tool": "other", "stage": "nope"})");
    CHECK(b.form() == "invalid_stage nope: no such stage");
    b.host(R"({"tool": "other"})", R"({"x": 1, "x": 2})");
    CHECK(b.form() == "invalid_args args.x: given twice");
}
