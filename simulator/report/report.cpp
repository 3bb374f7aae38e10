#include "simulator/report/report.h"

#include <algorithm>

namespace proviso::simulator {

std::string_view class_name(std::size_t of_call) {
    return of_call == unknown_class ? "unknown" : name(static_cast<Outcome>(of_call));
}

std::string_view name(Change change) {
    switch (change) {
        case Change::none: return "none";
        case Change::tighter: return "tighter";
        case Change::looser: return "looser";
    }
    return "";
}

std::string_view name(Difference difference) {
    switch (difference) {
        case Difference::added: return "added";
        case Difference::removed: return "removed";
        case Difference::differs: return "differs";
    }
    return "";
}

std::string_view name(MemoryWay way) noexcept {
    switch (way) {
        case MemoryWay::recorded: return "recorded";
        case MemoryWay::closed_approved: return "closed_approved";
        case MemoryWay::closed_rejected: return "closed_rejected";
    }
    return "";
}

std::vector<std::string> default_intent_key() {
    return {"intent", "run", "tool", "args"};
}

std::uint64_t written_rules(const Report& report) {
    return static_cast<std::uint64_t>(
        std::count_if(report.rules.begin(), report.rules.end(),
                      [](const RuleRow& rule) { return rule.is_written(); }));
}

std::string place_text(const std::string& file, std::uint64_t line, std::uint32_t call) {
    std::string text = file + ':' + std::to_string(line);
    if (call > 0) text += '#' + std::to_string(call);
    return text;
}

}  // namespace proviso::simulator
