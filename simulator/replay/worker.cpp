#include "simulator/replay/worker.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "simulator/replay/saved_fields.h"
#include "simulator/text/json_text.h"
#include "simulator/text/words.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t arguments_shown = 200;

// Digest tokens of lines that are no calls; a call's differ in their upper bits.
constexpr std::uint64_t blank_token = 1;
constexpr std::uint64_t skipped_token = 2;
constexpr std::uint64_t bad_token = 3;

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

std::size_t place_of_outcome(Outcome outcome) {
    return static_cast<std::size_t>(outcome);
}

/// Where the report has a call's cell: by what the history says where no baseline decides.
CellPlace cell_of(const CallKind& kind) {
    const Verdict& now = kind.policy.verdict;
    if (kind.baseline) return {class_of(kind.baseline->verdict), class_of(now)};
    return {kind.outcome ? place_of_outcome(*kind.outcome) : unknown_class,
            place_of_outcome(now.outcome)};
}

std::vector<RuleTokens> rule_tokens(const Policy& policy) {
    std::vector<RuleTokens> tokens;
    tokens.reserve(policy.rules().size());
    for (const RuleInfo& rule : policy.rules()) {
        const std::uint64_t hash = hash_text(rule.kind + '\n' + rule.name);
        tokens.push_back({spread(hash), spread(hash + 1), spread(hash + 2), spread(hash + 3)});
    }
    return tokens;
}

}  // namespace

// A sum over the rules, as their order is the compiler's.
std::uint64_t digest_token(const Verdict& verdict, const std::vector<Session::Part>& parts,
                           const std::vector<RuleTokens>& tokens) {
    std::uint64_t token = 1;
    for (const std::uint64_t part :
         {static_cast<std::uint64_t>(verdict.outcome), static_cast<std::uint64_t>(verdict.reason),
          static_cast<std::uint64_t>(verdict.best_case)}) {
        token = (token << 8) | part;
    }
    token = spread(token);
    for (const Session::Part& part : parts) {
        if (part.rule >= tokens.size()) continue;
        const std::size_t how = (part.sure ? 1u : 0u) | (part.on_trial ? 2u : 0u);
        token += tokens[part.rule][how];
    }
    return token;
}

std::vector<GateCause> gate_causes(const CallKind& kind) {
    const std::optional<Outcome> then =
        kind.baseline ? kind.baseline->verdict.outcome : kind.outcome;
    if (!then) return {};
    std::vector<GateCause> causes = causes_between(*then, kind.policy.verdict.outcome);
    if (kind.outcome && *kind.outcome != *then) causes.push_back(GateCause::unfaithful);
    return causes;
}

Side side_of(PolicyPtr policy, const std::vector<std::string>& amounts) {
    Side side{nullptr, rule_tokens(*policy), observed::stage_effects(*policy),
              observed::fact_reads(*policy), amount_choices(*policy, amounts)};
    side.policy = std::move(policy);
    return side;
}

Worker::Worker(const Engines& engines, const Setup& setup, const SampleThresholds& thresholds)
    : setup_(setup),
      thresholds_(thresholds),
      session_(engines.policy),
      unread_(*setup.policy.policy, setup.mapping),
      tally_(*setup.policy.policy, setup.policy.reads),
      kinds_(setup, tally_),
      figures_(setup, tally_, kinds_) {
    if (engines.baseline) baseline_.emplace(*engines.baseline);
    if (setup.remembers) memory_.emplace(setup);
    if (!engines.candidates.empty()) sweep_.emplace(engines.candidates, setup);
    const bool reads_all = memory_ || sweep_ || !setup.pins.empty() || setup.write_decisions ||
                           (baseline_ && !setup.intent.empty());
    if (!reads_all) line_kinds_.emplace(setup, kinds_);
}

Worker::Memory::Memory(const Setup& setup)
    : policy(setup.policy.policy, setup.engine),
      policy_confirms(observed::has_counters(*setup.policy.policy)) {
    sums.longest_seconds = setup.longest_us / 1'000'000;
    if (!setup.baseline) return;
    baseline.emplace(setup.baseline->policy, setup.engine);
    baseline_confirms = observed::has_counters(*setup.baseline->policy);
}

const MemoryReplay* Worker::memory() {
    if (!memory_) return nullptr;
    memory_->sums.answered = memory_->policy.answered();
    memory_->sums.unanswered = memory_->policy.unanswered();
    return &memory_->sums;
}

void Worker::save(model::Saver& saver) const {
    if (memory_) saver(*memory_);
    if (sweep_) saver(*sweep_);
}

