#include "simulator/figures/forecast.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

#include "engine/observed.h"
#include "simulator/figures/figure_tally.h"
#include "simulator/figures/office_hours.h"
#include "simulator/figures/time_doubts.h"
#include "simulator/report/report.h"

namespace proviso::simulator {
namespace {

std::string told_place(const ForecastInput& input, const RequestEvent& request) {
    const CallPlace& at = request.place;
    return place_text(input.files[at.file], at.line, at.call) +
           (request.id.empty() ? "" : ", " + request.id);
}

constexpr unsigned most_people = 1000;                          // of a role
constexpr std::int64_t longest_wait = 10'000LL * 365 * 86'400;  // beyond all times

std::int64_t floor_seconds(std::int64_t time_us) {
    return day_of(time_us) * 86'400 + (time_us - day_of(time_us) * day_us) / 1'000'000;
}

/// Somebody who approves.
struct Person {
    std::uint32_t role = 0;
    std::int64_t free_at = 0;
};

/// What one role's part of a queue comes to.
struct RoleQueue {
    unsigned people = 0;
    std::uint64_t requests = 0;
    std::uint64_t answered = 0;
    std::uint64_t late = 0;
    std::uint64_t escalated = 0;
    std::int64_t worked = 0;
    DurationTally wait;
    DurationTally answer;
    std::vector<std::string> late_calls;
};

class Queue {
  public:
    explicit Queue(const ForecastInput& input)
        : input_(input),
          hours_(input.staff.hours.value_or(OfficeHours{})) {
        for (const Approvers& one : input.staff.approvers) {
            const auto& names = input.roles.names;
            const auto at = std::find(names.begin(), names.end(), one.role);
            const auto role = static_cast<std::uint32_t>(at - names.begin());
            people_.insert(people_.end(), one.people, Person{role, INT64_MIN});
            roles_[role].people += one.people;
        }
    }

    void replay(const std::vector<RequestEvent>& requests, const std::vector<std::int64_t>& work,
                std::int64_t median) {
        for (const RequestEvent& request : requests) {
            const auto shape = input_.tally.shapes.rows().find(request.shape);
            if (shape == input_.tally.shapes.rows().end()) {
                ++shapeless_;
                continue;
            }
            arrive(request, shape->second, work, median);
        }
    }

    [[nodiscard]] std::optional<Forecast> forecast(std::uint32_t role) const {
        const auto found = roles_.find(role);
        if (found == roles_.end()) return std::nullopt;
        const RoleQueue& queue = found->second;
        Forecast made;
        made.people = queue.people;
        made.requests = queue.requests;
        made.answered = queue.answered;
        made.wait = queue.wait.durations();
        made.answer = queue.answer.durations();
        made.late = queue.late;
        made.escalated = queue.escalated;
        made.late_calls = queue.late_calls;
        const double open = static_cast<double>(open_between(hours_, first_, last_)) * queue.people;
        if (open > 0) made.busy = static_cast<double>(queue.worked) / open;
        return made;
    }
    [[nodiscard]] std::uint64_t nobody() const { return nobody_; }
    [[nodiscard]] std::uint64_t shapeless() const { return shapeless_; }

  private:
    struct Choice {
        std::size_t person = 0;
        std::int64_t start = 0;
    };

    void arrive(const RequestEvent& request, const RequestShape& shape,
                const std::vector<std::int64_t>& work, std::int64_t median) {
        const std::int64_t asked = floor_seconds(request.time_us);
        taken_.clear();
        std::uint32_t number = 0;
        for (const observed::AskedPeople& wanted : shape.people) {
            if (wanted.principal) continue;
            const std::int64_t own =
                number < request.answers ? work[request.first_answer + number] : -1;
            ++number;
            answer(request, shape, wanted, asked, own >= 0 ? own : median);
        }
    }

    void answer(const RequestEvent& request, const RequestShape& shape,
                const observed::AskedPeople& wanted, std::int64_t asked, std::int64_t work) {
        const std::optional<Choice> choice = choose(shape, wanted, asked);
        if (!choice) {
            ++nobody_;
            return;
        }
        Person& person = people_[choice->person];
        const std::int64_t done = after_work(hours_, choice->start, work);
        person.free_at = done;
        taken_.push_back(choice->person);
        first_ = seen_any_ ? std::min(first_, asked) : asked;
        last_ = seen_any_ ? std::max(last_, done) : done;
        seen_any_ = true;
        RoleQueue& theirs = roles_[person.role];
        ++theirs.answered;
        theirs.worked += work;
        for (const std::uint32_t role : wanted.roles) {
            count(roles_[role], request, shape, {asked, choice->start, done});
        }
    }

