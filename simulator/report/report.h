// What a replay tells: how calls came out, by which rules, against what was recorded, against
// another policy. Plain data, which replay/ and figures/ fill in and render/ writes.
//
// Everything in a report but `threads` and `seconds` is the same whatever the number of threads and
// the size of the blocks. docs/simulate.schema.json describes it as JSON.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/knobs.h"
#include "engine/rule_changes.h"
#include "simulator/report/counts.h"
#include "simulator/report/doubts.h"
#include "simulator/report/figures.h"
#include "simulator/report/gate.h"
#include "simulator/report/sweep.h"
#include <proviso/decision.h>

namespace proviso::simulator {

inline constexpr std::size_t reason_count = static_cast<std::size_t>(Reason::halted) + 1;

struct ToolRow {
    std::string name;
    bool declared = false;  ///< in the policy's catalogue
    Counts counts;
};

/// A rule, cell or default, and how often it took part.
struct RuleRow {
    std::string name;
    std::string kind;  ///< as in proviso::RuleInfo
    Outcome effect = Outcome::block;
    std::string file;
    std::uint32_t line = 0;
    bool on_trial = false;     ///< the rule is written with `trial`
    std::uint64_t hits = 0;    ///< in force: calls that it matched, or might have matched
    std::uint64_t unsure = 0;  ///< hits that count because something is unknown
    /// Hits whose decision is this rule's effect: it decided, alone or with others.
    std::uint64_t decisive = 0;
    std::uint64_t trial_hits = 0;     ///< matched while on trial: reported, not felt
    std::uint64_t trial_tighter = 0;  ///< trial hits that would have tightened the outcome
    /// Decisive hits that this rule alone holds: without it the outcome would be another.
    std::uint64_t sole = 0;
    VerdictCounts verdicts;  ///< of the decisive hits, what people said
    /// A cell `allow` of a plain matrix takes part in no decision, however many calls meet it.
    [[nodiscard]] bool restricts_nothing() const noexcept {
        return kind == "matrix_cell" && effect == Outcome::allow;
    }
    /// The default of a set that states none, and the row of a limit that cannot count: nobody
    /// wrote them, and that no call met them says nothing against anybody's rule.
    [[nodiscard]] bool is_written() const noexcept {
        const bool is_step = name.ends_with(']');
        return !(kind == "default" && file.empty()) && (kind != "limit_step" || is_step);
    }
    [[nodiscard]] bool is_dead() const noexcept {
        return hits == 0 && trial_hits == 0 && is_written() && !restricts_nothing();
    }
};

/// A value that rules read, and how often the history lacks it.
struct FactCounts {
    std::uint64_t reads = 0;   ///< calls of well-formed tools and stages whose rules read it
    std::uint64_t absent = 0;  ///< of those, without it
    /// Of those, where missing data decided and it was among what was missing: with all known, the
    /// outcome could be lighter.
    std::uint64_t decisive = 0;
};
struct FactRow {
    std::string name;
    FactCounts counts;
    /// By tool, most decisive first; "" stands for all names outside the catalogue.
    std::vector<std::pair<std::string, FactCounts>> tools;
};

/// A value whose absence decided.
struct MissingRow {
    std::string name;
    std::string cause;
    std::uint64_t calls = 0;
};

/// A word of a history that nothing explains, cut to 200 bytes.
struct UnknownWord {
    std::string word;
    std::uint64_t calls = 0;
};
/// Such words that are told apart, by a hash, and those of them that a report names.
inline constexpr std::size_t most_unknown_words = 256;
inline constexpr std::size_t unknown_words_told = 8;

/// What the histories say was done, against what the policy says now.
struct Recorded {
    std::uint64_t calls = 0;  ///< with a recorded outcome
    std::uint64_t same = 0;
    std::uint64_t tighter = 0;  ///< now more restrictive than recorded
    std::uint64_t looser = 0;
    std::uint64_t unreadable = 0;  ///< a word that is no outcome and not in the mapping's words
    /// [recorded][now]
    std::array<std::array<std::uint64_t, outcome_count>, outcome_count> table{};
    std::vector<UnknownWord> unknown_words;  ///< of `unreadable`; most calls first
};

/// What people decided about the calls, against what the policy says now.
struct HumanVerdicts {
    std::uint64_t calls = 0;
    std::uint64_t unreadable = 0;
    /// [verdict][now]
    std::array<std::array<std::uint64_t, outcome_count>, verdict_count> table{};
};

struct SampleRule {
    std::string name;
    std::string because;  ///< may be empty
    bool sure = true;
};

/// One call, with why it was decided so. Chosen by a hash of its place, so the same in each run.
struct Sample {
    std::string file;
    std::uint64_t line = 0;
    std::string id;  ///< of the receipt; may be empty
    std::string tool;
    std::string args;  ///< JSON, cut to 200 bytes
    Outcome outcome = Outcome::block;
    Reason reason = Reason::missing_data;
    bool unknown = false;           ///< missing data decided
    std::vector<SampleRule> rules;  ///< that decided
    std::string detail;             ///< of a form or authority failure
    std::vector<Missing> missing;
    std::uint32_t call = 0;  ///< which of its line, from 1; 0: the line is the call
};

/// What a call may come to in a comparison: an outcome, or one that hangs on missing data.
inline constexpr std::size_t class_count = outcome_count + 1;
inline constexpr std::size_t unknown_class = outcome_count;

/// How the policy changes a call: by its outcome, whether known or not.
enum class Change : std::uint8_t { none, tighter, looser };
inline constexpr std::size_t change_count = 3;

/// [baseline][policy], in calls or what else is counted.
using ClassTable = std::array<std::array<std::uint64_t, class_count>, class_count>;

/// Calls as actions: an action and its retries count once in each cell that its calls fell in.
struct IntentTable {
    std::vector<std::string> key;  ///< what tells actions apart, in words or JSON pointers
    std::uint64_t intents = 0;
    std::uint64_t unkeyed = 0;  ///< calls without any of the key, each an intent of its own
    /// 1: exact. Else so many times what was found among a sample: one in so many intents.
    std::uint64_t one_in = 1;
    ClassTable table{};
};

/// Amounts of one currency; calls that were tried again count again.
struct MoneyTable {
    std::string currency;  ///< ISO 4217; empty for numbers without one
    std::array<std::array<std::string, class_count>, class_count> sums;  ///< exact decimals
    ClassTable calls{};
    /// Of the calls that are newly allowed, by their outcomes: known or not.
    std::string newly_allowed = "0";
    std::uint64_t newly_allowed_calls = 0;
};

/// Which argument of a tool is its amount.
struct AmountRow {
    std::string tool;
    std::string argument;
    std::vector<std::string> others;  ///< that could have been, and are not counted
    std::uint64_t calls = 0;
    std::uint64_t without = 0;  ///< of these, calls whose amount cannot be read
};

/// How many calls went from one outcome to a tighter, or a lighter one because of a rule: of the
/// policy where it tightens, of the baseline where a rule no longer holds the call.
struct ChangeRow {
    Change change = Change::none;
    std::string rule;
    std::uint64_t calls = 0;
};

/// A rule, cell or default in which the two policies differ, by its own words or by what it names,
/// and whether a call reached it: else nothing in the report speaks for or against the change.
struct ChangedRule {
    Difference difference = Difference::differs;
    std::string rule;
    std::string kind;  ///< as in proviso::RuleInfo
    std::string file;  ///< of the policy; of the baseline where the rule is removed
    std::uint32_t line = 0;
    std::vector<std::string> through;  ///< what it names that differs
    /// Calls that it matched, or might have matched, on trial or in force.
    std::uint64_t policy_hits = 0;
    std::uint64_t baseline_hits = 0;
    /// Whether there are hits to count: a cell of a matrix that restricts nothing, `allow`, takes
    /// part in no decision, however many calls meet it.
    bool is_counted = true;
    [[nodiscard]] bool is_reached() const noexcept { return policy_hits + baseline_hits > 0; }
    [[nodiscard]] bool is_unreached() const noexcept { return is_counted && !is_reached(); }
};

/// A call whose outcome changes, with why it was and why it is.
struct ChangedCall {
    /// Why it is among the samples: "largest", "borderline", "random"; empty in `Report::cells`.
    std::string chosen;
    std::string amount;  ///< "812.5 USD"; empty where the tool has none
    Sample before;       ///< by the baseline; its `id`, `tool`, `args` and place are empty
    Sample after;
};

/// Of cells on the diagonal no more calls than this are kept.
inline constexpr std::size_t unchanged_cell_calls = 20;
/// Calls by what they were, down, and what they are, across: the first ones of each cell.
using CellCalls = std::array<std::array<std::vector<ChangedCall>, class_count>, class_count>;

/// The policy against the baseline, over all calls.
struct Comparison {
    std::string baseline_name;
    std::string baseline_version;
    std::string baseline_hash;
    std::vector<ParamChange> params;  ///< that the two have set differently
    std::vector<ChangedRule> changed_rules;
    /// Others in which they differ: a role, a tool … Nothing tells whether a call reached them.
    std::vector<StatementChange> changed_statements;
    /// Where nothing that decides differs, what does: "in their version alone: 1.1.0, was 1.0.0".
    std::string beside;
    /// Calls with a recorded outcome, and those among them that the baseline decides as recorded:
    /// how far the baseline and the history's facts explain what was done.
    std::uint64_t recorded = 0;
    std::uint64_t as_recorded = 0;
    /// [baseline][policy]; the last row and column: missing data decided.
    ClassTable table{};
    IntentTable intents;
    std::vector<MoneyTable> money;  ///< most calls first
    std::vector<AmountRow> amounts;
    std::array<std::uint64_t, change_count> changes{};  ///< by Change
    /// Looser calls that may go ahead now, and could not: from gate or block to allow or notify.
    std::uint64_t newly_allowed = 0;
    std::uint64_t newly_blocked = 0;
    std::vector<ChangeRow> rules;  ///< most calls first
    std::uint64_t seed = 0;        ///< of the samples chosen at random
    std::array<std::vector<ChangedCall>, change_count> samples{};  ///< by Change

