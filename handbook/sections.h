// The sections of a page, each in a file of its own. Within one everything goes by name, so that
// the order of files and statements shows nowhere.
#pragma once

#include <optional>

#include "handbook/book.h"
#include "handbook/page.h"

namespace proviso::handbook {

void add_introduction(Page& page, const Book& book);
void add_tools(Page& page, const Book& book);
void add_people(Page& page, const Book& book);
void add_rules(Page& page, const Book& book);
void add_matrices(Page& page, const Book& book);
void add_limits(Page& page, const Book& book);
void add_approvals(Page& page, const Book& book);
void add_values(Page& page, const Book& book);
void add_vocabulary(Page& page, const Book& book);
void add_duties_and_data(Page& page, const Book& book);
void add_examples(Page& page, const Book& book);

/// The cells of a matrix; of one tool, those that its calls can reach.
[[nodiscard]] Table matrix_table(const Book& book, const check::Matrix& matrix,
                                 std::optional<check::ToolId> tool = std::nullopt);
/// Whether something lifts the tier of the tool's calls.
[[nodiscard]] bool is_raised(const Book& book, check::ToolId tool);

}  // namespace proviso::handbook
