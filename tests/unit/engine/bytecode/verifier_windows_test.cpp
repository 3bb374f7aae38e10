// Zones and windows of a program: a break a check, and the limits at their values.
#include <catch2/catch.hpp>

#include "engine/bytecode/verifier.h"
#include "tests/unit/engine/bytecode/sample_program.h"
#include "tests/unit/engine/bytecode/verifier_faults.h"

using namespace proviso;
using namespace proviso::bytecode;
using namespace proviso::bytecode::sample;

TEST_CASE("Zones ascend within the covered years") {
    check_breaks({
        {"`Europe/Berlin`: it has not an offset",
         [](Program& p) { p.zones[0].offsets.pop_back(); }},
        {"it has not an offset",
         [](Program& p) {
             p.zones[1].starts.clear();
             p.zones[1].offsets.clear();
         }},
        {"it starts late", [](Program& p) { p.zones[1].starts[0] = 1; }},
        {"do not ascend", [](Program& p) { p.zones[0].starts[1] = model::covered_from; }},
        {"past the covered", [](Program& p) { p.zones[0].starts[1] = model::covered_to; }},
        {"is no offset", [](Program& p) { p.zones[0].offsets[0] = model::largest_offset + 1; }},
        {"is no offset", [](Program& p) { p.zones[0].offsets[1] = -model::largest_offset - 1; }},
        {"UTF-8", [](Program& p) { p.zones[0].name = "\xFF"; }},
        {"zone 2 is out of range",
         [](Program& p) {
             model::Type type;
             type.kind = Kind::time;
             type.zone = 2;
             p.types.add(type);
         }},
        {"is no time",
         [](Program& p) {
             model::Type type;
             type.kind = Kind::date;
             type.zone = 0;
             p.types.add(type);
         }},
    });
}

TEST_CASE("Windows ascend and refer back") {
    check_breaks({
        {"zone 2 is out of range", [](Program& p) { p.windows[1].terms[0].zone = 2; }},
        {"has no terms", [](Program& p) { p.windows[2].terms.clear(); }},
        {"within the week", [](Program& p) { p.windows[1].terms[0].hours[1].begin = 1020; }},
        {"within the week", [](Program& p) { p.windows[1].terms[0].hours[1].end = 10'081; }},
        {"within the week", [](Program& p) { p.windows[1].terms[0].spill[0].end = 0; }},
        {"days do not ascend", [](Program& p) { p.windows[0].terms[0].days[1].first = 20'001; }},
        {"days do not ascend", [](Program& p) { p.windows[0].terms[0].days[1].last = 20'009; }},
        {"window 1 is out of range",
         [](Program& p) { p.windows[1].terms[0].except[0].window = 1; }},
        {"not made of days", [](Program& p) { p.windows[2].terms[0].except[0].by_day = true; }},
        {"not made of days",  // of another zone
         [](Program& p) { p.windows[2].terms[0].except[1].by_day = true; }},
        {"UTF-8", [](Program& p) { p.windows[0].name = "\xFF"; }},
    });
}

TEST_CASE("Limits of windows are inclusive") {
    const Program program = full();
    Limits limits;
    limits.window_parts = 4;  // `all`: one of its own, `hours` with `holidays`, `holidays`
    limits.window_depth = 3;
    CHECK_FALSE(verify(program, limits));
    limits.window_parts = 3;
    REQUIRE(verify(program, limits));
    CHECK(verify(program, limits)->why == "it takes too many tests");
    limits.window_parts = 4;
    limits.window_depth = 2;
    REQUIRE(verify(program, limits));
    CHECK(verify(program, limits)->why == "it nests too deep");
}

TEST_CASE("Instructions about windows and zones") {
    const std::uint32_t time = static_cast<std::uint32_t>(Builtin::time);
    const auto fault_of = [](const Instruction& instruction) {
        Builder builder;
        const std::uint32_t place = builder.temporary();
        builder.program.zones.push_back({"UTC", {model::covered_from}, {0}});
        builder.program.windows.push_back({"w", {{0, {{0, 1440}}, {}, {}, {}}}});
        Instruction it = instruction;
        const std::uint32_t at = builder.here();
        it.c = it.op == Op::local ? place : at + 1;
        builder.rule("r", Effect::block, builder.code({it, {.op = Op::no}}));
        return fault(builder.program);
    };
    CHECK(fault_of({.op = Op::in_window, .a = time, .b = 0}).empty());
    CHECK(fault_of({.op = Op::in_window, .a = time, .b = 1}).find("window 1") != std::string::npos);
    CHECK(fault_of({.op = Op::in_window, .a = 0, .b = 0}).find("does not take") !=
          std::string::npos);
    CHECK(fault_of({.op = Op::local, .extra = 2, .a = time, .b = 0}).empty());
    CHECK(fault_of({.op = Op::local, .extra = 3, .a = time, .b = 0}).find("neither hour") !=
          std::string::npos);
    CHECK(fault_of({.op = Op::local, .a = time, .b = 1}).find("zone 1") != std::string::npos);
    CHECK(fault_of({.op = Op::local, .a = 0, .b = 0}).find("does not take") != std::string::npos);
}
