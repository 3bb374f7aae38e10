// Changes and broken bounds as SARIF 2.1.0, at the lines of the rules that make them, and doubts
// about what was read. Covered by tests/cli/simulate_outputs_test.py.

#include <algorithm>

#include <nlohmann/json.hpp>

#include "simulator/render/doubts.h"
#include "simulator/render/render.h"
#include "simulator/text/text_table.h"

namespace proviso::simulator {
namespace {

using Json = nlohmann::ordered_json;

struct RulePlace {
    std::string file;
    std::uint32_t line = 0;
};

RulePlace place_in(const std::vector<RuleInfo>& rules, const std::string& name) {
    const auto found = std::find_if(rules.begin(), rules.end(),
                                    [&](const RuleInfo& rule) { return rule.name == name; });
    return found == rules.end() ? RulePlace{} : RulePlace{found->file, found->line};
}

RulePlace place_in(const std::vector<RuleRow>& rules, const std::string& name) {
    const auto found = std::find_if(rules.begin(), rules.end(),
                                    [&](const RuleRow& rule) { return rule.name == name; });
    return found == rules.end() ? RulePlace{} : RulePlace{found->file, found->line};
}

/// A path as a URI: what is not plain is in per cent.
std::string uri(std::string_view path) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view plain = "-._~/";
    std::string out;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || plain.find(c) != std::string_view::npos;
        if (is_plain) {
            out += c;
        } else {
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out;
}

Json result_of(const char* rule, const char* level, const std::string& text,
               const RulePlace& place) {
    Json result{{"ruleId", rule}, {"level", level}, {"message", {{"text", text}}}};
    result["locations"] = Json::array();
    if (place.file.empty()) return result;
    Json physical{{"artifactLocation", {{"uri", uri(place.file)}}}};
    if (place.line > 0) physical["region"] = {{"startLine", place.line}};
    result["locations"].push_back({{"physicalLocation", std::move(physical)}});
    return result;
}

Json changes_of(const Report& report, const std::vector<RuleInfo>& baseline_rules) {
    Json results = Json::array();
    if (!report.comparison) return results;
    for (const ChangeRow& row : report.comparison->rules) {
        const bool looser = row.change == Change::looser;
        const std::string text = "`" + row.rule + "` " +
                                 (looser ? "no longer holds " : "tightens ") +
                                 counted(row.calls, "call", "calls") + " of the history";
        results.push_back(result_of(
            looser ? "looser" : "tighter", looser ? "warning" : "note", text,
            looser ? place_in(baseline_rules, row.rule) : place_in(report.rules, row.rule)));
    }
    return results;
}

void add_gate(Json& results, const Report& report) {
    if (!report.gate) return;
    constexpr std::string_view of_rule = "rule ";
    for (const GateCheck& check : report.gate->checks) {
        if (check.state == GateState::kept) continue;
        const bool broken = check.state == GateState::broken;
        RulePlace place;
        if (check.name.starts_with(of_rule)) {
            place = place_in(report.rules, check.name.substr(of_rule.size()));
        }
        std::string text = check.name + ": " + check.bound + ", found " + check.found;
        for (const std::string& call : check.calls) text += "\n" + call;
        results.push_back(result_of(broken ? "gate-broken" : "gate-no-evidence",
                                    broken ? "error" : "warning", text, place));
    }
}

void add_doubts(Json& results, const Report& report) {
    for (const std::string& doubt : doubts_of(report)) {
        results.push_back(result_of("history-doubt", "warning", doubt, {}));
    }
}

Json rule(const char* id, const char* text) {
    return {{"id", id}, {"shortDescription", {{"text", text}}}};
}

}  // namespace

std::string to_sarif(const Report& report, const std::vector<RuleInfo>& baseline_rules) {
    Json results = changes_of(report, baseline_rules);
    add_gate(results, report);
    add_doubts(results, report);
    Json driver{{"name", "proviso simulate"},
                {"rules",
                 {rule("looser", "calls that a rule of the baseline no longer holds"),
                  rule("tighter", "calls that a rule of the policy holds, and did not before"),
                  rule("gate-broken", "a bound of the gate file that is not kept"),
                  rule("gate-no-evidence", "a bound of which nothing can be said"),
                  rule("history-doubt", "what speaks against the history that was read")}}};
    Json run{{"tool", {{"driver", std::move(driver)}}}, {"results", std::move(results)}};
    const Json sarif{{"version", "2.1.0"},
                     {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                     {"runs", Json::array({std::move(run)})}};
    return sarif.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace proviso::simulator
