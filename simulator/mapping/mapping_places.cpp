#include "simulator/mapping/mapping_places.h"

#include <algorithm>

namespace proviso::simulator {
namespace {

constexpr std::string_view line_word = "line:";
constexpr std::string_view answer_word = "answer:";

/// RFC 6901's escapes; false for a `~` that is none.
bool unescape_step(std::string_view raw, std::string& name) {
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '~') {
            name += raw[i];
            continue;
        }
        const char next = ++i < raw.size() ? raw[i] : '\0';
        if (next != '0' && next != '1') return false;
        name += next == '0' ? '~' : '/';
    }
    return true;
}

bool read_steps(std::string_view pointer, bool stars, std::vector<PlaceStep>& steps) {
    if (!pointer.empty() && pointer.front() != '/') return false;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        const std::size_t end = std::min(pointer.find('/'), pointer.size());
        PlaceStep& step = steps.emplace_back();
        if (!unescape_step(pointer.substr(0, end), step.name)) return false;
        step.each = stars && step.name == "*";
        pointer.remove_prefix(end);
    }
    return true;
}

bool is_same_step(const PlaceStep& a, const PlaceStep& b) {
    return a.each == b.each && a.name == b.name;
}

void tell(Place& place, const Adapter& adapter) {
    for (const auto& [of, reading] : adapter.readings) {
        const bool leads_through =
            of.base == place.base && of.steps.size() <= place.steps.size() &&
            std::equal(of.steps.begin(), of.steps.end(), place.steps.begin(), is_same_step);
        if (leads_through) place.steps[of.steps.size() - 1].reading = reading;
    }
}

template <class Each>
void for_places(Adapter& adapter, const Each& each) {
    const auto all = [&](std::vector<Place>& places) {
        for (Place& place : places) each(place);
    };
    const auto filters = [&](std::vector<PlaceFilter>& only) {
        for (PlaceFilter& filter : only) each(filter.place);
    };
    all(adapter.each);
    filters(adapter.only);
    for (Choices& slot : adapter.slots) {
        for (Choice& choice : slot) {
            if (choice.place) each(*choice.place);
        }
    }
    if (!adapter.answer) return;
    all(adapter.answer->each);
    filters(adapter.answer->only);
    all(adapter.answer->key);
    all(adapter.answer->of);
}

}  // namespace

bool has_place_word(std::string_view text) {
    return text.starts_with(line_word) || text.starts_with(answer_word);
}

std::optional<Place> place_of(std::string_view text, PlaceBase base) {
    Place place{std::string{text}, base, {}};
    std::string_view pointer = text;
    if (text.starts_with(line_word)) {
        place.base = PlaceBase::line;
        pointer.remove_prefix(line_word.size());
    } else if (text.starts_with(answer_word)) {
        place.base = PlaceBase::answer;
        pointer.remove_prefix(answer_word.size());
    }
    if (!read_steps(pointer, place.base == PlaceBase::line, place.steps)) return std::nullopt;
    const bool is_nothing = place.steps.empty() && place.base != PlaceBase::answer;
    return is_nothing ? std::nullopt : std::optional(std::move(place));
}

void apply_readings(Adapter& adapter) {
    // Where the line is the call, both words mean the same.
    const auto as_line = [&](Place& place) {
        if (adapter.each.empty() && place.base == PlaceBase::call) place.base = PlaceBase::line;
    };
    for (auto& [place, reading] : adapter.readings) as_line(place);
    for_places(adapter, [&](Place& place) {
        as_line(place);
        tell(place, adapter);
    });
}

}  // namespace proviso::simulator
