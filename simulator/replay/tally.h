// What one thread counts, and how the threads' counts come together.
//
// Everything here is a sum or a set, so that no order of blocks and no number of threads shows.
// Covered by tests/unit/simulator/replay/tally_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "simulator/figures/figure_tally.h"
#include "simulator/replay/comparison.h"
#include "simulator/replay/ledger.h"
#include "simulator/replay/unread.h"
#include "simulator/report/report.h"
#include <proviso/engine.h>

namespace proviso::simulator {

/// Distinct names outside the catalogue that are told apart. An agent makes names up without end.
inline constexpr std::size_t distinct_tools = 4096;
/// Bytes of such a name; longer ones are counted with the others.
inline constexpr std::size_t tool_name_bytes = 1024;

/// Calls by tool. Beyond the bound the names with the smallest hash are kept, which are the same
/// whatever the order in which names come; the others are counted together.
class ToolTally {
  public:
    explicit ToolTally(const std::vector<ToolInfo>& catalogue = {},
                       std::size_t bound = distinct_tools);

    void add(std::string_view tool, const Verdict& verdict, std::uint64_t calls = 1);
    void merge(const ToolTally& other);
    struct Rows {
        std::vector<ToolRow> tools;  ///< most calls first, then by name; none without a call
        Counts others;
    };
    [[nodiscard]] Rows rows() const;
    /// For a checkpoint; see engine/model/archive.h.
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        auto& [bound, declared, tools, others] = it;
        visit(tools, others);
    }

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };

    Counts& counts_of(std::string_view tool);
    void prune(std::size_t bound);

    std::size_t bound_;
    std::size_t declared_ = 0;
    std::unordered_map<std::string, ToolRow, Hash, std::equal_to<>> tools_;
    Counts others_;
};

struct RuleTally {
    std::uint64_t hits = 0;
    std::uint64_t unsure = 0;
    std::uint64_t decisive = 0;
    std::uint64_t trial_hits = 0;
    std::uint64_t trial_tighter = 0;
    std::uint64_t sole = 0;
    VerdictCounts verdicts;
};

/// Calls with one word.
struct WordTally {
    std::uint64_t count = 0;

    [[nodiscard]] std::uint64_t calls() const { return count; }
    void merge(const WordTally& other) { count += other.count; }
};
using WordTallies = SmallestKeys<HashedName, WordTally>;

/// Of times that are hardly meant (OddTimes).
struct TimeTally {
    std::uint64_t early = 0;
    std::uint64_t late = 0;
    std::uint64_t unreadable = 0;
};

struct Tally {
    /// `reads` are the policy's, and outlive it.
    Tally(const Policy& policy, const observed::FactReads& reads)
        : tools(policy.tools()),
          rules(policy.rules().size()),
          facts(reads) {}

    Counts counts;
    std::array<std::uint64_t, reason_count> reasons{};
    ToolTally tools;
    std::vector<RuleTally> rules;  ///< by index into Policy::rules()
    std::map<std::pair<std::string, std::string>, std::uint64_t> missing;
    FactTally facts;
    UnreadTally unread;
    PlacesMet places_met;
    TimeTally times;
    Recorded recorded;
    WordTallies unknown_words{most_unknown_words};  ///< in place of a recorded outcome
    HumanVerdicts verdicts;
    ComparisonTally comparison;  ///< with a baseline
    FigureTally figures;
    std::uint64_t blank = 0;
    std::uint64_t skipped = 0;
    std::uint64_t text_bytes = 0;
};

void merge(Tally& tally, const Tally& other);

/// Whether a rule of this effect, in force, can be what decided.
[[nodiscard]] bool decides(const Verdict& verdict, Outcome effect);

/// Counts the rules of so many calls. `effects` are those of Policy::rules(), at the calls' stage.
void add_parts(std::vector<RuleTally>& tallies, const std::vector<Outcome>& effects,
               const std::vector<Session::Part>& parts, const Verdict& verdict,
               std::uint64_t calls = 1);

void add_recorded(Recorded& recorded, Outcome then, Outcome now, std::uint64_t calls = 1);
void add_verdict(HumanVerdicts& verdicts, HumanVerdict verdict, Outcome now,
                 std::uint64_t calls = 1);

/// Rows of a report, ordered.
[[nodiscard]] std::vector<RuleRow> rule_rows(const std::vector<RuleTally>& tallies,
                                             const std::vector<RuleInfo>& rules);
[[nodiscard]] std::vector<MissingRow> missing_rows(const Tally& tally);
[[nodiscard]] std::vector<UnknownWord> unknown_words(const WordTallies& words);

}  // namespace proviso::simulator
