// Every allow, block, gate and notify in full, and what lifts a tier.
#include <array>

#include "handbook/sections.h"
#include "handbook/wording.h"

namespace proviso::handbook {
namespace {

struct Group {
    check::Effect effect;
    std::string_view anchor;
    std::string_view title;
};
constexpr std::array<Group, 4> groups{{
    {check::Effect::allow, "allows", "What is allowed"},
    {check::Effect::block, "blocks", "What is blocked"},
    {check::Effect::gate, "gates", "What waits for approval"},
    {check::Effect::notify, "notifies", "What people look at afterwards"},
}};

Line consequence(const Book& book, const check::Rule& rule) {
    switch (rule.effect) {
        case check::Effect::allow: return Line("Allows ");
        case check::Effect::block: return Line("Blocks ");
        case check::Effect::gate: return Line("Holds ");
        case check::Effect::notify:
            return Line("Has ").append(role_link(book, rule.role)).say(" look at ");
    }
    return {};
}

void add_rule(Page& page, const Book& book, const check::Rule& rule) {
    const auto& [file, statement] = book.rules.at(rule.name);
    page.heading(3, anchor_of("rule", rule.name), rule.name);
    add_doc(page, rule.doc);
    page.paragraph(trial_words(rule.trial_until));
    Line first = consequence(book, rule).append(target_words(book, rule.targets));
    first.say(" " + stage_words(rule.stages));
    if (rule.effect == check::Effect::gate) {
        first.say(" until ").append(gate_words(book, rule.role, rule.approval));
    }
    if (rule.effect == check::Effect::notify) {
        first.say(" within " + duration_words(rule.within_seconds));
    }
    std::vector<Line> items{first.say(".")};
    items.push_back(condition_sentence(book, *file, statement->when, statement->unless));
    add_ending(book, *file, *statement, items);
    page.list(std::move(items));
}

void add_raises(Page& page, const Book& book) {
    if (book.set->raises.empty()) return;
    page.heading(2, "raises", "What lifts the tier of a call");
    const auto& tiers = book.set->types.enumeration(model::tier_enum).words;
    for (const auto& [name, written] : book.raises) {
        for (const check::Raise& raise : book.set->raises) {
            if (raise.name != name) continue;
            page.heading(3, anchor_of("raise", name), name);
            add_doc(page, written.statement->head.doc);
            std::vector<Line> items{Line("Lifts the tier to ")
                                        .strong(tiers[raise.tier])
                                        .say(" for ")
                                        .append(target_words(book, raise.targets))
                                        .say(" " + stage_words(raise.stages) + ".")};
            items.push_back(condition_sentence(book, *written.file, written.statement->when,
                                               written.statement->unless));
            page.list(std::move(items));
        }
    }
}

}  // namespace

void add_rules(Page& page, const Book& book) {
    for (const Group& group : groups) {
        bool first = true;
        for (const check::Rule& rule : book.set->rules) {
            if (rule.effect != group.effect) continue;
            if (first) page.heading(2, std::string(group.anchor), group.title);
            first = false;
            add_rule(page, book, rule);
        }
    }
    add_raises(page, book);
}

}  // namespace proviso::handbook
