// Code: a break a check, and the programs that only just verify.
#include <catch2/catch.hpp>

#include "engine/bytecode/verifier.h"
#include "tests/unit/engine/bytecode/sample_program.h"
#include "tests/unit/engine/bytecode/verifier_faults.h"

using namespace proviso;
using namespace proviso::bytecode;
using namespace proviso::bytecode::sample;

namespace {

/// A builder with a slot of each sort that the tests need, and two temporaries.
struct Small : Builder {
    std::uint32_t number = slot("number", scalar(Kind::integer), SlotSource::attribute);
    std::uint32_t text_slot = slot("text", scalar(Kind::string), SlotSource::attribute);
    std::uint32_t flag = slot("flag", scalar(Kind::boolean), SlotSource::attribute);
    std::uint32_t numbers = slot("numbers", list_of(scalar(Kind::integer)), SlotSource::attribute);
    std::uint32_t t0 = temporary();
    std::uint32_t t1 = temporary();
    std::uint32_t one = integer(1);

    /// The fault of the program with these instructions as the condition of a rule.
    std::string condition(std::initializer_list<Instruction> instructions) {
        rule("r", Effect::block, code(instructions));
        return fault(program);
    }
};

Instruction is_true(std::uint32_t place, std::uint32_t target) {
    return {.op = Op::is_true, .a = place, .c = target};
}

constexpr Instruction yes{.op = Op::yes};
constexpr Instruction no{.op = Op::no};
constexpr Instruction done{.op = Op::done};

}  // namespace

TEST_CASE("Instructions are held to their rows") {
    check_breaks({
        {"instruction 0: it has flags", [](Program& p) { p.code[0].flags = b_constant; }},
        {"it has flags", [](Program& p) { p.code[0].flags = 0x40; }},
        {"it has flags", [](Program& p) { p.code[3].flags = jump_if; }},
        {"it has flags", [](Program& p) { p.code[1].flags = unknown_jumps; }},
        {"instruction 0: place 999", [](Program& p) { p.code[0].a = 999; }},
        {"constant 999", [](Program& p) { p.code[0].b = 999; }},
        {"nothing known", [](Program& p) { p.code[0].b = 8; }},
        {"target 999", [](Program& p) { p.code[0].c = 999; }},
        {"jumps back", [](Program& p) { p.code[7].c = 1; }},
        {"jumps back", [](Program& p) { p.code[7].c = 7; }},
        {"that it has not is set", [](Program& p) { p.code[1].a = 1; }},
        {"it writes a slot", [](Program& p) { p.code[3].c = environment; }},
        {"place 99", [](Program& p) { p.code[3].c = 99; }},
        {"shared 9", [](Program& p) { p.code[22].b = 9; }},
        {"shared value for a condition", [](Program& p) { p.code[22].b = 1; }},
        {"shared value for a condition", [](Program& p) { p.code[25].b = 0; }},
        {"block 99", [](Program& p) { p.code[23].b = 99; }},
        {"set 9", [](Program& p) { p.code[27].b = 9; }},
        {"no equality", [](Program& p) { p.code[28].extra = 40; }},
        {"no equality",
         [](Program& p) { p.code[28].extra = static_cast<std::uint16_t>(Kind::list); }},
        {"constant 99", [](Program& p) { p.code[28].b = 99; }},
        {"glob 9", [](Program& p) { p.code[29].b = 9; }},
        {"regular expression 9",
         [](Program& p) {
             p.code[29].op = Op::matches;
             p.code[29].b = 9;
         }},
        {"role 9", [](Program& p) { p.code[30].b = 9; }},
        {"party", [](Program& p) { p.code[30].a = 2; }},
        {"table 9", [](Program& p) { p.code[20].b = 9; }},
        {"place 31 is out", [](Program& p) { p.code[20].a = 30; }},
        {"loop 9", [](Program& p) { p.code[11].b = 9; }},
        {"count or sum for a condition", [](Program& p) { p.code[11].b = 0; }},
        {"count or sum for a condition", [](Program& p) { p.code[5].b = 2; }},
        {"does not take is set", [](Program& p) { p.code[21].extra = 1; }},
        {"neither 0 nor 1",
         [](Program& p) {
             p.code[3] = {.op = Op::date_shift, .extra = 2, .a = 0, .b = 0, .c = p.code[3].c};
         }},
        {"bits beyond the tiers",
         [](Program& p) { p.code[30] = {.op = Op::tier, .a = 0x10, .c = p.code[30].c}; }},
    });
}

