#include "tests/fuzz/policy.h"

#include <cstdio>

#include "tests/fuzz/bounds.h"
#include "tests/fuzz/expect.h"

namespace proviso::fuzz {

const PolicyPtr& call_policy() {
    static const PolicyPtr policy = [] {
        CompileOptions options;
        options.limits = small_limits();
        const CompileResult result =
            compile_path(PROVISO_SOURCE_DIR "/tests/fuzz/call.proviso", options);
        if (result.policy == nullptr) std::fputs(result.text.c_str(), stderr);
        expect(result.policy != nullptr, "call.proviso compiles");
        return result.policy;
    }();
    return policy;
}

EngineOptions call_options() {
    return {.duties = {"mask"}, .limits = small_limits()};
}

}  // namespace proviso::fuzz
