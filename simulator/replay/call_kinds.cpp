// What tells kinds apart, and how they are found; call_kinds_count.cpp adds them to the tally.
#include "simulator/replay/call_kinds.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <type_traits>
#include <utility>

#include "simulator/history/digest.h"
#include "simulator/mapping/json_hash.h"
#include "simulator/replay/worker.h"
#include "simulator/text/json_text.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t most_key_bytes = 4096;  // of a kind that is kept
constexpr std::size_t slot_count = 4 * CallKinds::most_kinds;
static_assert((slot_count & (slot_count - 1)) == 0);

template <class Number>
void put(std::string& key, Number number) {
    static_assert(std::is_integral_v<Number>);
    char bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    key.append(bytes, sizeof number);
}

void put_text(std::string& key, std::string_view text) {
    put(key, static_cast<std::uint32_t>(text.size()));
    key.append(text);
}

}  // namespace

void CallKind::add_amounts(const AmountSum& sum, bool in_figures, bool in_comparison) {
    auto found = std::find_if(amounts.begin(), amounts.end(), [&](const KindAmounts& one) {
        return one.sum.currency == sum.currency && one.sum.scale == sum.scale &&
               one.in_figures == in_figures && one.in_comparison == in_comparison;
    });
    if (found == amounts.end()) {
        amounts.push_back({in_figures, in_comparison, {sum.currency, sum.scale, 0, 0}});
        found = amounts.end() - 1;
    }
    found->sum.calls += sum.calls;
    found->sum.coefficients += sum.coefficients;
}

CallKinds::CallKinds(const Setup& setup, Tally& tally)
    : setup_(setup),
      tally_(tally),
      shapes_(setup.policy.policy),
      times_(shapes_.roles(), tally.figures.requests),
      slots_(slot_count) {
    if (setup.baseline) baseline_shapes_.emplace(setup.baseline->policy);
}

// The gates that are open hang on what people said, of which a call without approvals has nothing.
void CallKinds::write_decision(Session& session, const Verdict& verdict, RequestShapes& shapes) {
    const std::vector<Session::Part>& parts = session.parts();
    const bool is_open = verdict.outcome == Outcome::gate && observed::has_approvals(session);
    put(key_, static_cast<std::uint32_t>(parts.size()));
    put(key_, static_cast<std::uint8_t>(verdict.outcome));
    put(key_, static_cast<std::uint8_t>(verdict.reason));
    put(key_, static_cast<std::uint8_t>(verdict.best_case));
    put(key_, static_cast<std::uint8_t>((verdict.repeat ? 1U : 0U) | (is_open ? 2U : 0U)));
    put(key_, is_open ? shapes.of(session).hash : std::uint64_t{0});
    const std::size_t begin = key_.size();
    key_.resize(begin + parts.size() * sizeof(std::uint32_t));
    char* to = key_.data() + begin;
    for (const Session::Part& part : parts) {
        const std::uint32_t word = part.rule << 3 | (part.sure ? 1U : 0U) |
                                   (part.on_trial ? 2U : 0U) | (part.base ? 4U : 0U);
        std::memcpy(to, &word, sizeof word);
        to += sizeof word;
    }
}

void CallKinds::write_key(const KindSource& call) {
    key_.clear();
    put(key_, static_cast<std::uint32_t>(observed::tool_number(call.session).value_or(~0U)));
    put(key_, static_cast<std::uint8_t>(observed::stage_of(call.session)));
    put(key_, static_cast<std::uint8_t>(!call.escalated ? 2 : *call.escalated ? 1 : 0));
    write_decision(call.session, call.verdict, shapes_);
    if (call.before != nullptr) {
        put(key_, static_cast<std::uint8_t>(observed::stage_of(*call.baseline)));
        write_decision(*call.baseline, *call.before, *baseline_shapes_);
    }
    has_lack_ = tally_.facts.read(call.session, lack_);
    put(key_, static_cast<std::uint32_t>(has_lack_ ? lack_.absent.size() : ~std::size_t{0}));
    for (const std::uint32_t fact : lack_.absent) put(key_, fact);
    put_text(key_, call.tool_raw);
    put_text(key_, call.outcome_raw);
    put_text(key_, call.human_raw);
    put_text(key_, call.workflow_raw);
}

