// Amounts and currency codes; see bind_convert.h.
#include "engine/decide/bind_convert.h"

namespace proviso::decide {

using model::State;
using model::unknown;

namespace {

/// Minor units to major ones; nothing for a fraction or a code without minor units.
std::optional<model::Decimal> from_minor(model::Decimal amount, model::Currency currency) {
    const auto digits = model::minor_digits(currency);
    if (!digits || amount.scale != 0) return std::nullopt;
    return model::make_decimal(amount.coefficient, *digits);
}

}  // namespace

model::Value money_value(const TypeInfo& info, std::optional<model::Decimal> amount,
                         std::optional<model::Currency> currency, bool minor) {
    if (!amount || !currency) return unknown(State::wrong_type);
    if (minor) amount = from_minor(*amount, *currency);
    if (!amount) return unknown(State::wrong_type);
    return in_range(info, model::of_money(*amount, *currency));
}

std::optional<model::Decimal> amount_value(const Scalar& from, State& state) {
    if (from.shape == Shape::number) return number_value(from, state);
    state = State::wrong_type;
    if (from.shape != Shape::text || from.broken) return std::nullopt;
    const auto amount = model::parse_decimal(from.text);
    const bool has_exponent = from.text.find_first_of("eE") != std::string_view::npos;
    if (!amount && !has_exponent && is_json_number(from.text)) state = State::overflow;
    return amount;
}

std::optional<model::Currency> currency_value(const Scalar& from) {
    if (from.shape != Shape::text || from.broken) return std::nullopt;
    return model::pack_currency(from.text);
}

}  // namespace proviso::decide
