#include <array>

#include <nlohmann/json.hpp>

#include "suites/render.h"

namespace proviso::suites {
namespace {

using Json = nlohmann::ordered_json;
using engine::CoverageReport;
using engine::CoveredCondition;
using engine::CoveredPart;
using engine::Share;
using engine::SourcePlace;

Json share_of(const Share& share) {
    constexpr double hundred = 100;
    return {{"covered", share.covered},
            {"total", share.total},
            {"percent", share.hundredths() / hundred}};
}

void add_place(Json& json, const CoverageReport& report, const SourcePlace& place) {
    json["file"] = report.sources[place.source].name;
    json["line"] = place.line;
    json["column"] = place.column;
}

Json to_object(const CoverageReport& report, const CoveredPart& part) {
    Json json{{"kind", name(part.kind)}, {"name", part.name}};
    if (part.kind != CoveredPart::Kind::grant) json["effect"] = name(part.effect);
    add_place(json, report, part.place);
    json["took_part"] = part.took_part;
    json["unsure"] = part.unsure;
    json["decided"] = part.decided;
    return json;
}

Json to_object(const CoverageReport& report, const CoveredCondition& condition) {
    Json json{{"expression", condition.text}};
    add_place(json, report, condition.place);
    json["true"] = condition.yes;
    json["false"] = condition.no;
    json["unknown"] = condition.unknown;
    return json;
}

Json shares_of(const CoverageReport& report) {
    constexpr std::array kinds{CoveredPart::Kind::rule, CoveredPart::Kind::cell,
                               CoveredPart::Kind::limit_step, CoveredPart::Kind::fallback,
                               CoveredPart::Kind::grant};
    Json json = Json::object();
    for (const CoveredPart::Kind kind : kinds) {
        json[std::string(name(kind))] = share_of(report.of(kind));
    }
    json["condition"] = share_of(report.of_conditions());
    json["all"] = share_of(report.all());
    return json;
}

Json to_object(const SetCoverage& set) {
    Json json{
        {"set", set.path},          {"policy", {{"name", set.name}, {"version", set.version}}},
        {"cases", set.cases},       {"calls", set.calls},
        {"examples", set.examples}, {"shares", shares_of(set.report)}};
    Json parts = Json::array();
    for (const CoveredPart& one : set.report.parts) parts.push_back(to_object(set.report, one));
    Json conditions = Json::array();
    for (const CoveredCondition& one : set.report.conditions) {
        conditions.push_back(to_object(set.report, one));
    }
    json["parts"] = std::move(parts);
    json["conditions"] = std::move(conditions);
    return json;
}

Json to_object(const Failure& failure) {
    Json json{{"line", failure.mark.line},
              {"column", failure.mark.column},
              {"step", failure.step + 1},
              {"steps", failure.steps}};
    if (failure.time != 0) json["time"] = failure.time;
    if (!failure.error.empty()) {
        json["error"] = failure.error;
        return json;
    }
    Json differences = Json::array();
    for (const Difference& one : failure.differences) {
        differences.push_back({{"asked", one.asked}, {"expected", one.expected}, {"got", one.got}});
    }
    json["differences"] = std::move(differences);
    json["call"] = failure.call;  // as text, so that its numbers keep their digits
    if (failure.explanation) {
        json["explanation"] = Json::parse(to_json(*failure.explanation), nullptr, false);
    }
    return json;
}

Json to_object(const std::vector<Bench>& benches, const CaseResult& result) {
    const Suite& suite = benches[result.suite].suite;
    const Case& of = suite.cases[result.number];
    Json json{{"suite", suite.path},   {"name", of.name},
              {"line", of.mark.line},  {"column", of.mark.column},
              {"calls", result.calls}, {"passed", !result.failure.has_value()}};
    if (result.failure) json["failure"] = to_object(*result.failure);
    if (!result.failure && result.by_no_grant) json["by_no_grant"] = true;
    return json;
}

}  // namespace

std::string_view name(engine::CoveredPart::Kind kind) noexcept {
    switch (kind) {
        case CoveredPart::Kind::rule: return "rule";
        case CoveredPart::Kind::cell: return "cell";
        case CoveredPart::Kind::limit_step: return "limit_step";
        case CoveredPart::Kind::fallback: return "default";
        case CoveredPart::Kind::grant: return "grant";
    }
    return "rule";
}

std::string to_json(const std::vector<Bench>& benches, const RunResult& result) {
    Json cases = Json::array();
    std::size_t failed = 0;
    for (const CaseResult& one : result.cases) {
        cases.push_back(to_object(benches, one));
        failed += one.failure ? 1 : 0;
    }
    Json coverage = Json::array();
    for (const SetCoverage& one : result.coverage) coverage.push_back(to_object(one));
    Json json{{"format", "proviso-test-1"},
              {"passed", result.cases.size() - failed},
              {"failed", failed},
              {"cases", std::move(cases)}};
    if (!result.coverage.empty()) json["coverage"] = std::move(coverage);
    constexpr int indent = 2;
    return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace proviso::suites
