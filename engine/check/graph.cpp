// See graph.h: depth-first with a stack of its own.

#include "engine/check/graph.h"

#include <algorithm>

namespace proviso::check {
namespace {

enum class Mark : std::uint8_t { fresh, open, done };

constexpr std::size_t most_cycles = 100;  // so that a tangle of them stays cheap

struct Step {
    std::uint32_t node = 0;
    std::size_t next = 0;  // into its uses
};

std::vector<std::uint32_t> cycle_from(const std::vector<Step>& path, std::uint32_t node) {
    std::vector<std::uint32_t> cycle;
    const auto begin =
        std::find_if(path.begin(), path.end(), [&](const Step& step) { return step.node == node; });
    for (auto step = begin; step != path.end(); ++step) cycle.push_back(step->node);
    return cycle;
}

}  // namespace

UseOrder order_by_use(const std::vector<std::vector<std::uint32_t>>& uses) {
    UseOrder result;
    result.in_cycle.assign(uses.size(), false);
    std::vector<Mark> marks(uses.size(), Mark::fresh);
    std::vector<Step> path;
    for (std::uint32_t root = 0; root < uses.size(); ++root) {
        if (marks[root] != Mark::fresh) continue;
        path.push_back({root});
        marks[root] = Mark::open;
        while (!path.empty()) {
            Step& step = path.back();
            if (step.next == uses[step.node].size()) {
                marks[step.node] = Mark::done;
                result.order.push_back(step.node);
                path.pop_back();
                continue;
            }
            const std::uint32_t used = uses[step.node][step.next++];
            if (marks[used] == Mark::open) {
                result.in_cycle[used] = true;
                if (result.cycles.size() < most_cycles) {
                    result.cycles.push_back(cycle_from(path, used));
                }
            }
            if (marks[used] != Mark::fresh) continue;
            marks[used] = Mark::open;
            path.push_back({used});
        }
    }
    return result;
}

}  // namespace proviso::check
