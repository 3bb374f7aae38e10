// The names of states, as reports print them. Tested by tests/unit/engine/model/type_test.cpp.
#include "engine/model/value.h"

namespace proviso::model {

std::string_view name(State state) {
    switch (state) {
        case State::present: return "present";
        case State::absent: return "absent";
        case State::missing: return "missing";
        case State::wrong_type: return "wrong type";
        case State::not_in_enum: return "not in enum";
        case State::out_of_range: return "out of range";
        case State::too_long: return "too long";
        case State::host_unknown: return "host unknown";
        case State::overflow: return "overflow";
        case State::currency_mismatch: return "currency mismatch";
        case State::over_budget: return "over budget";
        case State::ambiguous: return "ambiguous";
        case State::other_key: return "other key";
    }
    return "unknown";
}

}  // namespace proviso::model
