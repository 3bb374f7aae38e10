#include "engine/decide/event_track.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <unordered_map>
#include <utility>

#include "engine/decide/exact_sum.h"

namespace proviso::decide {

namespace {

constexpr std::size_t few = 3;              // places that a key begins with
constexpr std::size_t looked_through = 48;  // longer tracks have an index
constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

struct MemberHash {
    std::size_t operator()(const MemberDigest& member) const {
        std::size_t word = 0;
        std::memcpy(&word, member.data(), sizeof word);
        return word;
    }
};

}  // namespace

EventTrack::Weights& EventTrack::Weights::operator+=(const Weights& more) {
    settled += more.settled;
    all += more.all;
    return *this;
}

EventTrack::Weights& EventTrack::Weights::operator-=(const Weights& less) {
    settled -= less.settled;
    all -= less.all;
    return *this;
}

/// Partial sums of the entries' weights; node i covers the entries below i + 1 back to i & (i + 1).
/// Words wrap: a sum that is taken off again may be more than is there.
struct EventTrack::Index {
    std::vector<Weights> tree;
    std::unordered_map<MemberDigest, std::size_t, MemberHash> last;

    void append(Weights weights) {
        const std::size_t at = tree.size();
        const std::size_t down_to = at & (at + 1);
        for (std::size_t i = at; i > down_to; i = i & (i - 1)) weights += tree[i - 1];
        tree.push_back(weights);
    }
    void change(std::size_t at, const Weights& before, const Weights& after) {
        for (std::size_t i = at; i < tree.size(); i |= i + 1) {
            tree[i] += after;
            tree[i] -= before;
        }
    }
    [[nodiscard]] Weights below(std::size_t end) const {
        Weights sum;
        for (std::size_t i = end; i > 0; i = i & (i - 1)) sum += tree[i - 1];
        return sum;
    }
};

EventTrack::EventTrack() noexcept = default;
EventTrack::~EventTrack() = default;
EventTrack::EventTrack(EventTrack&&) noexcept = default;
EventTrack& EventTrack::operator=(EventTrack&&) noexcept = default;

EventTrack::Weights EventTrack::weights(Measure measure, const Entry& entry) const {
    if (entry.state == EventState::cancelled) return {};
    const bool confirmed = entry.state == EventState::confirmed;
    switch (measure) {
        case Measure::count: return {confirmed ? Whole{1} : Whole{0}, 1};
        case Measure::sum: {
            const Whole amount = scaled(entry.amount().coefficient, scale_ - entry.amount().scale);
            return {confirmed ? amount : 0, amount};
        }
        case Measure::distinct:
            return {entry.last_confirmed ? Whole{1} : Whole{0}, entry.last ? Whole{1} : Whole{0}};
    }
    return {};
}

bool EventTrack::all_fit(std::uint8_t scale) const {
    return std::all_of(entries_.begin() + first_, entries_.end(),
                       [&](const Entry& entry) { return fits(entry.amount(), scale); });
}

std::size_t EventTrack::position_of(Instant first) const {
    const auto begin = entries_.begin() + first_;
    const auto found = std::partition_point(begin, entries_.end(),
                                            [&](const Entry& entry) { return entry.time < first; });
    return static_cast<std::size_t>(found - entries_.begin());
}

std::size_t EventTrack::last_of(const MemberDigest& member) const {
    if (index_ != nullptr) {
        const auto found = index_->last.find(member);
        return found == index_->last.end() || found->second < first_ ? nowhere : found->second;
    }
    for (std::size_t i = entries_.size(); i-- > first_;) {
        if (entries_[i].last && entries_[i].member == member) return i;
    }
    return nowhere;
}

bool EventTrack::has(const MemberDigest& member, Instant first) const {
    const std::size_t at = last_of(member);
    return at != nowhere && entries_[at].time >= first;
}

/// Which of a member's events are the last ones.
void EventTrack::mark_last(const MemberDigest& member) {
    bool any = false;
    bool confirmed = false;
    for (std::size_t i = entries_.size(); i-- > first_;) {
        Entry& entry = entries_[i];
        if (entry.member != member) continue;
        entry.last = entry.state != EventState::cancelled && !any;
        entry.last_confirmed = entry.state == EventState::confirmed && !confirmed;
        any |= entry.last;
        confirmed |= entry.last_confirmed;
    }
}

void EventTrack::no_longer_last(const MemberDigest& member) {
    const std::size_t before = last_of(member);
    if (before == nowhere) return;
    const Weights old = weights(Measure::distinct, entries_[before]);
    entries_[before].last = false;
    const Weights now = weights(Measure::distinct, entries_[before]);
    sum_ -= old;
    sum_ += now;
    if (index_) index_->change(before, old, now);
}

// In order, as nearly all events come.
inline void EventTrack::append(Measure measure, const Entry& entry) {
    if (entries_.capacity() == 0) entries_.reserve(few);
    if (empty()) {
        oldest_ = entry.time;
        if (measure == Measure::sum) scale_ = entry.amount().scale;
    }
    newest_ = entry.time;
    if (measure == Measure::distinct) no_longer_last(entry.member);
    entries_.push_back(entry);
    if (measure == Measure::distinct) {
        entries_.back().last = true;
        if (index_) index_->last[entry.member] = entries_.size() - 1;
    }
    const Weights own = weights(measure, entries_.back());
    sum_ += own;
    if (index_) {
        index_->append(own);
    } else if (size() > looked_through) {
        index(measure);
    }
}

/// Among others: late, or with more digits behind the point than they have.
void EventTrack::insert(Measure measure, const Entry& entry) {
    if (measure == Measure::sum) scale_ = std::max(scale_, entry.amount().scale);
    const auto at = entries_.begin() + static_cast<std::ptrdiff_t>(position_of(entry.time + 1));
    entries_.insert(at, entry);
    if (measure == Measure::distinct) mark_last(entry.member);
    if (index_ != nullptr || size() > looked_through) index(measure);
    sum_again(measure);
}

void EventTrack::add(Measure measure, const Entry& entry) {
    compact(measure);
    const bool late = newest_ > entry.time;
    const bool finer = measure == Measure::sum && entry.amount().scale > scale_;
    if ((late || finer) && !empty()) {
        insert(measure, entry);
    } else {
        append(measure, entry);
    }
}

void EventTrack::sum_again(Measure measure) {
    sum_ = sum_from(measure, first_);
    oldest_ = empty() ? since_ever : entries_[first_].time;
    newest_ = empty() ? since_ever : entries_.back().time;
}

void EventTrack::index(Measure measure) {
    index_ = std::make_unique<Index>();
    index_->tree.reserve(entries_.size());
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        index_->append(i < first_ ? Weights{} : weights(measure, entries_[i]));
        if (measure == Measure::distinct && i >= first_ && entries_[i].last) {
            index_->last[entries_[i].member] = i;
        }
    }
}

