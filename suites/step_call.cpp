#include "suites/step_call.h"

namespace proviso::suites {

Tree call_of(const Suite& suite, const Step& step) {
    Tree call = suite.defaults;
    lay_over(call, *step.call);
    for (const Step::Cell& cell : step.cells) put(call, keys_of(call, cell.path), cell.value);
    return call;
}

}  // namespace proviso::suites
