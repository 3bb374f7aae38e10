// What the steps of the verifier share: the program, the first fault, and what is known of types.
// Private to this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/bytecode/program.h"
#include "engine/bytecode/verifier.h"
#include "proviso/limits.h"

namespace proviso::bytecode {

/// The place of a check, in words only once it fails: "rule", 12.
struct Where {
    std::string_view table;
    std::size_t index = 0;
};

/// Number of a type's base: the first type that is the same kind of value, constraints and
/// optionality aside. Two places hold the same kind of value when their bases are equal.
using Base = std::uint32_t;

class Context {
  public:
    Context(const Program& program_in, const Limits& limits_in)
        : program(program_in),
          limits(limits_in) {}

    const Program& program;
    const Limits& limits;

    // Checks answer whether they hold and keep the first fault.
    bool fail(Where where, std::string why);
    bool index(Where where, std::string_view what, std::uint32_t at, std::size_t size) {
        return at < size || out_of_range(where, what, at, size);
    }
    bool optional_index(Where where, std::string_view what, std::uint32_t at, std::size_t size) {
        return at == none || index(where, what, at, size);
    }
    bool indices(Where where, std::string_view what, const std::vector<std::uint32_t>& all,
                 std::size_t size);
    bool range(Where where, std::string_view what, Range range, std::size_t size) {
        return (range.begin <= size && range.count <= size - range.begin) ||
               out_of_range(where, what, range, size);
    }
    bool require(bool holds, Where where, std::string_view why) {
        return holds || fail(where, std::string(why));
    }
    bool type(Where where, TypeId type) {
        return index(where, "type", static_cast<std::uint32_t>(type), program.types.types().size());
    }
    bool stages(Where where, std::uint8_t stages) {
        return require((stages & ~0x1FU) == 0, where, "it has stages beyond the five");
    }
    /// The block of a condition or of a value; whether one begins there is seen in verify_blocks.
    bool block(Where where, std::uint32_t block) {
        return optional_index(where, "block", block, program.code.size());
    }
    bool value(Where where, const ValueRef& value) {
        return block(where, value.block) && type(where, value.type) &&
               index(where, value.constant ? "constant" : "place", value.value,
                     value.constant ? program.constants.size() : places());
    }
    /// Takes from the budget of the checks that are not linear; a program that overdraws it is
    /// refused.
    bool spend(Where where, std::size_t work);

    // Types; valid once verify_types has run.
    [[nodiscard]] Base base(TypeId type) const { return bases[static_cast<std::size_t>(type)]; }
    [[nodiscard]] Base base(model::Kind scalar) const { return base(program.types.scalar(scalar)); }
    [[nodiscard]] const model::Type& type_of(Base base) const {
        return program.types.types()[base];
    }
    [[nodiscard]] model::Kind kind(Base base) const { return type_of(base).kind; }
    [[nodiscard]] model::Kind kind(TypeId type) const { return program.types.type(type).kind; }
    [[nodiscard]] Base constant_base(std::uint32_t constant) const {
        return base(program.constant_types[constant]);
    }
    /// How many values a bool, weekday or enum has; 0 for other types.
    [[nodiscard]] std::size_t ordinals(Base base) const;

    [[nodiscard]] bool is_slot(std::uint32_t place) const { return place < program.slots.size(); }
    [[nodiscard]] std::size_t places() const { return program.slots.size() + program.temporaries; }

    /// As an author would write the type.
    [[nodiscard]] std::string type_text(Base base) const {
        return program.types.text(static_cast<TypeId>(base));
    }

    std::vector<Base> bases;  // by type
    std::size_t spent = 0;
    std::optional<VerifyError> error;

  private:
    bool out_of_range(Where where, std::string_view what, std::uint32_t at, std::size_t size);
    bool out_of_range(Where where, std::string_view what, Range range, std::size_t size);
};

/// As `to_string` of std, shorter to write.
[[nodiscard]] std::string text(std::size_t number);
/// Whether all of it is UTF-8; quick over ASCII.
[[nodiscard]] bool is_utf8(std::string_view bytes);

// bool, int, duration, time, date, weekday, enum: compared by `integer`
[[nodiscard]] bool is_integer_like(model::Kind kind);
/// All but list, record and opaque.
[[nodiscard]] bool is_scalar(model::Kind kind);

// The steps, in order.
bool verify_fields(Context& context);
bool verify_types(Context& context);
bool verify_tables(Context& context);
bool verify_windows(Context& context);
bool verify_rules(Context& context);
bool verify_catalogue(Context& context);
bool verify_memory(Context& context);
bool verify_plans(Context& context);

bool verify_instructions(Context& context);

struct Blocks;
bool verify_blocks(Context& context, Blocks& blocks);
bool verify_code(Context& context, Blocks& blocks);
bool verify_values(Context& context, const Blocks& blocks);

}  // namespace proviso::bytecode
