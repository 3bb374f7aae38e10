#include "simulator/replay/lanes.h"

#include "engine/observed.h"
#include "simulator/replay/comparison.h"
#include "simulator/replay/tally.h"

namespace proviso::simulator {
namespace {

bool goes_ahead(Outcome outcome) {
    return outcome <= Outcome::notify;
}

bool approves(HumanVerdict verdict) {
    return verdict != HumanVerdict::rejected;
}

}  // namespace

bool Happened::ran() const {
    // What failed may have done half of it: it was carried out.
    if (status) return *status != ResultStatus::not_executed;
    if (outcome && goes_ahead(*outcome)) return true;
    if (verdict) return outcome != Outcome::block && approves(*verdict);
    return !outcome;
}

Lane::Lane(const PolicyPtr& policy, const EngineOptions& options)
    : engine_(std::make_unique<Engine>(policy, options)),
      session_(*engine_),
      confirms_(observed::has_counters(*policy)) {}

Verdict Lane::decide(Session& read, const Layout& layout, LineAtHand& line) {
    return preview_read_line(session_, read, layout, line);
}

void Lane::count(std::uint64_t place) {
    count_as_run(session_, confirms_, place);
}

void count_as_run(Session& session, bool confirms, std::uint64_t place) {
    // No host gives such an id, unless it wants to.
    count_last_call(session, confirms ? "\x01replay " + std::to_string(place) : std::string{});
}

ClosedLoop::ClosedLoop(const PolicyPtr& policy, const EngineOptions& options)
    : approved_(policy, options),
      rejected_(policy, options) {}

ClosedLoop::Bounds ClosedLoop::decide(Session& read, const Layout& layout, LineAtHand& line,
                                      std::uint64_t place, const Happened& happened) {
    const Bounds made{approved_.decide(read, layout, line), rejected_.decide(read, layout, line)};
    const bool approve = !happened.verdict || approves(*happened.verdict);
    const bool by_people = happened.verdict && approve;
    if (goes_ahead(made.approved.outcome) || (made.approved.outcome == Outcome::gate && approve)) {
        approved_.count(place);
    }
    if (goes_ahead(made.rejected.outcome) ||
        (made.rejected.outcome == Outcome::gate && by_people)) {
        rejected_.count(place);
    }
    if (made.approved.outcome == Outcome::gate) ++(happened.verdict ? answered_ : unanswered_);
    return made;
}

void add(MemoryMode& mode, const Verdict* before, const Verdict& after) {
    add(mode.policy, after);
    if (before == nullptr) return;
    add(mode.baseline, *before);
    ++mode.table[class_of(*before)][class_of(after)];
    ++mode.changes[static_cast<std::size_t>(change_of(*before, after))];
    if (!goes_ahead(before->outcome) && goes_ahead(after.outcome)) ++mode.newly_allowed;
    if (before->outcome < Outcome::block && after.outcome == Outcome::block) ++mode.newly_blocked;
}

}  // namespace proviso::simulator