void Worker::load(model::Loader& loader) {
    if (memory_) loader(*memory_);
    if (sweep_) loader(*sweep_);
}

BlockResult Worker::replay(const Block& block) {
    result_ = {};
    result_.index = block.index;
    result_.file = block.file;
    result_.bytes_read = block.bytes_read;
    result_.origins = block.origins;
    result_.samples.fill(Reservoir{setup_.samples});
    result_.changes = ChangeSamples{setup_.samples, setup_.seed};
    result_.cells = CellKeeper{setup_.cell_calls};
    tally_.text_bytes += block.text_bytes();
    block.lines != nullptr ? replay_lines(block) : replay_text(block);
    return std::move(result_);
}

void Worker::replay_text(const Block& block) {
    std::string_view rest = block.text();
    std::uint64_t place = block.offset;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::uint64_t calls_before = result_.calls;
        line_.set(rest.substr(0, end));
        if (result_.origins.empty()) {
            line(place);
        } else {
            part(result_.origins[result_.lines], place);
        }
        if (result_.disorder) break;
        if (!result_.origins.empty()) count_origin(calls_before);
        ++result_.lines;
        const std::size_t used = std::min(end + 1, rest.size());
        rest.remove_prefix(used);
        place += used;
    }
}

void Worker::count_origin(std::uint64_t calls_before) {
    const Origin& origin = result_.origins[result_.lines];
    LineCounts& counts = result_.by_file[origin.file];
    if (origin.ends_line) ++counts.lines;
    counts.calls += result_.calls - calls_before;
}

/// A line, or what one was found to hold.
void Worker::part(const Origin& origin, std::uint64_t place) {
    decision_.reset();
    switch (origin.kind) {
        case LineKind::line: return line(place);
        case LineKind::call: return decide(place);
        case LineKind::blank: return blank();
        case LineKind::skipped: return skipped();
        case LineKind::bad: return bad(std::string{line_.text()});
    }
}

void Worker::line(std::uint64_t place) {
    decision_.reset();
    line_.cut_return();
    const std::string_view text = line_.text();
    if (text.empty() || (text.front() != '{' && is_blank(text))) {
        blank();
    } else if (text.size() > setup_.line_bytes) {
        bad("the line is longer than " + std::to_string(setup_.line_bytes) + " bytes");
    } else if (!setup_.mapping.only.empty() && !reader_.passes(setup_.mapping.only, text)) {
        if (is_looked_into(place)) {
            unread_.find_filtered(text);
            merge(tally_.places_met, unread_.places_met());
        }
        skipped();
    } else {
        decide(place);
    }
}

void Worker::blank() {
    ++tally_.blank;
    result_.digest.add(blank_token);
}

void Worker::skipped() {
    ++tally_.skipped;
    result_.digest.add(skipped_token);
}

void Worker::decide(std::uint64_t place) {
    const Verdict verdict = session_.preview(setup_.layout, line_.text(), true);
    if (!session_.document_error().empty()) return bad(std::string{session_.document_error()});
    decided(verdict, place);
}

void Worker::decided(const Verdict& verdict, std::uint64_t place) {
    const std::string_view raw = trimmed(setup_.mapping.tool.raw(session_.captures()));
    if (!is_json_string(raw)) return bad(no_tool(raw));
    const std::string_view tool =
        translated(setup_.mapping.tool.words, plain_text(raw, tool_scratch_));
    if (memory_ && !in_order()) return;
    ++result_.calls;
    std::uint64_t intent = 0;
    std::optional<Verdict> before;
    if (baseline_) before = decide_before(intent = intent_or_place(tool, place));
    const Verdict* const then = before ? &*before : nullptr;
    CallKind& kind = kind_of(raw, tool, verdict, then);
    ++kind.calls;
    if (plans_ != nullptr && line_kinds_) {
        line_kinds_->learn(*plans_, session_, baseline_ ? &*baseline_ : nullptr,
                           figures_.answered(), kind);
    }
    const auto amount = add_amount(kind);
    if (verdict.unknown_decided()) count_missing();
    const bool looked_into = is_looked_into(place);
    if (looked_into) look_into(tool);
    look_at_time(observed::time_of(session_), looked_into);
    result_.digest.add(kind.policy.token);
    if (kind.baseline) result_.digest.add(kind.baseline->token);
    keep_sample(tool, place, verdict);
    if (!setup_.pins.empty()) look_for_pin(verdict);
    note_id(setup_.mapping.receipt.raw(session_.captures()), kind.id_part,
            observed::time_of(session_));
    if (baseline_) compare(tool, place, intent, kind, amount);
    if (setup_.has_gate) keep_gate_calls(kind);
    if (setup_.cell_calls > 0) keep_cell(tool, kind);
    if (setup_.write_decisions) write_decision(tool, verdict);
    if (sweep_) sweep(place, before.value_or(verdict));
    figures_.add({session_, kind, tool, result_.lines}, result_.figures);
    if (memory_) remember(place, then, verdict);
}

