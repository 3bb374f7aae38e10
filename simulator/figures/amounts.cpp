#include "simulator/figures/amounts.h"

#include <algorithm>
#include <string_view>

#include "simulator/figures/money.h"

namespace proviso::simulator {
namespace {

std::string_view name_of(std::string_view wanted) {
    constexpr std::string_view prefix = "args.";
    return wanted.starts_with(prefix) ? wanted.substr(prefix.size()) : wanted;
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

std::string unknown_amount(const Policy& policy, const std::vector<std::string>& wanted) {
    const auto tools = observed::amount_arguments(policy);
    for (const std::string& name : wanted) {
        const bool known = std::any_of(tools.begin(), tools.end(), [&](const auto& arguments) {
            return std::any_of(arguments.begin(), arguments.end(),
                               [&](const auto& one) { return one.name == name_of(name); });
        });
        if (!known) return name;
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
