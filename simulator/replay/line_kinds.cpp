#include "simulator/replay/line_kinds.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "simulator/mapping/json_hash.h"
#include "simulator/replay/worker.h"
#include "simulator/text/json_text.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t first_key_slots = 1024;
/// Different words of a column, to number which costs as much as to decide some lines.
constexpr std::size_t most_words = 512;
/// Bytes of a word, and of what the lines of a group have alike.
constexpr std::size_t most_word_bytes = 4'096;
constexpr std::size_t most_group_bytes = 65'536;

/// Cheap: it is made of every line.
std::uint64_t hash_of(const std::vector<std::uint64_t>& key) {
    std::uint64_t hash = key.size();
    for (const std::uint64_t word : key) hash = (hash ^ word) * 0x9e3779b97f4a7c15 ^ hash >> 29;
    return hash ^ hash >> 32;
}

/// A few words: less than a call of the library's.
bool is_same(const std::vector<std::uint64_t>& key, const std::uint64_t* other) {
    std::uint64_t differs = 0;
    for (std::size_t i = 0; i < key.size(); ++i) differs |= key[i] ^ other[i];
    return differs == 0;
}

void put_text(std::string& to, std::string_view text) {
    to.append(std::to_string(text.size())).append(1, ':').append(text);
}

}  // namespace

LineKinds::LineKinds(const Setup& setup, CallKinds& kinds)
    : setup_(setup),
      kinds_(kinds),
      reads_(slot_reads(*setup.policy.policy)) {
    if (setup.baseline) baseline_reads_ = slot_reads(*setup.baseline->policy);
    kinds.before_spread([this] { spread(); });
}

LineKinds::~LineKinds() {
    kinds_.before_spread({});
}

void KnownCalls::add_amount(const observed::Amount& amount) {
    if (amounts.calls == 0) amounts = {amount.currency, amount.scale, 0, 0};
    if (amounts.currency != amount.currency || amounts.scale != amount.scale) {
        return kind->add_amounts({amount.currency, amount.scale, 1, amount.coefficient}, true,
                                 compares);
    }
    ++amounts.calls;
    amounts.coefficients += amount.coefficient;
}

void LineKinds::spread() {
    // Kinds that were made anew are told already, and those that are known here are gone.
    if (generation_ != kinds_.generation()) return;
    for (KnownCalls& one : known_) {
        one.kind->calls += std::exchange(one.calls, 0);
        if (one.amounts.calls > 0) one.kind->add_amounts(one.amounts, true, one.compares);
        one.amounts.calls = 0;
    }
}

KnownCalls* LineKinds::find(LinePlans& plans) {
    is_searched_ = false;
    group_ = plans.group();
    if (group_ == nullptr || group_->matches == nullptr) return nullptr;
    if (plans.bytes() > setup_.line_bytes || !group_->matches->match(plans.row(), plans.bytes())) {
        return nullptr;
    }
    if (group_->needs_amount && !amount()) return nullptr;
    if (!follow_kinds()) return nullptr;
    if (group_->generation != generation_) number(*group_, *plans.line_plan());
    write_key(plans);
    is_searched_ = true;
    if (entries_.empty()) return nullptr;
    const std::uint32_t found = slots_[slot_of_key(hash_of(key_))];
    return found == 0 ? nullptr : &known_[found - 1];
}

void LineKinds::write_key(const LinePlans& plans) {
    const auto words = group_->matches->words();
    const std::size_t size = 1 + group_->words.size() + words.size();
    if (key_.size() != size) key_.resize(size);
    std::uint64_t* to = key_.data();
    *to++ = group_->number;
    for (const LineGroup::Word& word : group_->words) {
        const decide::ValueColumn& column = plans.line_plan()->column(word.text.column);
        *to++ = word.numbers[column.entry_at(plans.row())];
    }
    for (const std::uint64_t word : words) *to++ = word;
}

std::size_t LineKinds::slot_of_key(std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    for (; slots_[at] != 0; at = (at + 1) & mask) {
        const Entry& entry = entries_[slots_[at] - 1];
        if (entry.hash != hash || entry.size != key_.size()) continue;
        if (is_same(key_, keys_.data() + entry.key)) break;
    }
    return at;
}

std::optional<std::int64_t> LineKinds::time() const {
    return proviso::time_of(*group_->matches);
}

