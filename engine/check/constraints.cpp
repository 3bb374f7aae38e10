// See constraints.h.

#include "engine/check/constraints.h"

#include <algorithm>

#include <re2/re2.h>

#include "engine/check/expressions.h"
#include "engine/check/names.h"
#include "engine/check/typing.h"
#include "engine/check/zones.h"
#include "engine/model/currency.h"

namespace proviso::check {
namespace {

bool refuse_constraint(Context& context, Span span, std::string_view constraint, TypeId type) {
    context.report(DiagnosticId::constraint_misplaced, span,
                   {constraint, described(context, type)});
    return false;
}

bool is_text_type(const Context& context, const ast::File& file, ast::TypeId id) {
    const ast::TypeExpr& written = file.type(id);
    if (written.kind == ast::TypeKind::enumeration) return true;
    if (written.kind != ast::TypeKind::named) return false;
    if (written.name.text == "string") return true;
    const Symbol* symbol = find_symbol(context, written.name.text);
    if (symbol == nullptr || symbol->kind != SymbolKind::type) return false;
    const TypeId declared = context.declared_types[symbol->index];
    if (declared == model::no_type) return true;
    return context.kind(declared) == Kind::string || context.kind(declared) == Kind::enumeration;
}

// A field that is not declared is there for its code alone, unless it looks like another's name.
bool check_sibling(Context& context, const ast::File& file, const ast::Name& name,
                   const TypePlace& place) {
    if (place.siblings == nullptr) {
        context.report(DiagnosticId::money_with_nothing, name.span, {name.text},
                       "only args and fields of a record have a field beside them");
        return false;
    }
    std::vector<std::string_view> names;
    for (const ast::FieldDecl& field : *place.siblings) {
        names.push_back(field.name.text);
        if (field.name.text != name.text || field.type == ast::no_type) continue;
        if (is_text_type(context, file, field.type)) return true;
        context.report(DiagnosticId::currency_field_type, name.span, {name.text},
                       "the currency's code is a string or an enum of codes");
        return false;
    }
    std::string help = suggestion(context, name.text, names);
    if (help.empty()) return true;
    context.report(DiagnosticId::unknown_name, name.span, {"field", name.text}, std::move(help));
    return false;
}

std::optional<model::Currency> currency_named(Context& context, const ast::Name& name) {
    const std::optional<model::Currency> code = model::pack_currency(name.text);
    if (code && model::is_iso_currency(*code)) return code;
    context.report(DiagnosticId::unknown_currency, name.span, {name.text},
                   "write a code of ISO 4217, such as `USD`");
    return std::nullopt;
}

bool apply_money_form(Context& context, const ast::File& file, const ast::TypeExpr& written,
                      const TypePlace& place, model::Type& type) {
    if (written.money_form == ast::MoneyForm::plain) {
        if (!written.minor) return true;
        context.report(DiagnosticId::minor_alone, written.span, {},
                       "write `money in USD minor` or `money with currency minor`");
        return false;
    }
    if (type.kind != Kind::money) {
        const bool with = written.money_form == ast::MoneyForm::with_field;
        return refuse_constraint(context, written.money_name.span, with ? "with" : "in",
                                 intern(context, type));
    }
    type.minor = written.minor;
    if (written.money_form == ast::MoneyForm::with_field) {
        type.money_form = model::MoneyForm::with_field;
        type.money_field = written.money_name.text;
        return check_sibling(context, file, written.money_name, place);
    }
    const std::optional<model::Currency> code = currency_named(context, written.money_name);
    type.money_form = model::MoneyForm::fixed;
    type.currency = code.value_or(0);
    return code.has_value();
}

bool apply_zone(Context& context, const ast::TypeExpr& written, model::Type& type) {
    if (!written.zone) return true;
    if (type.kind == Kind::money) {
        const std::string_view code = written.zone->text;
        context.report(DiagnosticId::constraint_misplaced, written.zone->span,
                       {"in", described(context, intern(context, type))},
                       "a code has no quotes: `money in " + std::string(code) + "`");
        return false;
    }
    if (type.kind != Kind::time) {
        return refuse_constraint(context, written.zone->span, "in", intern(context, type));
    }
    type.zone = find_zone(context, *written.zone);
    return type.zone.has_value();
}

/// Both ends of a range as `type`; false where they are none.
bool apply_range(Context& context, const ast::File& file, const ast::TypeExpr& written,
                 model::Type& type) {
    if (written.low == ast::no_expr) return true;
    const Span span = file.expr(written.low).span;
    if (!is_measure(type.kind)) {
        return refuse_constraint(context, span, "in", intern(context, type));
    }
    TypeId wanted = scalar(context, type.kind);
    if (type.currency != 0) wanted = money_in(context, type.currency);
    const Typed low = constant_of(context, file, written.low, wanted);
    if (low.bad()) return false;
    const Typed high =
        constant_of(context, file, written.high, type.kind == Kind::money ? low.type : wanted);
    if (high.bad()) return false;
    type.low = context.set.node(low.node).value;
    type.high = context.set.node(high.node).value;
    type.currency = context.type(low.type).currency;
    // A range in one currency fixes it: the call brings a number.
    if (type.kind == Kind::money && type.money_form == model::MoneyForm::object) {
        type.money_form = model::MoneyForm::fixed;
    }
    if (compare_values(type.kind, *type.low, *type.high) > 0) {
        context.report(
            DiagnosticId::empty_range, span,
            {value_text(context, low.type, *type.low), value_text(context, high.type, *type.high)});
        return false;
    }
    return true;
}

std::optional<std::uint32_t> length_bound(Context& context, const ast::File& file, ast::ExprId id) {
    const Typed bound = constant_of(context, file, id, scalar(context, Kind::integer));
    if (bound.bad()) return std::nullopt;
    const std::int64_t length = context.set.node(bound.node).value.integer;
    if (length >= 0 && length <= 0x7FFFFFFF) return static_cast<std::uint32_t>(length);
    context.report(DiagnosticId::bad_length, file.expr(id).span, {std::to_string(length)});
    return std::nullopt;
}

bool apply_length(Context& context, const ast::File& file, const ast::TypeExpr& written,
                  model::Type& type) {
    if (written.length_low == ast::no_expr) return true;
    const Span span = file.expr(written.length_low).span;
    if (type.kind != Kind::string && type.kind != Kind::list) {
        return refuse_constraint(context, span, "length", intern(context, type));
    }
    type.length_low = length_bound(context, file, written.length_low);
    type.length_high = length_bound(context, file, written.length_high);
    if (!type.length_low || !type.length_high) return false;
    if (*type.length_low <= *type.length_high) return true;
    context.report(DiagnosticId::empty_range, span,
                   {std::to_string(*type.length_low), std::to_string(*type.length_high)});
    return false;
}

bool apply_pattern(Context& context, const ast::TypeExpr& written, model::Type& type) {
    if (!written.pattern) return true;
    if (type.kind != Kind::string) {
        return refuse_constraint(context, written.pattern->span, "matches", intern(context, type));
    }
    type.pattern = written.pattern->text;
    return check_pattern(context, written.pattern->text, written.pattern->span,
                         written.pattern->raw);
}

std::string_view pattern_mistake(RE2::ErrorCode code) {
    switch (code) {
        case RE2::ErrorBadEscape: return "is no escape that RE2 knows";
        case RE2::ErrorBadCharClass: return "is no class of characters";
        case RE2::ErrorBadCharRange: return "is no range of characters";
        case RE2::ErrorMissingBracket: return "lacks its `]`";
        case RE2::ErrorMissingParen: return "has a bracket without its partner";
        case RE2::ErrorTrailingBackslash: return "ends in a backslash";
        case RE2::ErrorRepeatArgument: return "repeats nothing";
        case RE2::ErrorRepeatSize: return "repeats too often";
        case RE2::ErrorRepeatOp: return "repeats a repetition";
        case RE2::ErrorBadPerlOp: return "is a form that RE2 does not have";
        case RE2::ErrorBadUTF8: return "is not valid UTF-8";
        case RE2::ErrorBadNamedCapture: return "is no name for a group";
        case RE2::ErrorPatternTooLarge: return "takes too much memory";
        default: return "cannot be read";  // RE2 adds codes over time
    }
}

}  // namespace

bool check_pattern(Context& context, std::string_view pattern, Span span, bool raw) {
    if (!within_limit(context, pattern.size(), context.limits.regex_bytes, span, "a pattern",
                      "bytes")) {
        return false;
    }
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(1 << 20);
    const RE2 regex(re2::StringPiece(pattern.data(), pattern.size()), options);
    if (regex.ok()) return true;
    std::string part = regex.error_arg();
    const std::size_t at = part.empty() ? std::string_view::npos : pattern.find(part);
    if (raw && at != std::string_view::npos) {
        span.begin += 2 + static_cast<std::uint32_t>(at);
        span.end = span.begin + static_cast<std::uint32_t>(part.size());
    }
    if (part.empty()) part = pattern;
    context.report(DiagnosticId::bad_pattern, span, {part, pattern_mistake(regex.error_code())},
                   "patterns are RE2's: no look-around, no back-references");
    return false;
}

TypeId constrained(Context& context, const ast::File& file, const ast::TypeExpr& written,
                   TypeId plain, const TypePlace& place) {
    model::Type type = context.type(plain);
    type.optional = type.optional || written.optional;
    if (!apply_zone(context, written, type)) return model::no_type;
    if (!apply_money_form(context, file, written, place, type)) return model::no_type;
    if (!apply_range(context, file, written, type)) return model::no_type;
    if (!apply_length(context, file, written, type)) return model::no_type;
    if (!apply_pattern(context, written, type)) return model::no_type;
    return intern(context, type);
}

Typed constant_of(Context& context, const ast::File& file, ast::ExprId id, TypeId wanted) {
    if (id == ast::no_expr || wanted == model::no_type) return make_bad(context);
    Scope scope;
    scope.file = &file;
    scope.literal = true;
    const Typed value = elaborate(context, scope, id, wanted);
    if (value.bad()) return value;
    const Span span = file.expr(id).span;
    if (!is_constant(context, value)) {
        context.report(DiagnosticId::literal_wanted, span, {}, "write the value itself");
        return make_bad(context);
    }
    return coerced(context, value, wanted, span);
}

std::string value_text(const Context& context, TypeId type, const Value& value) {
    return model::to_text(context.set.types, type, value);
}

bool check_within_type(Context& context, const Value& value, TypeId id, Span span) {
    const model::Type type = context.type(id);
    const auto refuse = [&](std::string_view what) {
        context.report(DiagnosticId::outside_type, span, {value_text(context, id, value), what});
        return false;
    };
    if (type.kind == Kind::money && type.currency != 0 && value.currency() != type.currency) {
        return refuse("the currency of its type");
    }
    if (type.low && compare_values(type.kind, value, *type.low) < 0) {
        return refuse("the range of its type");
    }
    if (type.high && compare_values(type.kind, value, *type.high) > 0) {
        return refuse("the range of its type");
    }
    std::uint32_t length = value.extra;
    if (type.kind == Kind::string) {
        const std::string_view text = value.view();
        length = static_cast<std::uint32_t>(
            std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
    }
    if (type.length_low && (length < *type.length_low || length > *type.length_high)) {
        return refuse("the length of its type");
    }
    if (type.pattern.empty()) return true;
    const RE2 regex(type.pattern, RE2::Quiet);
    const re2::StringPiece text(value.text, value.extra);
    return RE2::FullMatch(text, regex) ? true : refuse("the pattern of its type");
}

}  // namespace proviso::check
