#include "simulator/render/comparison_words.h"

#include <algorithm>
#include <array>
#include <set>

#include "simulator/render/differences.h"
#include "simulator/text/text_table.h"
#include "simulator/text/words.h"

namespace proviso::simulator {
namespace {

/// "run, tool and args", as an intent is told apart.
std::string intent_words(const IntentTable& intents) {
    std::string text = "one for each ";
    if (intents.key == default_intent_key()) {
        text = "the history's own, or one for each run, tool and arguments";
    } else {
        for (std::size_t i = 0; i < intents.key.size(); ++i) {
            text += (i == 0 ? "" : ", ") + intents.key[i];
        }
    }
    if (intents.unkeyed > 0) text += " (" + grouped(intents.unkeyed) + " calls without)";
    if (intents.one_in > 1) text += ", estimated from one in " + grouped(intents.one_in);
    return text;
}

std::string amount_words(const Comparison& made) {
    std::set<std::string> names;
    for (const AmountRow& row : made.amounts) names.insert("args." + row.argument);
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string other_amounts(const Comparison& made) {
    std::set<std::string> names;
    for (const AmountRow& row : made.amounts) {
        for (const std::string& other : row.others) names.insert("args." + other);
    }
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::uint64_t amounts_missing(const Comparison& made) {
    std::uint64_t without = 0;
    for (const AmountRow& row : made.amounts) without += row.without;
    return without;
}

}  // namespace

std::string_view verdict_words(std::uint64_t tighter, std::uint64_t looser, bool sets_differ) {
    if (tighter > 0 && looser > 0) return "tightens and loosens";
    if (looser > 0) return "only loosens";
    if (tighter > 0) return "only tightens";
    return sets_differ ? "changes no outcome of this history" : "changes nothing";
}

std::string verdict_of(const Comparison& made) {
    return std::string{verdict_words(made.of(Change::tighter), made.of(Change::looser),
                                     count_differences(made) > 0)};
}

std::vector<std::string> params_of(const Comparison& made) {
    constexpr std::size_t shown = 8;
    constexpr std::size_t bytes = 60;  // of a value
    std::vector<std::string> lines;
    for (const ParamChange& one : made.params) {
        if (lines.size() == shown) {
            lines.push_back("and " + counted(made.params.size() - shown, "param", "params") +
                            " more");
            break;
        }
        const std::string before = one.before.empty() ? "none" : cut_text(one.before, bytes);
        const std::string after = one.after.empty() ? "none" : cut_text(one.after, bytes);
        lines.push_back(one.param + ": " + before + ", now " + after);
    }
    return lines;
}

std::string_view kind_words(const ChangedRule& rule) {
    if (rule.kind == "matrix_cell" || rule.kind == "default_cell") return "cell";
    if (rule.kind == "limit_step") return "limit";
    return rule.kind == "default" ? "" : "rule";
}

std::string sums_of(const Comparison& made) {
    return grouped(made.of(Change::none)) + " the same, " + grouped(made.of(Change::tighter)) +
           " tighter (" + grouped(made.newly_blocked) + " newly blocked), " +
           grouped(made.of(Change::looser)) + " looser (" + grouped(made.newly_allowed) +
           " newly allowed)";
}

std::string freed_money_of(const Comparison& made) {
    constexpr std::size_t shown = 3;
    std::string text;
    std::size_t currencies = 0;
    std::uint64_t calls = 0;
    for (const MoneyTable& money : made.money) {
        if (money.newly_allowed_calls == 0) continue;
        calls += money.newly_allowed_calls;
        if (++currencies > shown) continue;
        text += (currencies == 1 ? "" : " and ") + grouped_amount(money.newly_allowed);
        if (!money.currency.empty()) text += ' ' + money.currency;
    }
    if (currencies > shown) {
        text += " and " + counted(currencies - shown, "currency", "currencies") + " more";
    }
    if (calls > 0 && calls < made.newly_allowed) text += " (in " + grouped(calls) + " of them)";
    return text;
}

std::string freed_of(const Comparison& made) {
    const std::string money = freed_money_of(made);
    std::string text = "no call";
    if (made.newly_allowed > 0) text = counted(made.newly_allowed, "call", "calls");
    if (!money.empty()) text += " with " + money;
    return text + (made.newly_allowed > 1 ? " newly go" : " newly goes") +
           " through without a person; " + grouped(made.newly_blocked) + " newly blocked";
}

std::string fidelity_of(const Report& report) {
    const Comparison& made = *report.comparison;
    if (made.recorded == 0 && report.recorded && report.recorded->unreadable > 0) {
        return "baseline fidelity: not known, as no recorded outcome is in words that are known";
    }
    if (made.recorded == 0) return "baseline fidelity: nothing is recorded to hold it against";
    return "baseline fidelity " + percent(made.as_recorded, made.recorded) + ": of " +
           counted(made.recorded, "recorded call", "recorded calls") + " the baseline decides " +
           grouped(made.as_recorded) + " as recorded";
}

std::vector<std::string> unknown_words_of(const Report& report) {
    if (!report.recorded || report.recorded->unreadable == 0) return {};
    constexpr std::size_t bytes = 40;   // of a word
    constexpr std::size_t written = 3;  // in the example of a mapping
    constexpr std::array<std::string_view, verdict_count> said{"approved", "edited", "rejected"};
    const Recorded& recorded = *report.recorded;
    std::string words;
    std::string entries;
    std::string of_people;
    std::uint64_t told = 0;
    for (std::size_t i = 0; i < recorded.unknown_words.size(); ++i) {
        const UnknownWord& one = recorded.unknown_words[i];
        const std::string word = cut_text(one.word, bytes);
        told += one.calls;
        words += (i == 0 ? "" : ", ") + word + " (" + grouped(one.calls) + ')';
        if (i < written) entries += (i == 0 ? "" : ", ") + word + ": …";
        if (of_people.empty() && is_one_of(one.word, said)) of_people = one.word;
    }
    if (told < recorded.unreadable)
        words += ", others (" + grouped(recorded.unreadable - told) + ')';
    std::vector<std::string> lines{
        counted(recorded.unreadable, "recorded outcome is", "recorded outcomes are") +
            " in words that are no outcome:",
        words, "known are allow, notify, gate, block; a mapping file (--map) explains others:",
        "recorded: {outcome: {pointer: …, words: {" + entries + "}}}"};
    if (!of_people.empty()) {
        lines.push_back(of_people +
                        " is what people said: for that, `verdict` in place of `outcome`");
    }
    return lines;
}

std::string intents_of(const Comparison& made) {
    return "intents: " + intent_words(made.intents);
}

std::string amounts_of(const Comparison& made, std::size_t currencies) {
    std::string text = "amounts: " + amount_words(made) + " of all calls, retries included";
    const std::uint64_t without = amounts_missing(made);
    if (without > 0) text += "; of " + counted(without, "call", "calls") + " it cannot be read";
    if (const std::string others = other_amounts(made); !others.empty()) {
        text += "; not counted: " + others;
    }
    if (made.money.size() > currencies) {
        text += "; " + grouped(made.money.size() - currencies) + " more currencies";
    }
    return text;
}

std::vector<std::pair<std::size_t, std::size_t>> moves_of(const Comparison& made) {
    std::vector<std::pair<std::size_t, std::size_t>> moves;
    for (std::size_t i = class_count; i-- > 0;) {
        for (std::size_t j = 0; j < class_count; ++j) {
            if (i != j && made.table[i][j] > 0) moves.emplace_back(i, j);
        }
    }
    return moves;
}

std::string grouped_amount(std::string text) {
    const std::size_t begin = text.starts_with('-') ? 1 : 0;
    std::size_t at = std::min(text.find('.'), text.size());
    while (at > begin + 3) text.insert(at -= 3, ",");
    return text;
}

}  // namespace proviso::simulator
