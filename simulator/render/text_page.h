// A report for a terminal while it is written: lines, headings, tables, and what its parts share.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/report/report.h"
#include "simulator/text/text_table.h"

namespace proviso::simulator {

inline constexpr std::array every_outcome{Outcome::allow, Outcome::notify, Outcome::gate,
                                          Outcome::block};
inline constexpr std::size_t hash_shown = 12;  ///< digits of a policy's hash

class TextPage {
  public:
    /// `look` outlives the page.
    explicit TextPage(const Look& look) : look_(look) {}

    [[nodiscard]] const Look& look() const noexcept { return look_; }
    [[nodiscard]] std::string take() { return std::move(out_); }

    void blank() { out_ += '\n'; }
    /// Without a line end.
    void text(std::string_view text) { out_ += text; }
    void line(std::string_view text, Style style = Style::plain);
    void heading(std::string_view text);
    /// One indented line of the report's own or foreign words, cut to the width.
    void indented(std::string_view text, std::size_t indent, Style style = Style::plain);
    /// The same on as many lines as it needs.
    void sentence(std::string_view text, std::size_t indent, Style style = Style::plain);
    /// Parts with a dot between them, on as many lines as they need.
    void wrapped(const std::vector<std::string>& parts);
    void table(const Table& rows) { out_ += rows.print(look_); }
    /// How many rows are not shown.
    void more(std::size_t all, std::size_t shown);

    /// A count; a dot for none.
    [[nodiscard]] Cell number(std::uint64_t value, Style style = Style::plain) const;

  private:
    void flow(const std::vector<std::string>& parts, const std::string& between, std::size_t indent,
              Style style);

    const Look& look_;
    std::string out_;
};

/// "calls.jsonl:17, call-7f3a"
[[nodiscard]] std::string shown_file(const std::string& file);
[[nodiscard]] std::string place_of(const Sample& sample);
/// The same, a long path without its first folders.
[[nodiscard]] std::string short_place_of(const Sample& sample);
/// Of a call that no rule decided: "no_grant: principal holds no role …".
[[nodiscard]] std::string failure_of(const Sample& sample);

void print_comparison(TextPage& page, const Comparison& made);
/// Limits and counters: every way of counting, and what such a run cannot know.
void print_memory(TextPage& page, const MemoryReplay& memory, bool compares);
/// What the history lacks of what rules read; nothing where it lacks nothing.
void print_facts(TextPage& page, const std::vector<FactRow>& facts);
/// `calls`: of the whole replay.
void print_unread(TextPage& page, const UnreadReport& unread, std::uint64_t calls);
/// Days, workflows, approvers, candidates, caps.
void print_figures(TextPage& page, const Report& report);
/// One line: whom the policy asks for approval, and how often.
void print_asked(TextPage& page, const Workload& workload);
void print_gate(TextPage& page, const GateReport& gate);

}  // namespace proviso::simulator
