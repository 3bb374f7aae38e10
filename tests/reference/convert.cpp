// See convert.h. Follows docs/language.md, "How values stand in a call" and "Missing data".
#include "tests/reference/convert.h"

#include <algorithm>
#include <functional>

#include "engine/model/currency.h"
#include "tests/reference/text_forms.h"
#include "tests/reference/windows.h"

namespace proviso::reference {

namespace {

using model::Kind;
using model::Type;

Value wrong_type() {
    return unknown_value("wrong type");
}

bool is_text(const Json& json) {
    return json.is == Json::Is::text && !json.broken;
}

/// A number by JSON's rules, or why there is none.
Value number_of(const Json& json) {
    if (json.is != Json::Is::number) return wrong_type();
    const std::optional<Number> number = Number::parse(json.text);
    if (!number || !number->fits_decimal()) return unknown_value("overflow");
    return of_number(*number);
}

Value integer_of(const Json& json) {
    Value value = number_of(json);
    if (value.known() && !value.number.is_whole()) return wrong_type();
    return value;
}

Value text_form(const Json& json,
                const std::function<std::optional<std::int64_t>(std::string_view)>& read) {
    if (!is_text(json)) return wrong_type();
    const auto value = read(json.text);
    return value ? of_number(Number(*value)) : wrong_type();
}

Value word_of(const model::EnumType& words, const Json& json) {
    if (!is_text(json)) return wrong_type();
    const auto found = std::find(words.words.begin(), words.words.end(), json.text);
    if (found == words.words.end()) return unknown_value("not in enum");
    return of_number(Number(found - words.words.begin()));
}

// -------------------------------------------------------------------------------- money

bool is_code(std::string_view text) {
    return text.size() == 3 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// An amount as a number, or as the digits of one in quotes.
Value amount_of(const Json& json) {
    if (json.is == Json::Is::number) return number_of(json);
    if (!is_text(json) || json.text.find_first_of("eE") != std::string::npos) return wrong_type();
    const std::optional<Number> number = Number::parse(json.text);
    if (!number) return wrong_type();
    if (!number->fits_decimal()) return unknown_value("overflow");
    return of_number(*number);
}

Value in_minor_units(const Value& amount, const std::string& code) {
    const auto digits = model::minor_digits(*model::pack_currency(code));
    if (!digits || !amount.number.is_whole()) return wrong_type();
    const Number major = amount.number.times(Number(1, *digits));
    return major.fits_decimal() ? of_number(major) : unknown_value("overflow");
}

Value with_code(const Type& type, Value amount, const std::string& code) {
    if (!is_code(code)) return wrong_type();
    if (amount.known() && type.minor) amount = in_minor_units(amount, code);
    return amount.known() ? of_money(amount.number, code) : amount;
}

Value money_object(const Type& type, const Json& json) {
    const Json* amount = json.find("amount");
    const Json* code = json.find("currency");
    if (amount == nullptr || code == nullptr || json.members.size() != 2) return wrong_type();
    if (!is_text(*code)) return wrong_type();
    return with_code(type, amount_of(*amount), code->text);
}

Value money_of(const Type& type, const Json& json, const Json& siblings) {
    const std::string fixed = model::unpack_currency(type.currency);
    if (json.is == Json::Is::object) {
        // Minor units are a number alone: the amount of an object would read as major ones.
        if (type.money_form == model::MoneyForm::with_field || type.minor) return wrong_type();
        Value value = money_object(type, json);
        const bool other = type.money_form == model::MoneyForm::fixed && value.text != fixed;
        return value.known() && other ? unknown_value("currency mismatch") : value;
    }
    if (type.money_form == model::MoneyForm::object) return wrong_type();
    Value amount = number_of(json);
    if (!amount.known()) return amount;
    if (type.money_form == model::MoneyForm::fixed) return with_code(type, amount, fixed);
    const Json* code = siblings.find(type.money_field);
    if (code == nullptr || code->is == Json::Is::null) return unknown_value("missing");
    if (!is_text(*code)) return wrong_type();
    const Value value = with_code(type, amount, code->text);
    const bool other = value.known() && type.low && value.text != fixed;
    return other ? unknown_value("currency mismatch") : value;
}

// -------------------------------------------------------------------------------- parts

/// One member that does not fit makes the list unknown. Members past the limit are not looked at.
Value list_of(const check::PolicySet& set, const Type& type, const Json& json,
              const Limits& limits) {
    if (json.is != Json::Is::list) return wrong_type();
    Value list;
    std::string bad;
    for (const Json& item : json.items) {
        if (list.items.size() == limits.list_length) break;
        Value member = convert(set, type.element, &item, Json(), limits);
        if (member.is == Value::Is::unknown && bad.empty()) bad = member.cause;
        list.items.push_back(std::move(member));
    }
    const std::size_t length = json.items.size();
    if (length > limits.list_length) bad = "too long";
    if (length < type.length_low.value_or(0) || length > type.length_high.value_or(UINT32_MAX)) {
        bad = "out of range";
    }
    if (bad.empty()) return list;
    Value unknown = unknown_value(bad);
    unknown.items = list.items;  // for has_fault
    return unknown;
}

/// A field that does not fit is unknown by itself; one that is not declared spoils a record that is
/// not open.
Value record_of(const check::PolicySet& set, const Type& type, const Json& json,
                const Limits& limits) {
    if (json.is != Json::Is::object) return wrong_type();
    Value record;
    for (const model::Field& field : type.fields) {
        record.items.push_back(convert(set, field.type, json.find(field.name), json, limits));
    }
    for (std::size_t i = 0; i < json.members.size(); ++i) {
        const std::string& name = json.members[i].name;
        const bool declared = std::any_of(type.fields.begin(), type.fields.end(),
                                          [&](const auto& field) { return field.name == name; });
        const bool code = std::any_of(type.fields.begin(), type.fields.end(), [&](const auto& one) {
            return takes_code_from(set.types, one.type, name);
        });
        const bool twice = json.find(name) != &json.members[i].value;
        const bool known = declared || code || type.record_open;
        if (!known || twice) return wrong_type();
    }
    return record;
}

/// A stamp without a zone is the one time at which the clocks of the type's zone show it.
Value time_of(const check::PolicySet& set, const Type& type, const Json& json) {
    if (!is_text(json)) return wrong_type();
    if (const auto time = read_time(json.text)) return of_number(Number(*time));
    const auto local = type.zone ? read_time(json.text + "Z") : std::nullopt;
    if (!local) return wrong_type();
    const Stamp stamp = read_stamp(set.zones[*type.zone], *local);
    if (stamp.time) return of_number(Number(*stamp.time));
    return unknown_value(stamp.covered ? "ambiguous" : "out of range");
}

Value plain_value(const check::PolicySet& set, const Type& type, const Json& json,
                  const Json& siblings, const Limits& limits) {
    switch (type.kind) {
        case Kind::boolean:
            return json.is == Json::Is::boolean ? of_bool(json.truth) : wrong_type();
        case Kind::integer: return integer_of(json);
        case Kind::decimal: return number_of(json);
        case Kind::money: return money_of(type, json, siblings);
        case Kind::string: return is_text(json) ? of_text(json.text) : wrong_type();
        case Kind::duration: return text_form(json, read_duration);
        case Kind::time: return time_of(set, type, json);
        case Kind::date: return text_form(json, read_date);
        case Kind::weekday: return text_form(json, read_weekday);
        case Kind::ip: {
            const auto bytes = is_text(json) ? read_address(json.text) : std::nullopt;
            return bytes ? of_text(*bytes) : wrong_type();
        }
        case Kind::enumeration: return word_of(set.types.enumeration(type.enumeration), json);
        case Kind::list: return list_of(set, type, json, limits);
        case Kind::record: return record_of(set, type, json, limits);
        case Kind::opaque: return of_bool(true);
    }
    return wrong_type();
}

// -------------------------------------------------------------------------------- constraints

bool in_range(const model::TypeTable& types, model::TypeId id, const Value& value) {
    const Type& type = types.type(id);
    if (type.low && value.number < constant(types, id, *type.low).number) return false;
    if (type.high && value.number > constant(types, id, *type.high).number) return false;
    if (type.kind == Kind::string && type.length_low) {
        const std::int64_t length = code_points(value.text);
        if (length < *type.length_low || length > *type.length_high) return false;
    }
    return type.pattern.empty() || matches(value.text, type.pattern);
}

}  // namespace

bool takes_code_from(const model::TypeTable& types, model::TypeId type, std::string_view name) {
    const Type& one = types.type(type);
    if (one.kind == Kind::list) return takes_code_from(types, one.element, name);
    return one.kind == Kind::money && one.money_form == model::MoneyForm::with_field &&
           one.money_field == name;
}

bool is_code_or_null(const Json& json) {
    return json.is == Json::Is::null || (is_text(json) && is_code(json.text));
}

Value convert(const check::PolicySet& set, model::TypeId id, const Json* json, const Json& siblings,
              const Limits& limits) {
    const Type& type = set.types.type(id);
    const bool nothing = json == nullptr || json->is == Json::Is::null;
    if (nothing && type.optional) return absent_value();
    if (json == nullptr) return unknown_value("missing");
    if (nothing) return wrong_type();
    Value value = plain_value(set, type, *json, siblings, limits);
    const bool text = type.kind == Kind::string && value.known();
    const bool too_long = text && value.text.size() > limits.string_bytes;
    if (too_long && !type.pattern.empty()) return unknown_value("out of range");
    if (value.known() && !in_range(set.types, id, value)) return unknown_value("out of range");
    return too_long ? unknown_value("too long") : value;
}

Value constant(const model::TypeTable& types, model::TypeId id, const model::Value& value) {
    const Type& type = types.type(id);
    if (value.state == model::State::absent) return absent_value();
    if (!value.known()) return unknown_value(std::string(model::name(value.state)));
    switch (type.kind) {
        case Kind::decimal: return of_number(Number(value.integer, value.scale));
        case Kind::money:
            return of_money(Number(value.integer, value.scale),
                            model::unpack_currency(value.currency()));
        case Kind::string: return of_text(std::string(value.view()));
        case Kind::ip: {
            const char* bytes = reinterpret_cast<const char*>(value.address);
            return of_text(std::string(bytes, 16));
        }
        case Kind::list: {
            Value list;
            for (std::uint32_t i = 0; i < value.extra; ++i) {
                list.items.push_back(constant(types, type.element, value.elements[i]));
            }
            return list;
        }
        case Kind::record: {
            Value record;
            for (std::uint32_t i = 0; i < value.extra; ++i) {
                record.items.push_back(constant(types, type.fields[i].type, value.elements[i]));
            }
            return record;
        }
        case Kind::boolean:
        case Kind::integer:
        case Kind::duration:
        case Kind::time:
        case Kind::date:
        case Kind::weekday:
        case Kind::enumeration:
        case Kind::opaque: return of_number(Number(value.integer));
    }
    return wrong_type();
}

}  // namespace proviso::reference
