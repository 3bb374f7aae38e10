// Lines that stand once in each text are matched first, in the longest order that they share
// (patience); between them and at their ends equal lines are taken as they come, and what is left
// is compared line by line where that is little. So the work grows with the length of the texts,
// and a reader sees what belongs together.
#include "cli/diff.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

#include <fmt/format.h>

namespace proviso::cli {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t lines_around = 3;
constexpr std::size_t most_cells = std::size_t{4} << 20;  // of a table of lines by lines

/// Each with its line end, so that a last line without one differs from one that has it.
Lines lines_of(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const std::size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return lines;
}

struct Range {
    std::size_t a = 0, a_end = 0, b = 0, b_end = 0;
};

struct Match {
    std::size_t a = 0;
    std::size_t b = 0;
};

class Matcher {
  public:
    Matcher(const Lines& a, const Lines& b) : a_(a), b_(b) {}

    /// Equal lines in the order of both texts.
    std::vector<Match> run() {
        match({0, a_.size(), 0, b_.size()});
        return std::move(matches_);
    }

  private:
    void match(Range range) {
        while (range.a < range.a_end && range.b < range.b_end && a_[range.a] == b_[range.b]) {
            matches_.push_back({range.a++, range.b++});
        }
        std::vector<Match> tail;
        while (range.a < range.a_end && range.b < range.b_end &&
               a_[range.a_end - 1] == b_[range.b_end - 1]) {
            tail.push_back({--range.a_end, --range.b_end});
        }
        match_middle(range);
        matches_.insert(matches_.end(), tail.rbegin(), tail.rend());
    }

    void match_middle(const Range& range) {
        if (range.a == range.a_end || range.b == range.b_end) return;
        const std::vector<Match> anchors = longest_rise(unique_lines(range));
        if (anchors.empty()) return match_by_table(range);
        Range between = range;
        for (const Match& anchor : anchors) {
            between.a_end = anchor.a;
            between.b_end = anchor.b;
            match(between);
            matches_.push_back(anchor);
            between.a = anchor.a + 1;
            between.b = anchor.b + 1;
        }
        between.a_end = range.a_end;
        between.b_end = range.b_end;
        match(between);
    }

    struct Count {
        std::size_t in_a = 0, in_b = 0, at_b = 0;
    };

    /// Lines that stand once in each text, in the order of the first.
    [[nodiscard]] std::vector<Match> unique_lines(const Range& range) const {
        std::unordered_map<std::string_view, Count> counts;
        for (std::size_t i = range.a; i < range.a_end; ++i) ++counts[a_[i]].in_a;
        for (std::size_t i = range.b; i < range.b_end; ++i) {
            Count& count = counts[b_[i]];
            ++count.in_b;
            count.at_b = i;
        }
        std::vector<Match> found;
        for (std::size_t i = range.a; i < range.a_end; ++i) {
            const Count& count = counts[a_[i]];
            if (count.in_a == 1 && count.in_b == 1) found.push_back({i, count.at_b});
        }
        return found;
    }

    /// The longest part of it that goes up in both texts.
    static std::vector<Match> longest_rise(const std::vector<Match>& all) {
        constexpr std::size_t none = SIZE_MAX;
        std::vector<std::size_t> ends;  // of the rises of each length, the one that ends lowest
        std::vector<std::size_t> before(all.size(), none);
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto at =
                std::lower_bound(ends.begin(), ends.end(), all[i].b,
                                 [&](std::size_t end, std::size_t b) { return all[end].b < b; });
            if (at != ends.begin()) before[i] = *(at - 1);
            if (at == ends.end()) {
                ends.push_back(i);
            } else {
                *at = i;
            }
        }
        std::vector<Match> rise;
        for (std::size_t i = ends.empty() ? none : ends.back(); i != none; i = before[i]) {
            rise.push_back(all[i]);
        }
        std::reverse(rise.begin(), rise.end());
        return rise;
    }

