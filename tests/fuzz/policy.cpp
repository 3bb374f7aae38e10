#include "tests/fuzz/policy.h"

#include <cstdio>
#include <string>

#include "tests/fuzz/bounds.h"
#include "tests/fuzz/expect.h"
#include "tests/tree/tree.h"

namespace proviso::fuzz {

PolicyPtr policy_of(const char* file) {
    CompileOptions options;
    options.limits = small_limits();
    const CompileResult result = compile_path(tests::in_tree("tests/fuzz/").append(file), options);
    if (result.policy == nullptr) std::fputs(result.text.c_str(), stderr);
    expect(result.policy != nullptr, "the policy of a fuzzer compiles");
    return result.policy;
}

const PolicyPtr& call_policy() {
    static const PolicyPtr policy = policy_of("call.proviso");
    return policy;
}

EngineOptions call_options() {
    return {.duties = {"mask"}, .limits = small_limits()};
}

}  // namespace proviso::fuzz
