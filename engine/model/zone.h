// Time zones as sorted instants, from the compiled zone files of the machine (TZif, RFC 9636).
//
// Read by ourselves: Hinnant's `date`, as Debian builds it to use the machine's files, does not
// tell their version, takes one folder only, and leaves out the rule at a file's end, so that
// daylight saving stops with the last instant listed: in 2037, and with files of zic's `slim`
// form, which list none, years ago. Covered by tests/unit/engine/model/zone_test.cpp, which holds
// it against that library where it is right, and by tests/cli/windows_test.py against Python.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace proviso::model {

/// The years that zones are known for: 1970 to 2099, in UTC; seconds since 1970, the end not in it.
inline constexpr std::int64_t covered_from = 0;
inline constexpr std::int64_t covered_to = 4'102'444'800;
inline constexpr std::int32_t largest_offset = 26 * 3600;

/// `offsets[i]` (seconds east of UTC) holds from `starts[i]` (seconds since 1970, UTC, ascending;
/// the first is `covered_from`) until the next start.
struct Zone {
    std::string name;
    std::vector<std::int64_t> starts;
    std::vector<std::int32_t> offsets;
    friend bool operator==(const Zone&, const Zone&) = default;
};

/// Nothing outside the covered years.
[[nodiscard]] std::optional<std::int32_t> offset_at(const Zone& zone, std::int64_t seconds);

/// How often the clocks of a zone show a local time: usually once; never in the hour that is
/// skipped, twice in the one that is repeated.
enum class Shown : std::uint8_t { never, once, twice, not_covered };
struct LocalInstant {
    Shown shown = Shown::never;
    std::int64_t seconds = 0;  // UTC, where shown once
};
/// `local`: seconds since 1970-01-01 as the zone's clocks count them.
[[nodiscard]] LocalInstant instant_of(const Zone& zone, std::int64_t local);

// ---------------------------------------------------------------- the machine's files

/// A folder of zone files and what is known of it.
struct ZoneData {
    std::string folder;
    std::string version;             // "2025b"
    std::vector<std::string> names;  // ascending; empty where the folder has no list of them
};

/// Nothing where the folder is not there or does not tell its version: in the first line of
/// `tzdata.zi`, or in `+VERSION`.
[[nodiscard]] std::optional<ZoneData> find_zone_data(const std::string& folder);

enum class ZoneFault : std::uint8_t { none, unknown, damaged };
/// Only names that mean the same on every machine: not `localtime`, `Factory`, nor those below
/// `posix/` and `right/`.
[[nodiscard]] ZoneFault read_zone(const ZoneData& data, const std::string& name, Zone& zone);

/// What a zone file says; false where it is damaged, counts leap seconds, or ends without a rule.
[[nodiscard]] bool parse_zone_file(std::string_view bytes, Zone& zone);

}  // namespace proviso::model
