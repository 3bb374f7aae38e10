// Which tools `on` names. Follows docs/language.md, "`on` and `at`".
#include <algorithm>

#include "tests/reference/evaluate.h"
#include "tests/reference/text_forms.h"

namespace proviso::reference {

bool reaches(const check::PolicySet& set, std::uint32_t targets, const BoundCall& call) {
    const check::TargetSet& target = set.target_sets[targets];
    if (call.tool != nullptr) {
        const auto id = static_cast<check::ToolId>(call.tool - set.tools.data());
        return std::find(target.tools.begin(), target.tools.end(), id) != target.tools.end();
    }
    bool included = false;
    for (const check::TargetSet::Pattern& pattern : target.patterns) {
        if (!like(call.tool_name, pattern.glob)) continue;
        if (pattern.except) return false;
        included = true;
    }
    return included;
}

}  // namespace proviso::reference
