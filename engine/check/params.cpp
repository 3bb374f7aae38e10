// Params: their types, bounds and the values in force, from the set or from who loads it.

#include <algorithm>
#include <map>

#include "engine/check/constraints.h"
#include "engine/check/declarations.h"
#include "engine/check/expressions.h"
#include "engine/check/literals.h"
#include "engine/check/names.h"
#include "engine/check/types.h"
#include "engine/check/typing.h"
#include "engine/model/calendar.h"
#include "engine/model/currency.h"
#include "engine/model/decimal.h"
#include "engine/model/pattern.h"
#include "grammar/number_mistakes.h"

namespace proviso::check {
namespace {

using Overrides = std::map<std::string_view, std::string_view>;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::string_view unquoted(std::string_view text) {
    const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
    return quoted ? text.substr(1, text.size() - 2) : text;
}

std::optional<model::Decimal> parse_number(std::string_view text) {
    std::string digits{text};
    std::erase(digits, '_');
    return model::parse_decimal(digits);
}

std::optional<Value> parse_money(std::string_view text) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    const auto amount = parse_number(text.substr(0, blank));
    const auto code = model::pack_currency(trimmed(text.substr(blank)));
    if (!amount || !code || !model::is_iso_currency(*code)) return std::nullopt;
    return model::of_money(*amount, *code);
}

std::optional<Value> parse_text(Context& context, std::string_view text, TypeId type) {
    if (has_words(context, type)) {
        const auto ordinal = word_ordinal(context, type, unquoted(text));
        return ordinal ? std::optional(model::of_integer(*ordinal)) : std::nullopt;
    }
    if (context.kind(type) != Kind::ip) {
        return model::of_text(keep_text(context, unquoted(text)));
    }
    const auto address = model::parse_address(unquoted(text));
    if (!address) return std::nullopt;
    const std::string& bytes =
        context.set.addresses.emplace_back(address->bytes.begin(), address->bytes.end());
    return model::of_address(reinterpret_cast<const std::uint8_t*>(bytes.data()), address->family);
}

/// Cuts at commas outside quotes.
std::vector<std::string_view> members_of(std::string_view text) {
    std::vector<std::string_view> members;
    bool quoted = false;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') quoted = !quoted;
        if (text[i] != ',' || quoted) continue;
        members.push_back(trimmed(text.substr(begin, i - begin)));
        begin = i + 1;
    }
    if (!trimmed(text).empty()) members.push_back(trimmed(text.substr(begin)));
    return members;
}

std::optional<Value> parse_list(Context& context, std::string_view text, TypeId type) {
    if (text.size() < 2 || text.front() != '[' || text.back() != ']') return std::nullopt;
    const TypeId element = context.type(type).element;
    if (context.kind(element) == Kind::list) return std::nullopt;
    std::vector<Value> values;
    for (const std::string_view member : members_of(text.substr(1, text.size() - 2))) {
        const std::optional<Value> value = parse_value(context, member, element);
        if (!value) return std::nullopt;
        values.push_back(*value);
    }
    const std::vector<Value>& kept = context.set.lists.emplace_back(std::move(values));
    return model::of_elements(kept.data(), static_cast<std::uint32_t>(kept.size()));
}

std::optional<Value> from_integer(std::optional<std::int64_t> value) {
    return value ? std::optional(model::of_integer(*value)) : std::nullopt;
}

std::optional<Value> parse_bool(std::string_view text) {
    if (text != "true" && text != "false") return std::nullopt;
    return model::of_integer(text == "true" ? 1 : 0);
}

/// The value that the file gives; bad where it has a mistake.
Typed written_value(Context& context, const ast::File& file, const ast::Param& node, TypeId type) {
    const Typed value = constant_of(context, file, node.value, type);
    if (value.bad()) return value;
    const Value constant = context.set.node(value.node).value;
    const Span span = file.expr(node.value).span;
    return check_within_type(context, constant, type, span) ? value : make_bad(context);
}

/// One bound as a value of the param's type; false where it has a mistake.
bool take_bound(Context& context, const ast::File& file, ast::ExprId id, TypeId type,
                std::optional<Value>& bound) {
    if (id == ast::no_expr) return true;
    const Span span = file.expr(id).span;
    if (!is_measure(context.kind(type))) {
        context.report(DiagnosticId::constraint_misplaced, span, {"in", described(context, type)});
        return false;
    }
    const Typed value = constant_of(context, file, id, type);
    if (value.bad()) return false;
    bound = context.set.node(value.node).value;
    return true;
}

bool check_bounds(Context& context, const Param& param, const Value& value, Span span) {
    const Kind kind = context.kind(param.type);
    const bool low = param.low && compare_values(kind, value, *param.low) < 0;
    const bool high = param.high && compare_values(kind, value, *param.high) > 0;
    if (!low && !high) return true;
    context.report(DiagnosticId::param_out_of_bounds, span,
                   {param.name, value_text(context, param.type, value),
                    value_text(context, param.type, *param.low),
                    value_text(context, param.type, *param.high)});
    return false;
}

/// The param's type, with the currency of its value where nothing else says one.
TypeId type_with_currency(Context& context, TypeId declared, const Typed& value) {
    if (context.kind(declared) != Kind::money || context.type(declared).currency != 0) {
        return declared;
    }
    model::Type type = context.type(declared);
    type.currency = context.set.node(value.node).value.currency();
    return intern(context, type);
}