    struct Times {
        std::int64_t asked = 0;
        std::int64_t start = 0;
        std::int64_t done = 0;
    };
    void count(RoleQueue& queue, const RequestEvent& request, const RequestShape& shape,
               const Times& times) {
        ++queue.requests;
        queue.wait.add(times.start - times.asked);
        queue.answer.add(times.done - times.asked);
        const auto first_added = std::min_element(
            shape.added.begin(), shape.added.end(),
            [](const auto& a, const auto& b) { return a.after_seconds < b.after_seconds; });
        if (first_added != shape.added.end() &&
            times.start - times.asked > first_added->after_seconds) {
            ++queue.escalated;
        }
        if (times.done - times.asked <= shape.within_seconds) return;
        if (++queue.late > calls_told) return;
        queue.late_calls.push_back(told_place(input_, request));
    }

    [[nodiscard]] bool holds(std::uint32_t role, std::uint32_t one) const {
        const std::vector<std::uint32_t>& held = input_.roles.holds[role];
        return std::binary_search(held.begin(), held.end(), one);
    }

    /// From when on a person of the role may answer; none where never.
    [[nodiscard]] std::optional<std::int64_t> may_answer(const RequestShape& shape,
                                                         const observed::AskedPeople& wanted,
                                                         std::uint32_t role,
                                                         std::int64_t asked) const {
        for (const std::uint32_t one : wanted.roles) {
            if (holds(role, one)) return asked;
        }
        std::optional<std::int64_t> from;
        for (const observed::AddedRole& added : shape.added) {
            if (!holds(role, added.role)) continue;
            const std::int64_t then = asked + std::min(added.after_seconds, longest_wait);
            if (!from || then < *from) from = then;
        }
        return from;
    }

    [[nodiscard]] std::optional<Choice> choose(const RequestShape& shape,
                                               const observed::AskedPeople& wanted,
                                               std::int64_t asked) const {
        std::optional<Choice> best;
        for (std::size_t i = 0; i < people_.size(); ++i) {
            if (std::find(taken_.begin(), taken_.end(), i) != taken_.end()) continue;
            const auto from = may_answer(shape, wanted, people_[i].role, asked);
            if (!from) continue;
            const std::int64_t start = next_open(hours_, std::max(*from, people_[i].free_at));
            if (!best || start < best->start) best = Choice{i, start};
        }
        return best;
    }

    const ForecastInput& input_;
    OfficeHours hours_;
    std::vector<Person> people_;
    std::map<std::uint32_t, RoleQueue> roles_;
    std::vector<std::size_t> taken_;  // by the request at hand
    std::int64_t first_ = 0;
    std::int64_t last_ = 0;
    bool seen_any_ = false;
    std::uint64_t nobody_ = 0;
    std::uint64_t shapeless_ = 0;
};

DurationTally tally_of(const std::vector<std::int64_t>& work) {
    DurationTally tally;
    for (const std::int64_t one : work) {
        if (one >= 0) tally.add(one);
    }
    return tally;
}

std::vector<RequestEvent> in_order_of_time(const FigureEvents& events) {
    std::vector<RequestEvent> requests = events.requests;
    std::stable_sort(
        requests.begin(), requests.end(),
        [](const RequestEvent& a, const RequestEvent& b) { return a.time_us < b.time_us; });
    return requests;
}

/// The first of those with most requests.
std::optional<std::int64_t> busiest_week(const RequestTally& tally, const std::string& role) {
    std::optional<std::int64_t> busiest;
    std::uint64_t most = 0;
    for (const auto& [week, row] : tally.weeks.rows()) {
        const auto found = row.roles.find(role);
        if (found == row.roles.end() || found->second <= most) continue;
        most = found->second;
        busiest = week;
    }
    return busiest;
}

/// The calls of each role's busiest week: the last ones, which are those past a bound on it.
void add_busiest_calls(const ForecastInput& input, const std::vector<RequestEvent>& requests,
                       std::vector<RoleLoad>& loads) {
    for (RoleLoad& load : loads) {
        const std::optional<std::int64_t> busiest = busiest_week(input.tally, load.role);
        for (auto at = requests.rbegin(); busiest && at != requests.rend(); ++at) {
            if (week_of(at->time_us) != *busiest) continue;
            const auto shape = input.tally.shapes.rows().find(at->shape);
            if (shape == input.tally.shapes.rows().end()) continue;
            const auto asks_role = [&](const observed::AskedPeople& person) {
                if (person.principal) return load.role == principal_role;
                return std::any_of(
                    person.roles.begin(), person.roles.end(),
                    [&](std::uint32_t role) { return input.roles.names[role] == load.role; });
            };
            const auto& people = shape->second.people;
            if (std::none_of(people.begin(), people.end(), asks_role)) continue;
            load.busiest_calls.push_back(told_place(input, *at));
            if (load.busiest_calls.size() == calls_told) break;
        }
        std::reverse(load.busiest_calls.begin(), load.busiest_calls.end());
    }
}

std::string hours_text(const std::optional<OfficeHours>& hours) {
    if (!hours) return "people work at all times, on one request at a time";
    constexpr std::array<std::string_view, 7> names{"mon", "tue", "wed", "thu",
                                                    "fri", "sat", "sun"};
    const auto clock = [](unsigned minute) {
        return std::to_string(100 + minute / 60).substr(1) + ':' +
               std::to_string(100 + minute % 60).substr(1);
    };
    std::string days;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!hours->days[i]) continue;
        days += (days.empty() ? "" : ", ") + std::string{names[i]};
    }
    return "people work " + clock(hours->from_minute) + " to " + clock(hours->to_minute) +
           " UTC on " + days + ", on one request at a time";
}

