// Limits and counters of a program: a break a check, and what is saved comes back.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "engine/bytecode/serialize.h"
#include "engine/bytecode/verifier.h"
#include "tests/unit/engine/bytecode/sample_program.h"
#include "tests/unit/engine/bytecode/verifier_faults.h"

using namespace proviso;
using namespace proviso::bytecode;
using namespace proviso::bytecode::sample;

namespace {

struct MemorySlots {
    std::uint32_t customer, amount, names, value, low, high, total, cap;
};

MemorySlots add_slots(Builder& b) {
    const auto memory = [&](std::string_view path, Kind kind) {
        return b.slot(path, b.scalar(kind), SlotSource::memory);
    };
    MemorySlots slots{};
    slots.customer = b.slot("customer", b.scalar(Kind::string), SlotSource::attribute);
    slots.amount = b.slot("amount", b.scalar(Kind::money), SlotSource::attribute);
    slots.names = b.slot("names", b.list_of(b.scalar(Kind::string)), SlotSource::attribute);
    slots.value = memory("n", Kind::integer);
    slots.low = memory("n at least", Kind::integer);
    slots.high = memory("n at most", Kind::integer);
    slots.total = memory("total of l", Kind::money);
    slots.cap = memory("cap of l", Kind::money);
    return slots;
}

/// A counter of names, a limit of money with two steps, and a read of the counter.
Program with_memory() {
    Builder b;
    const MemorySlots slots = add_slots(b);
    const TypeId text = b.scalar(Kind::string);
    const TypeId money = b.scalar(Kind::money);
    const ValueRef key{none, slots.customer, false, text};
    b.program.zones.push_back({"UTC", {model::covered_from}, {0}});
    Counter counter{.name = "n"};
    counter.measure = {.aggregate = Aggregate::distinct,
                       .type = b.scalar(Kind::integer),
                       .value = {none, slots.names, false, b.program.slots[slots.names].type},
                       .per = {key},
                       .period = {.rolling = false, .zone = 0}};
    b.program.counters.push_back(counter);
    Limit limit{.name = "l"};
    limit.measure = {.aggregate = Aggregate::sum,
                     .type = money,
                     .value = {none, slots.amount, false, money},
                     .per = {key},
                     .period = {.length_seconds = 86'400}};
    const ValueRef low{none, b.money(5, 0, "USD"), true, money};
    const ValueRef high{none, b.money(9, 0, "USD"), true, money};
    limit.steps = {{false, low}, {true, high}};
    limit.first_rule = b.rule("l", Effect::block, none);
    b.rule("l[> 5 USD]", Effect::block, none);
    b.rule("l[>= 9 USD]", Effect::block, none);
    for (std::uint32_t i = 0; i < 3; ++i) {
        b.program.rules[limit.first_rule + i].kind = RuleKind::limit_step;
    }
    limit.total = slots.total;
    limit.cap = slots.cap;
    b.program.limits.push_back(limit);
    b.program.counter_reads.push_back({0, {key}, slots.value, slots.low, slots.high});
    return std::move(b.program);
}

void check_memory_breaks(const std::vector<Break>& breaks) {
    for (const Break& one : breaks) {
        Program program = with_memory();
        one.apply(program);
        INFO(one.fault);
        CHECK(fault(program).find(one.fault) != std::string::npos);
    }
}

}  // namespace

TEST_CASE("A program with limits and counters verifies, and comes back as it was saved") {
    const Program program = with_memory();
    CHECK(fault(program).empty());
    const std::string bytes = save(program);
    const LoadResult loaded = load(bytes, Limits{});
    REQUIRE(loaded.program);
    CHECK(save(*loaded.program) == bytes);
    CHECK(loaded.program->limits[0].steps[1].inclusive);
    CHECK(loaded.program->counters[0].measure.aggregate == Aggregate::distinct);
}

TEST_CASE("What is counted is of the type of its total") {
    check_memory_breaks({
        {"counter 0 `n`: its total is no int",
         [](Program& p) { p.counters[0].measure.type = p.types.scalar(Kind::money); }},
        {"not of the kind of its total",
         [](Program& p) { p.limits[0].measure.type = p.types.scalar(Kind::integer); }},
        {"its total is no number",
         [](Program& p) { p.limits[0].measure.type = p.types.scalar(Kind::string); }},
        {"a word of a fixed list",
         [](Program& p) { p.limits[0].measure.aggregate = static_cast<Aggregate>(3); }},
        {"counter 0 `n`: it counts calls and has a value",
         [](Program& p) { p.counters[0].measure.aggregate = Aggregate::count; }},
        {"counter 0 `n`: it counts calls and has a value",
         [](Program& p) {
             p.counters[0].measure.aggregate = Aggregate::count;
             p.counters[0].measure.value = {};
             p.counters[0].measure.value.block = 999;
         }},
        {"a key is no scalar",
         [](Program& p) { p.limits[0].measure.per = {p.counters[0].measure.value}; }},
        {"place 999 is out of range", [](Program& p) { p.limits[0].measure.value.value = 999; }},
        {"looks back on no time",
         [](Program& p) { p.limits[0].measure.period.length_seconds = 0; }},
        {"looks back too far",
         [](Program& p) { p.limits[0].measure.period.length_seconds = 3661LL * 86'400; }},
        {"zone 1 is out of range", [](Program& p) { p.counters[0].measure.period.zone = 1; }},
        {"stages beyond", [](Program& p) { p.limits[0].measure.stages = 0x20; }},
        {"block 999 is out of range", [](Program& p) { p.limits[0].measure.where = 999; }},
        {"pattern set 3 is out of range", [](Program& p) { p.limits[0].measure.patterns = 3; }},
    });
}

TEST_CASE("Limits fill slots of memory, and their rules are their own") {
    check_memory_breaks({
        {"limit 0 `l`: it fills a slot that calls fill",
         [](Program& p) { p.limits[0].total = p.limits[0].measure.value.value; }},
        {"it fills a slot of another type",
         [](Program& p) { p.limits[0].cap = p.counter_reads[0].value; }},
        {"a cap is of another type",
         [](Program& p) {
             p.constants.push_back(model::of_integer(5));
             p.constant_types.push_back(p.types.scalar(Kind::integer));
             p.limits[0].steps[0].cap = {none, static_cast<std::uint32_t>(p.constants.size() - 1),
                                         true, p.types.scalar(Kind::integer)};
         }},
        {"are out of range", [](Program& p) { p.limits[0].first_rule = 2; }},
        {"is not a limit's", [](Program& p) { p.limits[0].first_rule = 0; }},
        {"one of its steps allows", [](Program& p) { p.rules[2].effect = Effect::allow; }},
        {"cannot count is no block",
         [](Program& p) {
             p.roles.push_back({"lead", "", {0}, {}});
             p.role_sets = {{0}};
             p.rules[1].effect = Effect::gate;
             p.rules[1].role = 0;
         }},
    });
}

TEST_CASE("Reads of counters have the keys of their counter") {
    check_memory_breaks({
        {"counter 1 is out of range", [](Program& p) { p.counter_reads[0].counter = 1; }},
        {"has not the keys", [](Program& p) { p.counter_reads[0].keys.clear(); }},
        {"a key is of another type",
         [](Program& p) { p.counter_reads[0].keys = {p.limits[0].measure.value}; }},
        {"it fills a slot of another type",
         [](Program& p) { p.counter_reads[0].high = p.limits[0].total; }},
        {"it fills a slot that calls fill", [](Program& p) { p.counter_reads[0].low = 0; }},
        {"limit 1 is out of range", [](Program& p) { p.plan_limits = {1}; }},
        {"counter 1 is out of range", [](Program& p) { p.plan_counters = {1}; }},
        {"counter read 1 is out of range", [](Program& p) { p.plan_reads = {1}; }},
    });
}
