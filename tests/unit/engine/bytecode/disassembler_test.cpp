#include "engine/bytecode/disassembler.h"

#include <catch2/catch.hpp>

#include "tests/unit/engine/bytecode/sample_program.h"

using namespace proviso::bytecode;

namespace {

std::string whole() {
    return disassemble(sample::full());
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("A block is headed by its rule and the line of the source") {
    CHECK(contains(whole(),
                   "rule large: gate by lead  sample.proviso:3\n"
                   "    | gate large on refund when args.amount > 500 USD by lead  # größer\n"));
    CHECK(contains(whole(),
                   "rule refunds: allow  sample.proviso:4\n    | allow refunds on refund\n"));
}

TEST_CASE("Instructions name what they read and where they go") {
    const std::string text = whole();
    CHECK(contains(text,
                   "0000  money_le_k       args.amount, 500 USD                     "
                   "if true or unknown → 0002\n0001  yes\n0002  no\n"));
    CHECK(contains(text, "in_set           customer.id, [\"a\", \"b\"]"));
    CHECK(contains(text, "like             customer.id, \"ext.*\""));
    CHECK(contains(text, "role             principal, lead"));
    CHECK(contains(text, "caps[t6, t7]"));
    CHECK(contains(text, "into t8"));
}

TEST_CASE("Tables are listed before the code") {
    const std::string text = whole();
    CHECK(text.starts_with("policy sample version \"1\"\n"));
    CHECK(contains(text, "environment : dev | staging | production\n"));
    CHECK(contains(text, "customer.id : string = \"nobody\"\n"));
    CHECK(contains(text, "total: money in t2, block 0005\n"));
    CHECK(contains(text, "0  sum t0 in args.items of t1, body 0003\n"));
    CHECK(contains(text, "1  any t5 in t4, body "));
}

TEST_CASE("One tool's listing has its plans, and the code that they run") {
    const std::string text = disassemble(sample::full(), {.tool = "refund"});
    CHECK(contains(text, "tool refund at propose\n"));
    CHECK(contains(text, "tool refund at execute\n    granted to      lead\n"));
    CHECK(contains(text, "restrict        by customer.id\n"));
    CHECK(contains(text, "\"x\": large: gate by lead, block "));
    CHECK(contains(text, "default matrix  actions[dev, staging, production]\n"));
    CHECK(contains(text, "rule large"));
    CHECK_FALSE(contains(text, "explanation  "));
    const std::string lookup = disassemble(sample::full(), {.tool = "lookup"});
    CHECK_FALSE(contains(lookup, "rule large"));
}

TEST_CASE("A tool that is not there is named") {
    CHECK(disassemble(sample::full(), {.tool = "pay"}) == "no tool `pay` in the set\n");
}

TEST_CASE("The same program gives the same listing") {
    CHECK(whole() == whole());
}
