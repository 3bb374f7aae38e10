// Lists are handed over as they lie, and read member by member: only what a function looks at is
// turned into its form.
#include "engine/model/native.h"

#include <array>
#include <cassert>

#include "engine/model/currency.h"

namespace proviso::model {
namespace {

// ---------------------------------------------------------------- signatures

struct Word {
    std::string_view text;
    Kind kind;
};

constexpr std::array scalar_words{
    Word{"bool", Kind::boolean}, Word{"int", Kind::integer},   Word{"decimal", Kind::decimal},
    Word{"money", Kind::money},  Word{"string", Kind::string}, Word{"ip", Kind::ip},
};

class SignatureReader {
  public:
    explicit SignatureReader(std::string_view text) : text_(text) {}

    Signature signature() {
        Signature result;
        result.name = word();
        expect("(");
        if (!take(")")) {
            do {
                result.arguments.push_back(type());
            } while (take(","));
            expect(")");
        }
        expect("->");
        result.result = type();
        assert(text_.empty());
        return result;
    }

  private:
    SignatureType type() {
        SignatureType result;
        if (take("[")) {
            result.kind = Kind::list;
            result.parts.push_back(type());
            expect("]");
            return result;
        }
        if (take("{")) {
            result.kind = Kind::record;
            do {
                result.names.emplace_back(word());
                expect(":");
                result.parts.push_back(type());
            } while (take(","));
            expect("}");
            return result;
        }
        const std::string_view name = word();
        for (const Word& scalar : scalar_words) {
            if (scalar.text == name) result.kind = scalar.kind;
        }
        assert(result.kind != Kind::opaque);
        return result;
    }

    std::string_view word() {
        std::size_t size = 0;
        while (size < text_.size() &&
               ((text_[size] >= 'a' && text_[size] <= 'z') || text_[size] == '_')) {
            ++size;
        }
        const std::string_view result = text_.substr(0, size);
        text_.remove_prefix(size);
        skip_blanks();
        return result;
    }

    bool take(std::string_view sign) {
        if (!text_.starts_with(sign)) return false;
        text_.remove_prefix(sign.size());
        skip_blanks();
        return true;
    }

    void expect([[maybe_unused]] std::string_view sign) {
        [[maybe_unused]] const bool there = take(sign);
        assert(there);
    }

    void skip_blanks() {
        while (text_.starts_with(' ')) text_.remove_prefix(1);
    }

    std::string_view text_;
};

// ---------------------------------------------------------------- values, there

native::Value outward(const TypeTable& types, TypeId type, const Value& value);

native::Value read_item(const native::Items& items, std::uint32_t index) {
    const auto& types = *static_cast<const TypeTable*>(items.types);
    const Type& whole = types.type(TypeId{items.type});
    const TypeId part = whole.kind == Kind::list ? whole.element : whole.fields[index].type;
    return outward(types, part, static_cast<const Value*>(items.values)[index]);
}

native::Items items_of(const TypeTable& types, TypeId type, const Value& value) {
    return {value.extra, static_cast<std::uint32_t>(type), value.elements, &types, read_item};
}

native::Value outward(const TypeTable& types, TypeId type, const Value& value) {
    if (!value.known()) return {native::Unknown{native::Cause::missing}};
    const Decimal number = value.decimal();
    switch (types.type(type).kind) {
        case Kind::boolean: return {value.integer != 0};
        case Kind::integer: return {value.integer};
        case Kind::decimal: return {native::Decimal{number.coefficient, number.scale}};
        case Kind::money:
            return {native::Money{{number.coefficient, number.scale}, value.currency()}};
        case Kind::string: return {value.view()};
        case Kind::ip: return {native::Address{value.address}};
        case Kind::list:
        case Kind::record: return {items_of(types, type, value)};
        case Kind::duration:
        case Kind::time:
        case Kind::date:
        case Kind::weekday:
        case Kind::enumeration:
        case Kind::opaque: break;  // no signature has them
    }
    return {native::Unknown{native::Cause::missing}};
}

// ---------------------------------------------------------------- and back

State state_of(native::Cause cause) {
    switch (cause) {
        case native::Cause::ambiguous: return State::ambiguous;
        case native::Cause::missing: return State::missing;
        case native::Cause::overflow: return State::overflow;
        case native::Cause::not_in_enum: return State::not_in_enum;
        case native::Cause::too_long: return State::too_long;
    }
    return State::ambiguous;
}

struct Inward {
    Value operator()(native::Unknown why) const { return unknown(state_of(why.cause)); }
    Value operator()(bool truth) const { return of_integer(truth ? 1 : 0); }
    Value operator()(std::int64_t number) const { return of_integer(number); }
    Value operator()(std::string_view text) const { return of_text(text); }
    Value operator()(const native::Decimal& number) const {
        const auto made = make_decimal(number.coefficient, number.scale);
        return made ? of_decimal(*made) : unknown(State::overflow);
    }
    Value operator()(const native::Money& money) const {
        if (!is_iso_currency(money.currency)) return unknown(State::not_in_enum);
        const auto made = make_decimal(money.amount.coefficient, money.amount.scale);
        return made ? of_money(*made, money.currency) : unknown(State::overflow);
    }
    // No signature has them as a result.
    Value operator()(const native::Address& /*address*/) const { return unknown(State::missing); }
    Value operator()(const native::Items& /*items*/) const { return unknown(State::missing); }
};

}  // namespace

Signature parse_signature(std::string_view text) {
    return SignatureReader(text).signature();
}

bool accepts(const TypeTable& types, const SignatureType& wanted, TypeId type) {
    const Type& given = types.type(type);
    if (given.kind != wanted.kind) return false;
    if (given.kind == Kind::list) return accepts(types, wanted.parts[0], given.element);
    if (given.kind != Kind::record) return true;
    if (given.record_open || given.fields.size() != wanted.parts.size()) return false;
    for (std::size_t i = 0; i < given.fields.size(); ++i) {
        if (given.fields[i].name != wanted.names[i]) return false;
        if (!accepts(types, wanted.parts[i], given.fields[i].type)) return false;
    }
    return true;
}

std::string text_of(const SignatureType& type) {
    if (type.kind == Kind::list) return "[" + text_of(type.parts[0]) + "]";
    if (type.kind == Kind::record) {
        std::string text;
        for (std::size_t i = 0; i < type.parts.size(); ++i) {
            text += (i == 0 ? "{ " : ", ") + type.names[i] + " : " + text_of(type.parts[i]);
        }
        return text + " }";
    }
    for (const Word& scalar : scalar_words) {
        if (scalar.kind == type.kind) return std::string(scalar.text);
    }
    return {};
}

Value call_native(const native::Function& function, const TypeTable& types,
                  std::span<const NativeArgument> arguments, std::span<char> room) {
    std::array<native::Value, native::most_arguments> values;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const NativeArgument& argument = arguments[i];
        if (!argument.value.known()) return unknown(argument.value.state);
        values[i] = outward(types, argument.type, argument.value);
    }
    const native::Value result = function.call(std::span(values).first(arguments.size()), room);
    return std::visit(Inward{}, result.is);
}

}  // namespace proviso::model
