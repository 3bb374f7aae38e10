// See typing.h.

#include "engine/check/typing.h"

#include <algorithm>

#include "engine/check/canonical.h"
#include "engine/model/currency.h"
#include "engine/model/decimal.h"

namespace proviso::check {
namespace {

constexpr std::size_t npos = std::string_view::npos;

void append(std::string& key, const std::optional<Value>& value) {
    append_number(key, value ? 1 : 0);
    if (!value) return;
    append_number(key, static_cast<std::uint64_t>(value->integer));
    append_number(key, value->scale);
    append_number(key, value->extra);
}

void append(std::string& key, const std::optional<std::uint32_t>& length) {
    append_number(key, length ? 1 : 0);
    if (length) append_number(key, *length);
}

void write_key(std::string& key, const model::Type& type) {
    key.clear();
    append_number(key, static_cast<std::uint64_t>(type.kind));
    append_number(
        key, static_cast<std::uint64_t>(type.optional + 2 * type.minor + 4 * type.record_open));
    append_number(key, static_cast<std::uint64_t>(type.money_form));
    append_number(key, index_of(type.enumeration));
    append_number(key, index_of(type.element));
    append_part(key, type.money_field);
    append_number(key, type.currency);
    append(key, type.zone);
    append(key, type.low);
    append(key, type.high);
    append(key, type.length_low);
    append(key, type.length_high);
    append_part(key, type.pattern);
    for (const model::Field& field : type.fields) {
        append_part(key, field.name);
        append_number(key, index_of(field.type));
    }
}

std::string key_of(const model::Type& type) {
    std::string key;
    write_key(key, type);
    return key;
}

model::Type without_constraints(const model::Type& type) {
    model::Type plain;
    plain.kind = type.kind;
    plain.optional = type.optional;
    plain.record_open = type.record_open;
    plain.enumeration = type.enumeration;
    plain.element = type.element;
    plain.fields = type.fields;
    return plain;
}

}  // namespace

TypeId intern(Context& context, const model::Type& type) {
    std::string& key = context.looked_up;
    write_key(key, type);
    const auto known = context.types_by_key.find(std::string_view(key));
    if (known != context.types_by_key.end()) return known->second;
    const auto place = context.types_by_key.emplace(key, model::no_type).first;
    model::Type plain;
    plain.kind = type.kind;
    const bool is_scalar = type.kind != Kind::enumeration && type.kind != Kind::list &&
                           type.kind != Kind::record && place->first == key_of(plain);
    place->second = is_scalar ? context.set.types.scalar(type.kind) : context.set.types.add(type);
    return place->second;
}

TypeId scalar(const Context& context, Kind kind) {
    return context.set.types.scalar(kind);
}

TypeId money_in(Context& context, model::Currency currency) {
    const auto [place, added] = context.money_types.try_emplace(currency, model::no_type);
    if (!added) return place->second;
    model::Type type;
    type.kind = Kind::money;
    type.currency = currency;
    return place->second = intern(context, type);
}

TypeId enum_type(Context& context, model::EnumId id) {
    model::Type type;
    type.kind = Kind::enumeration;
    type.enumeration = id;
    return intern(context, type);
}

TypeId list_of(Context& context, TypeId element) {
    model::Type type;
    type.kind = Kind::list;
    type.element = element;
    return intern(context, type);
}

TypeId with_optional(Context& context, TypeId id, bool optional) {
    if (context.type(id).optional == optional) return id;
    model::Type type = context.type(id);
    type.optional = optional;
    return intern(context, type);
}

TypeId base_of(Context& context, TypeId id) {
    model::Type type = without_constraints(context.type(id));
    if (type.kind == Kind::list) type.element = base_of(context, type.element);
    for (model::Field& field : type.fields) field.type = base_of(context, field.type);
    return intern(context, type);
}

TypeId merged(Context& context, TypeId a, TypeId b) {
    if (a == b) return a;
    const model::Type left = context.type(a);
    const model::Type right = context.type(b);
    model::Type both = without_constraints(left);
    both.optional = left.optional || right.optional;
    both.record_open = left.record_open || right.record_open;
    if (left.currency == right.currency) both.currency = left.currency;
    if (both.kind == Kind::list) both.element = merged(context, left.element, right.element);
    for (std::size_t i = 0; i < both.fields.size() && i < right.fields.size(); ++i) {
        both.fields[i].type = merged(context, left.fields[i].type, right.fields[i].type);
    }
    return intern(context, both);
}

bool is_optional(const Context& context, TypeId type) {
    return context.type(type).optional;
}

bool is_kind(const Context& context, const Typed& value, Kind kind) {
    return !value.bad() && context.kind(value.type) == kind;
}

bool is_measure(Kind kind) {
    switch (kind) {
        case Kind::integer:
        case Kind::decimal:
        case Kind::money:
        case Kind::duration:
        case Kind::time:
        case Kind::date: return true;
        case Kind::boolean:
        case Kind::string:
        case Kind::weekday:
        case Kind::ip:
        case Kind::enumeration:
        case Kind::list:
        case Kind::record:
        case Kind::opaque: return false;
    }
    return false;
}

bool is_ordered(const Context& context, TypeId id) {
    const model::Type& type = context.type(id);
    if (type.kind == Kind::enumeration) {
        return context.set.types.enumeration(type.enumeration).ordered;
    }
    return is_measure(type.kind) || type.kind == Kind::string;
}

std::string enum_name(const Context& context, TypeId id) {
    const model::Type& type = context.type(id);
    if (type.kind == Kind::weekday) return "the weekdays";
    return "`" + context.set.types.enumeration(type.enumeration).name + "`";
}

std::string described(const Context& context, TypeId id) {
    const model::Type& type = context.type(id);
    switch (type.kind) {
        case Kind::boolean: return "a bool";
        case Kind::integer: return "an int";
        case Kind::decimal: return "a decimal";
        case Kind::money: return "a money";
        case Kind::string: return "a string";
        case Kind::duration: return "a duration";
        case Kind::time: return "a time";
        case Kind::date: return "a date";
        case Kind::weekday: return "a weekday";
        case Kind::ip: return "an ip";
        case Kind::enumeration: {
            const std::string& name = context.set.types.enumeration(type.enumeration).name;
            const bool vowel = !name.empty() && std::string_view("aeiou").find(name[0]) != npos;
            return (vowel ? "an `" : "a `") + name + "`";
        }
        case Kind::list: return "a list";
        case Kind::record: return "a record";
        case Kind::opaque: return "a value of no declared type";
    }
    return {};
}

NodeId add_node(Context& context, const Node& node) {
    context.set.nodes.push_back(node);
    return NodeId{static_cast<std::uint32_t>(context.set.nodes.size() - 1)};
}

Typed make(Context& context, const Node& node, TypeId type) {
    const NodeId id = add_node(context, node);
    context.set.nodes.back().type = type;
    return {id, type};
}

Typed make_bool(Context& context, const Node& node) {
    return make(context, node, scalar(context, Kind::boolean));
}

Typed make_any_of(Context& context, std::span<const NodeId> tests, bool negated, Span span) {
    Node either;
    either.kind = NodeKind::logical_or;
    either.span = span;
    either.items = add_items(context, tests);
    const Typed any = tests.size() == 1 ? Typed{tests[0], scalar(context, Kind::boolean)}
                                        : make_bool(context, either);
    if (!negated) return any;
    Node negation;
    negation.kind = NodeKind::logical_not;
    negation.span = span;
    negation.a = any.node;
    return make_bool(context, negation);
}

Typed make_constant(Context& context, Value value, TypeId type, Span span) {
    Node node;
    node.kind = NodeKind::constant;
    node.span = span;
    node.value = value;
    return make(context, node, type);
}

Typed make_bad(Context& context) {
    if (context.bad_node == no_node) {
        Node node;
        node.type = scalar(context, Kind::boolean);
        context.bad_node = add_node(context, node);
    }
    return {context.bad_node, model::no_type};
}

bool is_constant(const Context& context, const Typed& value) {
    return !value.bad() && context.set.node(value.node).kind == NodeKind::constant;
}

std::string always_there_help(const Context& context, const Typed& value) {
    constexpr std::string_view unknown = "what a call lacks is unknown, and unknown only tightens";
    const Node& node = context.set.node(value.node);
    const bool declared =
        node.kind == NodeKind::slot && static_cast<std::uint32_t>(node.slot) >= builtin_slots;
    std::string help = declared ? "declare it optional with `?`, or " : "";
    return help.append("leave this out; ").append(unknown);
}

Range add_items(Context& context, std::span<const NodeId> items) {
    const Range range{static_cast<std::uint32_t>(context.set.node_items.size()),
                      static_cast<std::uint32_t>(items.size())};
    context.set.node_items.insert(context.set.node_items.end(), items.begin(), items.end());
    return range;
}

Typed widened(Context& context, const Typed& value) {
    const Span span = context.set.node(value.node).span;
    const TypeId decimal =
        with_optional(context, scalar(context, Kind::decimal), is_optional(context, value.type));
    if (is_constant(context, value)) {
        const std::int64_t number = context.set.node(value.node).value.integer;
        return make_constant(context, model::of_decimal({number, 0}), decimal, span);
    }
    Node node;
    node.kind = NodeKind::to_decimal;
    node.span = span;
    node.a = value.node;
    return make(context, node, decimal);
}

bool unify(Context& context, Typed& a, Typed& b) {
    if (context.set.types.same_base(a.type, b.type)) return true;
    const Kind left = context.kind(a.type);
    const Kind right = context.kind(b.type);
    if (left == Kind::integer && right == Kind::decimal) {
        a = widened(context, a);
        return true;
    }
    if (left == Kind::decimal && right == Kind::integer) {
        b = widened(context, b);
        return true;
    }
    return false;
}

std::string sample_code(const Context& context, TypeId a, TypeId b) {
    for (const TypeId type : {a, b}) {
        const model::Currency currency = context.type(type).currency;
        if (currency != 0) return model::unpack_currency(currency);
    }
    return "USD";
}

bool currencies_differ(const Context& context, TypeId a, TypeId b) {
    const model::Currency left = context.type(a).currency;
    const model::Currency right = context.type(b).currency;
    return left != 0 && right != 0 && left != right;
}

/// A value of another type than is wanted, where the two are written nearly alike.
std::string literal_help(const Context& context, TypeId wanted, TypeId found) {
    const Kind kind = context.kind(found);
    const bool number = kind == Kind::integer || kind == Kind::decimal;
    switch (context.kind(wanted)) {
        case Kind::money: {
            if (!number && kind != Kind::string) return {};
            return "write the currency, as in `500 " + sample_code(context, wanted, wanted) + "`";
        }
        case Kind::duration: return number ? "write the unit, as in `24h`" : "";
        case Kind::integer:
        case Kind::decimal: return kind == Kind::string ? "a number is written without quotes" : "";
        case Kind::date: return kind == Kind::string ? "write a date without quotes" : "";
        case Kind::time: return kind == Kind::string ? "write a time without quotes" : "";
        case Kind::boolean:
        case Kind::string:
        case Kind::weekday:
        case Kind::ip:
        case Kind::enumeration:
        case Kind::list:
        case Kind::record:
        case Kind::opaque: return {};
    }
    return {};
}

Typed coerced(Context& context, Typed value, TypeId wanted, Span span) {
    if (value.bad() || wanted == model::no_type) return make_bad(context);
    if (context.kind(value.type) == Kind::integer && context.kind(wanted) == Kind::decimal) {
        return widened(context, value);
    }
    if (!context.set.types.same_base(value.type, wanted)) {
        const bool enums = context.kind(value.type) == Kind::enumeration &&
                           context.kind(wanted) == Kind::enumeration;
        context.report(DiagnosticId::type_mismatch, span,
                       {described(context, wanted), described(context, value.type)},
                       enums ? "they have words of their own each: use one named type"
                             : literal_help(context, wanted, value.type));
        return make_bad(context);
    }
    if (currencies_differ(context, value.type, wanted)) {
        context.report(DiagnosticId::currency_mismatch, span,
                       {model::unpack_currency(context.type(wanted).currency),
                        model::unpack_currency(context.type(value.type).currency)});
        return make_bad(context);
    }
    return value;
}

std::strong_ordering compare_values(Kind kind, const Value& a, const Value& b) {
    if (kind == Kind::decimal || kind == Kind::money) return compare(a.decimal(), b.decimal());
    return a.integer <=> b.integer;
}

}  // namespace proviso::check
