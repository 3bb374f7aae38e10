/// \file
/// Native functions: what `lower(…)` and its like in rule text are in C++.
///
/// A function is pure: its result depends on its arguments alone. It may be called from any thread
/// at any time, takes no lock, allocates nothing and does not throw. Its work is bounded by the
/// size of its arguments; a text that it makes has at most `text_bytes` bytes. It is called with
/// known arguments alone: where one is unknown, so is the result.
///
/// What it cannot tell is `Unknown` with a cause, which tightens a decision. A function that reads
/// text is unknown wherever two readers of the text could disagree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

namespace proviso::native {

inline constexpr std::size_t text_bytes = 4096;
inline constexpr std::size_t most_arguments = 4;

enum class Cause : std::uint8_t {
    ambiguous,    // a text that could be read in more than one way
    missing,      // something that it looked for is not there
    overflow,     // a result that does not fit exactly
    not_in_enum,  // no code of a currency
    too_long,     // a text of more than `text_bytes` bytes
};

struct Unknown {
    Cause cause = Cause::ambiguous;
};

/// coefficient / 10^scale, scale at most 18. A result may have zeros at its end.
struct Decimal {
    std::int64_t coefficient = 0;
    std::uint8_t scale = 0;
};

/// `currency` is the three capitals of an ISO 4217 code, 'U' << 16 | 'S' << 8 | 'D'. A result with
/// a code that ISO 4217 does not list is unknown.
struct Money {
    Decimal amount;
    std::uint32_t currency = 0;
};

/// 16 bytes; an address of version 4 is ::ffff:a.b.c.d.
struct Address {
    const std::uint8_t* bytes = nullptr;
};

struct Value;

/// Members of a list, or fields of a record in the order of the signature. What is not known among
/// them is `Unknown`.
struct Items {
    std::uint32_t count = 0;
    std::uint32_t type = 0;
    const void* values = nullptr;
    const void* types = nullptr;
    Value (*read)(const Items& items, std::uint32_t index) = nullptr;
};

/// A value of the type that the signature says. Texts are UTF-8 and live as long as the call.
struct Value {
    std::variant<Unknown, bool, std::int64_t, Decimal, Money, std::string_view, Address, Items> is;
};

struct Function {
    /// "domain_of(string) -> string". Types: bool, int, decimal, money, string, ip; of arguments
    /// also lists `[T]` and records `{ name : T, … }`.
    std::string_view signature;
    /// A text in the result is a constant, part of an argument, or written to `room`, which has
    /// `text_bytes` bytes.
    Value (*call)(std::span<const Value> arguments, std::span<char> room) = nullptr;
    /// One sentence or more for the reference.
    std::string_view text;
    /// Whether what the agent writes is refused as an argument.
    bool host_only = false;
    /// The argument whose text is the currency of the result; -1: none.
    int currency = -1;
};

/// "domain_of" of a signature.
[[nodiscard]] constexpr std::string_view name_of(std::string_view signature) {
    return signature.substr(0, signature.find('('));
}

}  // namespace proviso::native
