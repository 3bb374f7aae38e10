// Types in words, constraints included: what a value may be, for people who never read a schema.
#include "engine/model/currency.h"
#include "handbook/wording.h"

namespace proviso::handbook {
namespace {

using model::Kind;
using model::Type;

std::string words_of_enum(const check::PolicySet& set, const Type& type) {
    if (type.enumeration == model::no_enum) return "a word";
    const model::EnumType& words = set.types.enumeration(type.enumeration);
    std::string text = words.ordered ? "one of, from low to high, " : "one of ";
    for (std::size_t i = 0; i < words.words.size(); ++i) {
        text += (i == 0 ? "" : ", ") + words.words[i];
    }
    return text;
}

std::string words_of_record(const check::PolicySet& set, const Type& type) {
    std::string text = "a record of ";
    for (std::size_t i = 0; i < type.fields.size(); ++i) {
        text += (i == 0 ? "" : "; ") + type.fields[i].name + ": " +
                type_words(set, type.fields[i].type);
    }
    return text;
}

std::string words_of_money(const Type& type) {
    std::string text = "an amount of money";
    switch (type.money_form) {
        case model::MoneyForm::object: break;
        case model::MoneyForm::with_field:
            text += " whose currency is in " + type.money_field;
            break;
        case model::MoneyForm::fixed: text += " in " + model::unpack_currency(type.currency); break;
    }
    return type.minor ? text + ", in its smallest unit" : text;
}

std::string words_of_kind(const check::PolicySet& set, const Type& type) {
    switch (type.kind) {
        case Kind::boolean: return "true or false";
        case Kind::integer: return "a whole number";
        case Kind::decimal: return "a number";
        case Kind::money: return words_of_money(type);
        case Kind::string: return "a text";
        case Kind::duration: return "a length of time";
        case Kind::time: return "a point in time";
        case Kind::date: return "a date";
        case Kind::weekday: return "a day of the week";
        case Kind::ip: return "an address on the internet (IP)";
        case Kind::enumeration: return words_of_enum(set, type);
        case Kind::list: return "a list, each member " + type_words(set, type.element);
        case Kind::record: return words_of_record(set, type);
        case Kind::opaque: return "anything";
    }
    return {};
}

std::string words_of_length(const Type& type) {
    const std::string unit = type.kind == Kind::list ? " members" : " characters";
    if (type.length_low && type.length_high) {
        return ", " + std::to_string(*type.length_low) + " to " +
               std::to_string(*type.length_high) + unit;
    }
    if (type.length_low) return ", at least " + std::to_string(*type.length_low) + unit;
    if (type.length_high) return ", at most " + std::to_string(*type.length_high) + unit;
    return {};
}

std::string words_of_range(const check::PolicySet& set, model::TypeId id, const Type& type) {
    const auto text = [&](const model::Value& bound) {
        return model::to_text(set.types, id, bound);
    };
    if (type.low && type.high) return ", from " + text(*type.low) + " to " + text(*type.high);
    if (type.low) return ", at least " + text(*type.low);
    if (type.high) return ", at most " + text(*type.high);
    return {};
}

}  // namespace

std::string type_words(const check::PolicySet& set, model::TypeId id) {
    if (id == model::no_type) return "anything";
    const Type& type = set.types.type(id);
    std::string text =
        words_of_kind(set, type) + words_of_range(set, id, type) + words_of_length(type);
    if (!type.pattern.empty()) text += ", of the form " + type.pattern;
    return text;
}

}  // namespace proviso::handbook
