#include "simulator/replay/doubts.h"

#include <algorithm>
#include <string>

#include "simulator/mapping/mapped_fields.h"

namespace proviso::simulator {
namespace {

void add_times(OddTimes& times, const TimeTally& tally, const Mapping& mapping) {
    times.early = tally.early;
    times.late = tally.late;
    times.unreadable = tally.unreadable;
    const LayoutField* const field = time_field(mapping);
    if (times.calls() == 0 || field == nullptr) return;
    times.place = shown_place(mapping, field->pointer);
    const bool is_cut = is_of_nanoseconds(mapping, *field);
    times.form = likely_time_form(is_cut ? times.value + "000" : times.value);
    if (is_cut && !times.value.ends_with("ns")) times.value += "…";
}

void add_places(MappingDoubts& told, const Mapping& mapping, const PlacesMet& met) {
    const std::vector<MappedPlace> places = mapped_places(mapping);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (i < met.size() && met[i] != 0) continue;
        // Where filters let nothing through, nobody has looked for the rest.
        if (told.looked_at == 0 && places[i].field != "only") continue;
        told.nowhere.push_back({places[i].field, places[i].place});
    }
}

}  // namespace

void add_doubts(Report& report, const Tally& tally, const Mapping& mapping, const PlacesMet& met,
                std::span<const Policy* const> policies) {
    add_times(report.doubts.times, tally.times, mapping);
    MappingDoubts& told = report.doubts.mapping;
    told.unknown = unknown_fields(mapping, policies);
    told.looked_at = mapping.adapter ? report.counts.calls() : report.unread.looked_at;
    if (told.looked_at + report.skipped == 0) return;
    add_places(told, mapping, mapping.adapter ? met : tally.places_met);
    // Of what stands nowhere its name does not matter yet.
    std::erase_if(told.unknown, [&](const MappedField& one) {
        return std::any_of(told.nowhere.begin(), told.nowhere.end(),
                           [&](const MappedField& other) { return other.field == one.field; });
    });
}

}  // namespace proviso::simulator
