#include "simulator/figures/time_doubts.h"

#include <algorithm>
#include <optional>

#include "simulator/figures/figure_tally.h"

namespace proviso::simulator {
namespace {

/// What all of them are, where there are enough and they are alike.
std::optional<std::int64_t> alike(const std::vector<std::int64_t>& numbers, std::size_t least) {
    if (numbers.size() < least) return std::nullopt;
    const bool all_same =
        std::adjacent_find(numbers.begin(), numbers.end(), std::not_equal_to<>()) == numbers.end();
    return all_same ? std::optional(numbers.front()) : std::nullopt;
}

std::vector<std::int64_t> gaps(const std::vector<RequestEvent>& requests) {
    std::vector<std::int64_t> between;
    for (std::size_t i = 1; i < requests.size(); ++i) {
        between.push_back(requests[i].time_us - requests[i - 1].time_us);
    }
    return between;
}

std::string seconds_text(std::int64_t us) {
    return std::to_string(whole_seconds(us)) + " s";
}

std::string doubt_of_requests(const std::vector<RequestEvent>& requests) {
    const std::string who = "the " + std::to_string(requests.size()) + " calls that gates hold";
    if (const auto gap = alike(gaps(requests), least_alike - 1)) {
        if (*gap == 0) return who + " all have the same time: no wait and no week means anything";
        return who + " come exactly " + seconds_text(*gap) +
               " apart: such times are made rather than told";
    }
    const bool are_days =
        requests.size() >= least_alike &&
        std::all_of(requests.begin(), requests.end(),
                    [](const RequestEvent& one) { return one.time_us % day_us == 0; });
    if (are_days) return who + " all have the time 00:00 UTC: their days are told, not their times";
    return {};
}

}  // namespace

std::vector<std::string> time_doubts(const std::vector<RequestEvent>& requests,
                                     const FigureEvents& events, std::uint64_t gated) {
    std::vector<std::string> doubts;
    const std::uint64_t timed = requests.size() + events.requests_beyond;
    if (timed < gated) {
        doubts.push_back("of " + std::to_string(gated) + " calls that gates hold " +
                         std::to_string(gated - timed) +
                         " have no time: they are in no hour, no week and no forecast");
    }
    if (std::string doubt = doubt_of_requests(requests); !doubt.empty()) {
        doubts.push_back(std::move(doubt));
    }
    std::vector<std::int64_t> spans;
    std::vector<std::int64_t> work;
    for (const AnswerEvent& one : events.answers) {
        if (one.asked_us != 0 && one.at_us != 0) spans.push_back(one.at_us - one.asked_us);
        if (one.work_seconds >= 0) work.push_back(one.work_seconds);
    }
    if (const auto span = alike(spans, least_alike)) {
        doubts.push_back("all " + std::to_string(spans.size()) + " recorded answers took " +
                         seconds_text(*span) + ": such times are made rather than told");
    }
    if (const auto each = alike(work, least_alike)) {
        doubts.push_back("the work on all " + std::to_string(work.size()) +
                         " recorded answers is told as " + std::to_string(*each) + " s");
    }
    return doubts;
}

}  // namespace proviso::simulator
