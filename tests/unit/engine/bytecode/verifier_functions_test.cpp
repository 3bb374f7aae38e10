// Native functions of a program: a break a check.
#include <catch2/catch.hpp>

#include "engine/bytecode/verifier.h"
#include "tests/unit/engine/bytecode/sample_program.h"

using namespace proviso;
using namespace proviso::bytecode;
using namespace proviso::bytecode::sample;

namespace {

struct NativeUse {
    std::string signature = "domain_of(string) -> string";
    std::vector<ValueRef> arguments;
    std::uint32_t call = 0;
};

/// What is wrong with a block that calls the function and asks whether its text is the tool's name.
std::string fault_of(const NativeUse& broken) {
    Builder builder;
    const std::uint32_t place = builder.temporary();
    builder.program.functions.push_back(broken.signature);
    NativeCall called;
    called.arguments = broken.arguments;
    builder.program.native_calls.push_back(called);
    const std::uint32_t at = builder.here();
    const Instruction call{.op = Op::call_native, .b = broken.call, .c = place};
    const Instruction test{.op = Op::text_eq, .a = place, .b = 0, .c = at + 3};
    builder.rule("r", Effect::block, builder.code({call, test, {.op = Op::yes}, {.op = Op::no}}));
    return fault(builder.program);
}

ValueRef slot(Builtin builtin, Kind kind) {
    const model::TypeTable types;
    return {none, slot_of(builtin), false, types.scalar(kind)};
}

}  // namespace

TEST_CASE("A program calls functions of this build on what they take") {
    const ValueRef text = slot(Builtin::principal_id, Kind::string);
    const ValueRef time = slot(Builtin::time, Kind::time);
    CHECK(fault_of({.arguments = {text}}).empty());
    const auto breaks = [](const NativeUse& broken, std::string_view why) {
        INFO(why);
        CHECK(fault_of(broken).find(why) != std::string::npos);
    };
    breaks({.signature = "domain(string) -> string", .arguments = {text}}, "no such function");
    breaks({.signature = "domain_of(string) -> bool", .arguments = {text}}, "no such function");
    breaks({.signature = "", .arguments = {text}}, "no such function");
    breaks({.arguments = {}}, "has not the arguments");
    breaks({.arguments = {text, text}}, "has not the arguments");
    breaks({.arguments = {time}}, "of another type");
    breaks({.arguments = {text}, .call = 1}, "native call 1 is out of range");
    breaks({.arguments = {{0, text.value, false, text.type}}}, "has a block");
    breaks({.arguments = {{none, 9999, false, text.type}}}, "out of range");
    breaks({.arguments = {{none, text.value, false, time.type}}}, "of another type");
    breaks({.signature = "path_under(string, string) -> bool", .arguments = {text, text}},
           "does not take");
}
