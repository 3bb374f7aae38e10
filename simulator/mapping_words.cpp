#include "simulator/mapping_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <vector>

namespace proviso::simulator {
namespace {

constexpr std::string_view sections[] = {"call",     "attributes", "facts",  "keys",
                                         "recorded", "result",     "labels", "only",
                                         "each",     "read",       "answer", "masked"};
constexpr std::string_view calls[] = {"tool",         "args",          "stage",
                                      "id",           "time",          "environment",
                                      "principal",    "principal.id",  "principal.roles",
                                      "agent",        "agent.id",      "agent.roles",
                                      "agent.model",  "agent.version", "agent.confidence",
                                      "workflow",     "workflow.name", "workflow.version",
                                      "workflow.run", "undoing",       "unknown",
                                      "approvals"};
constexpr std::string_view reports[] = {"id", "run", "intent"};
constexpr std::string_view recordeds[] = {"outcome", "verdict", "approvals",    "asked",
                                          "decided", "by",      "work_seconds", "escalated"};
constexpr std::string_view fields[] = {"pointer", "value", "default", "words", "present", "time"};
constexpr std::string_view filters[] = {"pointer", "equals", "present"};
constexpr std::string_view times[] = {"rfc3339", "unix_s", "unix_ms", "unix_us", "unix_ns"};
constexpr std::string_view outcomes[] = {"allow", "notify", "gate", "block"};
constexpr std::string_view verdicts[] = {"approved", "edited", "rejected"};
constexpr std::string_view results[] = {"status"};
constexpr std::string_view statuses[] = {"ok", "failed", "not_executed"};
constexpr std::string_view readings[] = {"json", "key_values"};
constexpr std::string_view answers[] = {"in", "each", "only", "key", "of"};
constexpr std::string_view lines[] = {"same_line", "later_line"};

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

std::span<const std::string_view> mapping_sections() {
    return sections;
}
std::span<const std::string_view> call_keys() {
    return calls;
}
std::span<const std::string_view> report_keys() {
    return reports;
}
std::span<const std::string_view> recorded_keys() {
    return recordeds;
}
std::span<const std::string_view> field_keys() {
    return fields;
}
std::span<const std::string_view> filter_keys() {
    return filters;
}
std::span<const std::string_view> time_words() {
    return times;
}
std::span<const std::string_view> outcome_words() {
    return outcomes;
}
std::span<const std::string_view> verdict_words() {
    return verdicts;
}
std::span<const std::string_view> result_keys() {
    return results;
}
std::span<const std::string_view> status_words() {
    return statuses;
}
std::span<const std::string_view> reading_words() {
    return readings;
}
std::span<const std::string_view> answer_keys() {
    return answers;
}
std::span<const std::string_view> answer_lines() {
    return lines;
}

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

}  // namespace proviso::simulator
