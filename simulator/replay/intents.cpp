#include "simulator/replay/intents.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "simulator/mapping/json_hash.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t first_slots = 1024;
static_assert(class_count * class_count <= 32, "a bit a cell");

}  // namespace

std::uint64_t told_intent(std::string_view text) {
    return told_intent_of(text_hash(text));
}

std::uint64_t told_intent_of(std::uint64_t hash) {
    return spread(hash + 1);
}

void IntentSet::add(std::uint64_t hash, std::size_t before, std::size_t after) {
    add_cells(hash, std::uint32_t{1} << (before * class_count + after));
}

void IntentSet::add_cells(std::uint64_t hash, std::uint32_t cells) {
    hash = std::max<std::uint64_t>(hash, 1);
    if (!is_sampled(hash)) return;
    if (2 * (size_ + 1) > entries_.size()) {
        rebuild(std::max(first_slots, 2 * entries_.size()));
    }
    put(hash, cells);
    while (size_ > bound_) {
        ++level_;
        rebuild(entries_.size());
    }
}

void IntentSet::put(std::uint64_t hash, std::uint32_t cells) {
    std::size_t at = first_of(hash);
    while (entries_[at].hash != 0 && entries_[at].hash != hash) {
        at = (at + 1) & (entries_.size() - 1);
    }
    if (entries_[at].hash == 0) ++size_;
    entries_[at].hash = hash;
    entries_[at].cells |= cells;
}

/// Without what is no longer sampled.
void IntentSet::rebuild(std::size_t slots) {
    std::vector<Entry> old(slots);
    old.swap(entries_);
    size_ = 0;
    for (const Entry& entry : old) {
        if (entry.hash != 0 && is_sampled(entry.hash)) put(entry.hash, entry.cells);
    }
}

void IntentSet::merge(const IntentSet& other) {
    if (other.level_ > level_) {
        level_ = other.level_;
        rebuild(std::max(first_slots, entries_.size()));
    }
    // Not one behind the other: entries stand in the order of their hashes, and would crowd into
    // one end of a table that is still to grow, where each looks through all that came before it.
    const std::size_t mask = other.entries_.size() - 1;
    const std::size_t stride = other.entries_.size() * 5 / 8 | 1;
    for (std::size_t i = 0; i < other.entries_.size(); ++i) {
        const Entry& entry = other.entries_[i * stride & mask];
        if (entry.hash != 0) add_cells(entry.hash, entry.cells);
    }
}

IntentTable IntentSet::table() const {
    IntentTable made;
    made.one_in = std::uint64_t{1} << level_;
    made.intents = size_ << level_;
    for (const Entry& entry : entries_) {
        for (std::uint32_t cells = entry.cells; cells != 0; cells &= cells - 1) {
            const auto cell = static_cast<std::size_t>(std::countr_zero(cells));
            made.table[cell / class_count][cell % class_count] += made.one_in;
        }
    }
    return made;
}

}  // namespace proviso::simulator
