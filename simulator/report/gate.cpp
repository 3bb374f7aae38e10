#include "simulator/report/gate.h"

#include <algorithm>

namespace proviso::simulator {
namespace {

bool any(const std::vector<GateCheck>& checks, GateState state) {
    return std::any_of(checks.begin(), checks.end(),
                       [&](const GateCheck& check) { return check.state == state; });
}

}  // namespace

std::string_view name(GateState state) {
    switch (state) {
        case GateState::kept: return "kept";
        case GateState::broken: return "broken";
        case GateState::no_evidence: return "no evidence";
    }
    return "";
}

bool GateReport::broken() const noexcept {
    return any(checks, GateState::broken);
}

bool GateReport::lacks_evidence() const noexcept {
    return any(checks, GateState::no_evidence);
}

}  // namespace proviso::simulator
