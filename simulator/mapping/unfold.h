// Lines of somebody's log to lines of one call each.
//
// Every source line comes out as at least one entry, in order, so that whoever counts lines counts
// those of the log: the calls that it holds, what of it cannot be read, or nothing. A call whose
// answer stands in a later line waits for it, and so does everything behind it: what comes out does
// not depend on how the log is cut into blocks.
// Covered by tests/unit/simulator/unfold_test.cpp, tests/golden/adapters and tests/fuzz/unfold.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/history/blocks.h"
#include "simulator/mapping/adapter.h"
#include "simulator/mapping/source_line.h"

namespace proviso::simulator {

struct Unfolded {
    LineKind kind = LineKind::skipped;
    std::string text;        ///< of a call: {"0": …} by slots; of what is bad: why
    std::uint32_t call = 0;  ///< which of its line, from 1; 0: the line is the call, or none
    bool ends_line = true;   ///< the last entry of its line
};

/// Not thread-safe.
class Unfolder {
  public:
    /// The adapter outlives it. A call has at most `call_bytes`.
    Unfolder(const Adapter& adapter, std::size_t call_bytes);

    /// A source line without its end.
    void add(std::string_view line);
    /// No answer comes any more: the end of a file.
    void close();
    /// The next entry that waits for nothing; false where there is none.
    bool take(Unfolded& entry);
    /// By slot, and by filter of the adapter: which led to something so far.
    [[nodiscard]] const std::vector<std::uint8_t>& slots_met() const { return slots_met_; }
    [[nodiscard]] const std::vector<std::uint8_t>& filters_met() const { return filters_met_; }

  private:
    struct Waiting {
        Unfolded entry;
        std::vector<std::string> values;  // of a call: by choice, JSON; empty: nothing there
        std::string key;                  // of the answer
        bool open = false;                // waits for it
    };

    void add_line(std::string_view line);
    void add_calls(SourceValue root);
    void add_call(SourceValue root, const SourceItem& item);
    void add_answers(SourceValue root);
    void add_answer(SourceValue root, const SourceItem& item);
    [[nodiscard]] bool passes(const std::vector<PlaceFilter>& only, SourceValue root,
                              const SourceItem& item, std::string& why);
    [[nodiscard]] std::string key_of(const std::vector<Place>& places, SourceValue root,
                                     const SourceItem& item, std::string& why);
    void fill(std::vector<std::string>& values, bool of_answer, SourceValue root,
              const SourceItem& item, std::string& why);
    void wait(Waiting waiting);
    void push(LineKind kind, std::string text);
    void push_bad(std::string why);
    void settle(Waiting& waiting);
    void settle_all();
    void end_line();
    void release();
    [[nodiscard]] std::string call_text(const std::vector<std::string>& values) const;

    const Adapter& adapter_;
    std::size_t call_bytes_;
    SourceLine line_;
    std::deque<Waiting> queue_;   // all that is behind a call that waits
    std::deque<Unfolded> ready_;  // what waits for nothing
    std::uint64_t first_ = 0;     // the number of the queue's front
    std::map<std::string, std::uint64_t, std::less<>> keys_;  // calls that wait, by key
    std::set<std::uint64_t> open_;                            // their numbers
    std::size_t queue_bytes_ = 0;
    std::size_t line_entries_ = 0;  // of the line at hand
    std::size_t line_bytes_ = 0;    // that its calls come to
    std::uint32_t calls_ = 0;
    bool numbered_ = false;
    std::string scratch_;
    std::vector<std::uint8_t> slots_met_;
    std::vector<std::uint8_t> filters_met_;  // of Adapter::only
};

}  // namespace proviso::simulator
