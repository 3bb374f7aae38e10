// Programs made by hand for the tests of this folder: a small one in which every table has a row,
// and the steps that it was made of, to make others.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "engine/bytecode/program.h"

namespace proviso::bytecode::sample {

using model::Kind;

/// The slots after the built-in ones, in the sample.
enum SampleSlot : std::uint32_t {
    environment = static_cast<std::uint32_t>(Builtin::count),  // dev | staging | production
    customer,                                                  // string = "nobody"
    address,                                                   // ip
    amount,                                                    // args.amount, money in 0 .. 10_000
    items,  // args.items, [{ name, price, tags }]
    first_temporary,
};

class Builder {
  public:
    /// Built-in slots, a default rule, one role set for no role; a program that verifies.
    Builder();

    Program program;

    TypeId scalar(Kind kind) const { return program.types.scalar(kind); }
    TypeId list_of(TypeId element);
    std::uint32_t constant(TypeId type, Value value);
    std::uint32_t integer(std::int64_t value);
    std::uint32_t decimal(std::int64_t coefficient, std::uint8_t scale);
    std::uint32_t money(std::int64_t coefficient, std::uint8_t scale, std::string_view currency);
    std::uint32_t text(std::string_view text);
    std::uint32_t slot(std::string_view path, TypeId type, SlotSource source);
    /// A new temporary's place; to be called once all slots are there.
    std::uint32_t temporary();
    /// Adds the instructions one after another; the index of the first.
    std::uint32_t code(std::initializer_list<Instruction> instructions);
    [[nodiscard]] std::uint32_t here() const {
        return static_cast<std::uint32_t>(program.code.size());
    }
    std::uint32_t rule(std::string_view name, Effect effect, std::uint32_t block);
};

/// Every table of it has a row; it verifies.
[[nodiscard]] Program full();

/// As many rules on one tool as asked for, each with a condition of its own; it verifies.
[[nodiscard]] Program large(std::uint32_t rules);

}  // namespace proviso::bytecode::sample