    /// The longest common part, unless the table were too large: then nothing matches.
    void match_by_table(const Range& range) {
        const std::size_t rows = range.a_end - range.a;
        const std::size_t columns = range.b_end - range.b;
        if (rows > most_cells / columns) return;
        std::vector<std::uint32_t> best((rows + 1) * (columns + 1), 0);
        const auto at = [&](std::size_t i, std::size_t j) -> std::uint32_t& {
            return best[i * (columns + 1) + j];
        };
        for (std::size_t i = rows; i-- > 0;) {
            for (std::size_t j = columns; j-- > 0;) {
                const bool same = a_[range.a + i] == b_[range.b + j];
                at(i, j) = same ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
            }
        }
        for (std::size_t i = 0, j = 0; i < rows && j < columns;) {
            if (a_[range.a + i] == b_[range.b + j]) {
                matches_.push_back({range.a + i++, range.b + j++});
            } else if (at(i + 1, j) >= at(i, j + 1)) {
                ++i;
            } else {
                ++j;
            }
        }
    }

    const Lines& a_;
    const Lines& b_;
    std::vector<Match> matches_;
};

/// Stretches that differ, each with the lines round it; those that touch are one.
std::vector<Range> hunks_of(const Lines& a, const Lines& b, std::vector<Match> matches) {
    matches.push_back({a.size(), b.size()});
    std::vector<Range> hunks;
    Match from;
    for (const Match& match : matches) {
        if (match.a > from.a || match.b > from.b) {
            const std::size_t before = std::min(from.a, lines_around);
            const std::size_t behind = std::min(a.size() - match.a, lines_around);
            const Range hunk{from.a - before, match.a + behind, from.b - before, match.b + behind};
            if (!hunks.empty() && hunk.a <= hunks.back().a_end) {
                hunks.back().a_end = hunk.a_end;
                hunks.back().b_end = hunk.b_end;
            } else {
                hunks.push_back(hunk);
            }
        }
        from = {match.a + 1, match.b + 1};
    }
    return hunks;
}

void put_line(std::vector<std::string>& out, char mark, std::string_view line) {
    const bool has_end = line.ends_with('\n');
    if (has_end) line.remove_suffix(1);
    out.push_back(fmt::format("{}{}", mark, line));
    if (!has_end) out.emplace_back("\\ No newline at end of file");
}

/// "12,7"; a range without lines is told by the line before it.
std::string place(std::size_t begin, std::size_t end) {
    return fmt::format("{},{}", end == begin ? begin : begin + 1, end - begin);
}

}  // namespace

std::vector<std::string> unified_diff(std::string_view before, std::string_view after,
                                      std::string_view before_name, std::string_view after_name) {
    std::vector<std::string> out;
    if (before == after) return out;
    const Lines a = lines_of(before);
    const Lines b = lines_of(after);
    std::vector<Match> matches = Matcher(a, b).run();
    out.push_back(fmt::format("--- {}", before_name));
    out.push_back(fmt::format("+++ {}", after_name));
    auto next = matches.begin();
    for (const Range& hunk : hunks_of(a, b, matches)) {
        out.push_back(
            fmt::format("@@ -{} +{} @@", place(hunk.a, hunk.a_end), place(hunk.b, hunk.b_end)));
        std::size_t i = hunk.a;
        std::size_t j = hunk.b;
        while (next != matches.end() && next->a < hunk.a) ++next;
        while (i < hunk.a_end || j < hunk.b_end) {
            const bool has_match = next != matches.end() && next->a < hunk.a_end;
            const std::size_t a_end = has_match ? next->a : hunk.a_end;
            const std::size_t b_end = has_match ? next->b : hunk.b_end;
            while (i < a_end) put_line(out, '-', a[i++]);
            while (j < b_end) put_line(out, '+', b[j++]);
            if (!has_match) continue;
            put_line(out, ' ', a[i++]);
            ++j;
            ++next;
        }
    }
    return out;
}

}  // namespace proviso::cli
