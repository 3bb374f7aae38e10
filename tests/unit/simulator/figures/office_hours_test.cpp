#include "simulator/figures/office_hours.h"

#include <catch2/catch.hpp>

namespace proviso::simulator {
namespace {

constexpr std::int64_t a_day = 86'400;

/// Second by second.
bool is_open_at(const OfficeHours& hours, std::int64_t at) {
    const std::int64_t day = at >= 0 ? at / a_day : (at + 1) / a_day - 1;
    const std::int64_t minute = (at - day * a_day) / 60;
    const auto weekday = static_cast<std::size_t>(((day + 3) % 7 + 7) % 7);  // a Thursday was 0
    return hours.days[weekday] && minute >= hours.from_minute && minute < hours.to_minute;
}

OfficeHours working_days() {
    return {9 * 60, 17 * 60, {true, true, true, true, true, false, false}};
}

TEST_CASE("open seconds, counted one by one") {
    for (const OfficeHours& hours :
         {working_days(), OfficeHours{}, OfficeHours{23 * 60, 24 * 60, {true}}}) {
        // The last three: when a Monday opens and closes, when a Friday closes.
        for (const std::int64_t first :
             {-10 * a_day, std::int64_t{-5'000}, std::int64_t{0}, 3 * a_day + 61'000,
              4 * a_day + 9 * 3'600, 4 * a_day + 17 * 3'600, 8 * a_day + 17 * 3'600}) {
            std::int64_t next = first;
            while (!is_open_at(hours, next)) ++next;
            CHECK(next_open(hours, first) == next);
            std::int64_t open = 0;
            const std::int64_t last = first + 9 * a_day + 12'345;
            for (std::int64_t at = first; at < last; ++at) open += is_open_at(hours, at) ? 1 : 0;
            CHECK(open_between(hours, first, last) == open);
        }
    }
}

TEST_CASE("work goes on when the next day begins, and over weeks") {
    const OfficeHours hours = working_days();
    const std::int64_t monday = 4 * a_day;
    const std::int64_t hour = 3'600;
    CHECK(after_work(hours, monday + 9 * hour, 8 * hour) == monday + 17 * hour);
    CHECK(after_work(hours, monday + 16 * hour, 2 * hour) == monday + a_day + 10 * hour);
    const std::int64_t friday = monday + 4 * a_day;
    CHECK(after_work(hours, friday + 16 * hour, 2 * hour) == monday + 7 * a_day + 10 * hour);
    CHECK(after_work(hours, monday + 9 * hour, 81 * hour) ==
          after_work(hours, monday + 14 * a_day + 9 * hour, hour));
    for (const std::int64_t work :
         {std::int64_t{1}, std::int64_t{30'000}, std::int64_t{200'000}, std::int64_t{5'000'000}}) {
        const std::int64_t begin = monday + 10 * hour;
        CHECK(open_between(hours, begin, after_work(hours, begin, work)) == work);
    }
}

TEST_CASE("hours that never are") {
    CHECK(is_ever_open(OfficeHours{}));
    CHECK_FALSE(is_ever_open({600, 600, {true}}));
    CHECK_FALSE(is_ever_open({0, 600, {}}));
}

}  // namespace
}  // namespace proviso::simulator
