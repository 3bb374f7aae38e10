// Who opens what is held, within which time, and for which rules.
#include <algorithm>

#include "handbook/sections.h"
#include "handbook/wording.h"

namespace proviso::handbook {
namespace {

/// The roles with a grant to approve something.
std::vector<Line> approvers_of(const Book& book) {
    constexpr std::uint32_t approve = 3;
    std::vector<Line> roles;
    for (std::size_t i = 0; i < book.set->roles.size(); ++i) {
        const auto& grants = book.set->roles[i].grants;
        const bool can = std::any_of(grants.begin(), grants.end(), [](const check::Grant& grant) {
            return (grant.stages & check::stage_bit(approve)) != 0;
        });
        if (can) roles.push_back(role_link(book, check::RoleId{static_cast<std::uint32_t>(i)}));
    }
    return roles;
}

Line need_words(const Book& book, const check::Need& need) {
    if (need.principal) return Line("The person that the call is asked for confirms it.");
    Line line(counted(need.count, "place"));
    line.say(need.count == 1 ? ", filled by a person of " : ", each filled by another person of ");
    if (need.approvers) {
        line.say("any role that may approve the tool");
        const std::vector<Line> roles = approvers_of(book);
        if (roles.empty()) return line.say(", which none may.");
        return line.say(": ").append(joined(roles, " or ")).say(", as its grants say.");
    }
    std::vector<Line> roles;
    for (const check::RoleId role : need.roles) roles.push_back(role_link(book, role));
    return line.append(joined(roles, " or ")).say(".");
}

bool opens(const check::Approval* approval, const Book& book, check::ApprovalId id) {
    return id != check::no_approval &&
           &book.set->approvals[static_cast<std::size_t>(id)] == approval;
}

/// The rules, matrices, limits and the default that it opens.
std::vector<Line> users_of(const Book& book, const check::Approval& approval) {
    std::vector<Line> users;
    for (const check::Rule& rule : book.set->rules) {
        if (!opens(&approval, book, rule.approval)) continue;
        users.push_back(Line().link(rule.name, anchor_of("rule", rule.name)));
    }
    for (const check::Matrix& matrix : book.set->matrices) {
        bool used = false;
        for (const check::Outcome& cell : matrix.cells)
            used |= opens(&approval, book, cell.approval);
        if (used) users.push_back(Line().link(matrix.name, anchor_of("matrix", matrix.name)));
    }
    for (const check::Limit& limit : book.set->limits) {
        bool used = false;
        for (const auto& step : limit.steps) used |= opens(&approval, book, step.outcome.approval);
        if (used) users.push_back(Line().link(limit.name, anchor_of("limit", limit.name)));
    }
    if (opens(&approval, book, book.set->default_outcome.approval)) {
        users.push_back(Line().link("the default", "default"));
    }
    return users;
}

void add_approval(Page& page, const Book& book, const check::Approval& approval) {
    const auto& [file, statement] = book.approvals.at(approval.name);
    page.heading(3, anchor_of("approval", approval.name), approval.name);
    add_doc(page, approval.doc);
    std::vector<Line> items;
    for (const check::Need& need : approval.needs) items.push_back(need_words(book, need));
    items.emplace_back("To be given within " + duration_words(approval.within_seconds) +
                       " of the request, and then good for " +
                       duration_words(approval.valid_seconds) + ".");
    for (const check::Escalation& one : approval.escalations) {
        items.push_back(Line("After " + duration_words(one.after_seconds) + ", people of ")
                            .append(role_link(book, one.role))
                            .say(" may fill any place as well."));
    }
    std::vector<Line> never;
    for (const ast::Name& name : statement->never) {
        never.push_back(Line().code(as_written(book, *file, name.span)));
    }
    if (!never.empty()) {
        items.push_back(
            Line("Never by whoever is named in ").append(joined(never, " or ")).say("."));
    }
    std::vector<Line> users = users_of(book, approval);
    items.push_back(users.empty() ? Line("No rule asks for it.")
                                  : Line("Asked for by ").append(joined(users)).say("."));
    page.list(std::move(items));
}

/// Whether the outcome waits for one person of the role.
bool waits_for(check::Effect effect, check::RoleId role, check::RoleId wanted) {
    return effect == check::Effect::gate && role == wanted;
}

/// What one person of the role opens, without an approval by name.
std::vector<Line> opened_by(const Book& book, check::RoleId role) {
    std::vector<Line> opened;
    for (const check::Rule& rule : book.set->rules) {
        if (!waits_for(rule.effect, rule.role, role)) continue;
        opened.push_back(Line().link(rule.name, anchor_of("rule", rule.name)));
    }
    for (const check::Matrix& matrix : book.set->matrices) {
        const bool used = std::any_of(
            matrix.cells.begin(), matrix.cells.end(),
            [&](const check::Outcome& cell) { return waits_for(cell.effect, cell.role, role); });
        if (used) opened.push_back(Line().link(matrix.name, anchor_of("matrix", matrix.name)));
    }
    for (const check::Limit& limit : book.set->limits) {
        const bool used =
            std::any_of(limit.steps.begin(), limit.steps.end(), [&](const auto& step) {
                return waits_for(step.outcome.effect, step.outcome.role, role);
            });
        if (used) opened.push_back(Line().link(limit.name, anchor_of("limit", limit.name)));
    }
    const check::Outcome& rest = book.set->default_outcome;
    if (waits_for(rest.effect, rest.role, role)) {
        opened.push_back(Line().link("the default", "default"));
    }
    return opened;
}

std::vector<Line> roles_that_open(const Book& book) {
    std::vector<Line> items;
    for (std::size_t i = 0; i < book.set->roles.size(); ++i) {
        const auto role = check::RoleId{static_cast<std::uint32_t>(i)};
        std::vector<Line> opened = opened_by(book, role);
        if (opened.empty()) continue;
        items.push_back(Line("One person of ")
                            .append(role_link(book, role))
                            .say(" opens ")
                            .append(joined(opened))
                            .say("."));
    }
    return items;
}

}  // namespace

void add_approvals(Page& page, const Book& book) {
    page.heading(2, "approvals", "Who approves");
    page.paragraph(
        "An approval is of one call as it was shown: a call that was changed is another one. Who "
        "asked for a call fills no place, but where an approval wants their confirmation, and no "
        "person fills two. Silence approves "
        "nothing, and a rejection by somebody who could have approved ends the matter. Where a "
        "rule names a role instead of an approval, one person of it approves within 1 day, and "
        "that is good for 1 hour.");
    if (std::vector<Line> roles = roles_that_open(book); !roles.empty()) {
        page.list(std::move(roles));
    }
    for (const check::Approval& approval : book.set->approvals) add_approval(page, book, approval);
}

}  // namespace proviso::handbook
