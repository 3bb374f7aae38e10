// The listing of a compiled set: `policy` is given, `bytecode` or `bytecode: TOOL` produced.
#include <stdexcept>
#include <string>

#include "tests/golden/registry.h"
#include <proviso/policy.h>

namespace proviso::golden {

void register_compile(Registry& registry) {
    registry.given("policy");
    registry.produced("bytecode", [](const GoldenFile& file) {
        const CompileResult result = compile_text(file.text("policy"));
        if (result.policy == nullptr) throw std::runtime_error(result.text);
        return result.policy->disassemble(file.asked().argument);
    });
}

}  // namespace proviso::golden
