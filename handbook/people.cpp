// Of whom a role is asked, and what each role may do: its own grants and those that it inherits.
#include <set>

#include "handbook/sections.h"
#include "handbook/wording.h"

namespace proviso::handbook {
namespace {

const ast::Can* written_grant(const ast::Role& role, const check::Grant& grant) {
    for (const ast::Can& can : role.grants) {
        if (can.span == grant.span) return &can;
    }
    return nullptr;
}

Line grant_words(const Book& book, const check::Role& role, const check::Grant& grant) {
    Line line("May ");
    std::vector<Line> verbs;
    for (std::uint32_t i = 0; i < 5; ++i) {
        if ((grant.stages & check::stage_bit(i)) != 0)
            verbs.push_back(Line().strong(stage_name(i)));
    }
    line.append(joined(verbs)).say(": ").append(target_words(book, grant.targets));
    const auto& [file, statement] = book.roles.at(role.name);
    const ast::Can* can = written_grant(*statement, grant);
    if (can == nullptr || can->when == ast::no_expr) return line.say(".");
    return line.say(", ").append(condition_words(book, *file, can->when, ast::no_expr)).say(".");
}

/// The binds of a role: which lists of data they name, and what stands above them.
struct Binds {
    std::set<std::string_view> lists;
    std::set<std::string_view> docs;
};

Binds binds_of(const Book& book, const check::Role& role) {
    Binds binds;
    for (const ast::File& file : *book.files) {
        for (const ast::Bind& bind : file.binds) {
            if (bind.role.text != role.name) continue;
            if (bind.data) binds.lists.insert(bind.data->text);
            binds.docs.insert(bind.head.doc);
        }
    }
    return binds;
}

/// The ids, as many as a reader goes through.
Line ids_words(const std::vector<std::string>& ids) {
    constexpr std::size_t most_named = 24;
    std::vector<Line> named;
    for (const std::string& id : ids) {
        if (named.size() == most_named) break;
        named.push_back(Line().code(id));
    }
    if (named.empty()) named.emplace_back("nobody");
    if (ids.size() > most_named) {
        named.emplace_back(std::to_string(ids.size() - most_named) + " more");
    }
    return joined(named);
}

/// Who holds the role by the set's own word.
void add_holders(const Book& book, const check::Role& role, std::vector<Line>& items) {
    const Binds binds = binds_of(book, role);
    if (role.bound_ids.empty() && binds.lists.empty()) return;
    Line line("Held, whatever the system says of them, by ");
    line.append(ids_words(role.bound_ids));
    std::vector<Line> lists;
    for (const std::string_view list : binds.lists) lists.push_back(Line().code(list));
    if (!lists.empty()) line.say(", as the data ").append(joined(lists)).say(" has them");
    line.say(".");
    for (const std::string_view doc : binds.docs) {
        if (!doc.empty()) line.say(" " + doc_words(doc));
    }
    items.push_back(std::move(line));
}

void add_role(Page& page, const Book& book, check::RoleId id) {
    const check::Role& role = book.set->role(id);
    page.heading(3, anchor_of("role", role.name), role.name);
    add_doc(page, role.doc);
    std::vector<Line> items;
    std::vector<Line> parents;
    for (const check::RoleId parent : role.inherits) {
        if (parent != id) parents.push_back(role_link(book, parent));
    }
    if (!parents.empty()) items.push_back(Line("Is also ").append(joined(parents)).say("."));
    add_holders(book, role, items);
    for (const check::Grant& grant : role.grants) items.push_back(grant_words(book, role, grant));
    for (const check::RoleId parent : role.inherits) {
        if (parent == id) continue;
        const check::Role& from = book.set->role(parent);
        for (const check::Grant& grant : from.grants) {
            Line line("As ");
            items.push_back(line.append(role_link(book, parent))
                                .say(": ")
                                .append(grant_words(book, from, grant)));
        }
    }
    if (items.empty()) items.emplace_back("May ask for nothing by itself.");
    page.list(std::move(items));
}

Line authority_words(const Book& book) {
    if (book.set->authority.empty())
        return Line("No role is asked for: any caller may ask for any tool.");
    std::vector<Line> parties;
    for (const check::Party party : book.set->authority) {
        parties.emplace_back(party == check::Party::principal
                                 ? "the person that it is done for (the principal)"
                                 : "the agent that asks");
    }
    return Line("A call is blocked unless a role grants its tool at its stage to ")
        .append(joined(parties, " and to "))
        .say(
            ". The system that the agent works in says who holds a role, call by call; where this "
            "page names people, the policy itself says so.");
}

}  // namespace

void add_people(Page& page, const Book& book) {
    page.heading(2, "roles", "Who may do what");
    page.paragraph(authority_words(book));
    add_docs_of(page, book, &ast::File::authorities);
    for (std::size_t i = 0; i < book.set->roles.size(); ++i) {
        add_role(page, book, check::RoleId{static_cast<std::uint32_t>(i)});
    }
}

}  // namespace proviso::handbook
