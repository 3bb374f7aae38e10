// What a call adds to a limit or counter, what a limit makes of the total, and what a counter is
// when it is read: docs/language.md, "Limits and counters".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/check/policy_set.h"
#include "tests/reference/evaluate.h"
#include "tests/reference/memory.h"

namespace proviso::reference {

/// What one call is to one measure.
struct Counting {
    enum class Is {
        not_about,  // another tool, stage, or `where` is false
        counts,     // `event`, and everything since `since`
        cannot,     // for want of `missing`
        refused,    // what it would add is below zero
    };
    Is is = Is::not_about;
    Event event;
    Since since;
    MissingSet missing;
};

[[nodiscard]] Counting counting(const Scope& scope, const std::string& name,
                                const check::Measure& measure);

/// Whether the total, which has the call in it, passes the step; three-valued.
[[nodiscard]] Value passes(const Scope& scope, const check::LimitStep& step, const Value& total);
/// Whether some cap is known to be in another currency than the total.
[[nodiscard]] bool is_foreign(const Scope& scope, const check::Limit& limit, const Value& total);

/// A total as a value of the measure; unknown where it does not fit.
[[nodiscard]] Value total_value(const check::PolicySet& set, const check::Measure& measure,
                                const Total& total, const std::string& code);

/// The counter by these keys at the call's time. Where events are pending, an interval.
[[nodiscard]] Value read_counter(const Scope& scope, const Events& events,
                                 const check::Counter& counter, const std::vector<Value>& keys);

}  // namespace proviso::reference
