#include "simulator/figures/amounts.h"

#include <algorithm>
#include <set>
#include <span>
#include <string_view>

#include "simulator/figures/money.h"
#include "simulator/text/words.h"

namespace proviso::simulator {
namespace {

std::string_view name_of(std::string_view wanted) {
    constexpr std::string_view prefix = "args.";
    return wanted.starts_with(prefix) ? wanted.substr(prefix.size()) : wanted;
}

/// "`args.amount`, `args.fee`"; of many the first.
std::string few_of(std::span<const std::string_view> names) {
    constexpr std::size_t shown = 6;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), shown); ++i) {
        text += (i == 0 ? "`args." : ", `args.") + std::string{names[i]} + '`';
    }
    return text + (names.size() > shown ? ", …" : "");
}

AmountChoice choice_of(const std::vector<observed::AmountArgument>& arguments,
                       const std::vector<std::string>& wanted) {
    AmountChoice choice;
    for (const std::string& name : wanted) {
        const auto found = std::find_if(arguments.begin(), arguments.end(),
                                        [&](const auto& one) { return one.name == name_of(name); });
        if (found == arguments.end()) continue;
        choice.argument = *found;
        break;
    }
    for (const observed::AmountArgument& one : arguments) {
        if (!one.is_money) continue;
        if (wanted.empty() && !choice.argument) choice.argument = one;
        if (choice.argument && choice.argument->name != one.name) choice.others.push_back(one.name);
    }
    return choice;
}

}  // namespace

std::vector<AmountChoice> amount_choices(const Policy& policy,
                                         const std::vector<std::string>& wanted) {
    std::vector<AmountChoice> choices;
    for (const auto& arguments : observed::amount_arguments(policy)) {
        choices.push_back(choice_of(arguments, wanted));
    }
    return choices;
}

std::string amount_fault(const Policy& policy, const std::vector<std::string>& wanted) {
    std::set<std::string> known;
    for (const auto& arguments : observed::amount_arguments(policy)) {
        for (const observed::AmountArgument& one : arguments) known.insert(one.name);
    }
    for (const std::string& name : wanted) {
        if (known.contains(std::string{name_of(name)})) continue;
        const std::vector<std::string_view> names(known.begin(), known.end());
        const std::string_view near = nearest(name_of(name), names);
        std::string text = "`" + name + "` is no number among the arguments of any tool";
        if (!near.empty()) return text + ": did you mean `args." + std::string{near} + "`?";
        return known.empty() ? text + ": no tool has one" : text + ": there is " + few_of(names);
    }
    return {};
}

std::optional<observed::Amount> amount_of(const Session& session,
                                          const std::vector<AmountChoice>& choices) {
    const auto tool = observed::tool_number(session);
    if (!tool || !choices[*tool].argument) return std::nullopt;
    return observed::amount_of(session, *choices[*tool].argument);
}

std::string amount_text(const observed::Amount& amount) {
    ExactSum sum;
    sum.add(amount.coefficient, amount.scale);
    const std::string currency = observed::currency_name(amount.currency);
    return sum.text() + (currency.empty() ? "" : ' ' + currency);
}

}  // namespace proviso::simulator
