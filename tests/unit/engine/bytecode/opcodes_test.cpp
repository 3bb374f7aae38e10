#include "engine/bytecode/opcodes.h"

#include <set>

#include <catch2/catch.hpp>

using namespace proviso::bytecode;

TEST_CASE("The table has a row an opcode, in the order of the enum") {
    CHECK(op_count == static_cast<std::size_t>(Op::done) + 1);
    CHECK(info(Op::int_eq_k).name == "int_eq_k");
    CHECK(info(Op::done).name == "done");
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < op_count; ++i) names.insert(info(static_cast<Op>(i)).name);
    CHECK(names.size() == op_count);
}

TEST_CASE("A row says what its operands are") {
    const OpInfo& like = info(Op::like);
    CHECK(like.op_class == OpClass::test);
    CHECK(like.a == Operand::operand);
    CHECK(like.b == Operand::glob);
    CHECK(like.c == Operand::target);
    CHECK(name(like.b) == "glob");
    CHECK(name(Operand::mask) == "mask");
    CHECK(name(OpClass::end) == "end");
}

TEST_CASE("Tests jump, values write, ends do neither") {
    for (std::size_t i = 0; i < op_count; ++i) {
        const OpInfo& row = info(static_cast<Op>(i));
        CAPTURE(row.name);
        switch (row.op_class) {
            case OpClass::test:
            case OpClass::move: CHECK(row.c == Operand::target); break;
            case OpClass::value: CHECK(row.c == Operand::place); break;
            case OpClass::end: CHECK(row.c == Operand::unused); break;
        }
        CHECK_FALSE(row.text.empty());
    }
}
