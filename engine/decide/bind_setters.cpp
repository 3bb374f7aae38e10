// See bind_setters.h.
#include "engine/decide/bind_setters.h"

#include <array>

#include <simdjson.h>

namespace proviso::decide {

namespace {

/// By the index of Value::Data.
constexpr std::array shapes{Shape::null,  Shape::boolean, Shape::number, Shape::number,
                            Shape::money, Shape::text,    Shape::list,   Shape::object};
static_assert(std::variant_size_v<Value::Data> == shapes.size());

bool is_ascii(std::string_view text) {
    unsigned char all = 0;
    for (const char c : text) all |= static_cast<unsigned char>(c);
    return all < 0x80;
}

}  // namespace

Scalar text_scalar(std::string_view text) {
    Scalar scalar = text_of(text);
    scalar.broken = !is_ascii(text) && !simdjson::validate_utf8(text.data(), text.size());
    return scalar;
}

Shape ValueSource::shape() const {
    return shapes[value_->data().index()];
}

bool ValueSource::quick_text(std::string_view& out) {
    const auto* text = std::get_if<std::string>(&value_->data());
    if (text == nullptr || !is_ascii(*text)) return false;
    out = *text;
    return true;
}

Scalar ValueSource::scalar() {
    const Value::Data& data = value_->data();
    Scalar scalar;
    scalar.shape = shape();
    if (const auto* text = std::get_if<std::string>(&data)) {
        scalar = text_scalar(*text);
    } else if (const auto* truth = std::get_if<bool>(&data)) {
        scalar.truth = *truth;
    } else if (const auto* integer = std::get_if<std::int64_t>(&data)) {
        scalar.small = true;
        scalar.integer = *integer;
    } else if (const auto* number = std::get_if<Number>(&data)) {
        scalar.text = number->digits;
    } else if (const auto* money = std::get_if<Money>(&data)) {
        scalar.text = money->amount;
        scalar.currency = money->currency;
    }
    return scalar;
}

Scalar ValueSource::plain(std::string_view key) const {
    return text_scalar(key);
}

}  // namespace proviso::decide
