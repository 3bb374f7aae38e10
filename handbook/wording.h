// Sentences and their parts that several sections have in common.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "handbook/book.h"
#include "handbook/page.h"

namespace proviso::handbook {

[[nodiscard]] std::string stage_name(std::uint32_t stage);
/// "at propose and execute"; "at every stage".
[[nodiscard]] std::string stage_words(check::StageMask stages);
/// "1 day", "90 minutes", "1 hour 30 minutes and 5 seconds".
[[nodiscard]] std::string duration_words(std::int64_t seconds);
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view one);

[[nodiscard]] Line tool_link(const Book& book, check::ToolId tool);
[[nodiscard]] Line role_link(const Book& book, check::RoleId role);
/// The approval, or the one person of a role.
[[nodiscard]] Line gate_words(const Book& book, check::RoleId role, check::ApprovalId approval);
/// "allowed", "held until [two_person] is given", …
[[nodiscard]] Line outcome_words(const Book& book, const check::Outcome& outcome);

[[nodiscard]] bool reaches(const Book& book, std::uint32_t targets, check::ToolId tool);
/// "every tool", the tools by name, and the patterns for names outside the catalogue.
[[nodiscard]] Line target_words(const Book& book, std::uint32_t targets);

/// "when `…`", "unless `…`", both, or nothing.
[[nodiscard]] Line condition_words(const Book& book, const ast::File& file, ast::ExprId when,
                                   ast::ExprId unless);
/// The same as a sentence: "Only when `…`.", "Unless `…`.", "Always."
[[nodiscard]] Line condition_sentence(const Book& book, const ast::File& file, ast::ExprId when,
                                      ast::ExprId unless);
/// "On trial until 2026-12-20: …", or nothing.
[[nodiscard]] Line trial_words(const std::optional<std::int64_t>& until);
/// "an amount of money, from 0.01 USD to 10000 USD".
[[nodiscard]] std::string type_words(const check::PolicySet& set, model::TypeId type);

/// A paragraph for each of the documentation's.
void add_doc(Page& page, std::string_view doc);
/// The documentation of all statements of a kind that have no name to go by, by its words.
template <class Statement>
void add_docs_of(Page& page, const Book& book, std::vector<Statement> ast::File::*statements) {
    std::set<std::string_view> docs;
    for (const ast::File& file : *book.files) {
        for (const Statement& one : file.*statements) docs.insert(one.head.doc);
    }
    for (const std::string_view doc : docs) add_doc(page, doc);
}
/// All of it in one line, for a cell.
[[nodiscard]] std::string doc_words(std::string_view doc);

/// Duties, reasons and advice of a rule or limit, an item each.
template <class Statement>
void add_ending(const Book& book, const ast::File& file, const Statement& statement,
                std::vector<Line>& items) {
    for (const ast::Oblige& duty : statement.obliges) {
        Line line("The host must do: ");
        line.link(duty.name.text, anchor_of("duty", duty.name.text));
        line.say(" ").code(as_written(book, file, duty.span)).say(".");
        items.push_back(std::move(line));
    }
    if (statement.because) {
        items.push_back(Line("Why: ").say(statement.because->text));
    }
    if (statement.fix) {
        items.push_back(Line("What the agent is told to do: ").say(statement.fix->text));
    }
}

}  // namespace proviso::handbook