    [[nodiscard]] std::uint64_t of(Change change) const noexcept {
        return changes[static_cast<std::size_t>(change)];
    }
};

/// All decisions in one way of counting what limits and counters look back on.
struct MemoryMode {
    Counts policy;
    Counts baseline;  ///< none without one; so are the rest
    ClassTable table{};
    std::array<std::uint64_t, change_count> changes{};  ///< by Change
    std::uint64_t newly_allowed = 0;
    std::uint64_t newly_blocked = 0;

    [[nodiscard]] std::uint64_t of(Change change) const noexcept {
        return changes[static_cast<std::size_t>(change)];
    }
};
/// `recorded`: what the history says was carried out counts; all the rest of a report goes by it.
/// The others: what the policy itself lets through counts, with the gates that nobody answered all
/// approved, or all rejected. See lanes.h.
enum class MemoryWay : std::uint8_t { recorded, closed_approved, closed_rejected };
inline constexpr std::size_t memory_ways = 3;
[[nodiscard]] std::string_view name(MemoryWay way) noexcept;

/// A replay of policies of which one has limits or counters.
struct MemoryReplay {
    std::array<MemoryMode, memory_ways> modes;  ///< by MemoryWay
    std::uint64_t ran = 0;                      ///< calls that the history says were carried out
    std::uint64_t not_run = 0;                  ///< that it says were not
    std::uint64_t untold = 0;                   ///< of which it says nothing: taken as carried out
    std::uint64_t untimed = 0;                  ///< calls without a time, which no limit can count
    /// Gates of the policy in the closed loop: answered by people, and by the bound alone.
    std::uint64_t answered = 0;
    std::uint64_t unanswered = 0;
    /// Calls whose outcome differs between the two bounds.
    std::uint64_t path_dependent = 0;
    std::uint64_t baseline_path_dependent = 0;
    /// The longest that a limit or counter looks back. Calls so long after the first one see less
    /// than they would have.
    std::int64_t longest_seconds = 0;
    std::string warm_up_until;  ///< RFC 3339; empty without a time
    std::uint64_t warm_up_calls = 0;
    std::uint64_t warm_up_changes = 0;
};

struct BadLine {
    std::string file;
    std::uint64_t line = 0;
    std::string reason;
    std::uint32_t call = 0;  ///< as in Sample
};

/// A member of the calls that nothing reads.
struct UnreadRow {
    std::string name;  ///< as a set would name it: "vendor.hodl"
    std::string near;  ///< the declared name that is nearest; may be empty
    std::uint64_t calls = 0;
    std::vector<std::pair<std::string, std::uint64_t>> tools;  ///< most calls first
};
struct UnreadReport {
    std::uint64_t looked_at = 0;     ///< calls: all of the first MiB of a file, then one in 64
    std::uint64_t beyond = 0;        ///< calls with members past the bound on rows
    std::vector<UnreadRow> members;  ///< most calls first
};

struct InputRow {
    std::string path;
    std::uint64_t bytes = 0;  ///< as stored
    std::uint64_t lines = 0;
    std::uint64_t calls = 0;
    std::string error;  ///< why it could not be read to its end; empty where it could
};

struct Report {
    std::string policy_name;
    std::string policy_version;
    std::string policy_hash;
    std::string mapping;  ///< path; empty: Proviso's own receipts
    std::vector<InputRow> inputs;

