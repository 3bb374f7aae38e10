// Zones against Hinnant's date, which reads the same files in code of its own and is right up to
// 2037; the rule at a file's end by itself; files that are damaged.
#include "engine/model/zone.h"

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>
#include <date/tz.h>

#include "engine/model/zone_rule.h"

namespace proviso::model {
namespace {

const std::string zoneinfo = "/usr/share/zoneinfo";
constexpr std::int64_t year_2037 = 2'114'380'800;

constexpr std::array<const char*, 11> watched{
    "America/New_York",    "Europe/Berlin",     "Europe/London",    "Asia/Kolkata",
    "Australia/Sydney",    "America/St_Johns",  "Pacific/Auckland", "Asia/Tokyo",
    "Australia/Lord_Howe", "Africa/Casablanca", "America/Sao_Paulo"};

Zone zone_of(const std::string& name) {
    const auto data = find_zone_data(zoneinfo);
    REQUIRE(data);
    Zone zone;
    REQUIRE(read_zone(*data, name, zone) == ZoneFault::none);
    return zone;
}

std::string file_of(const std::string& name) {
    std::ifstream file(zoneinfo + '/' + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::int64_t seconds_of(date::sys_seconds time) {
    return time.time_since_epoch().count();
}

date::sys_seconds instant(std::int64_t seconds) {
    return date::sys_seconds(std::chrono::seconds(seconds));
}

/// Starts of the periods that the other library knows, and one second around each.
std::size_t differences(const Zone& zone, const date::time_zone& other) {
    std::size_t count = 0;
    for (std::int64_t at = 0; at < year_2037;) {
        const date::sys_info info = other.get_info(instant(at));
        const std::int64_t end = std::min(seconds_of(info.end), year_2037);
        for (const std::int64_t inside : {at, (at + end) / 2, end - 1}) {
            count += offset_at(zone, inside) != info.offset.count() ? 1 : 0;
        }
        at = end;
    }
    return count;
}

/// A file without instants: one type, and the rule at its end.
std::string file_with_rule(std::string_view rule, std::int32_t offset) {
    const auto number = [](std::uint32_t value) {
        std::string bytes;
        for (const unsigned shift : {24U, 16U, 8U, 0U}) {
            bytes.push_back(static_cast<char>(value >> shift & 0xFFU));
        }
        return bytes;
    };
    std::string header = "TZif2" + std::string(15, '\0');
    for (const std::uint32_t count : {0U, 0U, 0U, 0U, 1U, 4U}) header += number(count);
    std::string body = number(static_cast<std::uint32_t>(offset));
    body += std::string(2, '\0') + std::string("XYZ\0", 4);
    return header + body + header + body + '\n' + std::string(rule) + '\n';
}

}  // namespace

TEST_CASE("Every zone of the list has the offsets that date has, to 2037") {
    const auto data = find_zone_data(zoneinfo);
    REQUIRE(data);
    REQUIRE(data->names.size() > 400);
    for (const std::string& name : data->names) {
        INFO(name);
        Zone zone;
        if (name == "Factory") {  // stands for a machine that has not been told its zone
            CHECK(read_zone(*data, name, zone) == ZoneFault::unknown);
            continue;
        }
        REQUIRE(read_zone(*data, name, zone) == ZoneFault::none);
        CHECK(zone.name == name);
        REQUIRE(zone.starts.size() == zone.offsets.size());
        CHECK(differences(zone, *date::locate_zone(name)) == 0);
    }
}

TEST_CASE("Daylight saving goes on to the end of the covered years") {
    const Zone berlin = zone_of("Europe/Berlin");
    CHECK(offset_at(berlin, 4'086'547'200) == 7200);   // 2099-07-01
    CHECK(offset_at(berlin, covered_to - 1) == 3600);  // winter
    CHECK(berlin.starts.size() > 230);                 // twice a year since 1980
    CHECK_FALSE(offset_at(berlin, covered_to));
    CHECK_FALSE(offset_at(berlin, covered_from - 1));
    CHECK(offset_at(berlin, covered_from) == 3600);
}

TEST_CASE("A local time is found where it is shown, once, twice or never") {
    for (const char* name : watched) {
        INFO(name);
        const Zone zone = zone_of(name);
        for (std::size_t i = 1; i < zone.starts.size(); ++i) {
            const std::int64_t start = zone.starts[i];
            const std::int64_t before = zone.offsets[i - 1];
            const std::int64_t after = zone.offsets[i];
            const std::int64_t low = start + std::min(before, after);
            const std::int64_t high = start + std::max(before, after);
            const Shown inside = after > before ? Shown::never : Shown::twice;
            CHECK(instant_of(zone, low - 1).seconds == low - 1 - before);
            CHECK(instant_of(zone, low).shown == inside);
            CHECK(instant_of(zone, high - 1).shown == inside);
            CHECK(instant_of(zone, high).shown == Shown::once);
            CHECK(instant_of(zone, high).seconds == high - after);
        }
        CHECK(instant_of(zone, covered_to + largest_offset).shown == Shown::not_covered);
        CHECK(instant_of(zone, covered_from - largest_offset).shown == Shown::not_covered);
    }
}

TEST_CASE("The local time of an instant leads back to it") {
    for (const char* name : watched) {
        const Zone zone = zone_of(name);
        for (std::int64_t at = covered_from; at < covered_to; at += 7'654'321) {
            const LocalInstant found = instant_of(zone, at + *offset_at(zone, at));
            CHECK((found.shown == Shown::twice || found.seconds == at));
        }
    }
}

TEST_CASE("A file that lists nothing goes by its rule") {
    const auto from_rule = [](std::string_view rule, std::int32_t offset) {
        Zone zone;
        REQUIRE(parse_zone_file(file_with_rule(rule, offset), zone));
        return zone;
    };
    const Zone made = from_rule("EST5EDT,M3.2.0,M11.1.0", -18'000);
    const Zone read = zone_of("America/New_York");
    constexpr std::int64_t year_2008 = 1'199'145'600;
    for (std::int64_t at = year_2008; at < covered_to; at += 86'400 / 2) {
        REQUIRE(offset_at(made, at) == offset_at(read, at));
    }
    CHECK(from_rule("IST-5:30", 19'800).starts.size() == 1);
    CHECK(from_rule("<+0545>-5:45", 20'700).offsets[0] == 20'700);
    // Daylight saving all year round, as zic writes it.
    CHECK(from_rule("XXX3EDT4,0/0,J365/23", -14'400).offsets == std::vector<std::int32_t>{-14'400});
}

TEST_CASE("Days of a rule") {
    const auto in = [](std::string_view day, int year) {
        const auto rule = parse_zone_rule("AAA0BBB," + std::string(day) + ",J1");
        REQUIRE(rule);
        return rule->begin.in(year);
    };
    CHECK(in("M3.5.0/1", 2026) == 1'774'746'000);   // 2026-03-29T01:00
    CHECK(in("M3.2.0", 2026) == 1'772'935'200);     // 2026-03-08T02:00
    CHECK(in("M3.5.0/-1", 2026) == 1'774'738'800);  // 2026-03-28T23:00
    CHECK(in("M3.4.4/50", 2026) == 1'774'663'200);  // the fourth Thursday, 26th, and 50 hours
    CHECK(in("J60/0", 2028) == 1'835'481'600);      // 2028-03-01, whatever the year
    CHECK(in("J60/0", 2026) == 1'772'323'200);      // 2026-03-01
    CHECK(in("59/0", 2028) == 1'835'395'200);       // 2028-02-29
    for (const char* bad : {"", "EST", "E5", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0",
                            "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0", "EST5,", "EST25",
                            "<+1", "EST5EDT,J0,J1", "EST5EDT,366,1", "EST5EDT,1/168,2", "UTC0 "}) {
        INFO(bad);
        CHECK_FALSE(parse_zone_rule(bad));
    }
}

TEST_CASE("A file that is cut off anywhere is damaged") {
    const std::string whole = file_of("Australia/Lord_Howe");
    Zone zone;
    REQUIRE(parse_zone_file(whole, zone));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK_FALSE(parse_zone_file(std::string_view(whole).substr(0, size), zone));
    }
}

TEST_CASE("A file with any byte changed is read or refused") {
    const std::string whole = file_of("Asia/Tokyo");
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const char other : {'\0', '\x7F', '\xFF'}) {
            std::string changed = whole;
            changed[at] = other;
            Zone zone;
            if (!parse_zone_file(changed, zone)) continue;
            REQUIRE(zone.starts.size() == zone.offsets.size());
            CHECK(zone.starts.front() == covered_from);
            CHECK(std::is_sorted(zone.starts.begin(), zone.starts.end(), std::less_equal()));
        }
    }
}

TEST_CASE("Zone data tells its version, or there is none") {
    const auto data = find_zone_data(zoneinfo);
    REQUIRE(data);
    CHECK(data->version.size() >= 5);
    CHECK_FALSE(find_zone_data("/nowhere"));
    const auto folder = std::filesystem::temp_directory_path() / "proviso_zone_test";
    std::filesystem::create_directories(folder);
    CHECK_FALSE(find_zone_data(folder.string()));
    std::ofstream(folder / "+VERSION") << "2024a\n";
    const auto other = find_zone_data(folder.string());
    REQUIRE(other);
    CHECK(other->version == "2024a");
    Zone zone;
    CHECK(read_zone(*other, "Europe/Berlin", zone) == ZoneFault::unknown);
    CHECK(read_zone(*other, "../Europe/Berlin", zone) == ZoneFault::unknown);
    std::ofstream(folder / "Zone") << "TZif";
    CHECK(read_zone(*other, "Zone", zone) == ZoneFault::damaged);
    std::filesystem::remove_all(folder);
}

}  // namespace proviso::model
