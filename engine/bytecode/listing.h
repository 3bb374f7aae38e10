// The names that a listing gives to what a program refers to by number. Private to the
// disassembler.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/bytecode/block_uses.h"
#include "engine/bytecode/program.h"

namespace proviso::bytecode {

class Names {
  public:
    explicit Names(const Program& program);

    /// "args.amount" of a slot, "t0" of a temporary.
    [[nodiscard]] std::string place(std::uint32_t at) const;
    [[nodiscard]] std::string constant(std::uint32_t at) const;
    [[nodiscard]] std::string operand(std::uint32_t at, bool is_constant) const;
    /// "any t0 in args.items".
    [[nodiscard]] std::string loop(std::uint32_t at) const;
    /// The zone, hours, days and exceptions of each term, a line a term.
    [[nodiscard]] std::vector<std::string> window(std::uint32_t at) const;
    /// Places, times, escalations and exclusions, a line each.
    [[nodiscard]] std::vector<std::string> approval(std::uint32_t at) const;
    [[nodiscard]] std::string role(std::uint32_t at) const;
    /// "gate by support_lead", "block".
    [[nodiscard]] std::string outcome(const Rule& rule) const;
    /// Words of the stage or tier enum, for the bits that are set.
    [[nodiscard]] std::string bits(model::EnumId words, std::uint32_t mask) const;

    /// "refunds.proviso:12", or nothing where there is no such place.
    [[nodiscard]] std::string file_line(const Place& place) const;
    /// The first line that the place is on, without the blanks round it.
    [[nodiscard]] std::string_view source_line(const Place& place) const;
    /// What stands at the place itself, up to the end of its first line.
    [[nodiscard]] std::string_view source_text(const Place& place) const;

    /// The heading of a block for one of its users, or nothing where another says the same.
    [[nodiscard]] std::string heading(const BlockUse& use) const;

  private:
    [[nodiscard]] std::string rule_heading(const Rule& rule) const;
    [[nodiscard]] std::string with_place(std::string heading, const Place& place,
                                         std::string_view text) const;

    const Program& program_;
    std::vector<std::vector<std::uint32_t>> line_starts_;  // by source
};

/// "0012".
[[nodiscard]] std::string code_address(std::uint32_t at);
/// At least `width` code points, blanks behind.
[[nodiscard]] std::string padded(std::string text, std::size_t width);
/// "a, b, c".
void append_item(std::string& list, std::string_view item);

/// "0012  money_le_k      args.amount, 500 USD          if true → 0015".
[[nodiscard]] std::string instruction_line(const Names& names, const Program& program,
                                           std::uint32_t at);

}  // namespace proviso::bytecode
