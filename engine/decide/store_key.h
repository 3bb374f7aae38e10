// The key of an event: the `per` values of a limit or counter, and the members of `distinct`, as
// bytes that are the same for the same values and for no others, in all versions of a policy.
//
// Words of enums go in as text, since their numbers change when a word is put between. Numbers go
// in as decimals, so that 5 and 5.0 are one key. Covered by
// tests/unit/engine/decide/store_key_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/model/decimal.h"
#include "engine/model/value.h"

namespace proviso::decide {

/// The first half of a SHA-256.
using MemberDigest = std::array<std::uint8_t, 16>;

/// Longer keys are replaced by their digest, so that no key is longer.
inline constexpr std::size_t longest_key = 64;

/// Reusable: one a session. Warm, it allocates nothing.
class KeyBuilder {
  public:
    void clear();
    void text(std::string_view value);
    void word(std::string_view value) { text(value); }
    void number(model::Decimal value);
    void money(model::Decimal amount, model::Currency currency);
    /// bool, time, date, duration, weekday: numbers that mean the same in every version.
    void integer(std::int64_t value);
    /// 16 bytes, IPv4 as ::ffff:a.b.c.d.
    void address(const std::uint8_t* bytes);

    /// At most `longest_key` bytes; valid till the next change.
    [[nodiscard]] std::string_view key();
    /// Of the same bytes, as a member of `distinct`.
    [[nodiscard]] MemberDigest member() const;

  private:
    void fixed(char tag, const void* bytes, std::size_t size);

    std::string bytes_;
    std::string hashed_;
};

}  // namespace proviso::decide