std::vector<std::string> assumptions(const Staff& staff, const Handling& handling,
                                     std::int64_t median) {
    std::vector<std::string> told;
    std::string people;
    for (const Approvers& one : staff.approvers) {
        people += (people.empty() ? "" : ", ") + std::to_string(one.people) + ' ' + one.role;
    }
    told.push_back("there are " + people + ", and nobody else answers");
    told.push_back(hours_text(staff.hours));
    if (staff.handling_seconds) {
        told.push_back("an answer takes " + std::to_string(median) + " s of work, as was said");
    } else {
        told.push_back(
            "an answer takes the work that is recorded of its call, or else the median "
            "of " +
            std::to_string(handling.work.count) + " answers: " + std::to_string(median) + " s");
    }
    told.emplace_back(
        "requests are taken in the order of time by whoever can begin first, added "
        "roles from their time on; nobody rejects early, and gates open for one call");
    told.emplace_back(
        "the calls come as they did: an answer that comes late changes no later call");
    return told;
}

}  // namespace

std::vector<std::int64_t> work_seconds(const FigureEvents& events) {
    std::vector<std::size_t> order(events.answers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const AnswerEvent& one = events.answers[a];
        const AnswerEvent& other = events.answers[b];
        return std::tie(one.at_us, one.asked_us, a) < std::tie(other.at_us, other.asked_us, b);
    });
    std::map<std::uint64_t, std::int64_t> last_answer;
    std::vector<std::int64_t> work(events.answers.size(), -1);
    for (const std::size_t i : order) {
        const AnswerEvent& one = events.answers[i];
        work[i] = one.work_seconds;
        if (one.at_us == 0 && one.asked_us == 0) continue;
        std::int64_t begun = one.asked_us;
        if (one.person != 0) {
            const auto [last, is_first] = last_answer.try_emplace(one.person, one.at_us);
            if (!is_first) begun = std::max(begun, std::exchange(last->second, one.at_us));
        }
        if (work[i] < 0) work[i] = whole_seconds(one.at_us - begun);
    }
    return work;
}

void add_forecast(const ForecastInput& input, Workload& workload) {
    std::vector<std::int64_t> work = work_seconds(input.events);
    workload.handling.work = tally_of(work).durations();
    workload.requests_beyond = input.events.requests_beyond;
    const std::vector<RequestEvent> requests = in_order_of_time(input.events);
    workload.doubts = time_doubts(requests, input.events, workload.gated);
    add_busiest_calls(input, requests, workload.roles);
    if (input.staff.approvers.empty()) return;
    const std::optional<std::int64_t> said = input.staff.handling_seconds;
    if (!said && workload.handling.work.count == 0) {
        workload.doubts.emplace_back(
            "no forecast: no answer's time is recorded, and none was said (--handling)");
        return;
    }
    if (said) std::fill(work.begin(), work.end(), *said);
    const std::int64_t median = said.value_or(workload.handling.work.p50);
    Queue queue(input);
    queue.replay(requests, work, median);
    for (RoleLoad& load : workload.roles) {
        const auto& names = input.roles.names;
        const auto at = std::find(names.begin(), names.end(), load.role);
        if (at == names.end()) continue;
        load.forecast = queue.forecast(static_cast<std::uint32_t>(at - names.begin()));
    }
    workload.nobody = queue.nobody();
    workload.requests_beyond += queue.shapeless();
    workload.assumptions = assumptions(input.staff, workload.handling, median);
}

std::string staff_fault(const Staff& staff, const Policy& policy) {
    const observed::RoleNames roles = observed::role_names(policy);
    for (const Approvers& one : staff.approvers) {
        const auto at = std::find(roles.names.begin(), roles.names.end(), one.role);
        if (at == roles.names.end()) return "the policy has no role `" + one.role + "`";
        if (one.people == 0 || one.people > most_people) {
            return "`" + one.role + "` has 1 to " + std::to_string(most_people) + " people";
        }
    }
    if (staff.hours && !is_ever_open(*staff.hours)) return "the hours are never open";
    return {};
}

}  // namespace proviso::simulator
