// From a decision to what can be asked of it, and the two side by side.
#include "suites/expectation.h"

#include <algorithm>
#include <set>

namespace proviso::suites {
namespace {

using Names = std::set<std::string>;

Names names_of(const std::vector<Match>& matches) {
    Names names;
    for (const Match& one : matches) names.insert(one.name);
    return names;
}

/// Who may open the gates that are closed, from the beginning; who reviews.
Names people(const Decision& decision) {
    Names names;
    for (const Gate& gate : decision.gates) {
        if (gate.open) continue;
        if (!gate.role.empty()) names.insert(gate.role);
        for (const NeededPeople& need : gate.needs) {
            names.insert(need.roles.begin(), need.roles.end());
        }
    }
    for (const Review& review : decision.reviews) names.insert(review.role);
    return names;
}

/// All that the call meets, or those of them that are open.
Names gates(const Decision& decision, bool open_alone) {
    Names names;
    for (const Gate& gate : decision.gates) {
        if (gate.open || !open_alone) names.insert(gate.rule);
    }
    return names;
}

Names texts(const Decision& decision, std::string Match::*text) {
    Names names;
    for (const std::vector<Match>* matches : {&decision.base, &decision.restrictions}) {
        for (const Match& one : *matches) {
            if (!(one.*text).empty()) names.insert(one.*text);
        }
    }
    return names;
}

template <typename Items, typename Item>
Names each(const Items& items, std::string Item::*name) {
    Names names;
    for (const Item& one : items) names.insert(one.*name);
    return names;
}

Names asked_names(Asked asked, const Decision& decision) {
    switch (asked) {
        case Asked::outcome: return {std::string(name(decision.outcome))};
        case Asked::reason: return {std::string(name(decision.reason))};
        case Asked::best: return {std::string(name(decision.best_case))};
        case Asked::repeat: return {decision.repeat ? "true" : "false"};
        case Asked::detail: return {decision.detail};
        case Asked::rules: {
            Names names = names_of(decision.base);
            names.merge(names_of(decision.restrictions));
            return names;
        }
        case Asked::trials: return names_of(decision.trials);
        case Asked::missing: return each(decision.missing, &Missing::name);
        case Asked::gates: return gates(decision, false);
        case Asked::open: return gates(decision, true);
        case Asked::roles: return people(decision);
        case Asked::granted_by: return {decision.granted_by.begin(), decision.granted_by.end()};
        case Asked::undeclared_roles:
            return {decision.undeclared_roles.begin(), decision.undeclared_roles.end()};
        case Asked::uncounted: return each(decision.uncounted, &UncountedApproval::by);
        case Asked::because: return texts(decision, &Match::because);
        case Asked::fix: return texts(decision, &Match::fix);
        case Asked::obligations: return each(decision.obligations, &Duty::name);
        case Asked::totals: return each(decision.totals, &LimitTotal::limit);
    }
    return {};
}

std::vector<NamedTexts> values_of(Asked asked, const Decision& decision) {
    std::vector<NamedTexts> values;
    if (asked == Asked::totals) {
        for (const LimitTotal& one : decision.totals) {
            values.push_back({one.limit, {{"", one.after}}});
        }
        return values;
    }
    for (const Duty& duty : decision.obligations) values.push_back({duty.name, duty.arguments});
    return values;
}

bool is_text(Asked asked) {
    return asked == Asked::because || asked == Asked::fix;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& one : names) text += (text.empty() ? "" : ", ") + one;
    return text.empty() ? "none" : text;
}

/// Texts stand in lines of their own, names side by side.
std::vector<std::string> lines_of(Asked asked, const std::vector<std::string>& names) {
    if (is_text(asked) && !names.empty()) return names;
    return {joined(names)};
}

std::string line_of(const NamedTexts& one) {
    std::string text;
    for (const auto& [key, value] : one.texts) {
        if (!text.empty()) text += ", ";
        text += key.empty() ? value : key + " = " + value;
    }
    return text.empty() ? one.name : one.name + ": " + text;
}

std::vector<std::string> lines_of(const std::vector<NamedTexts>& values) {
    std::vector<std::string> lines;
    lines.reserve(values.size());
    for (const NamedTexts& one : values) lines.push_back(line_of(one));
    std::sort(lines.begin(), lines.end());
    if (lines.empty()) lines.emplace_back("none");
    return lines;
}

/// `10_000.50 EUR` as `10000.5 EUR`, the way that decisions print numbers; other texts as they are.
std::string plain_number(const std::string& text) {
    const std::size_t end = std::min(text.find(' '), text.size());
    std::string number = text.substr(0, end);
    std::erase(number, '_');
    const std::size_t sign = number.starts_with('-') ? 1 : 0;
    const std::size_t point = number.find('.');
    if (point == std::string::npos || point == sign || point + 1 == number.size()) {
        return number + text.substr(end);
    }
    if (number.find_first_not_of("0123456789.", sign) != std::string::npos) return text;
    number.erase(std::min(number.find_last_not_of('0') + 1, number.size()));
    if (number.ends_with('.')) number.pop_back();
    return number + text.substr(end);
}

bool is_number(const std::string& text) {
    const std::string number = text.substr(text.starts_with('-') ? 1 : 0, text.find(' '));
    return !number.empty() && number.front() >= '0' && number.front() <= '9';
}

/// A text of a call is told in quotes, which an expectation may leave out. A number may be written
/// with groups and with zeros behind its fraction.
bool is_same(const std::string& expected, const std::string& got) {
    if (got == expected || got == '"' + expected + '"') return true;
    return is_number(got) && plain_number(expected) == plain_number(got);
}

bool has_all(const std::vector<std::pair<std::string, std::string>>& texts,
             const std::vector<std::pair<std::string, std::string>>& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const auto& one) {
        return std::any_of(texts.begin(), texts.end(), [&](const auto& text) {
            return text.first == one.first && is_same(one.second, text.second);
        });
    });
}

