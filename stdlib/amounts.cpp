// cidr, money, convert. Products are taken in 128 bits, so that none is rounded.
#include <cstddef>
#include <limits>
#include <optional>

#include "stdlib/functions.h"
#include "stdlib/hosts.h"

namespace proviso::stdlib {
namespace {

using native::Cause;
using native::Decimal;
using native::Items;
using native::Money;
using native::Unknown;
using native::Value;

// NOLINTNEXTLINE(modernize-use-using): `__extension__` takes a typedef alone.
__extension__ typedef __int128 Wide;

constexpr std::uint32_t most_scale = 18;
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

/// Nothing where it does not fit exactly.
std::optional<Decimal> product(Decimal a, Decimal b) {
    Wide coefficient = Wide{a.coefficient} * b.coefficient;
    std::uint32_t scale = std::uint32_t{a.scale} + b.scale;
    while (scale > 0 && coefficient % 10 == 0) {
        coefficient /= 10;
        --scale;
    }
    if (scale > most_scale || coefficient > most || coefficient < -most) return std::nullopt;
    return Decimal{static_cast<std::int64_t>(coefficient), static_cast<std::uint8_t>(scale)};
}

std::optional<std::uint32_t> code_of(std::string_view text) {
    if (text.size() != 3) return std::nullopt;
    std::uint32_t code = 0;
    for (const char c : text) {
        if (!is_capital(c)) return std::nullopt;
        code = code << 8U | static_cast<unsigned char>(c);
    }
    return code;
}

bool is_bit(const std::uint8_t* bytes, std::size_t bit) {
    return (bytes[bit / 8] >> (7 - bit % 8) & 1U) != 0;
}

constexpr std::size_t mapped_bits = 96;  // of ::ffff:0:0/96, where addresses of version 4 are

bool is_version_4(const std::uint8_t* bytes) {
    for (std::size_t i = 0; i < 10; ++i) {
        if (bytes[i] != 0) return false;
    }
    return bytes[10] == 0xFF && bytes[11] == 0xFF;
}

/// The rate of an entry from one currency to another; `found` says whether it is about them.
enum class Entry { other, unclear, found };
Entry rate_of(const Value& entry, std::uint32_t from, std::uint32_t to, Decimal& rate) {
    const auto* fields = std::get_if<Items>(&entry.is);
    if (fields == nullptr) return Entry::unclear;
    const Value first = fields->read(*fields, 0);
    const Value second = fields->read(*fields, 1);
    const auto* source = std::get_if<std::string_view>(&first.is);
    const auto* target = std::get_if<std::string_view>(&second.is);
    if (source == nullptr || target == nullptr) return Entry::unclear;
    if (code_of(*source) != from || code_of(*target) != to) return Entry::other;
    const Value value = fields->read(*fields, 2);
    const auto* number = std::get_if<Decimal>(&value.is);
    if (number == nullptr || number->coefficient <= 0) return Entry::unclear;
    rate = *number;
    return Entry::found;
}

}  // namespace

// A network of version 4 holds no other address, one of version 6 none of version 4 unless it lies
// within them.
Value cidr(std::span<const Value> arguments, std::span<char> /*room*/) {
    const std::uint8_t* address = std::get<native::Address>(arguments[0].is).bytes;
    const std::uint8_t* network = std::get<native::Address>(arguments[1].is).bytes;
    const auto bits = static_cast<std::size_t>(std::get<std::int64_t>(arguments[2].is));
    if (bits > 128) return {Unknown{Cause::ambiguous}};
    if (bits < mapped_bits && is_version_4(address)) return {false};
    for (std::size_t bit = 0; bit < bits; ++bit) {
        if (is_bit(address, bit) != is_bit(network, bit)) return {false};
    }
    return {true};
}

Value money(std::span<const Value> arguments, std::span<char> /*room*/) {
    const auto code = code_of(std::get<std::string_view>(arguments[1].is));
    if (!code) return {Unknown{Cause::not_in_enum}};
    return {Money{std::get<Decimal>(arguments[0].is), *code}};
}

Value convert(std::span<const Value> arguments, std::span<char> /*room*/) {
    const auto& amount = std::get<Money>(arguments[0].is);
    const auto code = code_of(std::get<std::string_view>(arguments[1].is));
    if (!code) return {Unknown{Cause::not_in_enum}};
    if (amount.currency == *code) return {amount};
    const auto& rates = std::get<Items>(arguments[2].is);
    std::optional<Decimal> rate;
    for (std::uint32_t i = 0; i < rates.count; ++i) {
        Decimal one;
        switch (rate_of(rates.read(rates, i), amount.currency, *code, one)) {
            case Entry::other: continue;
            case Entry::unclear: return {Unknown{Cause::ambiguous}};
            case Entry::found: break;
        }
        if (rate) return {Unknown{Cause::ambiguous}};
        rate = one;
    }
    if (!rate) return {Unknown{Cause::missing}};
    const std::optional<Decimal> result = product(amount.amount, *rate);
    if (!result) return {Unknown{Cause::overflow}};
    return {Money{*result, *code}};
}

}  // namespace proviso::stdlib