    /// blank + skipped + bad + calls, where each line is one call.
    std::uint64_t lines = 0;
    std::uint64_t blank = 0;
    std::uint64_t skipped = 0;  ///< left out by the mapping's `only`
    std::uint64_t bad = 0;
    std::uint64_t text_bytes = 0;  ///< of lines, as read: unpacked

    Counts counts;
    std::array<std::uint64_t, reason_count> reasons{};
    std::vector<ToolRow> tools;        ///< most calls first
    Counts other_tools;                ///< names beyond the bound on distinct names outside the set
    std::vector<RuleRow> rules;        ///< all of the set; most decisive first
    std::vector<MissingRow> missing;   ///< most calls first
    std::vector<FactRow> facts;        ///< all that rules read; most decisive first
    UnreadReport unread;               ///< what calls say and the set does not know
    Doubts doubts;                     ///< what speaks against the history as it was read
    std::optional<Recorded> recorded;  ///< where any call has a recorded outcome
    std::optional<HumanVerdicts> verdicts;
    std::optional<Comparison> comparison;  ///< where there is a baseline
    std::optional<MemoryReplay> memory;    ///< where a policy has limits or counters
    std::optional<GateReport> gate;        ///< where there is a gate
    std::optional<SweepReport> sweep;      ///< where there are candidates
    Figures figures;
    std::array<std::vector<Sample>, outcome_count> samples;
    /// Behind `comparison->table`. Without a baseline behind `recorded->table`, where `before` has
    /// an outcome alone; of what is not recorded in the last row, where it has nothing.
    CellCalls cells;
    std::vector<BadLine> bad_lines;  ///< the first 20

    /// 32 hex digits over every line's place, outcome, reason and rules, and the policy's hash;
    /// with a baseline over both policies'.
    std::string digest;
    /// Why the report covers only a part of the histories; empty where it covers all.
    std::string partial;
    unsigned threads = 1;
    double seconds = 0;
};

[[nodiscard]] std::string_view class_name(std::size_t of_call);
[[nodiscard]] std::string_view name(Change change);
[[nodiscard]] std::string_view name(Difference difference);
/// `IntentTable::key` where none is asked for: the history's own name of an intent, or the three
/// behind it.
[[nodiscard]] std::vector<std::string> default_intent_key();

/// How many of `Report::rules` somebody wrote.
[[nodiscard]] std::uint64_t written_rules(const Report& report);

/// "file:line", and "#2" behind it for the second call of a line that holds several.
[[nodiscard]] std::string place_text(const std::string& file, std::uint64_t line,
                                     std::uint32_t call);

}  // namespace proviso::simulator
