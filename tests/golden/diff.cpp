#include "tests/golden/diff.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace proviso::golden {
namespace {

constexpr std::size_t context_lines = 2;

struct DiffLine {
    char mark;
    std::string_view text;
};

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

// The longest common subsequence by the plain table: golden sections are short.
std::vector<DiffLine> compare(const std::vector<std::string_view>& left,
                              const std::vector<std::string_view>& right) {
    // common(i, j): how many lines the ends left[i..] and right[j..] have in common.
    const std::size_t width = right.size() + 1;
    std::vector<std::size_t> table((left.size() + 1) * width, 0);
    const auto common = [&](std::size_t i, std::size_t j) -> std::size_t& {
        return table[i * width + j];
    };
    for (std::size_t i = left.size(); i-- > 0;) {
        for (std::size_t j = right.size(); j-- > 0;) {
            common(i, j) = left[i] == right[j] ? common(i + 1, j + 1) + 1
                                               : std::max(common(i + 1, j), common(i, j + 1));
        }
    }
    std::vector<DiffLine> lines;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < left.size() && j < right.size()) {
        if (left[i] == right[j]) {
            lines.push_back({' ', left[i++]});
            ++j;
        } else if (common(i + 1, j) >= common(i, j + 1)) {
            lines.push_back({'-', left[i++]});
        } else {
            lines.push_back({'+', right[j++]});
        }
    }
    while (i < left.size()) lines.push_back({'-', left[i++]});
    while (j < right.size()) lines.push_back({'+', right[j++]});
    return lines;
}

bool near_change(const std::vector<DiffLine>& lines, std::size_t at) {
    const std::size_t first = at < context_lines ? 0 : at - context_lines;
    const std::size_t last = std::min(lines.size(), at + context_lines + 1);
    for (std::size_t i = first; i < last; ++i) {
        if (lines[i].mark != ' ') return true;
    }
    return false;
}

}  // namespace

std::string line_diff(std::string_view expected, std::string_view produced) {
    const auto lines = compare(lines_of(expected), lines_of(produced));
    std::string text;
    bool skipped = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!near_change(lines, i)) {
            skipped = true;
            continue;
        }
        if (skipped && !text.empty()) text += "    @@\n";
        skipped = false;
        text += "    ";
        text += lines[i].mark;
        text += lines[i].text;
        text += '\n';
    }
    return text;
}

}  // namespace proviso::golden
