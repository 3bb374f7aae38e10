#include "simulator/replay/repeated_ids.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "simulator/history/digest.h"
#include "simulator/mapping/json_hash.h"
#include "simulator/text/words.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t first_id_slots = 1024;
constexpr std::size_t id_bytes = 80;  // that are shown

template <class Small>
Small cut(std::uint64_t number) {
    return static_cast<Small>(std::min<std::uint64_t>(number, std::numeric_limits<Small>::max()));
}

}  // namespace

std::uint64_t id_hash(std::string_view id) {
    return std::max<std::uint64_t>(spread(text_hash(id)), 1);
}

void BlockIds::add(std::uint64_t hash, std::uint64_t line, std::uint64_t what,
                   std::string_view id) {
    id = id.substr(0, id_bytes + 1);
    texts_ += id;
    seen_.push_back({hash, static_cast<std::uint32_t>(line), static_cast<std::uint16_t>(what >> 48),
                     static_cast<std::uint16_t>(id.size())});
}

void IdSet::join(const BlockIds& ids, const CallPlacing& place) {
    std::string_view texts = ids.texts_;
    for (const BlockIds::Seen& one : ids.seen_) {
        if ((one.hash & passed_over()) == 0) add(one, texts.substr(0, one.size), place);
        texts.remove_prefix(one.size);
    }
}

void IdSet::add(const BlockIds::Seen& one, std::string_view id, const CallPlacing& place) {
    if (2 * size_ >= entries_.size()) rebuild(std::max(first_id_slots, 2 * entries_.size()));
    Entry& entry = entry_of(one.hash);
    if (entry.hash != 0) return count_again(entry, one, id, place);
    const CallPlace at = place(one.line);
    entry = {one.hash, cut<std::uint32_t>(at.line), cut<std::uint16_t>(at.file),
             static_cast<std::uint16_t>(one.what & ~again_bit)};
    if (++size_ < bound_) return;
    // So few that the table need not grow.
    while (size_ >= bound_) {
        ++level_;
        rebuild(entries_.size());
    }
}

void IdSet::count_again(Entry& first, const BlockIds::Seen& one, std::string_view id,
                        const CallPlacing& place) {
    const bool is_same = ((first.what ^ one.what) & ~again_bit) == 0;
    Sums& sums = sums_[static_cast<std::size_t>(std::countr_zero(one.hash))];
    if ((first.what & again_bit) == 0) ++sums.ids;
    ++sums.calls;
    if (is_same) ++sums.same;
    first.what |= again_bit;
    if (!example_.id.empty() && (example_.is_same || !is_same)) return;
    example_ = {cut_text(id, id_bytes), is_same, {first.file, first.line, 0}, place(one.line)};
}

/// Of the hash, or the free one that it would have.
IdSet::Entry& IdSet::entry_of(std::uint64_t hash) {
    const auto unused = static_cast<unsigned>(64 - std::countr_zero(entries_.size()));
    std::size_t at = hash >> unused;
    while (entries_[at].hash != 0 && entries_[at].hash != hash) {
        at = (at + 1) & (entries_.size() - 1);
    }
    return entries_[at];
}

/// Without what is no longer sampled.
void IdSet::rebuild(std::size_t slots) {
    std::vector<Entry> old(slots);
    old.swap(entries_);
    size_ = 0;
    for (const Entry& entry : old) {
        if (entry.hash == 0 || (entry.hash & passed_over()) != 0) continue;
        entry_of(entry.hash) = entry;
        ++size_;
    }
}

RepeatedIds IdSet::report(const std::vector<std::string>& files) const {
    RepeatedIds made;
    if (example_.id.empty()) return made;
    made.one_in = std::uint64_t{1} << level_;
    for (std::size_t zeros = level_; zeros < sums_.size(); ++zeros) {
        made.ids += sums_[zeros].ids;
        made.calls += sums_[zeros].calls;
        made.same += sums_[zeros].same;
    }
    for (std::uint64_t* count : {&made.ids, &made.calls, &made.same}) *count <<= level_;
    if (made.calls == 0) {
        // None of the sample; but the example is one.
        made.ids = made.calls = 1;
        made.same = example_.is_same ? 1 : 0;
    }
    const auto at = [&](const CallPlace& place) {
        return CallAt{files[place.file], place.line, place.call};
    };
    made.id = example_.id;
    made.first = at(example_.first);
    made.again = at(example_.again);
    return made;
}

}  // namespace proviso::simulator