std::optional<observed::Amount> LineKinds::amount() const {
    if (!group_->amount) return std::nullopt;
    return proviso::amount_of(*group_->matches, *group_->amount);
}

std::string_view LineKinds::raw(const LinePlans& plans, const LineText& text) {
    if (!text.varies) return text.taken->chosen(text.same);
    return text.taken->chosen(plans.token(text.column, memory_));
}

/// A line that is found has no text with an escape in it.
std::optional<std::string_view> LineKinds::text_of(const LinePlans& plans, const LineText& text) {
    if (!text.varies) return std::nullopt;
    const std::string_view token = plans.token(text.column, memory_);
    if (!token.starts_with('"')) return std::nullopt;
    return token.substr(1, token.size() - 2);
}

std::optional<std::uint64_t> LineKinds::text_hash_of(const LinePlans& plans, const LineText& text) {
    if (!text.varies) return text.same_hash;
    if (const auto plain = text_of(plans, text)) return text_hash(*plain);
    return hash_of_raw(raw(plans, text));
}

std::optional<std::uint64_t> LineKinds::hash_of_raw(std::string_view raw) {
    return raw.empty() ? std::nullopt : std::optional(text_hash(plain_text(raw, scratch_)));
}

void LineKinds::learn(LinePlans& plans, const Session& session, const Session* baseline,
                      bool answered, CallKind& kind) {
    LineGroup* const group = plans.group();
    if (group == nullptr) return;
    if (!group->is_made) {
        if (!is_ripe(*group, plans)) return;
        group->is_made = true;
        if (!make(*group, plans, session, baseline, answered, kind)) group->matches.reset();
        return;
    }
    // What is missing where that decided is told of each call.
    const bool is_new = is_searched_ && group_ == group && generation_ == kinds_.generation();
    if (!is_new || kind.policy.verdict.unknown_decided() || !kinds_.keeps(kind)) return;
    if (entries_.size() == most_entries || keys_.size() + key_.size() > most_key_words) {
        spread();
        clear();
    }
    if (2 * (entries_.size() + 1) > slots_.size()) grow();
    const std::uint64_t hash = hash_of(key_);
    const std::size_t at = slot_of_key(hash);
    if (slots_[at] != 0) return;
    entries_.push_back({hash, keys_.size(), key_.size()});
    KnownCalls& known = known_.emplace_back();
    known.now = kind.policy.verdict;
    const std::array<std::uint64_t, 2> tokens{kind.policy.token,
                                              kind.baseline ? kind.baseline->token : 0};
    known.tokens = Digest::Step{std::span{tokens}.first(kind.baseline ? 2 : 1)};
    known.tool = text_hash(kind.tool);
    known.id_part = kind.id_part;
    known.is_told = kind.human.has_value();
    known.change = kind.change;
    known.kind = &kind;
    known.compares = kind.baseline.has_value();
    if (kind.baseline) known.before = kind.baseline->verdict;
    keys_.insert(keys_.end(), key_.begin(), key_.end());
    slots_[at] = static_cast<std::uint32_t>(entries_.size());
}

/// Whether a group is worth to be made, which costs as much as to decide some lines.
bool LineKinds::is_ripe(LineGroup& group, const LinePlans& plans) {
    const std::uint64_t hash = plans.group_hash();
    if (made_.contains(hash)) return true;
    if (group.lines++ < lines_before) return false;
    if (made_.size() < most_made) made_.insert(hash);
    return true;
}

void LineKinds::grow() {
    slots_.assign(std::max(first_key_slots, 2 * slots_.size()), 0);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        std::size_t at = entries_[i].hash & mask;
        while (slots_[at] != 0) at = (at + 1) & mask;
        slots_[at] = static_cast<std::uint32_t>(i + 1);
    }
}

/// Kinds that are made anew leave none of those that are known here. False where there are too many
/// texts, and they have not been of use yet: to number them costs more than to decide the lines.
bool LineKinds::follow_kinds() {
    ++lines_;
    if (texts_.size() >= most_texts || text_bytes_ >= most_text_bytes) {
        if (lines_ < least_lines) return false;
        kinds_.clear();
    }
    if (generation_ == kinds_.generation()) return true;
    generation_ = kinds_.generation();
    texts_.clear();
    text_bytes_ = 0;
    lines_ = 0;
    clear();
    return true;
}

void LineKinds::clear() {
    entries_.clear();
    known_.clear();
    keys_.clear();
    std::fill(slots_.begin(), slots_.end(), 0);
}