/// As it was read; `raw` is the tool's name in the line.
CallKind& Worker::kind_of(std::string_view raw, std::string_view tool, const Verdict& verdict,
                          const Verdict* before) {
    const Mapping& mapping = setup_.mapping;
    const auto& captures = session_.captures();
    const std::optional<bool> escalated = figures_.read(session_, result_.figures);
    return kinds_.of({session_, verdict, baseline_ ? &*baseline_ : nullptr, before, raw, tool,
                      mapping.outcome.raw(captures), mapping.verdict.raw(captures),
                      mapping.workflow.raw(captures), escalated});
}

const Tally& Worker::tally() {
    kinds_.spread();
    return tally_;
}

void Worker::sweep(std::uint64_t place, const Verdict& before) {
    result_.digest.add(sweep_->add({session_,
                                    line_,
                                    place,
                                    before,
                                    amount_of(session_, setup_.policy.amounts),
                                    {recorded_outcome(), recorded_verdict(), recorded_status()}}));
}

bool Worker::in_order() {
    const auto time = observed::time_of(session_);
    memory_->warming_up = false;
    if (!time) {
        ++memory_->sums.untimed;
        return true;
    }
    if (memory_->last && *time < *memory_->last) {
        result_.disorder = {{},
                            result_.lines,
                            "the call is of " + observed::time_text(*time) +
                                ", and one before it of " + observed::time_text(*memory_->last) +
                                ": limits and counters need calls in the order of time"};
        return false;
    }
    memory_->last = time;
    if (!memory_->first) {
        memory_->first = time;
        memory_->sums.warm_up_until = observed::time_text(*time + setup_.longest_us);
    }
    memory_->warming_up = *time - *memory_->first < setup_.longest_us;
    if (memory_->warming_up) ++memory_->sums.warm_up_calls;
    return true;
}

// The lanes decide the line as well; then it counts for later ones.
void Worker::remember(std::uint64_t place, const Verdict* before, const Verdict& after) {
    const Happened happened{recorded_outcome(), recorded_verdict(), recorded_status()};
    MemoryReplay& sums = memory_->sums;
    const auto lanes = [&](ClosedLoop& loop, const Side& side) {
        const ClosedLoop::Bounds made =
            loop.decide(session_, setup_.layout, line_, place, happened);
        result_.digest.add(digest_token(made.approved, loop.approved().parts(), side.tokens));
        result_.digest.add(digest_token(made.rejected, loop.rejected().parts(), side.tokens));
        return made;
    };
    const ClosedLoop::Bounds now = lanes(memory_->policy, setup_.policy);
    if (now.differ()) ++sums.path_dependent;
    add(sums.modes[0], before, after);
    if (before != nullptr) {
        const ClosedLoop::Bounds then = lanes(*memory_->baseline, *setup_.baseline);
        if (then.differ()) ++sums.baseline_path_dependent;
        if (memory_->warming_up && before->outcome != after.outcome) ++sums.warm_up_changes;
        add(sums.modes[1], &then.approved, now.approved);
        add(sums.modes[2], &then.rejected, now.rejected);
    } else {
        add(sums.modes[1], nullptr, now.approved);
        add(sums.modes[2], nullptr, now.rejected);
    }
    ++(!happened.is_told() ? sums.untold : happened.ran() ? sums.ran : sums.not_run);
    if (!happened.ran()) return;
    count_as_run(session_, memory_->policy_confirms, place);
    if (baseline_) count_as_run(*baseline_, memory_->baseline_confirms, place);
}

void Worker::look_into(std::string_view tool) {
    tally_.unread.add_call();
    const auto tell = [&](std::string_view name, std::string_view near) {
        tally_.unread.add(name, near, tool);
    };
    if (plans_ == nullptr) {
        unread_.find(line_.text(), tell);
    } else {
        for (const auto& [name, near] : plans_->unread(unread_, line_)) tell(name, near);
    }
    merge(tally_.places_met, unread_.places_met());
}

std::optional<Outcome> Worker::recorded_outcome() {
    const Taken& outcome = setup_.mapping.outcome;
    const std::string_view raw = outcome.raw(session_.captures());
    if (raw.empty()) return std::nullopt;
    return outcome_of(translated(outcome.words, plain_text(raw, scratch_)));
}

