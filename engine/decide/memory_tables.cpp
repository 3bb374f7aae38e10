#include "engine/decide/memory_tables.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/decide/series_name.h"

namespace proviso::decide {

namespace {

constexpr std::int64_t second_us = 1'000'000;
constexpr int looked_at = 2;  // records that a step looks at
constexpr std::size_t currencies_kept = 64;
constexpr std::uint64_t last_call = (std::uint64_t{1} << 56U) - 1;

/// `a - b`, down to the lowest instant there is.
Instant back(Instant a, std::int64_t b) {
    Instant result = 0;
    return __builtin_sub_overflow(a, b, &result) ? since_ever : result;
}

std::int64_t to_us(std::size_t seconds) {
    constexpr auto most = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(std::min(seconds, most / second_us)) * second_us;
}

/// All of its lines.
template <class Record>
void prefetch(const Record& record) {
    constexpr std::size_t line = 64;
    const auto* at = reinterpret_cast<const char*>(&record);
    for (std::size_t byte = 0; byte < sizeof record; byte += line) __builtin_prefetch(at + byte);
}

Instant after(Instant dropped) {
    return dropped == std::numeric_limits<Instant>::max() ? dropped : dropped + 1;
}

}  // namespace

// ---------------------------------------------------------------- keys

KeyTable::KeyTable(std::uint64_t seed, const Limits& limits)
    : seed_(seed),
      limits_(limits),
      late_us_(to_us(limits.store_late_seconds)) {}

Fault KeyTable::series(const SeriesSpec& spec, SeriesId& out) {
    const std::string name = series_name(spec);
    const auto found = names_.find(name);
    if (found != names_.end()) {
        out = found->second;
        std::int64_t& kept = state(out).spec.look_back_us;
        kept = std::max(kept, spec.look_back_us);
        return Fault::none;
    }
    if (series_.size() >= limits_.store_series) return Fault::full;
    out = static_cast<SeriesId>(series_.size());
    series_.push_back({.spec = spec});
    names_.emplace(name, out);
    return Fault::none;
}

std::uint64_t KeyTable::hash(SeriesId series, model::Currency currency, std::uint64_t of_key) {
    return hash_with(of_key, static_cast<std::uint64_t>(series) << 32 | currency);
}

KeyTable::Place KeyTable::place_of(SeriesId series, model::Currency currency, std::string_view key,
                                   std::uint64_t of_key) {
    return {.series = series,
            .currency = currency,
            .key = key,
            .of_key = of_key,
            .hash = hash(series, currency, of_key)};
}

/// Its record or not: what is at hand is compared before the key's bytes are.
inline bool KeyTable::is_its(const Place& place, const Record& record) {
    return record.hash == place.hash && record.series == static_cast<std::uint32_t>(place.series) &&
           record.currency == place.currency && record.key.view() == place.key;
}

inline void KeyTable::set(Place& place, std::uint32_t number) {
    place.number = number;
    place.record = number == HashSlots::none ? nullptr : &records_[number];
}

/// Whether there is one.
bool KeyTable::seek(Place& place) {
    set(place, slots_.find(place.hash,
                           [&](std::uint32_t number) { return is_its(place, records_[number]); }));
    return place.record != nullptr;
}

/// Whether the place is of this look: a number that was given elsewhere must lead to no other key.
inline bool KeyTable::is_for(const Place& place, SeriesId series, model::Currency currency,
                             std::string_view key) {
    return place.series == series && place.currency == currency && place.key.data() == key.data() &&
           place.key.size() == key.size();
}

// A key without a record is sought again each time: it may have got one.
inline KeyTable::Place& KeyTable::find(SeriesId series, model::Currency currency,
                                       std::string_view key, Foreseen foreseen) {
    const std::uint64_t at = static_cast<std::uint64_t>(foreseen) - first_foreseen_;
    const bool known = at < foreseen_ && is_for(places_[at], series, currency, key);
    if (!known) unforeseen_ = place_of(series, currency, key, keyed_hash(seed_, key));
    Place& place = known ? places_[at] : unforeseen_;
    if (!place.is_sure) {
        const bool is_likely = place.record != nullptr && is_its(place, *place.record);
        place.is_sure = is_likely || seek(place);
    }
    return place;
}

inline Fault KeyTable::add_up(const Look& look, SeriesSpec::Measure measure,
                              model::Currency currency, Total& out) {
    const Record* const record = find(look.series, currency, look.key, look.foreseen).record;
    if (record == nullptr) {
        out.added = static_cast<std::int64_t>(look.members.size());
        return Fault::none;
    }
    const EventTrack& track = record->track;
    const EventTrack::Sums sums = track.since(measure, look.since);
    out.settled = sums.settled;
    out.all = sums.all;
    if (measure == SeriesSpec::Measure::distinct) {
        out.added = std::count_if(look.members.begin(), look.members.end(),
                                  [&](const auto& one) { return !track.has(one, look.since); });
    }
    if (measure != SeriesSpec::Measure::sum) return Fault::none;
    if (!sums.settled_sum || !sums.all_sum) return Fault::overflow;
    if (sums.all_sum->coefficient == 0) return Fault::none;
    if (out.currencies == Total::most_currencies) return Fault::full;
    out.sums[out.currencies++] = {currency, *sums.settled_sum, *sums.all_sum};
    return Fault::none;
}

Fault KeyTable::total(const Look& look, Total& out) {
    out.clear();
    if (tracks_wait_) foresee_tracks();
    const SeriesState& series = state(look.series);
    if (look.since < series.held_since) return Fault::forgotten;
    const SeriesSpec::Measure measure = series.spec.measure;
    if (series.spec.kind != SeriesSpec::Kind::money || look.currency != 0) {
        return add_up(look, measure, look.currency, out);
    }
    if (series.many_currencies) return Fault::full;
    Look of_one = look;
    of_one.foreseen = Foreseen::no;
    for (const model::Currency currency : series.currencies) {
        const Fault fault = add_up(of_one, measure, currency, out);
        if (fault != Fault::none) return fault;
    }
    return Fault::none;
}

Foreseen KeyTable::foresee(const Look& look) {
    if (foreseen_ == places_.size()) return Foreseen::no;
    Place& place = places_[foreseen_];
    // Told by where it is: looks of one step often share their key.
    const Place* const last = foreseen_ == 0 ? nullptr : &places_[foreseen_ - 1];
    const bool same_key = last != nullptr && last->key.data() == look.key.data() &&
                          last->key.size() == look.key.size();
    place = place_of(look.series, look.currency, look.key,
                     same_key ? last->of_key : keyed_hash(seed_, look.key));
    place.since = look.since;
    slots_.prefetch(place.hash);
    return static_cast<Foreseen>(first_foreseen_ + foreseen_++);
}

void KeyTable::fetch() {
    for (std::size_t i = 0; i < foreseen_; ++i) {
        set(places_[i], slots_.likely(places_[i].hash));
        if (places_[i].record != nullptr) prefetch(*places_[i].record);
    }
    tracks_wait_ = true;
}

/// When the records are there; before the first of them is read.
void KeyTable::foresee_tracks() {
    tracks_wait_ = false;
    for (std::size_t i = 0; i < foreseen_; ++i) {
        const Place& one = places_[i];
        if (one.record != nullptr) one.record->track.prefetch(one.since);
    }
}

void KeyTable::add_key(Place& place) {
    set(place, records_.take());
    place.record->hash = place.hash;
    place.record->series = static_cast<std::uint32_t>(place.series);
    place.record->currency = place.currency;
    place.record->key = InlineText{place.key};
    slots_.insert(place.hash, place.number);
    place.is_sure = true;
}

Fault KeyTable::reserve(const Event& event, std::uint32_t& key) {
    Place& place = find(event.series, event.currency, event.key, event.foreseen);
    if (place.record == nullptr) {
        if (records_.live() >= limits_.store_keys) return Fault::full;
        add_key(place);
    }
    key = place.number;
    const EventTrack& track = place.record->track;
    const SeriesSpec::Measure measure = state(event.series).spec.measure;
    const std::size_t more = measure == SeriesSpec::Measure::distinct ? event.members.size() : 1;
    if (track.size() + more > limits_.store_events) return Fault::full;
    if (measure != SeriesSpec::Measure::sum) return Fault::none;
    if (event.amount.coefficient < 0) return Fault::out_of_range;
    return track.takes(event.amount) ? Fault::none : Fault::overflow;
}

inline Instant KeyTable::expired(const SeriesState& series, Instant now) const {
    return back(back(now, series.spec.look_back_us), late_us_);
}

inline void KeyTable::drop(Record& record, SeriesState& series, Instant before) {
    if (!record.track.has_before(before)) return;
    const Instant dropped = record.track.drop_before(series.spec.measure, before);
    series.held_since = std::max(series.held_since, after(dropped));
}

void KeyTable::add(const Event& event, std::uint32_t key, std::uint64_t call,
                   std::optional<Instant> now) {
    Record& record = records_[key];
    SeriesState& series = state(event.series);
    if (now) drop(record, series, expired(series, *now));
    EventTrack::Entry entry;
    entry.time = event.time;
    entry.call = call & last_call;
    if (series.spec.measure == SeriesSpec::Measure::distinct) {
        for (const MemberDigest& member : event.members) {
            entry.member = member;
            record.track.add(series.spec.measure, entry);
        }
        return;
    }
    entry.set(event.amount);
    record.track.add(series.spec.measure, entry);
    if (series.spec.kind != SeriesSpec::Kind::money) return;
    auto& known = series.currencies;
    if (std::find(known.begin(), known.end(), event.currency) != known.end()) return;
    if (known.size() < currencies_kept) {
        known.push_back(event.currency);
    } else {
        series.many_currencies = true;
    }
}

void KeyTable::settle(std::uint32_t key, std::uint64_t call, Instant first, Instant last,
                      EventState to) {
    Record& record = records_[key];
    if (!record.is_used()) return;
    record.track.settle(series_[record.series].spec.measure, call, first, last, to);
}

void KeyTable::sweep(Instant now) {
    for (int i = 0; i < looked_at && records_.ever_taken() > 0; ++i) {
        const std::uint32_t number = records_.turn();
        Record& record = records_[number];
        if (!record.is_used()) continue;
        SeriesState& series = series_[record.series];
        const Instant before = expired(series, now);
        if (record.track.newest() >= before) continue;
        drop(record, series, before);
        slots_.erase(record.hash, number);
        records_.give_back(number);
    }
}

// ---------------------------------------------------------------- call ids

CallTable::CallTable(std::uint64_t seed, const Limits& limits)
    : seed_(seed),
      limits_(limits),
      kept_us_(to_us(limits.store_id_seconds)) {}

CallTable::Record* CallTable::find(std::string_view id) {
    const std::uint64_t hashed = keyed_hash(seed_, id);
    const std::uint32_t number = slots_.find(hashed, [&](std::uint32_t one) {
        return records_[one].hash == hashed && records_[one].id == id;
    });
    return number == HashSlots::none ? nullptr : &records_[number];
}

CallTable::Record& CallTable::add(std::string_view id) {
    const std::uint32_t number = records_.take();
    Record& record = records_[number];
    record.hash = keyed_hash(seed_, id);
    record.number = ++last_number_;
    record.id = id;
    slots_.insert(record.hash, number);
    return record;
}

void CallTable::sweep(Instant now) {
    const Instant expired = back(now, kept_us_);
    for (int i = 0; i < looked_at && records_.ever_taken() > 0; ++i) {
        const std::uint32_t number = records_.turn();
        Record& record = records_[number];
        if (record.number == 0 || record.at == since_ever || record.at >= expired) continue;
        held_since_ = std::max(held_since_, after(record.at));
        slots_.erase(record.hash, number);
        records_.give_back(number);
    }
}

// ---------------------------------------------------------------- plans

PlanTable::PlanTable(const Limits& limits)
    : limits_(limits),
      late_us_(to_us(limits.store_late_seconds)) {}

std::size_t PlanTable::Hash::operator()(const PlanDigest& plan) const {
    std::size_t word = 0;
    std::memcpy(&word, plan.data(), sizeof word);
    return word;
}

const PlanTable::Record* PlanTable::find(const PlanDigest& plan) const {
    const auto found = records_.find(plan);
    return found == records_.end() ? nullptr : &found->second;
}

void PlanTable::put(const PlanDigest& plan, Record record) {
    const auto found = records_.find(plan);
    if (found != records_.end()) {
        const auto ends = ends_.equal_range(found->second.until);
        const auto end = std::find_if(ends.first, ends.second,
                                      [&](const auto& one) { return one.second == plan; });
        ends_.erase(end);
    }
    ends_.emplace(record.until, plan);
    records_.insert_or_assign(plan, std::move(record));
}

void PlanTable::forget(Instant now) {
    const Instant expired = back(now, late_us_);
    for (int i = 0; i < looked_at && !ends_.empty() && ends_.begin()->first < expired; ++i) {
        held_since_ = std::max(held_since_, after(ends_.begin()->first));
        records_.erase(ends_.begin()->second);
        ends_.erase(ends_.begin());
    }
}

}  // namespace proviso::decide
