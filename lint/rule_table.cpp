// What the passes over rules share; see passes.h.
#include <cctype>

#include "lint/passes.h"

namespace proviso::lint {

std::optional<RuleTable> rule_table(Subject& subject, Conditions& conditions) {
    const check::PolicySet& set = subject.set;
    if (set.rules.size() > subject.options.bounds.rules) {
        report_cut(subject, subject.options.bounds.rules, "rules");
        return std::nullopt;
    }
    RuleTable table;
    table.of_tool.resize(set.tools.size());
    for (std::uint32_t i = 0; i < set.rules.size(); ++i) {
        const check::Rule& rule = set.rules[i];
        table.conditions.push_back(conditions.of(rule.when, rule.unless));
        for (const check::ToolId tool : set.target_sets[rule.targets].tools) {
            if (!subject.comparisons.take()) return std::nullopt;
            if (stages_at(subject, rule, tool) != 0) table.of_tool[index_of(tool)].push_back(i);
        }
    }
    if (subject.comparisons.cut()) return std::nullopt;
    return table;
}

check::StageMask stages_at(const Subject& subject, const check::Rule& rule, check::ToolId tool) {
    return rule.stages & subject.set.tool(tool).stages;
}

bool same_outcome(const check::Rule& a, const check::Rule& b) {
    return a.effect == b.effect && a.role == b.role && a.approval == b.approval &&
           a.within_seconds == b.within_seconds;
}

std::string written(const Subject& subject, Span span) {
    std::string line;
    for (const char c : subject.sources.text(span)) {
        const bool blank = std::isspace(static_cast<unsigned char>(c)) != 0;
        if (!blank) line += c;
        if (blank && !line.empty() && line.back() != ' ') line += ' ';
    }
    return line;
}

}  // namespace proviso::lint
