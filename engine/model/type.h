// The types of the language, as the checker resolved them and as the binder needs them.
//
// A `TypeTable` owns them; a `TypeId` is an index. Enums are nominal: two declarations with the
// same words are two types. Constraints (ranges, lengths, patterns) belong to the type of a
// place; two types that differ only in constraints or optionality have the same `base`.
// Tested by tests/unit/engine/model/type_test.cpp, printing by value_text_test.cpp beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/value.h"

namespace proviso::model {

enum class TypeId : std::uint32_t {};
enum class EnumId : std::uint32_t {};
inline constexpr TypeId no_type{0xFFFFFFFF};
inline constexpr EnumId no_enum{0xFFFFFFFF};
/// The enums that every set has: `informational < reversible < operational < high_impact` and
/// `read < propose < prepare < approve < execute`.
inline constexpr EnumId tier_enum{0};
inline constexpr EnumId stage_enum{1};
/// Their types, which every table has after those of the scalar kinds.
inline constexpr TypeId tier_type{11};
inline constexpr TypeId stage_type{12};

enum class Kind : std::uint8_t {
    boolean,
    integer,
    decimal,
    money,
    string,
    duration,
    time,
    date,
    weekday,
    ip,
    enumeration,
    list,
    record,
    opaque,  // a JSON value that nothing types: only its presence can be read
};

struct EnumType {
    std::string name;                // of its declaration: "tier", "environment", "customer.tier"
    std::vector<std::string> words;  // the ordinal is the index
    bool ordered = false;
};

struct Field {
    std::string name;
    TypeId type = no_type;
};

/// How a money value is written in a call.
enum class MoneyForm : std::uint8_t {
    object,      // {"amount": "12.50", "currency": "USD"}
    with_field,  // a number; sibling `money_field` has the code
    fixed,       // a number in `currency`
};

struct Type {
    Kind kind = Kind::opaque;
    bool optional = false;
    bool minor = false;        // money in minor units
    bool record_open = false;  // undeclared fields accepted
    MoneyForm money_form = MoneyForm::object;
    EnumId enumeration = no_enum;
    TypeId element = no_type;   // list
    std::vector<Field> fields;  // record
    std::string money_field;
    Currency currency = 0;              // fixed, or the range's
    std::optional<std::uint32_t> zone;  // time: of stamps that have none; index of a zone
    // constraints; both bounds inclusive
    std::optional<Value> low;  // int, decimal, money, duration, date, time
    std::optional<Value> high;
    std::optional<std::uint32_t> length_low;  // string in code points, list in members
    std::optional<std::uint32_t> length_high;
    std::string pattern;  // RE2, whole string; empty: none
};

class TypeTable {
  public:
    /// Has the built-in enums, their types, and one unconstrained type for each scalar kind.
    TypeTable();

    TypeId add(Type type);
    EnumId add(EnumType type);
    [[nodiscard]] const Type& type(TypeId id) const { return types_[static_cast<std::size_t>(id)]; }
    [[nodiscard]] const EnumType& enumeration(EnumId id) const {
        return enums_[static_cast<std::size_t>(id)];
    }
    /// The unconstrained type of a scalar kind (not enumeration, list, record).
    [[nodiscard]] TypeId scalar(Kind kind) const;
    [[nodiscard]] const std::vector<Type>& types() const { return types_; }
    [[nodiscard]] const std::vector<EnumType>& enums() const { return enums_; }

    /// The same kind of value, constraints and optionality aside (enums by declaration, lists and
    /// records by their parts).
    [[nodiscard]] bool same_base(TypeId a, TypeId b) const;
    /// As an author writes it, constraints aside: "money", "free < silver < gold", "[string]?".
    [[nodiscard]] std::string text(TypeId id) const;

  private:
    std::vector<Type> types_;
    std::vector<EnumType> enums_;
};

/// As people read a value of this type: "600 USD", "sev2", "2026-11-20T15:00:00Z", quoted strings
/// (escaped, cut at 80 code points), lists up to 20 members, "unknown" for every state but present.
[[nodiscard]] std::string to_text(const TypeTable& types, TypeId type, const Value& value);

/// The same value as JSON: money {"amount":"12.5","currency":"USD"}, decimals as strings of
/// digits, ints as numbers, enums as words, times RFC 3339. Canonical (RFC 8785 but for the
/// numbers): names sorted, no blanks. Absent fields of a record are left out; other values that
/// are not known, and all of kind opaque, are null.
[[nodiscard]] std::string to_json(const TypeTable& types, TypeId type, const Value& value);

}  // namespace proviso::model
