// What a worker notes of each call that may speak against its history: its id, and its time.
// Covered by tests/cli/doubts_test.py.

#include "simulator/mapping/mapped_fields.h"
#include "simulator/replay/worker.h"
#include "simulator/text/json_text.h"
#include "simulator/text/words.h"

namespace proviso::simulator {

/// Most calls have a time of these years: no more is looked at of those.
void Worker::look_at_time(std::optional<std::int64_t> time, bool looked_into) {
    if (time && *time >= first_likely_time && *time < end_of_likely_times) return;
    if ((!time && !looked_into) || setup_.time == nullptr) return;
    const std::string_view raw = reader_.value(setup_.time->pointer, line_.text());
    if (raw.empty()) return;  // none, or the mapping's constant
    TimeTally& times = tally_.times;
    ++(!time ? times.unreadable : *time < first_likely_time ? times.early : times.late);
    if (result_.odd_time) return;
    result_.odd_time = {{0, result_.lines, 0},
                        cut_text(plain_text(raw, scratch_), name_bytes),
                        time ? observed::time_text(*time) : ""};
}

/// The mapping's constant is no id of a call.
void Worker::note_id(std::string_view raw, std::uint64_t part, std::optional<std::int64_t> time) {
    if (raw.empty() || raw.data() == setup_.mapping.receipt.fallback.data()) return;
    const std::string_view id = plain_text(raw, scratch_);
    if (!id.empty()) note_plain_id(id, part, time);
}

void Worker::note_plain_id(std::string_view id, std::uint64_t part,
                           std::optional<std::int64_t> time) {
    const std::uint64_t hash = id_hash(id);
    if ((hash & thresholds_.ids.load(std::memory_order_relaxed)) != 0) return;
    const auto at = static_cast<std::uint64_t>(time.value_or(-1));
    result_.ids.add(hash, result_.lines, part + spread(at + 1), id);
}

}  // namespace proviso::simulator