TEST_CASE("Operands hold what the opcode takes") {
    Small s;
    SECTION("a text is no number") {
        CHECK_THAT(
            s.condition({{.op = Op::int_eq_k, .a = s.text_slot, .b = s.one, .c = 2}, yes, no}),
            Catch::Contains("holds string, which int_eq_k does not take"));
    }
    SECTION("a number is no text") {
        CHECK_THAT(
            s.condition({{.op = Op::text_eq_k, .a = s.text_slot, .b = s.one, .c = 2}, yes, no}),
            Catch::Contains("constant 0 holds int"));
    }
    SECTION("a number is no list") {
        CHECK_THAT(
            s.condition(
                {{.op = Op::in_list, .extra = 1, .a = s.number, .b = s.number, .c = 2}, yes, no}),
            Catch::Contains("holds int"));
    }
    SECTION("a list of numbers has no texts") {
        CHECK_THAT(
            s.condition({{.op = Op::in_list, .extra = 4, .a = s.text_slot, .b = s.numbers, .c = 2},
                         yes,
                         no}),
            Catch::Contains("members of another type"));
        s.program.code[0].a = s.number;
        CHECK_THAT(fault(s.program), Catch::Contains("members of another type"));
        s.program.code[0].extra = static_cast<std::uint16_t>(Kind::integer);
        CHECK(fault(s.program).empty());
    }
    SECTION("a set of texts has no numbers") {
        s.program.sets.push_back({Kind::string, {s.text("a")}});
        CHECK_THAT(s.condition({{.op = Op::in_set, .a = s.number, .c = 2}, yes, no}),
                   Catch::Contains("members of another type"));
    }
    SECTION("a number has no fields") {
        CHECK_THAT(s.condition({{.op = Op::field, .a = s.number, .c = s.t0}, yes}),
                   Catch::Contains("field does not take"));
    }
    SECTION("integers and durations are compared and added") {
        CHECK(s.condition({{.op = Op::int_add, .a = s.number, .b = s.number, .c = s.t0},
                           {.op = Op::int_lt, .a = s.t0, .b = 3, .c = 3},
                           yes,
                           no})
                  .empty());
    }
    SECTION("bools are not added") {
        CHECK_THAT(s.condition({{.op = Op::int_add, .a = s.flag, .b = s.flag, .c = s.t0}, yes}),
                   Catch::Contains("int_add does not take"));
    }
}

TEST_CASE("Parts of records, lists and tables are of the type that is read") {
    check_breaks({
        {"no field 3", [](Program& p) { p.code[3].b = 3; }},
        {"holds string, which money_lt",
         [](Program& p) { p.code[20] = {.op = Op::copy, .a = customer, .c = p.code[20].c}; }},
        {"key of its table is of another type", [](Program& p) { p.code[19].a = customer; }},
        {"key of its table is of another type",
         [](Program& p) { p.tables[0].axes[0].index_of.push_back(0); }},
        {"key of its table may not be written", [](Program& p) { p.code[19].c = p.code[23].c; }},
        {"loop 0: it sums what is not there or of another kind",
         [](Program& p) { p.code[3].b = 0; }},
        {"shared 1: it reads int as money",
         [](Program& p) { p.loops[0].sum_kind = Kind::integer; }},
        {"shared 1: it reads money as string",
         [](Program& p) {
             p.shared[1].type = p.types.scalar(Kind::string);
             p.code[26] = {.op = Op::jump, .c = 27};
         }},
        {"shared 1: it reads a value that no block", [](Program& p) { p.shared[1].value = 21; }},
        {"explanation 1: it reads decimal as money",
         [](Program& p) { p.explain_nodes[1].value.type = p.types.scalar(Kind::money); }},
        {"explanation 1: it reads a value that no block",
         [](Program& p) { p.explain_nodes[1].value.value = 20; }},
        {"rule 2 `large`: it reads string as ip",
         [](Program& p) {
             p.rules[2].obligations[0].arguments[0].type = p.types.scalar(Kind::ip);
             p.obligations[0].params[0].type = p.types.scalar(Kind::ip);
         }},
        {"rule 2 `large`: it reads money as int",
         [](Program& p) { p.rules[2].because[1].value.type = p.types.scalar(Kind::integer); }},
        {"it reads a value that no block",
         [](Program& p) { p.matrices[0].axes[0].read.value = 20; }},
        {"matrix 0 `actions`: it reads string as",
         [](Program& p) { p.matrices[0].axes[0].read.value = customer; }},
        {"not of one type",
         [](Program& p) {
             p.code[20] = {.op = Op::coalesce, .a = amount, .b = customer, .c = p.code[20].c};
         }},
    });
}

