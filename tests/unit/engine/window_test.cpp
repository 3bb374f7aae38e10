// Windows of random parts against a slow and obvious reading of the same text: each minute round
// each change of the clocks of eleven zones, and the instants at which a window opens and closes,
// to the microsecond. The offsets are taken from zone files by engine/model/zone.h, which
// tests/unit/engine/model/zone_test.cpp holds against another library.
#include <algorithm>
#include <array>
#include <random>

#include <catch2/catch.hpp>

#include "engine/model/calendar.h"
#include "engine/policy_impl.h"

namespace proviso {
namespace {

using vm::InWindow;

constexpr std::array<std::string_view, 11> zones{
    "America/New_York",    "Europe/Berlin",     "Europe/London",    "Asia/Kolkata",
    "Australia/Sydney",    "America/St_Johns",  "Pacific/Auckland", "Asia/Tokyo",
    "Australia/Lord_Howe", "Africa/Casablanca", "America/Sao_Paulo"};

PolicyPtr policy_with(const std::string& windows, const std::string& test) {
    CompileResult result = compile_text("policy p version \"1\"\ntool x { }\n" + windows +
                                        "block b on x when " + test + "\n");
    INFO(result.text);
    REQUIRE(result.policy);
    return result.policy;
}

const bytecode::Program& program_of(const PolicyPtr& policy) {
    return policy->impl().image->program();
}

std::uint32_t window_number(const bytecode::Program& program, std::string_view name) {
    for (std::uint32_t i = 0; i < program.windows.size(); ++i) {
        if (program.windows[i].name == name) return i;
    }
    FAIL("no window " << name);
    return 0;
}

/// One weekly part, and days that are taken away.
struct Plain {
    unsigned weekdays = 0;  // bit 0 = Monday
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::vector<std::int64_t> without;

