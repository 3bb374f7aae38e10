// What the page is, how to read it, and all tools at a glance.
#include "handbook/sections.h"
#include "handbook/wording.h"

namespace proviso::handbook {
namespace {

struct Reaching {
    std::size_t allows = 0;
    std::size_t restrictions = 0;
};

Reaching reaching(const Book& book, check::ToolId tool) {
    Reaching found;
    for (const check::Rule& rule : book.set->rules) {
        if (!reaches(book, rule.targets, tool)) continue;
        ++(rule.effect == check::Effect::allow ? found.allows : found.restrictions);
    }
    for (const check::Matrix& matrix : book.set->matrices) {
        if (!matrix.is_default && reaches(book, matrix.targets, tool)) ++found.restrictions;
    }
    for (const check::Limit& limit : book.set->limits) {
        if (reaches(book, limit.measure.targets, tool)) ++found.restrictions;
    }
    return found;
}

void add_identity(Page& page, const check::PolicySet& set) {
    Table table;
    table.label = "The policy";
    table.head = {"Policy", Line().code(set.name)};
    table.rows.push_back({"Version", Line().code(set.version)});
    table.rows.push_back({"Hash", Line().code(set.hash)});
    page.table(std::move(table));
    page.paragraph(
        "The hash names exactly these rules with exactly these values: every decision carries it, "
        "so a decision can be held against the page that was in force.");
}

void add_how_to_read(Page& page) {
    page.heading(2, "reading", "How to read this page");
    page.paragraph(
        "An agent proposes a call of a tool. The policy decides it in one of four ways:");
    page.list({Line().strong("Allow").say(": it is done."),
               Line().strong("Notify").say(": it is done, and named people look at it afterwards."),
               Line().strong("Gate").say(": it is held until named people approve it."),
               Line().strong("Block").say(": it is not done, whoever approves.")});
    page.paragraph(
        "Everything below that holds for a call counts, and the most restrictive of it decides. "
        "What opens (an allow, a grant) counts only where its condition surely holds; what "
        "restricts counts as well where it only may hold, because a value is not known. The order "
        "of rules means nothing.");
    page.paragraph(
        "Conditions are printed as the authors wrote them. Words that begin with args. are what "
        "the agent asks for; everything else is told by the system that the agent works in.");
}

void add_glance(Page& page, const Book& book) {
    const check::PolicySet& set = *book.set;
    page.heading(2, "glance", "All tools at a glance");
    if (set.tools.empty()) page.paragraph("The policy lists no tool by name.");
    Table table;
    table.label = "All tools";
    table.head = {"Tool", "What it does", "Tier", "Allows", "Restrictions"};
    for (std::size_t i = 0; i < set.tools.size(); ++i) {
        const check::Tool& tool = set.tools[i];
        const check::ToolId id{static_cast<std::uint32_t>(i)};
        const Reaching found = reaching(book, id);
        const auto& tiers = set.types.enumeration(model::tier_enum).words;
        table.rows.push_back({tool_link(book, id), Line(doc_words(tool.doc)),
                              tool.tier ? Line(tiers[*tool.tier]) : Line("not said"),
                              Line(std::to_string(found.allows)),
                              Line(std::to_string(found.restrictions))});
    }
    page.table(std::move(table));
}

}  // namespace

void add_introduction(Page& page, const Book& book) {
    page.paragraph(
        "What this policy decides about the calls of tools that AI agents propose, and who may "
        "ask for what, approves it and hears of it. Written from the rules themselves.");
    add_docs_of(page, book, &ast::File::policies);
    add_identity(page, *book.set);
    add_how_to_read(page);
    add_glance(page, book);
}

}  // namespace proviso::handbook
