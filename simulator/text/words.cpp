#include "simulator/text/words.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace proviso::simulator {
namespace {

constexpr std::size_t longest_word = 64;

/// Insertions, deletions, replacements and swaps of neighbours that make one word of the other.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

}  // namespace

bool is_one_of(std::string_view word, std::span<const std::string_view> known) {
    return std::find(known.begin(), known.end(), word) != known.end();
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> known) {
    if (word.size() > longest_word) return {};
    std::string_view best;
    std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string_view one : known) {
        const std::size_t apart = distance(word, one);
        if (apart < best_distance && apart < one.size()) {
            best = one;
            best_distance = apart;
        }
    }
    return best;
}

std::string listed(std::span<const std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) {
        if (!text.empty()) text += ", ";
        text += '`';
        text += word;
        text += '`';
    }
    return text;
}

std::string cut_text(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return std::string{text};
    constexpr std::string_view mark = "…";
    std::size_t end = bytes > mark.size() ? bytes - mark.size() : 0;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return std::string{text.substr(0, end)} += mark;
}

}  // namespace proviso::simulator