std::uint32_t LineKinds::number_of(std::string_view text) {
    const auto [at, is_new] =
        texts_.try_emplace(std::string{text}, static_cast<std::uint32_t>(texts_.size()));
    if (is_new) text_bytes_ += text.size();
    return at->second;
}

void LineKinds::number(LineGroup& group, const decide::LinePlan& plan) {
    group.generation = generation_;
    group.number = number_of(group.text);
    for (LineGroup::Word& word : group.words) {
        word.numbers.clear();
        for (const std::string_view entry : plan.column(word.text.column).entries) {
            word.numbers.push_back(number_of(entry));
        }
    }
}

// ---------------------------------------------------------------- groups

bool LineKinds::find_text(const decide::LinePlan& plan, const Session& session, const Taken& taken,
                          LineText& found) {
    found.taken = &taken;
    found.same_hash = hash_of_raw(taken.chosen({}));
    const auto& captures = session.captures();
    if (!taken.capture || *taken.capture >= captures.size()) return true;
    decide::LinePlan::Captured captured;
    const auto number = static_cast<std::uint32_t>(*taken.capture);
    if (!plan.capture(number, captured)) return false;
    found.column = captured.column;
    found.varies = captured.varies;
    if (found.varies) return true;
    found.same = captures[number];
    found.same_hash = hash_of_raw(taken.chosen(found.same));
    return true;
}

/// What tells kinds apart beside the tool's name and the decisions. Of how people answered nothing
/// may vary: nobody is told to have answered any of the lines then.
bool LineKinds::find_words(LineGroup& group, const decide::LinePlan& plan, const Session& session) {
    const Mapping& mapping = setup_.mapping;
    for (const Taken* taken : {&mapping.approvals, &mapping.asked, &mapping.decided, &mapping.by,
                               &mapping.work, &mapping.escalated, &mapping.escalated_to}) {
        LineText text;
        if (!find_text(plan, session, *taken, text) || text.varies) return false;
    }
    for (const Taken* taken : {&mapping.outcome, &mapping.verdict, &mapping.workflow}) {
        LineGroup::Word word;
        if (!find_text(plan, session, *taken, word.text)) return false;
        put_text(group.text, word.text.varies ? "varies" : taken->chosen(word.text.same));
        if (!word.text.varies) continue;
        const decide::ValueColumn& column = plan.column(word.text.column);
        const auto is_short = [](std::string_view entry) {
            return entry.size() <= most_word_bytes;
        };
        const bool few = column.form == decide::ValueColumn::Form::entries &&
                         column.entries.size() <= most_words &&
                         std::all_of(column.entries.begin(), column.entries.end(), is_short);
        if (!few) return false;
        group.words.push_back(std::move(word));
    }
    return find_text(plan, session, mapping.intent, group.intent) &&
           find_text(plan, session, mapping.run, group.run) &&
           find_text(plan, session, mapping.receipt, group.receipt);
}

/// Where the policy finds none the baseline may.
bool LineKinds::asks_baseline(const Session* baseline) const {
    if (baseline == nullptr) return false;
    const auto tool = observed::tool_number(*baseline);
    return tool && setup_.baseline->amounts[*tool].argument.has_value();
}

bool LineKinds::make(LineGroup& group, LinePlans& plans, const Session& session,
                     const Session* baseline, bool answered, const CallKind& kind) {
    decide::LinePlan& plan = *plans.line_plan();
    if (answered || !kind.number || observed::has_approvals(session)) return false;
    LineText tool;
    if (!find_text(plan, session, setup_.mapping.tool, tool)) return false;
    if (tool.varies && plan.tool_column() != tool.column) return false;
    put_text(group.text, setup_.mapping.tool.raw(session.captures()));
    put_text(group.text, !kind.escalated ? "" : *kind.escalated ? "yes" : "no");
    if (!find_words(group, plan, session)) return false;
    group.amount = setup_.policy.amounts[*kind.number].argument;
    group.needs_amount = asks_baseline(baseline);
    std::vector<MatchedSession> sessions{{session, reads_}};
    if (baseline != nullptr) sessions.push_back({*baseline, baseline_reads_});
    group.matches = match_lines(plan, sessions, group.amount ? &*group.amount : nullptr);
    if (group.matches == nullptr) return false;
    put_text(group.text, group.matches->sameness());
    return group.text.size() <= most_group_bytes;
}

}  // namespace proviso::simulator