EventTrack::Weights EventTrack::sum_from(Measure measure, std::size_t position) const {
    Weights sum;
    if (index_ != nullptr) {
        sum = index_->below(entries_.size());
        sum -= index_->below(position);
        return sum;
    }
    for (std::size_t i = position; i < entries_.size(); ++i) sum += weights(measure, entries_[i]);
    return sum;
}

EventTrack::Sums EventTrack::since(Measure measure, Instant first) const {
    const Weights sum = first <= oldest_ ? sum_ : sum_from(measure, position_of(first));
    Sums result;
    if (measure == Measure::sum) {
        result.settled_sum = to_decimal(sum.settled, scale_);
        result.all_sum = sum.all == sum.settled ? result.settled_sum : to_decimal(sum.all, scale_);
    } else {
        result.settled = static_cast<std::int64_t>(sum.settled);
        result.all = static_cast<std::int64_t>(sum.all);
    }
    return result;
}

void EventTrack::settle(Measure measure, std::uint64_t call, Instant first, Instant last,
                        EventState to) {
    bool members_changed = false;
    for (std::size_t i = position_of(first); i < entries_.size(); ++i) {
        Entry& entry = entries_[i];
        if (entry.time > last) break;
        if (entry.call != call || entry.state == EventState::confirmed) continue;
        const Weights before = weights(measure, entry);
        entry.state = to;
        if (measure == Measure::distinct) {
            mark_last(entry.member);
            members_changed = true;
        } else if (index_ != nullptr) {
            index_->change(i, before, weights(measure, entry));
        }
    }
    if (members_changed && index_ != nullptr) index(measure);
    sum_again(measure);
}

Instant EventTrack::drop_before(Measure measure, Instant first) {
    const std::size_t end = position_of(first);
    const Instant latest = entries_[end - 1].time;
    first_ = static_cast<std::uint32_t>(end);
    if (empty()) {
        entries_ = {};
        index_.reset();
        first_ = 0;
        scale_ = 0;
    }
    sum_again(measure);
    return latest;
}

void EventTrack::save(model::Saver& saver) const {
    saver(scale_, size());
    for (std::size_t i = first_; i < entries_.size(); ++i) {
        const Entry& entry = entries_[i];
        saver(entry.time, std::uint64_t{entry.call}, static_cast<EventState>(entry.state),
              static_cast<bool>(entry.last), static_cast<bool>(entry.last_confirmed), entry.member);
    }
}

void EventTrack::load(Measure measure, model::Loader& loader) {
    std::size_t left = 0;
    loader(scale_, left);
    if (scale_ > model::max_scale) loader.fail("a sum has more digits than numbers have");
    for (; left > 0 && !loader.failed(); --left) {
        std::uint64_t call = 0;
        EventState state = EventState::pending;
        bool last = false;
        bool last_confirmed = false;
        Entry& entry = entries_.emplace_back();
        loader(entry.time, call, state, last, last_confirmed, entry.member);
        entry.call = call & ((std::uint64_t{1} << 56U) - 1);
        entry.state = state;
        entry.last = last;
        entry.last_confirmed = last_confirmed;
        const bool is_sum = measure == Measure::sum;
        if (state > EventState::cancelled || (is_sum && entry.amount().scale > scale_)) {
            loader.fail("an event is none");
        }
    }
    if (loader.failed()) return;
    if (size() > looked_through) index(measure);
    sum_again(measure);
}

// What was dropped gives its memory back when it is half of the track.
void EventTrack::compact(Measure measure) {
    if (first_ < looked_through || first_ < entries_.size() / 2) return;
    entries_.erase(entries_.begin(), entries_.begin() + first_);
    first_ = 0;
    if (index_ == nullptr) return;
    if (size() > looked_through) {
        index(measure);
    } else {
        index_.reset();
    }
}

}  // namespace proviso::decide