TEST_CASE("Temporaries are written before they are read, on all ways") {
    Small s;
    SECTION("not at all") {
        CHECK_THAT(s.condition({is_true(s.t0, 2), yes, no}), Catch::Contains("may not be written"));
    }
    SECTION("on one way only") {
        CHECK_THAT(s.condition({is_true(s.flag, 2),
                                {.op = Op::copy, .a = s.flag, .c = s.t0},
                                is_true(s.t0, 4),
                                yes,
                                no}),
                   Catch::Contains("place " + std::to_string(s.t0) + " is read where it may not"));
    }
    SECTION("on both ways") {
        CHECK(s.condition({is_true(s.flag, 3),
                           {.op = Op::copy, .a = s.flag, .c = s.t0},
                           {.op = Op::jump, .c = 4},
                           {.op = Op::copy, .a = s.flag, .c = s.t0},
                           is_true(s.t0, 6),
                           yes,
                           no})
                  .empty());
    }
    SECTION("on both ways, but of two types") {
        CHECK_THAT(s.condition({is_true(s.flag, 3),
                                {.op = Op::copy, .a = s.flag, .c = s.t0},
                                {.op = Op::jump, .c = 4},
                                {.op = Op::copy, .a = s.text_slot, .c = s.t0},
                                is_true(s.t0, 6),
                                yes,
                                no}),
                   Catch::Contains("may not be written"));
    }
    SECTION("written again as another type") {
        CHECK_THAT(s.condition({{.op = Op::copy, .a = s.flag, .c = s.t0},
                                {.op = Op::copy, .a = s.text_slot, .c = s.t0},
                                is_true(s.t0, 4),
                                yes,
                                no}),
                   Catch::Contains("is_true does not take"));
    }
    SECTION("in another block") {
        s.rule("first", Effect::block, s.code({{.op = Op::copy, .a = s.flag, .c = s.t0}, yes}));
        CHECK_THAT(s.condition({is_true(s.t0, 4), yes, no}), Catch::Contains("may not be written"));
    }
}

