// The report as JSON; docs/simulate.schema.json describes it.
// Covered by tests/unit/simulator/render/render_json_test.cpp.

#include "simulator/render/render_json.h"

#include <string>
#include <string_view>

#include "simulator/render/render.h"
#include "simulator/render/render_sweep.h"

namespace proviso::simulator {
namespace {

std::string_view outcome_name(std::size_t i) {
    return name(static_cast<Outcome>(i));
}

Json by_outcome(const std::array<std::uint64_t, outcome_count>& numbers) {
    Json json = Json::object();
    for (std::size_t i = 0; i < outcome_count; ++i) json[std::string{outcome_name(i)}] = numbers[i];
    return json;
}

}  // namespace

Json counts_json(const Counts& counts) {
    Json json = by_outcome(counts.outcomes);
    json["unknown"] = by_outcome(counts.unknown);
    json["unknown"]["all"] = counts.unknown_calls();
    return json;
}

namespace {

Json inputs_of(const Report& report) {
    Json list = Json::array();
    for (const InputRow& input : report.inputs) {
        Json row{{"path", input.path},
                 {"bytes", input.bytes},
                 {"lines", input.lines},
                 {"calls", input.calls}};
        if (!input.error.empty()) row["error"] = input.error;
        list.push_back(std::move(row));
    }
    return list;
}

Json reasons_of(const Report& report) {
    Json json = Json::object();
    for (std::size_t i = 0; i < reason_count; ++i) {
        if (report.reasons[i] == 0) continue;
        json[std::string{name(static_cast<Reason>(i))}] = report.reasons[i];
    }
    return json;
}

Json tools_of(const Report& report) {
    Json list = Json::array();
    for (const ToolRow& tool : report.tools) {
        Json row{{"name", tool.name}, {"declared", tool.declared}, {"calls", tool.counts.calls()}};
        row.update(counts_json(tool.counts));
        list.push_back(std::move(row));
    }
    return list;
}

Json rules_of(const Report& report) {
    Json list = Json::array();
    for (const RuleRow& rule : report.rules) {
        Json row{{"name", rule.name},
                 {"kind", rule.kind},
                 {"effect", name(rule.effect)},
                 {"file", rule.file},
                 {"line", rule.line},
                 {"on_trial", rule.on_trial},
                 {"hits", rule.hits},
                 {"decisive", rule.decisive},
                 {"unsure", rule.unsure},
                 {"trial_hits", rule.trial_hits},
                 {"trial_tighter", rule.trial_tighter}};
        row.update(rule_figures_json(rule));
        list.push_back(std::move(row));
    }
    return list;
}

Json recorded_of(const Recorded& recorded) {
    Json table = Json::object();
    for (std::size_t i = 0; i < outcome_count; ++i) {
        table[std::string{outcome_name(i)}] = by_outcome(recorded.table[i]);
    }
    Json words = Json::array();
    for (const UnknownWord& one : recorded.unknown_words) {
        words.push_back({{"word", one.word}, {"calls", one.calls}});
    }
    return {{"calls", recorded.calls},
            {"same", recorded.same},
            {"tighter", recorded.tighter},
            {"looser", recorded.looser},
            {"unreadable", recorded.unreadable},
            {"unknown_words", std::move(words)},
            {"recorded_to_now", std::move(table)}};
}

Json verdicts_of(const HumanVerdicts& verdicts) {
    Json table = Json::object();
    for (std::size_t i = 0; i < verdict_count; ++i) {
        const auto verdict = static_cast<HumanVerdict>(i);
        table[std::string{name(verdict)}] = by_outcome(verdicts.table[i]);
    }
    return {{"calls", verdicts.calls},
            {"unreadable", verdicts.unreadable},
            {"verdict_to_now", std::move(table)}};
}

Json samples_of(const Report& report) {
    Json json = Json::object();
    for (std::size_t i = 0; i < outcome_count; ++i) {
        Json list = Json::array();
        for (const Sample& sample : report.samples[i]) list.push_back(sample_json(sample));
        json[std::string{outcome_name(i)}] = std::move(list);
    }
    return json;
}

Json gate_of(const GateReport& gate) {
    Json checks = Json::array();
    for (const GateCheck& check : gate.checks) {
        checks.push_back({{"name", check.name},
                          {"bound", check.bound},
                          {"found", check.found},
                          {"state", name(check.state)},
                          {"calls", check.calls}});
    }
    const GateState state = gate.broken()           ? GateState::broken
                            : gate.lacks_evidence() ? GateState::no_evidence
                                                    : GateState::kept;
    return {{"state", name(state)}, {"checks", std::move(checks)}};
}

Json missing_rows_of(const Report& report) {
    Json list = Json::array();
    for (const MissingRow& row : report.missing) {
        list.push_back({{"name", row.name}, {"cause", row.cause}, {"calls", row.calls}});
    }
    return list;
}

Json bad_lines_of(const Report& report) {
    Json list = Json::array();
    for (const BadLine& line : report.bad_lines) {
        nlohmann::ordered_json one{{"file", line.file}, {"line", line.line}};
        if (line.call > 0) one["call"] = line.call;
        one["reason"] = line.reason;
        list.push_back(std::move(one));
    }
    return list;
}

Json run_of(const Report& report) {
    Json run{{"lines", report.lines},     {"calls", report.counts.calls()},
             {"blank", report.blank},     {"skipped", report.skipped},
             {"bad", report.bad},         {"text_bytes", report.text_bytes},
             {"threads", report.threads}, {"seconds", report.seconds},
             {"digest", report.digest},   {"partial", !report.partial.empty()}};
    if (!report.partial.empty()) run["partial_because"] = report.partial;
    return run;
}

}  // namespace

Json report_json(const Report& report) {
    Json json{{"format", "proviso-simulation-1"}};
    json["policy"] = {{"name", report.policy_name},
                      {"version", report.policy_version},
                      {"hash", report.policy_hash}};
    json["mapping"] = report.mapping.empty() ? Json{} : Json(report.mapping);
    json["inputs"] = inputs_of(report);
    json["run"] = run_of(report);
    json["outcomes"] = counts_json(report.counts);
    json["reasons"] = reasons_of(report);
    if (report.recorded) json["recorded"] = recorded_of(*report.recorded);
    if (report.verdicts) json["verdicts"] = verdicts_of(*report.verdicts);
    if (report.comparison) json["comparison"] = comparison_json(*report.comparison);
    if (report.memory) {
        json["memory"] = memory_json(*report.memory, report.comparison.has_value());
    }
    if (report.gate) json["gate"] = gate_of(*report.gate);
    if (report.sweep) json["sweep"] = sweep_json(*report.sweep);
    json["tools"] = tools_of(report);
    json["other_tools"] = counts_json(report.other_tools);
    json["rules"] = rules_of(report);
    json["missing"] = missing_rows_of(report);
    json["facts"] = facts_json(report.facts);
    json["unread"] = unread_json(report.unread);
    json["doubts"] = doubts_json(report.doubts);
    json["figures"] = figures_json(report.figures, report.comparison.has_value());
    json["samples"] = samples_of(report);
    json["bad_lines"] = bad_lines_of(report);
    return json;
}

std::string to_json(const Report& report) {
    return report_json(report).dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace proviso::simulator
