// The parts of a window that are its own become one term. A window that it names brings its terms,
// from which more is taken away here. What is taken away is a window itself: a named one, or one
// made of the days or of the hours behind `except`.
#include "engine/compile/windows.h"

#include <algorithm>

namespace proviso::compile {
namespace {

using check::WindowPart;
using model::DaySpan;
using model::minutes_per_day;
using model::minutes_per_week;
using model::MinuteSpan;
using model::WindowTerm;

MinuteSpan span(std::uint32_t begin, std::uint32_t end) {
    return {static_cast<std::uint16_t>(begin), static_cast<std::uint16_t>(end)};
}

void add_weekly(const WindowPart& part, WindowTerm& term) {
    const bool past_midnight = part.to_minute <= part.from_minute;
    for (std::uint32_t day = 0; day < 7; ++day) {
        if ((part.weekdays >> day & 1U) == 0) continue;
        const std::uint32_t midnight = day * minutes_per_day;
        const std::uint32_t end = past_midnight ? minutes_per_day : part.to_minute;
        term.hours.push_back(span(midnight + part.from_minute, midnight + end));
        if (!past_midnight || part.to_minute == 0) continue;
        const std::uint32_t next = (midnight + minutes_per_day) % minutes_per_week;
        term.spill.push_back(span(next, next + part.to_minute));
    }
}

void add_part(const WindowPart& part, WindowTerm& term) {
    switch (part.kind) {
        case WindowPart::Kind::weekly: add_weekly(part, term); return;
        case WindowPart::Kind::dates: term.days.push_back({part.first_day, part.last_day}); return;
        case WindowPart::Kind::workdays: {
            const std::vector<DaySpan> days = model::month_workdays(part.workdays, part.last);
            term.days.insert(term.days.end(), days.begin(), days.end());
            return;
        }
        case WindowPart::Kind::window: return;
    }
}

/// One term of the parts that `take` takes; without any, none.
template <class Take>
std::vector<WindowTerm> own_term(const check::Window& window, const std::vector<WindowPart>& parts,
                                 const Take& take) {
    WindowTerm term{.zone = window.zone};
    bool any = false;
    for (const WindowPart& part : parts) {
        if (part.kind == WindowPart::Kind::window || !take(part)) continue;
        add_part(part, term);
        any = true;
    }
    if (!any) return {};
    model::join(term.hours);
    model::join(term.spill);
    model::join(term.days);
    return {std::move(term)};
}

class WindowCompiler {
  public:
    WindowCompiler(const check::PolicySet& set, bytecode::Program& program)
        : set_(set),
          program_(program),
          made_(set.windows.size(), bytecode::none) {}

    std::vector<std::uint32_t> run() {
        for (std::uint32_t i = 0; i < set_.windows.size(); ++i) (void)make(check::WindowId{i});
        return std::move(made_);
    }

  private:
    // The checker has bounded how deep windows stand within each other.
    std::uint32_t make(check::WindowId id) {
        const auto index = static_cast<std::size_t>(id);
        if (made_[index] != bytecode::none) return made_[index];
        const check::Window& from = set_.window(id);
        const std::vector<std::uint32_t> taken_away = excepted(from);
        model::Window window{from.name,
                             own_term(from, from.include, [](const WindowPart&) { return true; })};
        for (const WindowPart& part : from.include) {
            if (part.kind != WindowPart::Kind::window) continue;
            const std::vector<WindowTerm>& terms = program_.windows[make(part.window)].terms;
            window.terms.insert(window.terms.end(), terms.begin(), terms.end());
        }
        // Lists of data that are empty leave a window without a time in it.
        if (window.terms.empty()) window.terms.push_back({.zone = from.zone});
        for (WindowTerm& term : window.terms) take_away(term, taken_away);
        return made_[index] = add(std::move(window));
    }

    std::uint32_t add(model::Window window) {
        program_.windows.push_back(std::move(window));
        return static_cast<std::uint32_t>(program_.windows.size() - 1);
    }

    std::vector<std::uint32_t> excepted(const check::Window& from) {
        std::vector<std::uint32_t> result;
        const auto add_own = [&](std::string_view what, bool days) {
            std::vector<WindowTerm> terms = own_term(
                from, from.except, [&](const WindowPart& part) { return part.days == days; });
            if (terms.empty()) return;
            result.push_back(add({from.name + std::string(what), std::move(terms)}));
        };
        add_own(", days taken away", true);
        add_own(", hours taken away", false);
        for (const WindowPart& part : from.except) {
            if (part.kind == WindowPart::Kind::window) result.push_back(make(part.window));
        }
        return result;
    }

    // By day where the term counts its days as the window does: hours past midnight go along.
    void take_away(WindowTerm& term, const std::vector<std::uint32_t>& windows) const {
        for (const std::uint32_t window : windows) {
            const bool by_day = model::zone_of_days(program_.windows[window]) == term.zone;
            term.except.push_back({window, by_day});
        }
    }

    const check::PolicySet& set_;
    bytecode::Program& program_;
    std::vector<std::uint32_t> made_;  // by WindowId
};

}  // namespace

std::vector<std::uint32_t> add_windows(const check::PolicySet& set, bytecode::Program& program) {
    program.zone_data = set.zone_data;
    program.zones = set.zones;
    return WindowCompiler(set, program).run();
}

}  // namespace proviso::compile