bool holds_values(const Expected& expected, const std::vector<NamedTexts>& got) {
    const auto is_expected = [&](const NamedTexts& one) {
        return std::any_of(expected.values.begin(), expected.values.end(),
                           [&](const NamedTexts& wanted) { return wanted.name == one.name; });
    };
    const auto is_there = [&](const NamedTexts& wanted) {
        return std::any_of(got.begin(), got.end(), [&](const NamedTexts& one) {
            return one.name == wanted.name && has_all(one.texts, wanted.texts);
        });
    };
    return std::all_of(got.begin(), got.end(), is_expected) &&
           std::all_of(expected.values.begin(), expected.values.end(), is_there);
}

bool fits(Asked asked, std::string_view expected, std::string_view got) {
    const bool of_rules = asked == Asked::rules || asked == Asked::trials ||
                          asked == Asked::gates || asked == Asked::open;
    return of_rules ? stands_for(expected, got) : expected == got;
}

bool is_among(Asked asked, std::string_view expected, const Names& got) {
    return std::any_of(got.begin(), got.end(),
                       [&](const std::string& one) { return fits(asked, expected, one); });
}

bool holds_exactly(const Expected& expected, const Names& got) {
    const auto& names = expected.names;
    const auto is_expected = [&](const std::string& one) {
        return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
            return fits(expected.asked, name, one);
        });
    };
    return std::all_of(got.begin(), got.end(), is_expected) &&
           std::all_of(names.begin(), names.end(),
                       [&](const std::string& one) { return is_among(expected.asked, one, got); });
}

bool holds_names(const Expected& expected, const Names& got) {
    const auto has = [&](const std::string& one) { return is_among(expected.asked, one, got); };
    switch (expected.shape) {
        case Expected::Shape::word: return got.contains(expected.word);
        case Expected::Shape::exact: return holds_exactly(expected, got);
        case Expected::Shape::part:
            return std::all_of(expected.names.begin(), expected.names.end(), has) &&
                   std::none_of(expected.without.begin(), expected.without.end(), has);
        case Expected::Shape::values: break;
    }
    return false;
}

std::vector<std::string> part_lines(const Expected& expected) {
    std::vector<std::string> lines;
    if (is_text(expected.asked)) {
        for (const std::string& one : expected.names) lines.push_back(one);
        for (const std::string& one : expected.without) lines.push_back("not: " + one);
        return lines;
    }
    std::string text;
    if (!expected.names.empty()) text = "among others " + joined(expected.names);
    if (!expected.without.empty()) {
        text += (text.empty() ? "not " : ", not ") + joined(expected.without);
    }
    return {text};
}

std::vector<std::string> expected_lines(const Expected& expected) {
    switch (expected.shape) {
        case Expected::Shape::word: return {expected.word};
        case Expected::Shape::exact: {
            const Names sorted(expected.names.begin(), expected.names.end());
            return lines_of(expected.asked, {sorted.begin(), sorted.end()});
        }
        case Expected::Shape::part: return part_lines(expected);
        case Expected::Shape::values: return lines_of(expected.values);
    }
    return {};
}

}  // namespace

bool stands_for(std::string_view expected, std::string_view got) {
    if (!got.starts_with(expected)) return false;
    return got.size() == expected.size() || got[expected.size()] == '[';
}

std::vector<std::string> names_of(Asked asked, const Decision& decision) {
    const Names names = asked_names(asked, decision);
    return {names.begin(), names.end()};
}

std::vector<Difference> differences(const Expectation& expectation, const Decision& decision) {
    std::vector<Difference> found;
    for (const Expected& expected : expectation) {
        const bool of_values = expected.shape == Expected::Shape::values;
        const std::vector<NamedTexts> values =
            of_values ? values_of(expected.asked, decision) : std::vector<NamedTexts>{};
        const Names names = asked_names(expected.asked, decision);
        if (of_values ? holds_values(expected, values) : holds_names(expected, names)) continue;
        found.push_back({std::string(name(expected.asked)), expected_lines(expected),
                         of_values ? lines_of(values)
                                   : lines_of(expected.asked, {names.begin(), names.end()})});
    }
    return found;
}

}  // namespace proviso::suites