TEST_CASE("Blocks end, each in an end of its class") {
    Small s;
    SECTION("a condition in done") {
        CHECK_THAT(s.condition({done}), Catch::Contains("it is a condition and ends in `done`"));
        CHECK_THAT(s.condition({is_true(s.flag, 2), yes, done}), Catch::Contains("ends in `done`"));
    }
    SECTION("a value in yes") {
        s.program.shared.push_back(
            {"v", false, s.code({yes}), s.number, false, s.scalar(Kind::integer)});
        CHECK_THAT(fault(s.program), Catch::Contains("it is a value and ends in `yes`"));
    }
    SECTION("past the end of the code") {
        CHECK_THAT(s.condition({{.op = Op::copy, .a = s.flag, .c = s.t0}}),
                   Catch::Contains("past the end"));
    }
    SECTION("into another block") {
        const auto first = s.code({{.op = Op::copy, .a = s.flag, .c = s.t0}});
        const auto second = s.code({is_true(s.flag, 3), yes, no});
        s.rule("first", Effect::block, first);
        s.rule("second", Effect::block, second);
        CHECK_THAT(fault(s.program), Catch::Contains("runs into another block"));
    }
    SECTION("into the middle of another") {
        s.rule("first", Effect::block, s.code({is_true(s.flag, 3), yes}));
        s.rule("second", Effect::block, s.code({is_true(s.flag, 4), is_true(s.flag, 5), yes, no}));
        CHECK_THAT(fault(s.program), Catch::Contains("part of two blocks"));
    }
    SECTION("ends may be shared") {
        s.rule("first", Effect::block, s.code({is_true(s.flag, 4), yes}));
        s.rule("second", Effect::block, s.code({is_true(s.flag, 4), yes, no}));
        CHECK(fault(s.program).empty());
    }
    SECTION("called as both") {
        const auto block = s.code({done});
        s.rule("r", Effect::block, block);
        s.program.shared.push_back({"v", false, block, s.number, false, s.scalar(Kind::integer)});
        CHECK_THAT(fault(s.program), Catch::Contains("as a condition and as a value"));
    }
    SECTION("code that is never reached does not matter") {
        CHECK(s.condition({{.op = Op::jump, .c = 2}, is_true(s.t0, 2), yes}).empty());
    }
}

TEST_CASE("Blocks do not call themselves") {
    Small s;
    SECTION("a condition that calls itself") {
        CHECK_THAT(s.condition({{.op = Op::condition, .b = 0, .c = s.t0}, yes}),
                   Catch::Contains("it calls the block that it is part of"));
    }
    SECTION("two conditions that call each other") {
        CHECK_THAT(s.condition({{.op = Op::condition, .b = 2, .c = s.t0},
                                yes,
                                {.op = Op::condition, .b = 0, .c = s.t0},
                                yes}),
                   Catch::Contains("it calls the block"));
    }
    SECTION("a loop whose body holds itself") {
        s.program.loops.push_back(
            {LoopKind::any, Kind::integer, 0, s.numbers, false, s.t0, 0, 0, false});
        CHECK_THAT(s.condition({{.op = Op::loop, .b = 0, .c = 2}, yes, no}),
                   Catch::Contains("it calls the block"));
    }
    SECTION("a shared block that reads itself") {
        s.program.shared.push_back({"a", true, 0, 0, false, model::no_type});
        CHECK_THAT(s.condition({{.op = Op::shared, .b = 0, .c = 2}, yes, no}),
                   Catch::Contains("it calls the block"));
    }
    SECTION("a shared block that reads one after it") {
        s.program.shared.push_back({"a", true, 0, 0, false, model::no_type});
        s.program.shared.push_back({"b", true, 3, 0, false, model::no_type});
        CHECK_THAT(s.condition({{.op = Op::shared, .b = 1, .c = 2}, yes, no, yes}),
                   Catch::Contains("shared 0: it reads itself or one after it"));
    }
    SECTION("not even by way of a condition") {
        s.program.shared.push_back({"a", true, 0, 0, false, model::no_type});
        s.program.shared.push_back({"b", true, 5, 0, false, model::no_type});
        CHECK_THAT(s.condition({{.op = Op::condition, .b = 2, .c = s.t0},
                                yes,
                                {.op = Op::shared, .b = 1, .c = 4},
                                yes,
                                no,
                                yes}),
                   Catch::Contains("shared 0: it reads itself or one after it"));
    }
}

