#include "engine/bytecode/disassembler.h"

#include <catch2/catch.hpp>

#include "tests/unit/engine/bytecode/sample_program.h"

using namespace proviso::bytecode;

namespace {

std::string whole() {
    return disassemble(sample::full());
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("A block is headed by its rule and the line of the source") {
    CHECK(has(whole(),
              "rule large: gate by lead  sample.proviso:3\n"
              "    | gate large on refund when args.amount > 500 USD by lead  # größer\n"));
    CHECK(has(whole(), "rule refunds: allow  sample.proviso:4\n    | allow refunds on refund\n"));
}

TEST_CASE("Instructions name what they read and where they go") {
    const std::string text = whole();
    CHECK(has(text,
              "0000  money_le_k       args.amount, 500 USD                     "
              "if true or unknown → 0002\n0001  yes\n0002  no\n"));
    CHECK(has(text, "in_set           customer.id, [\"a\", \"b\"]"));
    CHECK(has(text, "like             customer.id, \"ext.*\""));
    CHECK(has(text, "role             principal, lead"));
    CHECK(has(text, "caps[t6, t7]"));
    CHECK(has(text, "into t8"));
}

TEST_CASE("Tables are listed before the code") {
    const std::string text = whole();
    CHECK(text.starts_with("policy sample version \"1\"\n"));
    CHECK(has(text, "environment : dev | staging | production\n"));
    CHECK(has(text, "customer.id : string = \"nobody\"\n"));
    CHECK(has(text, "total: money in t2, block 0005\n"));
    CHECK(has(text, "0  sum t0 in args.items of t1, body 0003\n"));
    CHECK(has(text, "1  any t5 in t4, body "));
}

TEST_CASE("One tool's listing has its plans, and the code that they run") {
    const std::string text = disassemble(sample::full(), {.tool = "refund"});
    CHECK(has(text, "tool refund at propose\n"));
    CHECK(has(text, "tool refund at execute\n    granted to      lead\n"));
    CHECK(has(text, "restrict        by customer.id\n"));
    CHECK(has(text, "\"x\": large: gate by lead, block "));
    CHECK(has(text, "default matrix  actions[dev, staging, production]\n"));
    CHECK(has(text, "rule large"));
    CHECK_FALSE(has(text, "explanation  "));
    const std::string lookup = disassemble(sample::full(), {.tool = "lookup"});
    CHECK_FALSE(has(lookup, "rule large"));
}

TEST_CASE("A tool that is not there is named") {
    CHECK(disassemble(sample::full(), {.tool = "pay"}) == "no tool `pay` in the set\n");
}

TEST_CASE("The same program gives the same listing") {
    CHECK(whole() == whole());
}
