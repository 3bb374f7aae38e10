#include "engine/decide/snapshot.h"

namespace proviso::decide {

void KeyTable::save(model::Saver& saver, Record& record) const {
    saver(record.series);
    if (!record.is_used()) return;
    saver(record.currency, std::string{record.key.view()});
    record.track.save(saver);
}

void KeyTable::load(model::Loader& loader, Record& record, std::uint32_t number) {
    loader(record.series);
    if (!record.is_used()) return;
    std::string key;
    loader(record.currency, key);
    if (record.series >= series_.size()) loader.fail("a key is of no series");
    if (loader.failed()) return;
    record.key = InlineText{key};
    record.hash =
        hash(static_cast<SeriesId>(record.series), record.currency, keyed_hash(seed_, key));
    slots_.insert(record.hash, number);
    record.track.load(series_[record.series].spec.measure, loader);
}

void KeyTable::save(model::Saver& saver) {
    saver(series_.size());
    for (const SeriesState& series : series_) {
        saver(series_name(series.spec), series.held_since, series.currencies,
              series.many_currencies);
    }
    records_.save(saver, [&](Record& record) { save(saver, record); });
}

void KeyTable::load(model::Loader& loader) {
    std::size_t count = 0;
    loader(count);
    if (count != series_.size()) return loader.fail("limits and counters are others");
    for (SeriesState& series : series_) {
        std::string name;
        loader(name, series.held_since, series.currencies, series.many_currencies);
        if (name != series_name(series.spec)) loader.fail("limits and counters are others");
    }
    begin();
    records_.load(loader,
                  [&](Record& record, std::uint32_t number) { load(loader, record, number); });
}

void CallTable::save(model::Saver& saver) {
    saver(last_number_, held_since_);
    records_.save(saver, [&](const Record& record) { saver(record); });
}

void CallTable::load(model::Loader& loader, std::uint32_t keys) {
    loader(last_number_, held_since_);
    records_.load(loader, [&](Record& record, std::uint32_t number) {
        loader(record);
        if (std::any_of(record.keys.begin(), record.keys.end(),
                        [&](std::uint32_t key) { return key >= keys; })) {
            loader.fail("a call is of no key");
        }
        if (record.number == 0) return;
        record.hash = keyed_hash(seed_, record.id);
        slots_.insert(record.hash, number);
    });
}

// In the order in which they end, as those that end together are forgotten one by one.
void PlanTable::save(model::Saver& saver) const {
    saver(held_since_, ends_.size());
    for (const auto& [until, plan] : ends_) saver(plan, records_.at(plan));
}

void PlanTable::load(model::Loader& loader) {
    std::size_t left = 0;
    loader(held_since_, left);
    for (; left > 0 && !loader.failed(); --left) {
        PlanDigest plan{};
        Record record;
        loader(plan, record);
        put(plan, std::move(record));
    }
}

}  // namespace proviso::decide
