// Tools of an imported list, and `tool` statements that add to them.
//
// A statement may say of an arg more than the list does: a type that is narrower where the list has
// a wide one (`money in USD` for a number, `date` for a text, anything for `json`). Anything else
// that both say is a conflict. Covered by tests/golden/check/tools_lists.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/check/context.h"

namespace proviso::check {

/// Whether the statement has an arg of this name.
[[nodiscard]] bool says(const ast::Tool& statement, std::string_view arg);

void report_conflict(Context& context, Span here, Span in_list, const std::string& name,
                     std::string_view what, std::string_view what_in_list);

/// Puts the list's args to those of the statement, which narrow them.
void add_listed(Context& context, const Declared<ast::Tool>& statement,
                const Declared<ast::Tool>& list, const std::vector<model::Field>& listed,
                std::vector<model::Field>& fields);

/// Tools that only a list names: those without a tier, and those that no rule is about (by number).
void warn_listed_tools(Context& context, const std::vector<std::uint32_t>& without_rule);

}  // namespace proviso::check
