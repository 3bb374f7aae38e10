// A section a tool: what it is, what it may be given, who may call it, and all that can come of it.
// A rule's full text stands in its own section; here are its documentation and its condition.
#include <algorithm>

#include "handbook/sections.h"
#include "handbook/wording.h"

namespace proviso::handbook {
namespace {

constexpr std::uint32_t approve_stage = 3;
constexpr std::uint32_t stages_of_all = 5;

void add_properties(Page& page, const Book& book, const check::Tool& tool) {
    const auto& tiers = book.set->types.enumeration(model::tier_enum).words;
    std::vector<Line> items;
    items.push_back(tool.tier ? Line("Tier: ").strong(tiers[*tool.tier]).say(".")
                              : Line("Tier: not said, so it may be any."));
    items.push_back(Line("Can be called " + stage_words(tool.stages) + "."));
    items.push_back(tool.undo
                        ? Line("Can be undone with ").append(tool_link(book, *tool.undo)).say(".")
                        : Line("Names no tool that undoes it."));
    std::vector<Line> tags;
    for (const std::string& tag : tool.tags) tags.push_back(Line().code(tag));
    if (!tags.empty()) items.push_back(Line("Tags: ").append(joined(tags)).say("."));
    page.list(std::move(items));
}

void add_arguments(Page& page, const Book& book, const check::Tool& tool) {
    page.heading(4, anchor_of("args", tool.name), "What it may be given");
    Table table;
    table.label = "Arguments of " + tool.name;
    table.head = {"Argument", "What it may be", "Needed"};
    for (const check::ToolArgument& argument : tool.arguments) {
        if (!argument.declared) continue;
        const bool optional =
            argument.type != model::no_type && book.set->types.type(argument.type).optional;
        table.rows.push_back({Line().code(argument.name),
                              Line(type_words(*book.set, argument.type)),
                              optional ? "may be left out" : "yes"});
    }
    if (table.rows.empty() && !tool.open_args) page.paragraph("No argument.");
    page.table(std::move(table));
    page.paragraph(tool.open_args
                       ? "Other arguments are taken as well, as they come."
                       : "A call with anything else, or with a value outside of this, is blocked.");
}

// ---------------------------------------------------------------- who may call it

/// The grant as its author wrote it; nothing where it has none.
Line grant_condition(const Book& book, const check::Role& role, const check::Grant& grant) {
    const auto written = book.roles.find(role.name);
    if (written == book.roles.end()) return {};
    for (const ast::Can& can : written->second.statement->grants) {
        if (!(can.span == grant.span)) continue;
        return condition_words(book, *written->second.file, can.when, ast::no_expr);
    }
    return {};
}

/// What of a role grants the stage of the tool, its ancestors' grants included, an item each.
std::vector<Line> grants_of(const Book& book, check::RoleId id, check::ToolId tool,
                            std::uint32_t stage) {
    std::vector<Line> found;
    for (const check::RoleId ancestor : book.set->role(id).inherits) {
        const check::Role& role = book.set->role(ancestor);
        for (const check::Grant& grant : role.grants) {
            if ((grant.stages & check::stage_bit(stage)) == 0) continue;
            if (!reaches(book, grant.targets, tool)) continue;
            Line line = role_link(book, id);
            if (ancestor != id) line.say(" (as ").append(role_link(book, ancestor)).say(")");
            const Line condition = grant_condition(book, role, grant);
            if (!condition.empty()) line.say(" ").append(condition);
            found.push_back(std::move(line));
        }
    }
    return found;
}

Line all_grants(const Book& book, check::ToolId tool, std::uint32_t stage) {
    std::vector<Line> all;
    for (std::size_t i = 0; i < book.set->roles.size(); ++i) {
        const check::RoleId role{static_cast<std::uint32_t>(i)};
        for (Line& line : grants_of(book, role, tool, stage)) all.push_back(std::move(line));
    }
    return all.empty() ? Line("nobody") : joined(all, ", ");
}

void add_callers(Page& page, const Book& book, const check::Tool& tool, check::ToolId id) {
    page.heading(4, anchor_of("callers", tool.name), "Who may ask for it, and approve it");
    if (book.set->authority.empty()) {
        page.paragraph("The policy asks nobody for a role: whoever calls it may ask for it.");
    }
    Table table;
    table.label = "Who may call " + tool.name;
    table.head = {"Stage", "Roles"};
    for (std::uint32_t stage = 0; stage < stages_of_all; ++stage) {
        const bool asked = !book.set->authority.empty() &&
                           (tool.stages & check::stage_bit(stage)) != 0 && stage != approve_stage;
        if (asked) table.rows.push_back({Line(stage_name(stage)), all_grants(book, id, stage)});
    }
    table.rows.push_back({"approve", all_grants(book, id, approve_stage)});
    page.table(std::move(table));
}

// ---------------------------------------------------------------- what happens

std::string_view said(check::Effect effect) {
    switch (effect) {
        case check::Effect::allow: return "Allow";
        case check::Effect::notify: return "Notify";
        case check::Effect::gate: return "Gate";
        case check::Effect::block: return "Block";
    }
    return {};
}

Line with_doc(Line link, std::string_view doc) {
    const std::string words = doc_words(doc);
    return words.empty() ? link : link.say(": " + words);
}

Line rule_condition(const Book& book, const check::Rule& rule) {
    const auto& [file, statement] = book.rules.at(rule.name);
    Line line = condition_words(book, *file, statement->when, statement->unless);
    if (line.empty()) line.say("always");
    if (rule.stages != check::all_stages) line.say(", " + stage_words(rule.stages));
    if (rule.trial_until) line.say(". ").append(trial_words(rule.trial_until));
    return line;
}

void add_rule_rows(Table& table, const Book& book, check::ToolId id, check::Effect effect) {
    for (const check::Rule& rule : book.set->rules) {
        if (rule.effect != effect || !reaches(book, rule.targets, id)) continue;
        Line name = Line().link(rule.name, anchor_of("rule", rule.name));
        Line what(said(effect));
        if (effect == check::Effect::gate) {
            what.say(" until ").append(gate_words(book, rule.role, rule.approval));
        }
        if (effect == check::Effect::notify) {
            what.say(" ").append(role_link(book, rule.role));
            what.say(" within " + duration_words(rule.within_seconds));
        }
        table.rows.push_back(
            {with_doc(std::move(name), rule.doc), std::move(what), rule_condition(book, rule)});
    }
}

void add_matrix_rows(Table& table, const Book& book, check::ToolId id) {
    for (const check::Matrix& matrix : book.set->matrices) {
        if (matrix.is_default || !reaches(book, matrix.targets, id)) continue;
        Line name = Line().link(matrix.name, anchor_of("matrix", matrix.name));
        Line when("by its table");
        if (matrix.trial_until) when.say(". ").append(trial_words(matrix.trial_until));
        table.rows.push_back({with_doc(std::move(name), matrix.doc), "Matrix", std::move(when)});
    }
}

void add_limit_rows(Table& table, const Book& book, check::ToolId id) {
    for (const check::Limit& limit : book.set->limits) {
        if (!reaches(book, limit.measure.targets, id)) continue;
        const auto& [file, statement] = book.limits.at(limit.name);
        Line name = Line().link(limit.name, anchor_of("limit", limit.name));
        Line steps;
        for (std::size_t i = 0; i < limit.steps.size(); ++i) {
            steps.say(i == 0 ? "" : "; ").say(limit.steps[i].inclusive ? "from " : "over ");
            steps.code(as_written(book, *file, statement->steps[i].cap)).say(": ");
            steps.append(outcome_words(book, limit.steps[i].outcome));
        }
        if (limit.trial_until) steps.say(". ").append(trial_words(limit.trial_until));
        table.rows.push_back({with_doc(std::move(name), limit.doc), "Limit", std::move(steps)});
    }
}

void add_raise_rows(Table& table, const Book& book, check::ToolId id) {
    const auto& tiers = book.set->types.enumeration(model::tier_enum).words;
    std::vector<const check::Raise*> raises;
    for (const check::Raise& raise : book.set->raises) {
        if (reaches(book, raise.targets, id)) raises.push_back(&raise);
    }
    std::sort(raises.begin(), raises.end(),
              [](const auto* a, const auto* b) { return a->name < b->name; });
    for (const check::Raise* raise : raises) {
        const auto& [file, statement] = book.raises.at(raise->name);
        Line name = Line().link(raise->name, anchor_of("raise", raise->name));
        table.rows.push_back({with_doc(std::move(name), statement->head.doc),
                              Line("Lifts the tier to ").say(tiers[raise->tier]),
                              condition_words(book, *file, statement->when, statement->unless)});
    }
}

void add_base(Page& page, const Book& book, const check::Tool& tool, check::ToolId id) {
    page.heading(4, anchor_of("base", tool.name), "What allows it");
    Table allows;
    allows.label = "What allows " + tool.name;
    allows.head = {"Rule", "What it does", "Condition"};
    add_rule_rows(allows, book, id, check::Effect::allow);
    page.table(std::move(allows));
    bool covered = false;
    for (const check::Matrix& matrix : book.set->matrices) {
        if (!matrix.is_default || !reaches(book, matrix.targets, id)) continue;
        covered = true;
        page.paragraph(Line("Where no allow holds, it goes by the default matrix ")
                           .link(matrix.name, anchor_of("matrix", matrix.name))
                           .say(is_raised(book, id) ? ", of which these cells can be reached "
                                                      "(its tier may be lifted):"
                                                    : ", of which these cells can be reached:"));
        page.table(matrix_table(book, matrix, id));
    }
    if (covered) return;
    page.paragraph(Line("Where no allow holds, it is ")
                       .append(outcome_words(book, book.set->default_outcome))
                       .say("."));
}

void add_restrictions(Page& page, const Book& book, const check::Tool& tool, check::ToolId id) {
    page.heading(4, anchor_of("restrictions", tool.name), "What restricts it");
    Table table;
    table.label = "What restricts " + tool.name;
    table.head = {"Rule", "What it does", "Condition"};
    add_rule_rows(table, book, id, check::Effect::block);
    add_rule_rows(table, book, id, check::Effect::gate);
    add_rule_rows(table, book, id, check::Effect::notify);
    add_matrix_rows(table, book, id);
    add_limit_rows(table, book, id);
    add_raise_rows(table, book, id);
    if (table.rows.empty()) page.paragraph("No rule restricts it.");
    page.table(std::move(table));
}

}  // namespace

bool is_raised(const Book& book, check::ToolId tool) {
    return std::any_of(
        book.set->raises.begin(), book.set->raises.end(),
        [&](const check::Raise& raise) { return reaches(book, raise.targets, tool); });
}

void add_tools(Page& page, const Book& book) {
    page.heading(2, "tools", "Tools");
    page.paragraph(book.set->catalogue_open
                       ? "The catalogue is open: a tool that is not listed is decided as well, by "
                         "the rules whose patterns its name matches, else by the default."
                       : "A call of a tool that is not listed here is blocked.");
    add_docs_of(page, book, &ast::File::catalogue);
    for (std::size_t i = 0; i < book.set->tools.size(); ++i) {
        const check::Tool& tool = book.set->tools[i];
        const check::ToolId id{static_cast<std::uint32_t>(i)};
        page.heading(3, anchor_of("tool", tool.name), tool.name);
        add_doc(page, tool.doc);
        add_properties(page, book, tool);
        add_arguments(page, book, tool);
        add_callers(page, book, tool, id);
        add_base(page, book, tool, id);
        add_restrictions(page, book, tool, id);
    }
}

}  // namespace proviso::handbook
