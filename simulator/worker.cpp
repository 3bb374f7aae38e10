#include "simulator/worker.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "simulator/json_text.h"

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

std::size_t index(Outcome outcome) {
    return static_cast<std::size_t>(outcome);
}

}  // namespace

std::vector<RuleTokens> rule_tokens(const Policy& policy) {
    std::vector<RuleTokens> tokens;
    tokens.reserve(policy.rules().size());
    for (const RuleInfo& rule : policy.rules()) {
        const std::uint64_t hash = hash_text(rule.kind + '\n' + rule.name);
        tokens.push_back({spread(hash), spread(hash + 1), spread(hash + 2), spread(hash + 3)});
    }
    return tokens;
}

Worker::Worker(const Engine& engine, const Setup& setup, const SampleThresholds& thresholds)
    : setup_(setup),
      thresholds_(thresholds),
      session_(engine),
      tally_(*setup.policy) {}

BlockResult Worker::replay(const Block& block) {
    result_ = {};
    result_.index = block.index;
    result_.file = block.file;
    result_.bytes_read = block.bytes_read;
    result_.samples.fill(Reservoir{setup_.samples});
    tally_.text_bytes += block.text().size() + block.dropped;
    std::string_view rest = block.text();
    std::uint64_t place = block.offset;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        line(rest.substr(0, end), place);
        ++result_.lines;
        const std::size_t used = std::min(end + 1, rest.size());
        rest.remove_prefix(used);
        place += used;
    }
    return std::move(result_);
}

void Worker::line(std::string_view text, std::uint64_t place) {
    decision_.reset();
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (text.empty() || (text.front() != '{' && is_blank(text))) {
        ++tally_.blank;
        result_.digest.add(blank_token);
    } else if (text.size() > setup_.line_bytes) {
        bad("the line is longer than " + std::to_string(setup_.line_bytes) + " bytes");
    } else if (!setup_.mapping.only.empty() && !reader_.passes(setup_.mapping.only, text)) {
        ++tally_.skipped;
        result_.digest.add(skipped_token);
    } else {
        decide(text, place);
    }
}

void Worker::decide(std::string_view text, std::uint64_t place) {
    const Verdict verdict = session_.preview(setup_.layout, text, true);
    if (!session_.document_error().empty()) return bad(std::string{session_.document_error()});
    const std::string_view raw = trimmed(setup_.mapping.tool.raw(session_.captures()));
    if (!is_json_string(raw)) return bad(no_tool(raw));
    const std::string_view tool =
        translated(setup_.mapping.tool.words, plain_text(raw, tool_scratch_));
    ++result_.calls;
    count(tool, verdict);
    result_.digest.add(token_of(verdict));
    keep_sample(text, tool, place, verdict);
    if (setup_.write_decisions) write_decision(tool, verdict);
}

void Worker::count(std::string_view tool, const Verdict& verdict) {
    add(tally_.counts, verdict);
    ++tally_.reasons[static_cast<std::size_t>(verdict.reason)];
    tally_.tools.add(tool, verdict);
    add_parts(tally_.rules, setup_.rule_effects, session_.parts(), verdict);
    count_recorded(verdict);
    if (verdict.unknown_decided()) count_missing();
}

void Worker::count_recorded(const Verdict& verdict) {
    const Mapping& mapping = setup_.mapping;
    if (const auto raw = mapping.outcome.raw(session_.captures()); !raw.empty()) {
        const auto word = translated(mapping.outcome.words, plain_text(raw, scratch_));
        if (const auto then = outcome_of(word)) {
            add_recorded(tally_.recorded, *then, verdict.outcome);
        } else {
            ++tally_.recorded.unreadable;
        }
    }
    if (const auto raw = mapping.verdict.raw(session_.captures()); !raw.empty()) {
        const auto word = translated(mapping.verdict.words, plain_text(raw, scratch_));
        if (const auto human = verdict_of(word)) {
            add_verdict(tally_.verdicts, *human, verdict.outcome);
        } else {
            ++tally_.verdicts.unreadable;
        }
    }
}

void Worker::count_missing() {
    for (const Missing& one : full_decision().missing) ++tally_.missing[{one.name, one.cause}];
}

void Worker::keep_sample(std::string_view text, std::string_view tool, std::uint64_t place,
                         const Verdict& verdict) {
    const std::uint64_t key = spread(place + 1);
    Reservoir& kept = result_.samples[index(verdict.outcome)];
    const auto& threshold = thresholds_[index(verdict.outcome)];
    if (key >= std::min(kept.threshold(), threshold.load(std::memory_order_relaxed))) return;
    Sample sample = sample_of(full_decision());
    sample.tool = tool;
    sample.id = plain_text(setup_.mapping.receipt.raw(session_.captures()), scratch_);
    const std::string args = reader_.arguments(setup_.mapping, text);
    sample.args = cut_text(setup_.shown_args.shown(args), arguments_shown);
    sample.line = result_.lines;
    kept.add({key, place, std::move(sample)});
}

void Worker::write_decision(std::string_view tool, const Verdict& verdict) {
    const std::vector<Missing>* missing =
        verdict.unknown_decided() ? &full_decision().missing : nullptr;
    append_decision(result_.decisions, result_.lines,
                    {tool, verdict, setup_.policy->rules(), session_.parts(), session_.captures(),
                     missing, setup_.shown_args.all()},
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
    const std::string place = "`" + setup_.mapping.tool.pointer + "`";
    if (raw.empty()) return "there is no tool's name at " + place;
    return "the tool's name at " + place + " is no string";
}

/// A sum over the rules, as their order is the compiler's.
std::uint64_t Worker::token_of(const Verdict& verdict) const {
    std::uint64_t token = 1;
    for (const std::uint64_t part :
         {static_cast<std::uint64_t>(verdict.outcome), static_cast<std::uint64_t>(verdict.reason),
          static_cast<std::uint64_t>(verdict.best_case)}) {
        token = (token << 8) | part;
    }
    token = spread(token);
    for (const Session::Part& part : session_.parts()) {
        if (part.rule >= setup_.rule_tokens.size()) continue;
        const std::size_t how = (part.sure ? 1u : 0u) | (part.on_trial ? 2u : 0u);
        token += setup_.rule_tokens[part.rule][how];
    }
    return token;
}

}  // namespace proviso::simulator
