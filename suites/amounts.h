// Amounts of calls that look like thousands and are none: `25.000` is twenty-five.
//
// Whoever writes calls by hand tests another amount than was meant, and sees it pass. In rule text
// it is a warning (P1524); a suite is refused, since nothing is lost by writing `25` or `25000`. Of
// a single call it is a note. Covered by tests/cli/test_mistakes_test.py and unread_test.py.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/set_names.h"
#include "suites/mistakes.h"
#include "suites/suite.h"

namespace proviso::suites {

/// Of a suite in the native layout.
void check_amounts(const Suite& suite, const engine::SetNames& names, Mistakes& mistakes);

/// Of single calls in the engine's own form, as JSON.
class CallAmounts {
  public:
    explicit CallAmounts(const Policy& policy) : names_(engine::names_of_set(policy)) {}

    static constexpr std::size_t most_notes = 16;
    /// A sentence each. `args` is empty where the host's document has them.
    [[nodiscard]] std::vector<std::string> notes(std::string_view host,
                                                 std::string_view args) const;

  private:
    engine::SetNames names_;
};

}  // namespace proviso::suites
