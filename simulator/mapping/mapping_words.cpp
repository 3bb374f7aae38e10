#include "simulator/mapping/mapping_words.h"

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

}  // namespace proviso::simulator
