#include "simulator/render/differences.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "simulator/render/comparison_words.h"
#include "simulator/text/text_table.h"
#include "simulator/text/words.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t name_bytes = 60;

std::string difference_words(Difference difference) {
    switch (difference) {
        case Difference::added: return "is new";
        case Difference::removed: return "is removed";
        case Difference::differs: return "differs";
    }
    return "";
}

std::string place_words(const std::string& file, std::uint32_t line) {
    const std::string name = file.substr(file.rfind('/') + 1);
    return line == 0 || file.empty() ? name : name + ':' + std::to_string(line);
}

std::string reached_words(const ChangedRule& rule) {
    if (!rule.is_counted) return "";
    if (!rule.is_reached()) return " and no call reached it";
    const bool is_removed = rule.difference == Difference::removed;
    const std::uint64_t calls = is_removed ? rule.baseline_hits : rule.policy_hits;
    std::string text = "; " + counted(calls, "call", "calls") + " reached it";
    if (rule.difference == Difference::differs && rule.baseline_hits != calls) {
        text += ", " + grouped(rule.baseline_hits) + " by the baseline";
    }
    return text;
}

std::string through_words(const std::vector<std::string>& through) {
    constexpr std::size_t shown = 3;
    std::string text;
    for (std::size_t i = 0; i < std::min(through.size(), shown); ++i) {
        text += (i == 0 ? " (by " : ", ") + cut_text(through[i], name_bytes);
    }
    if (through.size() > shown) text += ", …";
    return through.empty() ? text : text + ")";
}

DifferenceLine line_of(const ChangedRule& rule) {
    std::string what{kind_words(rule)};
    what += (what.empty() ? "" : " ") + cut_text(rule.rule, name_bytes);
    return {rule.is_unreached() ? DifferenceGroup::unreached : DifferenceGroup::rules,
            std::move(what), place_words(rule.file, rule.line),
            difference_words(rule.difference) + reached_words(rule) + through_words(rule.through)};
}

std::string people_words(std::string_view verb, const std::vector<std::string>& people) {
    constexpr std::size_t shown = 8;
    std::string text{verb};
    for (std::size_t i = 0; i < std::min(people.size(), shown); ++i) {
        text += (i == 0 ? " " : ", ") + cut_text(people[i], name_bytes);
    }
    if (people.size() > shown) text += " and " + grouped(people.size() - shown) + " more";
    return text;
}

/// Whom a bind adds and removes.
std::string bind_words(const StatementChange& one) {
    if (!one.what.starts_with("bind ")) return "";
    if (one.people_added.empty() && one.people_removed.empty()) {
        return one.difference == Difference::differs ? ", with the same people" : ", with nobody";
    }
    std::string text = ": ";
    if (!one.people_added.empty()) text += people_words("adds", one.people_added);
    if (one.people_removed.empty()) return text;
    return text + (one.people_added.empty() ? "" : "; ") +
           people_words("removes", one.people_removed);
}

DifferenceLine line_of(const StatementChange& one) {
    return {one.says_who ? DifferenceGroup::who : DifferenceGroup::others,
            cut_text(one.what, name_bytes), place_words(one.file, one.line),
            difference_words(one.difference) + bind_words(one)};
}

/// Whether it is told with its values.
bool is_told_param(const Comparison& made, const StatementChange& one) {
    return std::any_of(made.params.begin(), made.params.end(), [&](const ParamChange& param) {
        return one.what == "param " + param.param;
    });
}

constexpr std::array every_group{DifferenceGroup::who, DifferenceGroup::unreached,
                                 DifferenceGroup::rules, DifferenceGroup::others};

std::string more_words(DifferenceGroup group, std::size_t more) {
    switch (group) {
        case DifferenceGroup::who: return "and " + grouped(more) + " more of who may act";
        case DifferenceGroup::unreached:
            return "and " + grouped(more) + " more that differ and that no call reached";
        case DifferenceGroup::rules:
            return "and " + counted(more, "rule", "rules") + " more that differ";
        case DifferenceGroup::others:
            return "and " + counted(more, "statement", "statements") + " more that differ";
    }
    return "";
}

}  // namespace

std::vector<DifferenceLine> differences_of(const Comparison& made) {
    std::vector<DifferenceLine> lines;
    for (const ChangedRule& one : made.changed_rules) lines.push_back(line_of(one));
    for (const StatementChange& one : made.changed_statements) {
        if (!is_told_param(made, one)) lines.push_back(line_of(one));
    }
    std::stable_sort(lines.begin(), lines.end(),
                     [](const auto& a, const auto& b) { return a.group < b.group; });
    return lines;
}

std::string text_of(const DifferenceLine& line) {
    return line.what + (line.place.empty() ? "" : " (" + line.place + ")") + ' ' + line.how;
}

std::vector<ShownDifference> shown_differences(const Comparison& made, std::size_t each) {
    const std::vector<DifferenceLine> lines = differences_of(made);
    std::vector<ShownDifference> shown;
    for (const DifferenceGroup group : every_group) {
        std::size_t found = 0;
        for (const DifferenceLine& line : lines) {
            if (line.group != group || ++found > each) continue;
            shown.push_back({group, text_of(line)});
        }
        if (found > each) shown.push_back({group, more_words(group, found - each)});
    }
    return shown;
}

std::size_t count_differences(const Comparison& made) {
    return made.params.size() + differences_of(made).size();
}

std::string differing_of(const Comparison& made) {
    const std::size_t count = count_differences(made);
    if (count == 0) return made.beside.empty() ? "" : "the sets differ " + made.beside;
    return "the sets differ in " + counted(count, "statement", "statements") + ", listed here";
}

}  // namespace proviso::simulator
