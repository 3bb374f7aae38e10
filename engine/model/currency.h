// ISO 4217 currency codes and their minor units; currencies.def is the list.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/model/value.h"

namespace proviso::model {

/// Three ASCII capitals, packed. Nothing for any other text. Need not be a code in use.
[[nodiscard]] std::optional<Currency> pack_currency(std::string_view code);
/// The three letters; empty for 0.
[[nodiscard]] std::string unpack_currency(Currency currency);
/// Whether the code is in the list.
[[nodiscard]] bool is_iso_currency(Currency currency);
/// Decimal digits of the minor unit (USD 2, JPY 0, BHD 3); nothing for codes without one.
[[nodiscard]] std::optional<std::uint8_t> minor_digits(Currency currency);

}  // namespace proviso::model