    [[nodiscard]] bool opens_on(std::int64_t day) const {
        return (weekdays >> model::weekday_of(day) & 1U) != 0 &&
               std::find(without.begin(), without.end(), day) == without.end();
    }
    /// By what the clocks show: seconds since 1970 in local time.
    [[nodiscard]] bool holds(std::int64_t local) const {
        const std::int64_t day = (local - ((local % 86'400) + 86'400) % 86'400) / 86'400;
        const std::int64_t minute = (local - day * 86'400) / 60;
        if (from < to) return minute >= from && minute < to && opens_on(day);
        return (minute >= from && opens_on(day)) || (minute < to && opens_on(day - 1));
    }
    [[nodiscard]] std::string text(std::string_view zone) const {
        std::string result;
        for (int day = 0; day < 7; ++day) {
            if ((weekdays >> day & 1U) == 0) continue;
            if (!result.empty()) result += ", ";
            result += model::weekday_text(day);
        }
        result += ' ' + clock(from) + ".." + clock(to) + " in \"" + std::string(zone) + '"';
        for (std::size_t i = 0; i < without.size(); ++i) {
            result += (i == 0 ? " except " : ", ") + model::date_text(without[i]);
        }
        return result;
    }
    static std::string clock(std::int64_t minute) {
        const auto two = [](std::int64_t number) {
            return (number < 10 ? "0" : "") + std::to_string(number);
        };
        return two(minute / 60) + ':' + two(minute % 60);
    }
};

Plain random_window(std::mt19937& random, std::int64_t near_day) {
    Plain window;
    window.weekdays = static_cast<unsigned>(1 + random() % 127);
    window.from = static_cast<std::int64_t>(random() % 1440);
    // Often in the hours in which clocks change.
    if (random() % 2 == 0) window.from %= 240;
    window.to = static_cast<std::int64_t>(random() % 1441);
    if (random() % 2 == 0) window.to %= 240;
    if (window.to == window.from) window.to = window.from + 1;
    for (unsigned i = 0; i < random() % 3; ++i) {
        window.without.push_back(near_day - 2 + static_cast<std::int64_t>(random() % 5));
    }
    return window;
}

/// Minutes round an instant at which the two differ, and flips that are not exact.
std::size_t differences(const vm::WindowIndex& index, std::uint32_t number, const Plain& plain,
                        const model::Zone& zone, std::int64_t around) {
    constexpr std::int64_t span = 40 * 3600;
    const auto expected = [&](std::int64_t seconds) {
        return plain.holds(seconds + *model::offset_at(zone, seconds));
    };
    std::size_t count = 0;
    const std::int64_t begin = std::max<std::int64_t>(around - span, 60);
    const std::int64_t end = std::min(around + span, model::covered_to);
    for (std::int64_t at = begin - begin % 60; at < end; at += 60) {
        const bool now = index.test(number, at * 1'000'000) == InWindow::yes;
        const bool before = index.test(number, at * 1'000'000 - 1) == InWindow::yes;
        count += now != expected(at) || before != expected(at - 1) ? 1 : 0;
    }
    return count;
}

}  // namespace

TEST_CASE("Windows open and close when the clocks say so, at every change of eleven zones") {
    std::mt19937 random(20261125);
    for (const std::string_view name : zones) {
        // One set has a window for each change of the zone.
        const PolicyPtr first =
            policy_with("window w = mon in \"" + std::string(name) + "\"\n", "time in w");
        const model::Zone zone = program_of(first).zones[0];
        std::vector<std::int64_t> changes = zone.starts;
        changes.push_back(1'780'000'000);  // zones without changes are tested too
        std::vector<Plain> plain;
        std::string text;
        std::string test = "time in w0";
        for (std::size_t i = 0; i < changes.size(); ++i) {
            plain.push_back(random_window(random, changes[i] / 86'400));
            text += "window w" + std::to_string(i) + " = " + plain[i].text(name) + '\n';
        }
        const PolicyPtr policy = policy_with(text, test);
        const bytecode::Program& program = program_of(policy);
        for (std::size_t i = 0; i < changes.size(); ++i) {
            INFO(name << ", " << model::time_text(changes[i] * 1'000'000) << ": "
                      << plain[i].text(name));
            const std::uint32_t number = window_number(program, "w" + std::to_string(i));
            CHECK(differences(policy->impl().image->windows(), number, plain[i], zone,
                              changes[i]) == 0);
        }
    }
}

TEST_CASE("Workdays of a month are counted from either end") {
    const PolicyPtr policy = policy_with(
        "window l = last 3 workdays of month in \"UTC\"\n"
        "window f = first 2 workdays of month in \"UTC\"\n"
        "window a = last 23 workdays of month in \"UTC\"\n",
        "time in l or time in f or time in a");
    const bytecode::Program& program = program_of(policy);
    const vm::WindowIndex& index = policy->impl().image->windows();
    // Days of a month from Monday to Friday, by a walk over all covered days.
    std::vector<std::vector<std::int64_t>> months;
    for (std::int64_t day = 0; day < model::covered_to / 86'400; ++day) {
        const bool first = model::date_text(day).ends_with("-01");
        if (first) months.emplace_back();
        if (model::weekday_of(day) < 5) months.back().push_back(day);
    }
    const auto holds = [&](std::string_view name, std::int64_t day) {
        return index.test(window_number(program, name), day * model::microseconds_per_day) ==
               InWindow::yes;
    };
    for (const auto& days : months) {
        for (std::size_t i = 0; i < days.size(); ++i) {
            REQUIRE(holds("l", days[i]) == (i + 3 >= days.size()));
            REQUIRE(holds("f", days[i]) == (i < 2));
            REQUIRE(holds("a", days[i]));
        }
    }
    CHECK_FALSE(holds("a", 2));  // 1970-01-03, a Saturday
}

TEST_CASE("The parts of a local time are those of the clocks") {
    for (const std::string_view name : zones) {
        const PolicyPtr policy =
            policy_with("window w = mon in \"" + std::string(name) + "\"\n", "time in w");
        const model::Zone& zone = program_of(policy).zones[0];
        const vm::WindowIndex& index = policy->impl().image->windows();
        for (std::int64_t at = 0; at < model::covered_to; at += 1'234'567) {
            const std::int64_t local = at + *model::offset_at(zone, at);
            const std::int64_t day = (local + 86'400) / 86'400 - 1;
            REQUIRE(index.local(0, 0, at * 1'000'000).integer == (local - day * 86'400) / 3600);
            REQUIRE(index.local(0, 1, at * 1'000'000).integer == model::weekday_of(day));
            REQUIRE(index.local(0, 2, at * 1'000'000).integer == day);
        }
        CHECK_FALSE(index.local(0, 0, -1).known());
        CHECK_FALSE(index.local(0, 0, model::covered_to * 1'000'000).known());
        CHECK(index.test(0, -1) == InWindow::not_covered);
        CHECK(index.test(0, model::covered_to * 1'000'000) == InWindow::not_covered);
    }
}

TEST_CASE("A set with windows is saved and loaded whole") {
    const PolicyPtr policy = policy_with(
        "window holidays = 2026-12-25 in \"Asia/Tokyo\"\n"
        "window w = mon..fri 22:00..06:00 in \"Asia/Tokyo\" except holidays, tue 01:00..02:00\n",
        "time in w");
    const LoadResult loaded = load_policy(policy->save());
    REQUIRE(loaded.policy);
    CHECK(loaded.policy->save() == policy->save());
    CHECK(loaded.policy->zone_data() == policy->zone_data());
    CHECK_FALSE(policy->zone_data().empty());
    CHECK(program_of(loaded.policy).windows == program_of(policy).windows);
    CHECK(program_of(loaded.policy).zones == program_of(policy).zones);
    CHECK(policy_with("", "time > 2026-01-01T00:00Z")->zone_data().empty());
}

TEST_CASE("Zone data that is missing is told when a set compiles") {
    CompileOptions options;
    options.zoneinfo = "/nowhere";
    const std::string head = "policy p version \"1\"\ntool x { }\n";
    const CompileResult refused = compile_text(
        head + "window w = mon in \"UTC\"\nblock b on x when time in w\n", "p.proviso", options);
    REQUIRE_FALSE(refused.policy);
    REQUIRE(refused.diagnostics.size() == 1);
    CHECK(refused.diagnostics[0].code == "P1258");
    CHECK(compile_text(head + "block b on x\n", "p.proviso", options).policy);
}

TEST_CASE("What is past is told where the host says what day it is") {
    const std::string text =
        "policy p version \"1\"\ntool x { }\nwindow w = 2026-11-24 in \"UTC\"\n"
        "allow a on x when time in w\n";
    const auto warned = [&](std::optional<std::chrono::sys_days> today) {
        CompileOptions options;
        options.today = today;
        const CompileResult result = compile_text(text, "p.proviso", options);
        return std::any_of(result.diagnostics.begin(), result.diagnostics.end(),
                           [](const Diagnostic& one) { return one.code == "P1517"; });
    };
    using namespace std::chrono;
    CHECK_FALSE(warned(std::nullopt));
    CHECK_FALSE(warned(2026y / November / 24));
    CHECK(warned(2026y / November / 25));
}

}  // namespace proviso