std::optional<HumanVerdict> Worker::recorded_verdict() {
    const Taken& verdict = setup_.mapping.verdict;
    const std::string_view raw = verdict.raw(session_.captures());
    if (raw.empty()) return std::nullopt;
    return verdict_of(translated(verdict.words, plain_text(raw, scratch_)));
}

std::optional<ResultStatus> Worker::recorded_status() {
    const Taken& status = setup_.mapping.status;
    const std::string_view raw = status.raw(session_.captures());
    if (raw.empty()) return std::nullopt;
    return status_of(translated(status.words, plain_text(raw, scratch_)));
}

void Worker::count_missing() {
    const std::vector<Missing>& missing = full_decision().missing;
    for (const Missing& one : missing) ++tally_.missing[{one.name, one.cause}];
    tally_.facts.add_decisive(session_, missing);
}

void Worker::keep_sample(std::string_view tool, std::uint64_t place, const Verdict& verdict) {
    if (!wants_sample(verdict.outcome, place)) return;
    result_.samples[place_of_outcome(verdict.outcome)].add(
        {spread(place + 1), place, sample(tool)});
}

bool Worker::wants_sample(Outcome outcome, std::uint64_t place) const {
    const std::size_t at = place_of_outcome(outcome);
    const std::uint64_t threshold = thresholds_.outcomes[at].load(std::memory_order_relaxed);
    return spread(place + 1) < std::min(result_.samples[at].threshold(), threshold);
}

Sample Worker::sample(std::string_view tool) {
    Sample sample = sample_of(full_decision(), setup_.policy.effects_of(session_));
    sample.tool = tool;
    sample.id = plain_text(setup_.mapping.receipt.raw(session_.captures()), scratch_);
    const std::string args = reader_.arguments(setup_.mapping, line_.text());
    sample.args = cut_text(setup_.shown_args.shown(args), arguments_shown);
    sample.line = result_.lines;
    return sample;
}

void Worker::keep_cell(std::string_view tool, const CallKind& kind) {
    if (!wants_cell(kind)) return;
    ChangedCall shown;
    auto amount = amount_of(session_, setup_.policy.amounts);
    if (!amount && kind.baseline) amount = amount_of(*baseline_, setup_.baseline->amounts);
    if (amount) shown.amount = amount_text(*amount);
    if (kind.baseline) {
        shown.before = sample_of(baseline_->decision(), setup_.baseline->effects_of(*baseline_));
    } else if (kind.outcome) {
        shown.before.outcome = *kind.outcome;
    }
    shown.after = sample(tool);
    result_.cells.add(cell_of(kind), std::move(shown));
}

bool Worker::wants_cell(const CallKind& kind) const {
    const CellPlace cell = cell_of(kind);
    return !thresholds_.full.at(cell).load(std::memory_order_relaxed) && result_.cells.wants(cell);
}

std::string Worker::receipt_id() {
    const auto raw = setup_.mapping.receipt.raw(session_.captures());
    return raw.empty() ? "" : cut_text(plain_text(raw, scratch_), name_bytes);
}

void Worker::keep_gate_calls(const CallKind& kind) {
    GateCalls& calls = result_.gate_calls;
    const auto keep = [&](GateCause cause, std::string_view name = {}) {
        if (!calls.has_room(cause, name)) return;
        calls.add(cause, {{}, result_.lines, 0, receipt_id()}, name);
    };
    if (kind.policy.verdict.unknown_decided()) {
        keep(GateCause::unknown);
        for (const Missing& one : full_decision().missing) keep(GateCause::lacks, one.name);
    }
    for (const GateCause cause : gate_causes(kind)) keep(cause);
}

void Worker::look_for_pin(const Verdict& verdict) {
    const auto raw = setup_.mapping.receipt.raw(session_.captures());
    if (raw.empty()) return;
    const auto pin = setup_.pins.find(plain_text(raw, scratch_));
    if (pin == setup_.pins.end()) return;
    result_.pinned.push_back({pin->second, verdict.outcome, {}, result_.lines});
}

// The line is read once more only where the baseline types its fields otherwise.
Verdict Worker::decide_before(std::uint64_t intent) {
    tally_.comparison.intents.fetch(intent);
    return preview_read_line(*baseline_, session_, setup_.layout, line_);
}

void Worker::compare(std::string_view tool, std::uint64_t place, std::uint64_t intent,
                     const CallKind& kind, const std::optional<observed::Amount>& amount) {
    const Verdict& before = kind.baseline->verdict;
    const Verdict& after = kind.policy.verdict;
    tally_.comparison.intents.add(intent, class_of(before), class_of(after));
    if (kind.change == Change::none) return;
    if (setup_.samples > 0) {
        const ChangeToChoose call{kind.change, place, amount, kind.causes};
        if (result_.changes.wants(call)) keep_change(tool, call);
    }
    if (setup_.write_changes) write_change(tool, kind.change, before, after);
}