namespace {

/// Conditions in a row, each of which calls the one before as often as asked for.
std::string chain(std::uint32_t length, std::uint32_t calls) {
    Small s;
    std::uint32_t before = s.code({yes});
    for (std::uint32_t i = 1; i < length; ++i) {
        const std::uint32_t begin = s.here();
        for (std::uint32_t call = 0; call < calls; ++call) {
            s.code({{.op = Op::condition, .b = before, .c = s.t0}});
        }
        s.code({yes});
        before = begin;
    }
    s.rule("r", Effect::block, before);
    return fault(s.program);
}

/// A condition that asks as many quantifiers, all over one body of that length.
std::string quantifiers(std::uint32_t count, std::uint32_t length) {
    Small s;
    const std::uint32_t body = s.here();
    for (std::uint32_t i = 0; i < length; ++i) {
        s.code({{.op = Op::text_length, .a = s.text_slot, .c = s.t1}});
    }
    s.code({yes});
    s.program.loops.push_back(
        {.kind = LoopKind::any, .list = s.numbers, .variable = s.t0, .body = body});
    const std::uint32_t begin = s.here();
    for (std::uint32_t i = 0; i < count; ++i) {
        s.code({{.op = Op::loop, .b = 0, .c = begin + count}});
    }
    s.code({yes});
    s.rule("r", Effect::block, begin);
    return fault(s.program);
}

}  // namespace

TEST_CASE("Calls are neither too deep nor too many") {
    CHECK(chain(max_call_depth, 1).empty());
    CHECK_THAT(chain(max_call_depth + 1, 1), Catch::Contains("too deep"));
    // A condition is evaluated once for a call, however many ask for it.
    CHECK(chain(60, 2).empty());
    CHECK(quantifiers(200, 200).empty());
    CHECK_THAT(quantifiers(600, 600), Catch::Contains("too many instructions"));
}

TEST_CASE("Quantifiers hold quantifiers of greater depth only") {
    check_breaks({
        {"no greater depth", [](Program& p) { p.loops[1].depth = 0; }},
        {"no greater depth", [](Program& p) { p.loops[2].depth = 1; }},
    });
}

TEST_CASE("Variables are seen in the body, in conditions that it calls, and nowhere else") {
    Small s;
    const auto variable = s.temporary();
    const auto loop = [&](std::uint32_t body) {
        s.program.loops.push_back(
            {LoopKind::any, Kind::integer, 0, s.numbers, false, variable, body, 0, false});
        const auto at = s.here();
        return s.code({{.op = Op::loop, .b = 0, .c = at + 2}, yes, no});
    };
    SECTION("in the body") {
        const auto body =
            s.code({{.op = Op::int_eq_k, .a = variable, .b = s.one, .c = 2}, yes, no});
        s.rule("r", Effect::block, loop(body));
        CHECK(fault(s.program).empty());
    }
    SECTION("in a condition of the body") {
        const auto inner =
            s.code({{.op = Op::int_eq_k, .a = variable, .b = s.one, .c = 2}, yes, no});
        const auto body =
            s.code({{.op = Op::condition, .b = inner, .c = s.t0}, is_true(s.t0, 6), yes, no});
        s.rule("r", Effect::block, loop(body));
        CHECK(fault(s.program).empty());
        s.rule("other", Effect::block, inner);
        CHECK_THAT(fault(s.program), Catch::Contains("may not be written"));
    }
    SECTION("not after the loop") {
        const auto body = s.code({yes});
        const auto begin = loop(body);
        s.program.code[begin + 1] = {.op = Op::int_eq_k, .a = variable, .b = s.one, .c = begin + 3};
        s.code({yes});
        s.rule("r", Effect::block, begin);
        CHECK_THAT(fault(s.program), Catch::Contains("may not be written"));
    }
    SECTION("as what the list's members are") {
        const auto body =
            s.code({{.op = Op::text_eq, .a = variable, .b = s.text_slot, .c = 2}, yes, no});
        s.rule("r", Effect::block, loop(body));
        CHECK_THAT(fault(s.program), Catch::Contains("holds int, which text_eq"));
    }
    SECTION("over lists alone") {
        const auto body = s.code({yes});
        s.rule("r", Effect::block, loop(body));
        s.program.loops[0].list = s.number;
        CHECK_THAT(fault(s.program), Catch::Contains("which loop does not take"));
    }
    SECTION("a sum without a body") {
        s.program.loops.push_back(
            {LoopKind::sum, Kind::integer, 0, s.numbers, false, variable, none, variable, false});
        const auto begin = s.code({{.op = Op::loop_value, .b = 0, .c = s.t0},
                                   {.op = Op::int_eq_k, .a = s.t0, .b = s.one, .c = 3},
                                   yes,
                                   no});
        s.rule("r", Effect::block, begin);
        CHECK(fault(s.program).empty());
        s.program.loops[0].value = s.t1;
        CHECK_THAT(fault(s.program), Catch::Contains("sums what is not there"));
    }
}

