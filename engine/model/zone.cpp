// See zone.h. A file lists instants from the past on; what is before the covered years or changes
// nothing is left out, and the rule at its end is written out to the end of them.
#include "engine/model/zone.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <fstream>

#include "engine/model/calendar.h"
#include "engine/model/zone_rule.h"

namespace proviso::model {
namespace {

constexpr std::size_t largest_file = 1U << 20U;

std::optional<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    std::string bytes(largest_file, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(largest_file));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return file.bad() || bytes.size() == largest_file ? std::nullopt
                                                      : std::optional(std::move(bytes));
}

// ---------------------------------------------------------------- instants

class ZoneBuilder {
  public:
    explicit ZoneBuilder(Zone& zone) : zone_(zone) {
        zone.starts.assign(1, covered_from);
        zone.offsets.assign(1, 0);
    }

    /// In the order of time; of two at one instant the later one holds.
    void add(std::int64_t at, std::int32_t offset) {
        if (at >= covered_to) return;
        at = std::max(at, covered_from);
        if (zone_.starts.back() == at) {
            zone_.offsets.back() = offset;
            const std::size_t size = zone_.offsets.size();
            if (size > 1 && zone_.offsets[size - 2] == offset) {
                zone_.starts.pop_back();
                zone_.offsets.pop_back();
            }
        } else if (zone_.offsets.back() != offset) {
            zone_.starts.push_back(at);
            zone_.offsets.push_back(offset);
        }
    }

  private:
    Zone& zone_;
};

int year_of(std::int64_t seconds) {
    const std::chrono::sys_seconds at{std::chrono::seconds(seconds)};
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(at));
    return static_cast<int>(date.year());
}

struct Change {
    std::int64_t at = 0;
    std::int32_t offset = 0;
};

/// The rule's changes after the last instant listed, or all of them where none is.
void add_rule(ZoneBuilder& builder, const ZoneRule& rule, const std::vector<Change>& listed) {
    const std::int64_t after = listed.empty() ? INT64_MIN : listed.back().at;
    if (!rule.has_daylight) return builder.add(std::max(after, covered_from), rule.standard);
    std::vector<Change> changes;
    for (int year = year_of(std::max(after, covered_from)) - 1; year <= 2100; ++year) {
        changes.push_back({rule.begin.in(year)-rule.standard, rule.daylight});
        changes.push_back({rule.end.in(year)-rule.daylight, rule.standard});
    }
    std::stable_sort(changes.begin(), changes.end(),
                     [](const Change& a, const Change& b) { return a.at < b.at; });
    for (const Change& change : changes) {
        if (change.at > after) builder.add(change.at, change.offset);
    }
}

// ---------------------------------------------------------------- TZif

/// Big-endian numbers; past the end everything is 0 and `failed`.
class Bytes {
  public:
    explicit Bytes(std::string_view rest) : rest_(rest) {}

    std::string_view take(std::size_t size) {
        if (size > rest_.size()) {
            failed_ = true;
            rest_ = {};
            return {};
        }
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }
    std::uint64_t number(std::size_t size) {
        std::uint64_t result = 0;
        for (const char c : take(size)) result = result << 8U | static_cast<unsigned char>(c);
        return result;
    }
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] std::string_view rest() const { return rest_; }

  private:
    std::string_view rest_;
    bool failed_ = false;
};

struct Header {
    char version = 0;
    std::size_t isut = 0, isstd = 0, leaps = 0, times = 0, types = 0, letters = 0;

    [[nodiscard]] std::size_t body(std::size_t time_bytes) const {
        return times * time_bytes + times + types * 6 + letters + leaps * (time_bytes + 4) + isstd +
               isut;
    }
};

bool read_header(Bytes& bytes, Header& header) {
    if (bytes.take(4) != "TZif") return false;
    header.version = static_cast<char>(bytes.number(1));
    bytes.take(15);
    for (std::size_t* count : {&header.isut, &header.isstd, &header.leaps, &header.times,
                               &header.types, &header.letters}) {
        *count = bytes.number(4);
        if (*count > largest_file) return false;
    }
    return !bytes.failed();
}

/// The block of 64-bit instants.
bool read_block(Bytes& bytes, const Header& header, std::vector<Change>& changes,
                std::int32_t& first) {
    std::vector<std::int64_t> times;
    for (std::size_t i = 0; i < header.times && !bytes.failed(); ++i) {
        times.push_back(static_cast<std::int64_t>(bytes.number(8)));
        if (i > 0 && times[i] <= times[i - 1]) return false;
    }
    const std::string_view which = bytes.take(header.times);
    std::vector<std::int32_t> offsets;
    for (std::size_t i = 0; i < header.types && !bytes.failed(); ++i) {
        offsets.push_back(static_cast<std::int32_t>(bytes.number(4)));
        bytes.take(2);
        if (offsets[i] < -largest_offset || offsets[i] > largest_offset) return false;
    }
    bytes.take(header.letters + header.isstd + header.isut);
    if (bytes.failed() || offsets.empty() || which.size() != times.size()) return false;
    first = offsets.front();
    for (std::size_t i = 0; i < times.size(); ++i) {
        const auto type = static_cast<unsigned char>(which[i]);
        if (type >= offsets.size()) return false;
        changes.push_back({times[i], offsets[type]});
    }
    return true;
}

