// The table of currencies, from currencies.def. Tested by
// tests/unit/engine/model/currency_test.cpp.
#include "engine/model/currency.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace proviso::model {

namespace {

constexpr std::uint8_t no_minor_unit = 0xFF;

struct Row {
    Currency code;
    std::uint8_t digits;
};

constexpr std::uint32_t byte_at(std::string_view code, std::size_t i) {
    return static_cast<unsigned char>(code[i]);
}

constexpr Currency pack(std::string_view code) {
    return byte_at(code, 0) << 16U | byte_at(code, 1) << 8U | byte_at(code, 2);
}

constexpr std::array rows = {
#define PROVISO_CURRENCY(code, digits) Row{pack(#code), digits},
#include "engine/model/currencies.def"
#undef PROVISO_CURRENCY
};

constexpr bool by_code(const Row& a, const Row& b) {
    return a.code < b.code;
}
static_assert(std::is_sorted(rows.begin(), rows.end(), by_code));

const Row* find(Currency currency) {
    const auto* row = std::lower_bound(rows.begin(), rows.end(), Row{currency, 0}, by_code);
    return row != rows.end() && row->code == currency ? row : nullptr;
}

}  // namespace

std::optional<Currency> pack_currency(std::string_view code) {
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (code.size() != 3 || !std::all_of(code.begin(), code.end(), is_capital)) {
        return std::nullopt;
    }
    return pack(code);
}

std::string unpack_currency(Currency currency) {
    if (currency == 0) return {};
    return {static_cast<char>(currency >> 16U & 0xFFU), static_cast<char>(currency >> 8U & 0xFFU),
            static_cast<char>(currency & 0xFFU)};
}

bool is_iso_currency(Currency currency) {
    return find(currency) != nullptr;
}

std::optional<std::uint8_t> minor_digits(Currency currency) {
    const Row* row = find(currency);
    if (row == nullptr || row->digits == no_minor_unit) return std::nullopt;
    return row->digits;
}

}  // namespace proviso::model
