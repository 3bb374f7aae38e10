// Zones and windows: sorted, within their bounds, and windows that refer to windows before them, so
// that a look-up ends. A window taken away by day is made of days of the zone that it is taken
// from.
#include <algorithm>

#include "engine/bytecode/verify_context.h"

namespace proviso::bytecode {
namespace {

using model::DaySpan;
using model::MinuteSpan;
using model::Window;
using model::WindowExcept;
using model::WindowTerm;
using model::Zone;

class WindowCheck {
  public:
    explicit WindowCheck(Context& context) : context_(context), program_(context.program) {}

    bool run() {
        for (std::size_t i = 0; i < program_.zones.size(); ++i) {
            where_ = {"zone", i};
            if (!zone(program_.zones[i])) return false;
        }
        for (std::size_t i = 0; i < program_.windows.size(); ++i) {
            where_ = {"window", i};
            if (!window(program_.windows[i])) return false;
        }
        return true;
    }

  private:
    bool require(bool holds, std::string_view why) { return context_.require(holds, where_, why); }

    bool zone(const Zone& it) {
        const bool ascends = std::is_sorted(it.starts.begin(), it.starts.end(), std::less_equal());
        const bool fits =
            std::all_of(it.offsets.begin(), it.offsets.end(), [](std::int32_t offset) {
                return offset >= -model::largest_offset && offset <= model::largest_offset;
            });
        return require(!it.starts.empty() && it.starts.size() == it.offsets.size(),
                       "it has not an offset for each start") &&
               require(it.starts.front() == model::covered_from, "it starts late") &&
               require(ascends, "its starts do not ascend") &&
               require(it.starts.back() < model::covered_to, "it goes past the covered years") &&
               require(fits, "one of its offsets is no offset");
    }

    // What testing a window takes at the most.
    struct Cost {
        std::size_t tests = 0;
        std::size_t depth = 1;
    };

    bool window(const Window& it) {
        Cost cost;
        for (const WindowTerm& one : it.terms) {
            if (!term(one, cost)) return false;
        }
        costs_.push_back(cost);
        day_zones_.push_back(model::zone_of_days(it));
        return require(!it.terms.empty(), "it has no terms") &&
               require(cost.tests <= context_.limits.window_parts, "it takes too many tests") &&
               require(cost.depth <= context_.limits.window_depth, "it nests too deep");
    }

    bool term(const WindowTerm& it, Cost& cost) {
        if (!context_.index(where_, "zone", it.zone, program_.zones.size())) return false;
        if (!minutes(it.hours) || !minutes(it.spill) || !days(it.days)) return false;
        cost.tests += 1;
        for (const WindowExcept& one : it.except) {
            if (!context_.index(where_, "window", one.window, where_.index)) return false;
            if (!require(!one.by_day || day_zones_[one.window] == it.zone,
                         "a window is taken away by day that is not made of days")) {
                return false;
            }
            cost.tests += costs_[one.window].tests;
            cost.depth = std::max(cost.depth, costs_[one.window].depth + 1);
        }
        return true;
    }

    bool minutes(const std::vector<MinuteSpan>& spans) {
        for (std::size_t i = 0; i < spans.size(); ++i) {
            const bool whole =
                spans[i].begin < spans[i].end && spans[i].end <= model::minutes_per_week;
            const bool apart = i == 0 || spans[i - 1].end < spans[i].begin;
            if (!require(whole && apart, "its hours do not ascend within the week")) return false;
        }
        return true;
    }

    bool days(const std::vector<DaySpan>& spans) {
        for (std::size_t i = 0; i < spans.size(); ++i) {
            const bool whole = spans[i].first <= spans[i].last;
            const bool apart = i == 0 || spans[i - 1].last < spans[i].first;
            if (!require(whole && apart, "its days do not ascend")) return false;
        }
        return true;
    }

    Context& context_;
    const Program& program_;
    Where where_{};
    // by window
    std::vector<Cost> costs_;
    std::vector<std::optional<std::uint32_t>> day_zones_;
};

}  // namespace

bool verify_windows(Context& context) {
    return WindowCheck(context).run();
}

}  // namespace proviso::bytecode
