// Covered by tests/cli/lint_test.py.
#include "cli/lint_reports.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/junit.h"
#include "cli/text.h"

namespace proviso::cli {
namespace {

using nlohmann::ordered_json;

std::string_view word(Severity severity) {
    return severity == Severity::error ? "error" : "warning";
}

std::string dumped(const ordered_json& json) {
    constexpr int indent = 2;
    return json.dump(indent, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

/// As `proviso check` has it, and the reason of a silence.
ordered_json finding_json(const Diagnostic& one) {
    return {{"code", one.code},       {"severity", word(one.severity)},
            {"file", one.file},       {"line", one.line},
            {"column", one.column},   {"end", {{"line", one.end_line}, {"column", one.end_column}}},
            {"message", one.message}, {"help", one.help},
            {"silenced", nullptr}};
}

std::string json_report(const std::vector<LintedSet>& sets) {
    ordered_json all = ordered_json::array();
    for (const LintedSet& set : sets) {
        for (const Diagnostic& one : set.result.findings) all.push_back(finding_json(one));
        for (const lint::Silenced& one : set.result.silenced) {
            all.push_back(finding_json(one.finding));
            all.back()["silenced"] = one.reason;
        }
    }
    return dumped(all);
}

/// A path as a URI reference has it.
std::string uri_of(std::string_view path) {
    std::string uri;
    for (const char c : path) {
        constexpr std::string_view plain = "/-._~";
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool stays = letter || (c >= '0' && c <= '9') || plain.find(c) != plain.npos;
        uri += stays ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return uri;
}

ordered_json sarif_result(const Diagnostic& one) {
    ordered_json place = {{"artifactLocation", {{"uri", uri_of(one.file)}}}};
    if (one.line > 0) {
        place["region"] = {{"startLine", one.line},
                           {"startColumn", one.column},
                           {"endLine", one.end_line},
                           {"endColumn", one.end_column}};
    }
    const std::string text = one.help.empty() ? one.message : one.message + "\n" + one.help;
    return {{"ruleId", one.code},
            {"level", word(one.severity)},
            {"message", {{"text", text}}},
            {"locations", ordered_json::array({{{"physicalLocation", place}}})}};
}

ordered_json sarif_rules() {
    ordered_json rules = ordered_json::array();
    for (const lint::Page& page : lint::pages()) {
        rules.push_back({{"id", page.code},
                         {"shortDescription", {{"text", page.title}}},
                         {"help", {{"text", page.text}, {"markdown", page.text}}}});
    }
    return rules;
}

std::string sarif_report(const std::vector<LintedSet>& sets) {
    ordered_json results = ordered_json::array();
    for (const LintedSet& set : sets) {
        for (const Diagnostic& one : set.result.findings) results.push_back(sarif_result(one));
        for (const lint::Silenced& one : set.result.silenced) {
            results.push_back(sarif_result(one.finding));
            results.back()["suppressions"] =
                ordered_json::array({{{"kind", "inSource"}, {"justification", one.reason}}});
        }
    }
    const ordered_json driver = {
        {"name", "proviso"}, {"version", PROVISO_VERSION}, {"rules", sarif_rules()}};
    const ordered_json run = {
        {"tool", {{"driver", driver}}}, {"columnKind", "unicodeCodePoints"}, {"results", results}};
    return dumped({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                   {"version", "2.1.0"},
                   {"runs", ordered_json::array({run})}});
}

std::string junit_case(const Diagnostic& one) {
    const std::string place = fmt::format("{}:{}:{}", one.file, one.line, one.column);
    const std::string text = fmt::format("{}: {}[{}]: {}\n{}", place, word(one.severity), one.code,
                                         one.message, one.help);
    return fmt::format(
        "    <testcase classname=\"{}\" name=\"{} {}\" file=\"{}\" line=\"{}\">\n"
        "      <failure message=\"{}\">{}</failure>\n    </testcase>\n",
        xml_escaped(one.file), one.code, xml_escaped(place), xml_escaped(one.file), one.line,
        xml_escaped(one.message), xml_escaped(text));
}

/// A set is a suite, a finding a case that fails; a set without any has one that does not.
std::string junit_report(const std::vector<LintedSet>& sets) {
    std::string suites;
    std::size_t tests = 0;
    std::size_t failures = 0;
    for (const LintedSet& set : sets) {
        const std::string path = xml_escaped(set.path);
        const std::size_t found = set.result.findings.size();
        std::string cases;
        for (const Diagnostic& one : set.result.findings) cases += junit_case(one);
        if (found == 0) {
            cases = fmt::format("    <testcase classname=\"{}\" name=\"lint\"/>\n", path);
        }
        const std::size_t own = std::max<std::size_t>(found, 1);
        suites += fmt::format(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n{}"
            "  </testsuite>\n",
            path, own, found, cases);
        tests += own;
        failures += found;
    }
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"proviso lint\" tests=\"{}\" failures=\"{}\">\n{}</testsuites>\n",
        tests, failures, suites);
}

}  // namespace

std::string lint_report(LintFormat format, const std::vector<LintedSet>& sets) {
    switch (format) {
        case LintFormat::text: break;
        case LintFormat::json: return json_report(sets);
        case LintFormat::sarif: return sarif_report(sets);
        case LintFormat::junit: return junit_report(sets);
    }
    return {};
}

}  // namespace proviso::cli