/// A call without an intent is one of its own.
std::uint64_t Worker::intent_or_place(std::string_view tool, std::uint64_t place) {
    const auto intent = intent_of(tool);
    if (!intent) ++tally_.comparison.unkeyed;
    return intent.value_or(spread(place + 1));
}

std::optional<std::uint64_t> Worker::intent_of(std::string_view tool) {
    if (!setup_.intent.empty()) return reader_.key(setup_.intent, line_.text(), hasher_);
    const Mapping& mapping = setup_.mapping;
    const auto& captures = session_.captures();
    if (const auto raw = mapping.intent.raw(captures); !raw.empty()) {
        return told_intent(plain_text(raw, scratch_));
    }
    const auto raw = mapping.run.raw(captures);
    if (raw.empty()) return std::nullopt;
    const std::uint64_t run = text_hash(plain_text(raw, scratch_));
    return action_intent(run, text_hash(tool), arguments_hash());
}

std::uint64_t Worker::arguments_hash() {
    const std::string_view args = observed::arguments_json(session_);
    if (!args.empty()) return hasher_.of(args);
    if (plans_ != nullptr) {
        if (const auto hash = plans_->arguments_hash(hasher_)) return *hash;
    }
    return hasher_.of(reader_.arguments(setup_.mapping, line_.text()));
}

// By the policy, or by the baseline where only that one can read it: what is compared. Of a call
// whose arguments break their form the figures have none, as how much of it is read varies.
std::optional<observed::Amount> Worker::add_amount(CallKind& kind) {
    const auto own = amount_of(session_, setup_.policy.amounts);
    const bool in_figures = own && kind.policy.verdict.reason != Reason::invalid_args;
    const bool compares =
        kind.baseline && kind.number && setup_.policy.amounts[*kind.number].argument;
    const auto compared = !compares || own ? own : amount_of(*baseline_, setup_.baseline->amounts);
    if (compared && (in_figures || compares)) {
        kind.add_amounts({compared->currency, compared->scale, 1, compared->coefficient},
                         in_figures, compares);
    }
    return compares ? compared : std::nullopt;
}

void Worker::keep_change(std::string_view tool, const ChangeToChoose& call) {
    ChangedCall shown;
    if (call.amount) shown.amount = amount_text(*call.amount);
    shown.before = sample_of(baseline_->decision(), setup_.baseline->effects_of(*baseline_));
    shown.after = sample(tool);
    result_.changes.add(call, std::move(shown));
}

void Worker::write_change(std::string_view tool, Change change, const Verdict& before,
                          const Verdict& after) {
    const DecidedCall then{tool,
                           before,
                           setup_.baseline->policy->rules(),
                           setup_.baseline->effects_of(*baseline_),
                           baseline_->parts(),
                           session_.captures(),
                           nullptr,
                           setup_.shown_args.all()};
    const DecidedCall now{tool,
                          after,
                          setup_.policy.policy->rules(),
                          setup_.policy.effects_of(session_),
                          session_.parts(),
                          session_.captures(),
                          after.unknown_decided() ? &full_decision().missing : nullptr,
                          setup_.shown_args.all()};
    const bool warming_up = memory_ && memory_->warming_up;
    append_change(result_.changed, result_.lines, {change, warming_up}, then, now, setup_.mapping);
}

void Worker::write_decision(std::string_view tool, const Verdict& verdict) {
    const std::vector<Missing>* missing =
        verdict.unknown_decided() ? &full_decision().missing : nullptr;
    append_decision(
        result_.decisions, result_.lines,
        {tool, verdict, setup_.policy.policy->rules(), setup_.policy.effects_of(session_),
         session_.parts(), session_.captures(), missing, setup_.shown_args.all()},
        setup_.mapping);
}

void Worker::bad(std::string reason) {
    result_.digest.add(bad_token);
    if (result_.bad++ < bad_lines_shown) {
        result_.bad_lines.push_back({{}, result_.lines, std::move(reason)});
    }
}

const Decision& Worker::full_decision() {
    if (!decision_) decision_ = session_.decision();
    return *decision_;
}

std::string Worker::no_tool(std::string_view raw) const {
    const std::string place = "`" + shown_place(setup_.mapping, setup_.mapping.tool.pointer) + "`";
    if (raw.empty()) return "there is no tool's name at " + place;
    return "the tool's name at " + place + " is no string";
}

}  // namespace proviso::simulator
