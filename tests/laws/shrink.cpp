// See shrink.h.
#include "tests/laws/shrink.h"

namespace proviso::laws {

std::vector<Statement> shrunk(std::vector<Statement> statements, const Fails& fails) {
    for (bool smaller = true; smaller;) {
        smaller = false;
        for (std::size_t i = statements.size(); i-- > 0;) {
            std::vector<Statement> without = statements;
            without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
            const auto set = compile_both(files_of(without, 1));
            if (!set->good() || !fails(*set)) continue;
            statements = std::move(without);
            smaller = true;
        }
    }
    return statements;
}

}  // namespace proviso::laws
