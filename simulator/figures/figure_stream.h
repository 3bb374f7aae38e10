// What of the figures hangs on the order of the history: requests and answers for the queue that a
// forecast replays, and the first blocked intents.
//
// Threads note events block by block; they are joined in the order of the history, so that "the
// first N" are the same whatever the threads and the size of the blocks.
// Covered by tests/unit/simulator/figures/figure_stream_test.cpp and replay_threads_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "simulator/mapping/recorded_answers.h"
#include "simulator/report/figures.h"

namespace proviso::simulator {

/// Where a call stands. In a block: the line from 0, no file; then from 1.
struct CallPlace {
    std::uint32_t file = 0;
    std::uint64_t line = 0;
    std::uint32_t call = 0;  ///< as in HistoryPlace
};
/// From a line of a block to its place in the histories.
using CallPlacing = std::function<CallPlace(std::uint64_t line)>;

/// A call that the policy gates, and whose time is known.
struct RequestEvent {
    std::int64_t time_us = 0;
    std::uint64_t shape = 0;  ///< RequestShapes::Found::hash
    CallPlace place;
    std::string id;                  ///< of the receipt, cut; may be empty
    std::uint32_t first_answer = 0;  ///< into the answers: those recorded of this call
    std::uint32_t answers = 0;
};

struct AnswerEvent {
    std::int64_t asked_us = 0;
    std::int64_t at_us = 0;
    std::uint64_t person = 0;        ///< 0: not told
    std::int64_t work_seconds = -1;  ///< -1: not told
};

/// Blocked calls of one intent and tool.
struct BlockedEvents {
    std::uint64_t hash = 0;  ///< of both
    std::string intent;      ///< cut, as is the tool
    std::string tool;
    std::uint64_t calls = 0;
    CallPlace first;
    std::map<std::uint32_t, std::uint64_t> rules;  ///< that decided them

    void merge(const BlockedEvents& later);
};

/// Told apart by what they hold, in the order in which they first came.
class BlockedIntents {
  public:
    BlockedIntents() = default;
    explicit BlockedIntents(std::size_t bound) : bound_(bound) {}

    /// The row of an intent; null past the bound, where the call is counted as beyond it.
    BlockedEvents* find(std::string_view intent, std::string_view tool);
    /// `later` comes behind it in the history.
    void join(const BlockedIntents& later, const CallPlacing& place);

    [[nodiscard]] const std::vector<BlockedEvents>& rows() const noexcept { return rows_; }
    [[nodiscard]] std::uint64_t beyond() const noexcept { return beyond_; }
    /// For a checkpoint; see engine/model/archive.h.
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        auto& [bound, places, rows, beyond] = it;
        visit(places, rows, beyond);
    }

  private:
    std::size_t bound_ = most_blocked_intents;
    BlockedEvents* find(std::uint64_t hash, std::string_view intent, std::string_view tool);

    std::unordered_map<std::uint64_t, std::size_t> places_;
    std::vector<BlockedEvents> rows_;
    std::uint64_t beyond_ = 0;
};

/// Of one block, or joined.
struct FigureEvents {
    std::vector<RequestEvent> requests;
    std::vector<AnswerEvent> answers;
    BlockedIntents blocked;
    std::uint64_t requests_beyond = 0;

    /// Notes what a history tells of how a call was answered; how many answers those are.
    std::uint32_t add_answers(const RecordedAnswers& told);
    /// Sets the events of the next block behind these.
    void join(const FigureEvents& block, const CallPlacing& place,
              std::size_t bound = most_requests);
};

/// Intents that were blocked more than once, most calls first. `rule_name` by index.
[[nodiscard]] BlockedTable blocked_table(const BlockedIntents& blocked,
                                         const std::vector<std::string>& files,
                                         const std::vector<std::string>& rule_names);

}  // namespace proviso::simulator