// ---------------------------------------------------------------- names

std::string_view next_word(std::string_view& line) {
    const std::string_view word = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(word.size() + 1, line.size()));
    return word;
}

std::string_view next_line(std::string_view& text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    return line;
}

/// The zones of tzdata.zi ("Z NAME …") and their other names ("L NAME OTHER").
std::vector<std::string> names_in(std::string_view text) {
    std::vector<std::string> names;
    while (!text.empty()) {
        std::string_view line = next_line(text);
        const std::string_view kind = next_word(line);
        if (kind == "L") (void)next_word(line);
        if (kind == "Z" || kind == "L") names.emplace_back(next_word(line));
    }
    std::sort(names.begin(), names.end());
    return names;
}

bool is_portable(std::string_view name) {
    constexpr std::string_view signs = "_+-/";
    const bool plain = std::all_of(name.begin(), name.end(), [&](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               signs.find(c) != std::string_view::npos;
    });
    return plain && !name.empty() && name.front() != '/' && !name.starts_with("posix") &&
           !name.starts_with("right/") && name != "localtime" && name != "Factory";
}

}  // namespace

// ---------------------------------------------------------------- use

std::optional<std::int32_t> offset_at(const Zone& zone, std::int64_t seconds) {
    if (seconds < covered_from || seconds >= covered_to) return std::nullopt;
    const auto after = std::upper_bound(zone.starts.begin(), zone.starts.end(), seconds);
    return zone.offsets[static_cast<std::size_t>(after - zone.starts.begin()) - 1];
}

LocalInstant instant_of(const Zone& zone, std::int64_t local) {
    LocalInstant result;
    if (local < covered_from - largest_offset || local >= covered_to + largest_offset) {
        return {Shown::not_covered, 0};
    }
    // Where local time may lie before or behind what is covered, once cannot be told from twice.
    if (local < covered_from + largest_offset || local >= covered_to - largest_offset) {
        const std::int64_t at =
            local - (local < covered_to / 2 ? zone.offsets.front() : zone.offsets.back());
        const bool inside = at >= covered_from && at < covered_to;
        return {inside ? Shown::once : Shown::not_covered, at};
    }
    const auto from =
        std::upper_bound(zone.starts.begin(), zone.starts.end(), local - 2 * largest_offset);
    auto i = static_cast<std::size_t>(from - zone.starts.begin());
    for (i = i > 0 ? i - 1 : 0; i < zone.starts.size(); ++i) {
        if (zone.starts[i] > local + 2 * largest_offset) break;
        const std::int64_t at = local - zone.offsets[i];
        const bool ends = i + 1 < zone.starts.size() && at >= zone.starts[i + 1];
        if (at < zone.starts[i] || ends) continue;
        result = {result.shown == Shown::never ? Shown::once : Shown::twice, at};
    }
    return result;
}

bool parse_zone_file(std::string_view file, Zone& zone) {
    Bytes bytes(file);
    Header old_form;
    Header header;
    if (!read_header(bytes, old_form) || old_form.version < '2') return false;
    bytes.take(old_form.body(4));
    if (!read_header(bytes, header) || header.leaps != 0) return false;
    std::vector<Change> changes;
    std::int32_t first = 0;
    if (!read_block(bytes, header, changes, first)) return false;
    std::string_view footer = bytes.rest();
    if (footer.size() < 2 || footer.front() != '\n' || footer.back() != '\n') return false;
    footer = footer.substr(1, footer.size() - 2);
    const std::optional<ZoneRule> rule = parse_zone_rule(footer);
    if (!rule) return false;
    ZoneBuilder builder(zone);
    builder.add(covered_from, first);
    for (const Change& change : changes) builder.add(change.at, change.offset);
    add_rule(builder, *rule, changes);
    return true;
}

std::optional<ZoneData> find_zone_data(const std::string& folder) {
    constexpr std::string_view head = "# version ";
    ZoneData data{.folder = folder};
    if (const auto list = read_file(folder + "/tzdata.zi")) {
        std::string_view text = *list;
        const std::string_view line = next_line(text);
        if (line.starts_with(head)) data.version = line.substr(head.size());
        data.names = names_in(text);
    } else if (const auto version = read_file(folder + "/+VERSION")) {
        std::string_view text = *version;
        data.version = next_line(text);
    }
    return data.version.empty() ? std::nullopt : std::optional(std::move(data));
}

ZoneFault read_zone(const ZoneData& data, const std::string& name, Zone& zone) {
    const bool listed =
        data.names.empty() || std::binary_search(data.names.begin(), data.names.end(), name);
    if (!is_portable(name) || !listed) return ZoneFault::unknown;
    const auto bytes = read_file(data.folder + '/' + name);
    // A zone that the list has and the folder lacks is not the author's mistake.
    if (!bytes) return data.names.empty() ? ZoneFault::unknown : ZoneFault::damaged;
    zone.name = name;
    return parse_zone_file(*bytes, zone) ? ZoneFault::none : ZoneFault::damaged;
}

}  // namespace proviso::model