/// `10.000 EUR`, alone or in a list.
void warn_of_override(Context& context, const Param& param, std::string_view text, Span span) {
    const bool is_list = context.kind(param.type) == Kind::list;
    const TypeId type = is_list ? context.type(param.type).element : param.type;
    if (context.kind(type) != Kind::money) return;
    if (is_list) text = text.substr(1, text.size() - 2);
    for (const std::string_view one : members_of(text)) {
        const std::size_t blank = std::min(one.find(' '), one.size());
        const std::string_view code = trimmed(one.substr(blank));
        const auto currency = model::pack_currency(code);
        if (currency) warn_of_thousands(context, span, one.substr(0, blank), *currency, code);
    }
}

Typed overriding_value(Context& context, const Param& param, std::string_view text, Span span) {
    const std::optional<Value> value = parse_value(context, trimmed(text), param.type);
    if (!value) {
        const bool money = context.kind(param.type) == Kind::money;
        const std::string code = model::unpack_currency(context.type(param.type).currency);
        const std::string_view number = text.substr(0, text.find(' '));
        std::string written = grammar::rule_number(number);
        if (!written.empty()) written += text.substr(number.size());
        std::string help = written.empty() ? "write it as in rule text" : "write `" + written + "`";
        if (written.empty() && money) {
            help += ", with its currency: `500 " + (code.empty() ? "USD" : code) + "`";
        }
        context.report(DiagnosticId::param_not_of_type, span,
                       {text, described(context, param.type), param.name}, help);
        return make_bad(context);
    }
    warn_of_override(context, param, trimmed(text), span);
    if (!check_within_type(context, *value, param.type, span)) return make_bad(context);
    if (!check_bounds(context, param, *value, span)) return make_bad(context);
    return make_constant(context, *value, param.type, span);
}

Typed declare_param(Context& context, const ast::File& file, const ast::Param& node,
                    const Overrides& overrides) {
    const TypeId declared =
        resolve_type(context, file, node.type, {std::string(node.name.text), {}});
    if (declared == model::no_type) return make_bad(context);
    if (is_optional(context, declared)) {
        context.report(DiagnosticId::optional_param, file.type(node.type).span, {node.name.text},
                       "a param always has a value: leave out the `?`");
        return make_bad(context);
    }
    Typed value = written_value(context, file, node, declared);
    if (value.bad()) return value;
    Param param;
    param.name = node.name.text;
    param.doc = node.head.doc;
    param.span = node.head.span;
    param.type = type_with_currency(context, declared, value);
    value.type = param.type;
    const bool bounds = take_bound(context, file, node.low, param.type, param.low) &&
                        take_bound(context, file, node.high, param.type, param.high);
    if (!bounds) return make_bad(context);
    const Value written = context.set.node(value.node).value;
    if (!check_bounds(context, param, written, file.expr(node.value).span)) {
        return make_bad(context);
    }
    const auto found = overrides.find(param.name);
    if (found != overrides.end()) {
        value = overriding_value(context, param, found->second, node.name.span);
    }
    if (!value.bad()) param.value = context.set.node(value.node).value;
    context.set.params.push_back(std::move(param));
    return value;
}

std::string params_listed(std::vector<std::string> names) {
    if (names.empty()) return "the set has no params";
    std::sort(names.begin(), names.end());
    return "it has " + listed(names);
}

void check_overrides(Context& context) {
    for (const auto& [name, text] : context.options.params) {
        const Symbol* symbol = find_symbol(context, name);
        if (symbol != nullptr && symbol->kind == SymbolKind::param) continue;
        const Span span = context.files.empty() ? Span{} : Span{context.files[0].source, 0, 0};
        const std::vector<std::string_view> names = names_of(context, SymbolKind::param);
        std::string help = suggestion(context, name, names);
        if (help.empty()) help = params_listed({names.begin(), names.end()});
        context.report(DiagnosticId::unknown_name, span, {"param", name}, std::move(help));
    }
}

}  // namespace

std::optional<Value> parse_value(Context& context, std::string_view text, TypeId type) {
    switch (context.kind(type)) {
        case Kind::boolean: return parse_bool(text);
        case Kind::integer: {
            const auto number = parse_number(text);
            return number ? from_integer(model::to_integer(*number)) : std::nullopt;
        }
        case Kind::decimal: {
            const auto number = parse_number(text);
            return number ? std::optional(model::of_decimal(*number)) : std::nullopt;
        }
        case Kind::money: return parse_money(text);
        case Kind::duration: return from_integer(model::parse_duration(text));
        case Kind::time: return from_integer(model::parse_time(text));
        case Kind::date: return from_integer(model::parse_date(text));
        case Kind::string:
        case Kind::weekday:
        case Kind::ip:
        case Kind::enumeration: return parse_text(context, text, type);
        case Kind::list: return parse_list(context, text, type);
        case Kind::record:
        case Kind::opaque: return std::nullopt;
    }
    return std::nullopt;
}

void declare_params(Context& context) {
    Overrides overrides;
    for (const auto& [name, text] : context.options.params) overrides.insert_or_assign(name, text);
    check_overrides(context);
    for (const auto& [file, node] : context.params) {
        context.param_values.push_back(declare_param(context, *file, *node, overrides));
    }
}

}  // namespace proviso::check
