// Where in the lines of a history the parts of a call stand, and what else is taken from them.
//
// A mapping file says it for anybody's log; the project's own receipts have a mapping of their own,
// so that there is one way to read a line. docs/receipts.md describes both.
// Covered by tests/unit/simulator/mapping/mapping_test.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/mapping/adapter.h"
#include "simulator/report/counts.h"
#include <proviso/layout.h>

namespace proviso::simulator {

/// A value that is taken from a line for the report, not for the decision.
struct Taken {
    std::string name;      ///< "tool", "id", "run", "intent", "outcome", "verdict", a label's
    std::string pointer;   ///< RFC 6901; empty: always the fallback
    std::string fallback;  ///< JSON text where the pointer leads nowhere or to null; may be empty
    std::vector<std::pair<std::string, std::string>> words;
    TimeForm time_form = TimeForm::rfc3339;  ///< of a time
    std::optional<std::size_t> capture;  ///< place among Layout::captures(), set by `bind_captures`

    [[nodiscard]] bool used() const noexcept { return !pointer.empty() || !fallback.empty(); }
    /// Raw JSON; empty where the line has none.
    [[nodiscard]] std::string_view raw(const std::vector<std::string_view>& captures) const {
        return capture && *capture < captures.size() ? chosen(captures[*capture]) : fallback;
    }
    /// Of what stands at the pointer; empty where there is nothing.
    [[nodiscard]] std::string_view chosen(std::string_view found) const {
        const bool is_there =
            !found.empty() && (found.front() != 'n' || !found.starts_with("null"));
        return is_there ? found : std::string_view{fallback};
    }
};

/// Lines are left out unless the value at the pointer is one of these.
struct Filter {
    std::string pointer;
    std::vector<std::string> equals;  ///< plain text: `1`, `true` and `banking` without quotes
};

struct Mapping {
    std::string path;                 ///< empty: the project's own receipts
    std::vector<LayoutField> fields;  ///< of the call
    Taken tool{"tool", {}, {}, {}, {}, {}};
    Taken receipt{"id", {}, {}, {}, {}, {}};
    Taken run{"run", {}, {}, {}, {}, {}};
    Taken intent{"intent", {}, {}, {}, {}, {}};
    Taken outcome{"outcome", {}, {}, {}, {}, {}};
    Taken verdict{"verdict", {}, {}, {}, {}, {}};
    Taken status{"status", {}, {}, {}, {}, {}};
    Taken workflow{"workflow", {}, {}, {}, {}, {}};
    // How people answered: recorded_answers.h.
    Taken approvals{"approvals", {}, {}, {}, {}, {}};
    Taken asked{"asked", {}, {}, {}, {}, {}};
    Taken decided{"decided", {}, {}, {}, {}, {}};
    Taken by{"by", {}, {}, {}, {}, {}};
    Taken work{"work_seconds", {}, {}, {}, {}, {}};
    Taken escalated{"escalated", {}, {}, {}, {}, {}};
    Taken escalated_to{"escalated_to", {}, {}, {}, {}, {}};
    std::vector<Taken> labels;
    std::vector<Filter> only;
    /// How lines are taken apart first. Then a pointer is a slot's: "/3", and `only` is empty.
    std::optional<Adapter> adapter;
};

struct MappingResult {
    std::optional<Mapping> mapping;  ///< none where there is an error
    std::string error;               ///< "file:line:column: what is wrong", one line an error
};

/// The mapping of docs/receipts.md's own receipts.
[[nodiscard]] Mapping receipt_mapping();

/// A file, or, where there is none, the shipped one of this name (shipped_mappings.h).
[[nodiscard]] MappingResult read_mapping(const std::string& path);
/// `name` stands for the file in errors.
[[nodiscard]] MappingResult parse_mapping(const std::string& text, const std::string& name);

struct LayoutResult {
    std::optional<Layout> layout;
    std::string error;
};

/// All values that are taken for the report.
[[nodiscard]] std::vector<Taken*> all_of(Mapping& mapping);

/// The place that a pointer of the mapping stands for, as the file has it.
[[nodiscard]] std::string shown_place(const Mapping& mapping, const std::string& pointer);

/// Places of a line that somebody else than the mapping file names ("/a", "line:/a"), as pointers
/// into the lines that are decided. Empty where one of them is no place.
[[nodiscard]] std::vector<std::string> add_places(Mapping& mapping,
                                                  const std::vector<std::string>& places);

/// The layout for `Session::decide`; tells each Taken where its capture is.
[[nodiscard]] LayoutResult make_layout(Mapping& mapping);

/// The word that stands for this one, or the word itself.
[[nodiscard]] std::string_view translated(
    const std::vector<std::pair<std::string, std::string>>& words, std::string_view word);

}  // namespace proviso::simulator
