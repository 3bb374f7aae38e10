// The lines of a packed block: counted by kind where that follows from their columns, else decided.
#include <algorithm>

#include "simulator/history/digest.h"
#include "simulator/mapping/json_hash.h"
#include "simulator/replay/worker.h"
#include "simulator/text/json_text.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t intents_at_once = 64;

}  // namespace

void Worker::replay_lines(const Block& block) {
    std::uint64_t place = block.offset;
    LinePlans plans(*block.lines, session_, setup_.layout);
    result_.ids.reserve(block.lines->lines());
    for (; plans.next() && !result_.disorder; ++result_.lines) {
        decision_.reset();
        line_.set(plans.shape(), plans.row());
        if (line_kinds_ && count_line(plans, place)) {
            place += plans.size();
            continue;
        }
        if (const auto verdict = plans.preview(setup_.line_bytes)) {
            plans_ = &plans;
            decided(*verdict, place);
            plans_ = nullptr;
        } else {
            line(place);
        }
        if (result_.disorder) break;
        place += plans.size();
    }
    add_intents();
}

/// False where the line has to be decided, as its kind is not known, or more is told of it.
bool Worker::count_line(LinePlans& plans, std::uint64_t place) {
    KnownCalls* const known = line_kinds_->find(plans);
    if (known == nullptr) return false;
    const auto amount = line_kinds_->amount();
    if (is_shown(*known, place, amount)) return false;
    if (known->now.outcome == Outcome::block &&
        !line_kinds_->raw(plans, line_kinds_->group().intent).empty()) {
        return false;
    }
    if (known->compares) {
        const auto intent = intent_of(plans, known->tool, place);
        if (!intent) return false;
        tally_.comparison.intents.fetch(*intent);
        intents_.push_back({*intent, class_of(known->before), class_of(known->now)});
        if (intents_.size() == intents_at_once) add_intents();
    }
    ++result_.calls;
    ++known->calls;
    if (amount) known->add_amount(*amount);
    const auto time = line_kinds_->time();
    const bool looked_into = is_looked_into(place);
    if (looked_into) {
        plans_ = &plans;
        look_into(known->kind->tool);
        plans_ = nullptr;
    }
    look_at_time(time, looked_into);
    note_id(plans, known->id_part, time);
    result_.digest.add(known->tokens);
    figures_.add_known(*known, time, result_.lines, result_.figures,
                       [&] { return line_kinds_->raw(plans, line_kinds_->group().receipt); });
    return true;
}

/// Whether more is kept of the call than that it was.
bool Worker::is_shown(const KnownCalls& known, std::uint64_t place,
                      const std::optional<observed::Amount>& amount) const {
    const Verdict& now = known.now;
    if (wants_sample(now.outcome, place)) return true;
    if (known.change != Change::none) {
        if (setup_.write_changes) return true;
        if (setup_.samples > 0 &&
            result_.changes.wants({known.change, place, amount, known.kind->causes})) {
            return true;
        }
    }
    if (setup_.cell_calls > 0 && wants_cell(*known.kind)) return true;
    if (!setup_.has_gate) return false;
    // Missing data decides of no call that is known.
    const std::vector<GateCause> causes = gate_causes(*known.kind);
    return std::any_of(causes.begin(), causes.end(),
                       [&](GateCause cause) { return result_.gate_calls.has_room(cause); });
}

/// As `intent_or_place`, of a line that was not decided; none where its text has to be read.
std::optional<std::uint64_t> Worker::intent_of(LinePlans& plans, std::uint64_t tool,
                                               std::uint64_t place) {
    const LineGroup& group = line_kinds_->group();
    if (const auto told = line_kinds_->text_hash_of(plans, group.intent))
        return told_intent_of(*told);
    const auto run = line_kinds_->text_hash_of(plans, group.run);
    if (!run) {
        ++tally_.comparison.unkeyed;
        return spread(place + 1);
    }
    const auto arguments = plans.arguments_hash(hasher_);
    if (!arguments) return std::nullopt;
    return action_intent(*run, tool, *arguments);
}

/// As the one of a line that was decided.
void Worker::note_id(const LinePlans& plans, std::uint64_t part, std::optional<std::int64_t> time) {
    const LineText& receipt = line_kinds_->group().receipt;
    const auto id = line_kinds_->text_of(plans, receipt);
    if (!id) return note_id(line_kinds_->raw(plans, receipt), part, time);
    if (!id->empty()) note_plain_id(*id, part, time);
}

void Worker::add_intents() {
    for (const PendingIntent& one : intents_) {
        tally_.comparison.intents.add(one.hash, one.before, one.after);
    }
    intents_.clear();
}

}  // namespace proviso::simulator
