#include "simulator/gate/gate_calls.h"

#include "simulator/report/report.h"

namespace proviso::simulator {
namespace {

std::uint8_t number_of(GateCause cause) {
    return static_cast<std::uint8_t>(cause);
}

}  // namespace

bool GateCalls::has_room(GateCause cause, std::string_view name) const {
    const auto found = calls_.find({number_of(cause), std::string(name)});
    return found == calls_.end() || found->second.size() < gate_calls_kept;
}

void GateCalls::add(GateCause cause, GateCall call, std::string_view name) {
    std::vector<GateCall>& calls = calls_[{number_of(cause), std::string(name)}];
    if (calls.size() < gate_calls_kept) calls.push_back(std::move(call));
}

void GateCalls::join(const GateCalls& block, const Placing& place) {
    for (const auto& [key, later] : block.calls_) {
        std::vector<GateCall>& calls = calls_[key];
        for (const GateCall& one : later) {
            if (calls.size() == gate_calls_kept) break;
            const HistoryPlace at = place(one.line);
            calls.push_back({std::string{at.file}, at.line, at.call, one.id});
        }
    }
}

std::vector<std::string> GateCalls::told(GateCause cause, std::string_view name) const {
    std::vector<std::string> texts;
    const auto found = calls_.find({number_of(cause), std::string(name)});
    if (found == calls_.end()) return texts;
    for (const GateCall& one : found->second) {
        texts.push_back(place_text(one.file == "-" ? "stdin" : one.file, one.line, one.call) +
                        (one.id.empty() ? "" : ", " + one.id));
    }
    return texts;
}

std::vector<GateCause> causes_between(Outcome before, Outcome after) {
    if (after == before) return {};
    if (after > before) {
        if (after == Outcome::block) return {GateCause::tighter, GateCause::newly_blocked};
        return {GateCause::tighter};
    }
    const bool opens = before > Outcome::notify && after <= Outcome::notify;
    if (opens) return {GateCause::looser, GateCause::newly_allowed};
    return {GateCause::looser};
}

}  // namespace proviso::simulator
