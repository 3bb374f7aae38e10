// Literals, and lists of them.

#include "engine/check/literals.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/check/expressions.h"
#include "engine/check/names.h"
#include "engine/check/typing.h"
#include "engine/model/calendar.h"
#include "engine/model/currency.h"
#include "engine/model/decimal.h"
#include "engine/model/pattern.h"

namespace proviso::check {
namespace {

std::vector<std::string_view> weekdays() {
    std::vector<std::string_view> words;
    for (std::int64_t day = 0; day < 7; ++day) words.push_back(model::weekday_text(day));
    return words;
}

bool expects(const Context& context, TypeId expected, Kind kind) {
    return expected != model::no_type && context.kind(expected) == kind;
}

Typed inexact(Context& context, const ast::Expr& expr) {
    context.report(DiagnosticId::number_does_not_fit, expr.span, {expr.text},
                   "a number has at most 18 digits");
    return make_bad(context);
}

Typed number(Context& context, const ast::Expr& expr, TypeId expected) {
    const std::optional<model::Decimal> value = model::parse_decimal(expr.text);
    if (!value) return inexact(context, expr);
    const bool whole = expr.text.find('.') == std::string_view::npos;
    const std::optional<std::int64_t> integer = model::to_integer(*value);
    const bool as_int = integer && (whole || expects(context, expected, Kind::integer));
    if (as_int && !expects(context, expected, Kind::decimal)) {
        return make_constant(context, model::of_integer(*integer), scalar(context, Kind::integer),
                             expr.span);
    }
    return make_constant(context, model::of_decimal(*value), scalar(context, Kind::decimal),
                         expr.span);
}

Typed money(Context& context, const ast::Expr& expr) {
    const std::optional<model::Decimal> amount = model::parse_decimal(expr.text);
    if (!amount) return inexact(context, expr);
    const std::optional<model::Currency> code = model::pack_currency(expr.name);
    if (!code || !model::is_iso_currency(*code)) {
        context.report(DiagnosticId::unknown_currency, expr.span, {expr.name},
                       "write a code of ISO 4217, such as `USD`");
        return make_bad(context);
    }
    warn_of_thousands(context, expr.span, expr.text, *code, expr.name);
    return make_constant(context, model::of_money(*amount, *code), money_in(context, *code),
                         expr.span);
}

Typed word(Context& context, std::string_view text, Span span, TypeId type) {
    if (const auto ordinal = word_ordinal(context, type, text)) {
        return make_constant(context, model::of_integer(*ordinal),
                             with_optional(context, base_of(context, type), false), span);
    }
    std::string help = suggestion(context, text, words_of(context, type));
    if (help.empty()) {
        std::vector<std::string> words;
        for (const std::string_view each : words_of(context, type)) words.emplace_back(each);
        help = "its words are " + listed(words);
    }
    context.report(DiagnosticId::unknown_word, span, {text, enum_name(context, type)},
                   std::move(help));
    return make_bad(context);
}

Typed address(Context& context, std::string_view text, Span span) {
    const std::optional<model::Address> parsed = model::parse_address(text);
    if (!parsed) {
        context.report(DiagnosticId::bad_address, span, {text});
        return make_bad(context);
    }
    const std::string& bytes =
        context.set.addresses.emplace_back(parsed->bytes.begin(), parsed->bytes.end());
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    return make_constant(context, model::of_address(data, parsed->family),
                         scalar(context, Kind::ip), span);
}

Typed instant(Context& context, const ast::Expr& expr, Kind kind) {
    const std::optional<std::int64_t> value =
        kind == Kind::date ? model::parse_date(expr.text) : model::parse_time(expr.text);
    if (value) {
        return make_constant(context, model::of_integer(*value), scalar(context, kind), expr.span);
    }
    context.report(DiagnosticId::bad_instant, expr.span,
                   {expr.text, kind == Kind::date ? "date" : "time"},
                   "years 0001 to 9999 in UTC, at most six digits of a second");
    return make_bad(context);
}

}  // namespace

bool looks_like_thousands(std::string_view number, model::Currency code) {
    constexpr std::size_t group = 3;
    constexpr std::uint8_t cents = 2;
    if (number.starts_with('-')) number.remove_prefix(1);
    const std::size_t point = number.find('.');
    return point >= 1 && point <= group && number.size() == point + 1 + group &&
           number.front() != '0' && model::minor_digits(code).value_or(0) <= cents;
}

std::string thousands_help(std::string_view number, std::string_view separator,
                           std::string_view behind) {
    const std::size_t point = number.find('.');
    const std::string whole{number.substr(0, point)};
    const std::string rest{number.substr(point + 1)};
    const std::string end{behind};
    return "write `" + whole + std::string(separator) + rest + end + "` for thousands, `" + whole +
           "." + rest + "0" + end + "` for a fraction";
}

void warn_of_thousands(Context& context, Span span, std::string_view number,
                       model::Currency currency, std::string_view code,
                       std::string_view separator) {
    if (!looks_like_thousands(number, currency)) return;
    context.report(DiagnosticId::point_as_thousands, span,
                   {number, model::unpack_currency(currency)},
                   thousands_help(number, separator, code.empty() ? "" : " " + std::string(code)));
}

bool has_words(const Context& context, TypeId type) {
    if (type == model::no_type) return false;
    return context.kind(type) == Kind::enumeration || context.kind(type) == Kind::weekday;
}

std::vector<std::string_view> words_of(const Context& context, TypeId id) {
    if (context.kind(id) == Kind::weekday) return weekdays();
    const model::EnumType& type = context.set.types.enumeration(context.type(id).enumeration);
    return {type.words.begin(), type.words.end()};
}

std::optional<std::uint32_t> word_ordinal(const Context& context, TypeId type,
                                          std::string_view word) {
    if (!has_words(context, type)) return std::nullopt;
    const auto position = [&](const auto& words) -> std::optional<std::uint32_t> {
        for (std::uint32_t i = 0; i < words.size(); ++i) {
            if (words[i] == word) return i;
        }
        return std::nullopt;
    };
    if (context.kind(type) == Kind::weekday) return position(weekdays());
    return position(context.set.types.enumeration(context.type(type).enumeration).words);
}

Typed text_literal(Context& context, std::string_view text, Span span, TypeId expected) {
    if (has_words(context, expected)) return word(context, text, span, expected);
    if (expects(context, expected, Kind::ip)) return address(context, text, span);
    return make_constant(context, model::of_text(keep_text(context, text)),
                         scalar(context, Kind::string), span);
}

Typed elaborate_literal(Context& context, const ast::Expr& expr, TypeId expected) {
    const auto constant = [&](std::int64_t value, Kind kind) {
        return make_constant(context, model::of_integer(value), scalar(context, kind), expr.span);
    };
    switch (expr.kind) {
        case ast::ExprKind::number: return number(context, expr, expected);
        case ast::ExprKind::money: return money(context, expr);
        case ast::ExprKind::string: return text_literal(context, expr.text, expr.span, expected);
        case ast::ExprKind::boolean: return constant(expr.value, Kind::boolean);
        case ast::ExprKind::duration: return constant(expr.value, Kind::duration);
        case ast::ExprKind::date: return instant(context, expr, Kind::date);
        case ast::ExprKind::time: return instant(context, expr, Kind::time);
        case ast::ExprKind::path:
        case ast::ExprKind::list:
        case ast::ExprKind::index:
        case ast::ExprKind::member:
        case ast::ExprKind::call:
        case ast::ExprKind::quantifier:
        case ast::ExprKind::unary:
        case ast::ExprKind::binary:
        case ast::ExprKind::role_test:
        case ast::ExprKind::range: break;
    }
    return make_bad(context);
}

namespace {

/// Brings all members to one type; the first of another type is reported.
bool unify_members(Context& context, std::vector<Typed>& members, TypeId element) {
    for (Typed& member : members) {
        const Kind kind = context.kind(member.type);
        if (kind == Kind::integer && context.kind(element) == Kind::decimal) {
            member = widened(context, member);
        }
        const Span span = context.set.node(member.node).span;
        if (!context.set.types.same_base(member.type, element)) {
            context.report(DiagnosticId::mixed_list, span,
                           {described(context, element), described(context, member.type)});
            return false;
        }
    }
    return true;
}

TypeId element_type(Context& context, const std::vector<Typed>& members) {
    TypeId element = members.front().type;
    for (const Typed& member : members) {
        const bool wider =
            context.kind(member.type) == Kind::decimal && context.kind(element) == Kind::integer;
        if (wider) element = member.type;
    }
    model::Type type = context.type(element);
    for (const Typed& member : members) {
        if (context.type(member.type).currency != type.currency) type.currency = 0;
    }
    type.optional = false;
    return intern(context, type);
}

Typed constant_list(Context& context, const std::vector<Typed>& members, TypeId element,
                    Span span) {
    std::vector<Value>& values = context.set.lists.emplace_back();
    for (const Typed& member : members) values.push_back(context.set.node(member.node).value);
    const auto count = static_cast<std::uint32_t>(values.size());
    return make_constant(context, model::of_elements(values.data(), count),
                         list_of(context, element), span);
}

}  // namespace

Typed elaborate_list(Context& context, Scope& scope, const ast::Expr& expr, TypeId expected) {
    const bool typed_list = expects(context, expected, Kind::list);
    const TypeId hint = typed_list ? context.type(expected).element : model::no_type;
    const std::optional<std::vector<Typed>> members = elaborate_members(context, scope, expr, hint);
    if (!members) return make_bad(context);
    if (members->empty()) {
        if (typed_list) return constant_list(context, *members, hint, expr.span);
        context.report(DiagnosticId::empty_list, expr.span);
        return make_bad(context);
    }
    for (const Typed& member : *members) {
        if (is_constant(context, member)) continue;
        context.report(DiagnosticId::list_not_constant, context.set.node(member.node).span, {},
                       "a list of values that a call brings stands only behind `in`");
        return make_bad(context);
    }
    return constant_list(context, *members,
                         context.type(members->front().type).optional
                             ? base_of(context, members->front().type)
                             : element_type(context, *members),
                         expr.span);
}

std::optional<std::vector<Typed>> elaborate_members(Context& context, Scope& scope,
                                                    const ast::Expr& expr, TypeId element) {
    std::vector<Typed> members;
    bool bad = false;
    for (std::uint32_t i = 0; i < expr.items.count; ++i) {
        const ast::ExprId item = scope.file->expr_items[expr.items.begin + i];
        const Typed member = elaborate(context, scope, item, element);
        bad = bad || member.bad();
        members.push_back(member);
    }
    if (bad) return std::nullopt;
    if (members.empty()) return members;
    if (!unify_members(context, members, element_type(context, members))) return std::nullopt;
    return members;
}

}  // namespace proviso::check
