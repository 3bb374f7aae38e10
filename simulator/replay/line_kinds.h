// Lines of a packed block whose kind (call_kinds.h) follows from their columns, so that they are
// counted without being decided: which rules they match is looked up among lines that were.
//
// Lines of one shape and one tool are a *group*. One of its lines is decided as any; what all of
// them have alike is a text, what tells their kinds apart a few words: the texts that the report
// tells of and what the rules of both policies match (engine/decide/line_matches.h). Lines with the
// same text and words are of one kind, in whatever block they stand.
// Covered by tests/unit/simulator/line_kinds_test.cpp and packed_replay_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/line_calls.h"
#include "engine/observed.h"
#include "simulator/figures/money.h"
#include "simulator/history/digest.h"
#include "simulator/replay/call_kinds.h"
#include "simulator/replay/line_plans.h"
#include <proviso/engine.h>

namespace proviso::simulator {

struct Setup;

/// Where a value that is taken from a line stands.
struct LineText {
    const Taken* taken = nullptr;
    std::uint32_t column = 0;
    bool varies = false;
    std::string same;                        ///< of all lines, where it does not vary
    std::optional<std::uint64_t> same_hash;  ///< of those, as `LineKinds::text_hash_of`
};

/// Lines that are found by the same words: a kind, as far as each call asks for it, and calls of
/// it.
struct KnownCalls {
    std::uint64_t calls = 0;  ///< that the kind has not been told of
    AmountSum amounts;        ///< of those; others are told to the kind at once
    Verdict now;
    Verdict before;
    bool compares = false;
    bool is_told = false;  ///< people's verdict
    Change change = Change::none;
    Digest::Step tokens;        ///< of both policies
    std::uint64_t tool = 0;     ///< text_hash of its name
    std::uint64_t id_part = 0;  ///< as of the kind
    CallKind* kind = nullptr;

    void add_amount(const observed::Amount& amount);
};

struct LineGroup {
    std::size_t lines = 0;  ///< that were decided
    bool is_made = false;
    std::unique_ptr<decide::LineMatches> matches;  ///< null: all of its lines are decided
    std::string text;                              ///< what they have alike
    struct Word {
        LineText text;
        std::vector<std::uint32_t> numbers;  ///< of the texts, by entry
    };
    std::vector<Word> words;
    LineText intent;
    LineText run;
    LineText receipt;
    std::optional<observed::AmountArgument> amount;
    bool needs_amount = false;
    std::uint64_t generation = 0;  ///< of the numbers
    std::uint32_t number = 0;      ///< of the text
};

class LineKinds {
  public:
    LineKinds(const Setup& setup, CallKinds& kinds);
    ~LineKinds();
    LineKinds(const LineKinds&) = delete;  // the kinds ask for what it has counted
    LineKinds& operator=(const LineKinds&) = delete;

    /// Of the line at hand; null where it has to be decided.
    [[nodiscard]] KnownCalls* find(LinePlans& plans);
    /// Of the line that was found:
    [[nodiscard]] std::optional<std::int64_t> time() const;
    [[nodiscard]] std::optional<observed::Amount> amount() const;
    [[nodiscard]] const LineGroup& group() const { return *group_; }
    /// As Taken::raw; valid until the next one is asked for.
    [[nodiscard]] std::string_view raw(const LinePlans& plans, const LineText& text);

    /// Its plain text, where it is one of the line's; valid as long as `raw`.
    [[nodiscard]] std::optional<std::string_view> text_of(const LinePlans& plans,
                                                          const LineText& text);
    /// `text_hash` of its plain text; none where nothing is there.
    [[nodiscard]] std::optional<std::uint64_t> text_hash_of(const LinePlans& plans,
                                                            const LineText& text);

    /// The line at hand, which was decided, is of this kind. `answered`: it tells of answers.
    void learn(LinePlans& plans, const Session& session, const Session* baseline, bool answered,
               CallKind& kind);

    /// Tells kinds of the calls that were counted.
    void spread();

    /// Lines of a group that are decided before it is made, where there was none like it in an
    /// earlier block, and groups of a block.
    static constexpr std::size_t lines_before = 3;
    static constexpr std::size_t most_groups = 1024;
    static constexpr std::size_t most_made = 16'384;  ///< that later blocks know of
    /// Combinations of words that are told apart, and texts.
    static constexpr std::size_t most_entries = 65'536;
    static constexpr std::size_t most_key_words = 1'048'576;
    static constexpr std::size_t most_texts = 16'384;
    static constexpr std::size_t most_text_bytes = 4'194'304;
    /// Lines that are looked for before texts are numbered anew.
    static constexpr std::size_t least_lines = 16'384;

  private:
    [[nodiscard]] bool make(LineGroup& group, LinePlans& plans, const Session& session,
                            const Session* baseline, bool answered, const CallKind& kind);
    [[nodiscard]] bool find_text(const decide::LinePlan& plan, const Session& session,
                                 const Taken& taken, LineText& found);
    [[nodiscard]] std::optional<std::uint64_t> hash_of_raw(std::string_view raw);
    [[nodiscard]] bool find_words(LineGroup& group, const decide::LinePlan& plan,
                                  const Session& session);
    [[nodiscard]] bool is_ripe(LineGroup& group, const LinePlans& plans);
    [[nodiscard]] bool asks_baseline(const Session* baseline) const;
    void number(LineGroup& group, const decide::LinePlan& plan);
    [[nodiscard]] std::uint32_t number_of(std::string_view text);
    [[nodiscard]] std::size_t slot_of_key(std::uint64_t hash) const;
    [[nodiscard]] bool follow_kinds();
    void write_key(const LinePlans& plans);
    void clear();
    void grow();

    const Setup& setup_;
    CallKinds& kinds_;
    SlotReads reads_;
    SlotReads baseline_reads_;
    LineGroup* group_ = nullptr;  // of the line at hand
    bool is_searched_ = false;    // `key_` is its
    std::vector<std::uint64_t> key_;
    std::uint64_t generation_ = 0;
    std::unordered_map<std::string, std::uint32_t> texts_;
    std::size_t text_bytes_ = 0;
    std::unordered_set<std::uint64_t> made_;  // groups, by LinePlans::group_hash
    std::size_t lines_ = 0;                   // that were looked for since texts were numbered anew
    struct Entry {
        std::uint64_t hash = 0;
        std::size_t key = 0;  // into `keys_`
        std::size_t size = 0;
    };
    std::vector<std::uint64_t> keys_;
    std::vector<Entry> entries_;
    std::vector<KnownCalls> known_;     // of each of those
    std::vector<std::uint32_t> slots_;  // 0, or the place in `entries_` and 1
    std::string memory_;
    std::string scratch_;
};

}  // namespace proviso::simulator
