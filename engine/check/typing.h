// Types as the checker compares them, nodes as it makes them.
#pragma once

#include <compare>
#include <span>
#include <string>

#include "engine/check/context.h"

namespace proviso::check {

/// The one id of this type: equal types have equal ids.
[[nodiscard]] TypeId intern(Context& context, const model::Type& type);

[[nodiscard]] TypeId scalar(const Context& context, Kind kind);
[[nodiscard]] TypeId money_in(Context& context, model::Currency currency);
[[nodiscard]] TypeId enum_type(Context& context, model::EnumId id);
[[nodiscard]] TypeId list_of(Context& context, TypeId element);
[[nodiscard]] TypeId with_optional(Context& context, TypeId type, bool optional);

/// The type without its constraints, inside too: what a slot shared by several tools has.
[[nodiscard]] TypeId base_of(Context& context, TypeId type);
/// What a value is that has one of two types with the same base.
[[nodiscard]] TypeId merged(Context& context, TypeId a, TypeId b);

[[nodiscard]] bool is_optional(const Context& context, TypeId type);
[[nodiscard]] bool is_kind(const Context& context, const Typed& value, Kind kind);
/// int, decimal, money, duration, date, time: what ranges and bands are made of.
[[nodiscard]] bool is_measure(Kind kind);
/// A measure, or text or an enum declared with `<`.
[[nodiscard]] bool is_ordered(const Context& context, TypeId type);

/// "a money", "an int", "a `customer.tier`", for messages.
[[nodiscard]] std::string described(const Context& context, TypeId type);

/// "`customer.tier`", "the weekdays": whose words they are.
[[nodiscard]] std::string enum_name(const Context& context, TypeId type);

[[nodiscard]] NodeId add_node(Context& context, const Node& node);
[[nodiscard]] Typed make(Context& context, const Node& node, TypeId type);
[[nodiscard]] Typed make_bool(Context& context, const Node& node);
/// Whether one of the tests, at least one, holds; or, where `negated`, none.
[[nodiscard]] Typed make_any_of(Context& context, std::span<const NodeId> tests, bool negated,
                                Span span);
[[nodiscard]] Typed make_constant(Context& context, Value value, TypeId type, Span span);
[[nodiscard]] Typed make_bad(Context& context);
[[nodiscard]] bool is_constant(const Context& context, const Typed& value);

/// What to write where something asks whether a value is there that is not optional.
[[nodiscard]] std::string always_there_help(const Context& context, const Typed& value);
[[nodiscard]] Range add_items(Context& context, std::span<const NodeId> items);

/// An int as a decimal.
[[nodiscard]] Typed widened(Context& context, const Typed& value);
/// Makes two values one base type, widening an int beside a decimal. False where they are not.
[[nodiscard]] bool unify(Context& context, Typed& a, Typed& b);
/// The code of the first that has a currency, for the sample in a help; `USD` where none has.
[[nodiscard]] std::string sample_code(const Context& context, TypeId a, TypeId b);
/// Whether both are money of one currency each, and not of the same.
[[nodiscard]] bool currencies_differ(const Context& context, TypeId a, TypeId b);
/// `value` as a `wanted`; a mistake is reported as "expected …, found …".
[[nodiscard]] Typed coerced(Context& context, Typed value, TypeId wanted, Span span);

/// Order of two constants of one measure.
[[nodiscard]] std::strong_ordering compare_values(Kind kind, const Value& a, const Value& b);

}  // namespace proviso::check