TEST_CASE("What a called block may write, its caller has lost") {
    Small s;
    SECTION("a condition that writes the caller's temporary") {
        const auto inner = s.code({{.op = Op::copy, .a = s.text_slot, .c = s.t0}, yes});
        s.rule("r", Effect::block,
               s.code({{.op = Op::copy, .a = s.flag, .c = s.t0},
                       {.op = Op::condition, .b = inner, .c = s.t1},
                       is_true(s.t0, 6),
                       yes,
                       no}));
        CHECK_THAT(fault(s.program), Catch::Contains("may not be written"));
    }
    SECTION("one that writes another") {
        const auto inner = s.code({{.op = Op::copy, .a = s.text_slot, .c = s.t1}, yes});
        s.rule("r", Effect::block,
               s.code({{.op = Op::copy, .a = s.flag, .c = s.t0},
                       {.op = Op::condition, .b = inner, .c = s.t1},
                       is_true(s.t0, 6),
                       yes,
                       no}));
        CHECK(fault(s.program).empty());
    }
    SECTION("a shared block, by way of another") {
        const auto inner = s.code({{.op = Op::copy, .a = s.text_slot, .c = s.t0}, yes});
        const auto middle = s.code({{.op = Op::condition, .b = inner, .c = s.t1}, yes});
        s.program.shared.push_back({"a", true, middle, 0, false, model::no_type});
        s.rule("r", Effect::block,
               s.code({{.op = Op::copy, .a = s.flag, .c = s.t0},
                       {.op = Op::shared, .b = 0, .c = 8},
                       is_true(s.t0, 8),
                       yes,
                       no}));
        CHECK_THAT(fault(s.program), Catch::Contains("may not be written"));
    }
    SECTION("the first round of a loop, what the second reads") {
        const auto outer = s.temporary();
        const auto inner = s.temporary();
        const auto inner_body = s.code({{.op = Op::int_eq_k, .a = outer, .b = s.one, .c = 2},
                                        {.op = Op::copy, .a = s.text_slot, .c = outer},
                                        yes});
        s.program.loops.push_back(
            {LoopKind::any, Kind::integer, 1, s.numbers, false, inner, inner_body, 0, false});
        const auto outer_body = s.code({{.op = Op::loop, .b = 0, .c = 5}, yes, no});
        s.program.loops.push_back(
            {LoopKind::any, Kind::integer, 0, s.numbers, false, outer, outer_body, 0, false});
        s.rule("r", Effect::block, s.code({{.op = Op::loop, .b = 1, .c = 8}, yes, no}));
        CHECK_THAT(fault(s.program), Catch::Contains("may not be written"));
        s.program.code[1] = {.op = Op::copy, .a = s.text_slot, .c = s.t0};
        CHECK(fault(s.program).empty());
    }
}

TEST_CASE("Many temporaries are no trouble, a square of very many is refused") {
    const auto tests = [](std::uint32_t count) {
        Small s;
        std::vector<std::uint32_t> places;
        for (std::uint32_t i = 0; i < count; ++i) places.push_back(s.temporary());
        const std::uint32_t begin = s.here();
        for (const std::uint32_t place : places) {
            s.code({{.op = Op::copy, .a = s.flag, .c = place}, is_true(place, 2 * count + 1)});
        }
        s.code({yes, no});
        s.rule("r", Effect::block, begin);
        return fault(s.program);
    };
    CHECK(tests(3000).empty());
    CHECK_THAT(tests(14'000), Catch::Contains("too intricate"));
}