CallKind& CallKinds::of(const KindSource& call) {
    write_key(call);
    if (key_.size() > most_key_bytes) {
        if (odd_) count(*odd_);
        return odd_.emplace(make(call));
    }
    const std::uint64_t hash = std::hash<std::string>{}(key_);
    std::size_t at = hash & (slot_count - 1);
    for (; slots_[at] != 0; at = (at + 1) & (slot_count - 1)) {
        Kept& kept = *kept_[slots_[at] - 1];
        if (kept.hash == hash && kept.key == key_) return kept.kind;
    }
    if (kept_.size() == most_kinds || bytes_ + key_.size() > most_bytes) {
        clear();
        at = hash & (slot_count - 1);
    }
    kept_.push_back(std::make_unique<Kept>(Kept{hash, key_, make(call)}));
    bytes_ += key_.size();
    slots_[at] = static_cast<std::uint32_t>(kept_.size());
    return kept_.back()->kind;
}

KindDecision CallKinds::decision_of(Session& session, const Verdict& verdict, const Side& side,
                                    RequestShapes& shapes) const {
    KindDecision made;
    made.verdict = verdict;
    made.parts = session.parts();
    made.effects = &side.effects_of(session);
    made.token = digest_token(verdict, made.parts, side.tokens);
    if (verdict.outcome != Outcome::gate) return made;
    const RequestShapes::Found found = shapes.of(session);
    made.shape_hash = found.hash;
    made.shape = *found.shape;
    return made;
}

CallKind CallKinds::make(const KindSource& call) {
    const Mapping& mapping = setup_.mapping;
    const auto word = [&](const Taken& taken, std::string_view raw) {
        return translated(taken.words, plain_text(raw, scratch_));
    };
    CallKind kind;
    kind.tool = call.tool;
    kind.number = observed::tool_number(call.session);
    kind.id_part = simulator::spread(text_hash(call.tool) + observed::stage_of(call.session));
    kind.policy = decision_of(call.session, call.verdict, setup_.policy, shapes_);
    if (call.before != nullptr) {
        kind.baseline =
            decision_of(*call.baseline, *call.before, *setup_.baseline, *baseline_shapes_);
    }
    if (has_lack_) kind.lack = lack_;
    kind.outcome_told = !call.outcome_raw.empty();
    if (kind.outcome_told) kind.outcome = outcome_of(word(mapping.outcome, call.outcome_raw));
    if (kind.outcome_told && !kind.outcome) {
        kind.outcome_word = hashed(plain_text(call.outcome_raw, scratch_));
    }
    kind.human_told = !call.human_raw.empty();
    if (kind.human_told) kind.human = verdict_of(word(mapping.verdict, call.human_raw));
    kind.workflow = hashed(word(mapping.workflow, call.workflow_raw));
    kind.escalated = call.escalated;
    if (decides(call.verdict, call.verdict.outcome)) {
        kind.deciding = deciding_rules(call.verdict, kind.policy.parts, *kind.policy.effects);
    }
    if (call.verdict.outcome == Outcome::gate) kind.asked = times_.asked(kind.policy.shape);
    if (!kind.baseline) return kind;
    kind.change = change_of(*call.before, call.verdict);
    if (kind.change == Change::none) return kind;
    const KindDecision& holds = kind.change == Change::looser ? *kind.baseline : kind.policy;
    kind.causes = deciding_rules(holds.verdict, holds.parts, *holds.effects);
    return kind;
}

void CallKinds::clear() {
    spread();
    kept_.clear();
    bytes_ = 0;
    ++generation_;
    std::fill(slots_.begin(), slots_.end(), 0);
}

void CallKinds::spread() {
    if (before_spread_) before_spread_();
    if (odd_) count(*odd_);
    odd_.reset();
    for (const auto& kept : kept_) count(kept->kind);
    times_.spread();
}

}  // namespace proviso::simulator
