// Facts of a program, and the instruction that reads them: a break a check.
#include <catch2/catch.hpp>

#include "engine/bytecode/verifier.h"
#include "tests/unit/engine/bytecode/sample_program.h"
#include "tests/unit/engine/bytecode/verifier_faults.h"

using namespace proviso;
using namespace proviso::bytecode;
using namespace proviso::bytecode::sample;

namespace {

struct FactsProgram {
    Builder builder;
    std::uint32_t id = builder.slot("id", builder.scalar(Kind::string), SlotSource::attribute);
    std::uint32_t key =
        builder.slot("facts.thing.key", builder.scalar(Kind::string), SlotSource::fact);
    std::uint32_t size =
        builder.slot("thing.size", builder.scalar(Kind::integer), SlotSource::fact);
    std::uint32_t place = builder.temporary();

    FactsProgram() { builder.program.facts.push_back({"thing", key, 1}); }

    /// What is wrong with a rule that reads so, and compares what it read with 5.
    std::string fault_of(Instruction read) {
        read.c = place;
        const std::uint32_t five = builder.integer(5);
        const std::uint32_t at = builder.here();
        const std::uint32_t block = builder.code(
            {read,
             {.op = Op::int_eq_k, .flags = jump_if, .a = place, .b = five, .c = at + 3},
             {.op = Op::no},
             {.op = Op::yes}});
        builder.rule("r", Effect::block, block);
        return fault(builder.program);
    }
    std::string fault_of_facts(Facts facts) {
        builder.program.facts[0] = std::move(facts);
        return fault(builder.program);
    }
};

bool says(const std::string& fault, std::string_view what) {
    return fault.find(what) != std::string::npos;
}

}  // namespace

TEST_CASE("Facts have slots of their own") {
    CHECK(FactsProgram().fault_of_facts({"thing", FactsProgram().key, 1}).empty());
    CHECK(FactsProgram().fault_of_facts({"thing", FactsProgram().key, 0}).empty());
    CHECK(says(FactsProgram().fault_of_facts({"thing", FactsProgram().key, 2}), "out of range"));
    CHECK(says(FactsProgram().fault_of_facts({"thing", 0xFFFFFFFF, 1}), "out of range"));
    CHECK(says(FactsProgram().fault_of_facts({"thing", FactsProgram().key, 0xFFFFFFFF}),
               "out of range"));
    CHECK(says(FactsProgram().fault_of_facts({"thing", FactsProgram().id, 1}), "no fact"));
    FactsProgram two;
    two.builder.program.facts.push_back({"thing", two.key, 1});
    CHECK(says(fault(two.builder.program), "does not come after"));
}

TEST_CASE("A fact is read with a key of its type") {
    const auto read = [](std::uint16_t field, std::uint32_t key, std::uint32_t facts) {
        return Instruction{.op = Op::fact, .extra = field, .a = key, .b = facts};
    };
    const std::uint32_t id = FactsProgram().id;
    CHECK(FactsProgram().fault_of(read(0, id, 0)).empty());
    CHECK(says(FactsProgram().fault_of(read(1, id, 0)), "a field that its facts have not"));
    CHECK(says(FactsProgram().fault_of(read(0, id, 1)), "facts 1 is out of range"));
    CHECK(says(FactsProgram().fault_of(read(0, FactsProgram().size, 0)), "not of the type"));
}
