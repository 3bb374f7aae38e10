// Names in expressions, read: slots, params, lets, and the fields behind them.

#include <algorithm>
#include <array>

#include "engine/check/arguments.h"
#include "engine/check/data.h"
#include "engine/check/expressions.h"
#include "engine/check/facts.h"
#include "engine/check/habits.h"
#include "engine/check/lets.h"
#include "engine/check/limits.h"
#include "engine/check/names.h"
#include "engine/check/typing.h"
#include "engine/check/zones.h"

namespace proviso::check {
namespace {

Typed read_slot(Context& context, SlotId slot, TypeId type, Span span) {
    Node node;
    node.kind = NodeKind::slot;
    node.slot = slot;
    node.span = span;
    return make(context, node, type);
}

Typed read_builtin(Context& context, Scope& scope, std::uint32_t index, Span span) {
    const auto slot = static_cast<BuiltinSlot>(index);
    if (slot == BuiltinSlot::tier) {
        context.report(DiagnosticId::tier_as_value, span, {},
                       "compare it with a tier: `tier >= high_impact`");
        return make_bad(context);
    }
    slot == BuiltinSlot::agent_confidence ? read_agent(scope) : read_host(scope);
    return read_slot(context, SlotId{index}, context.set.slots[index].type, span);
}

Typed read_variable(Context& context, Scope& scope, std::uint32_t index, Span span) {
    if (scope.variables[index].type == model::no_type) return make_bad(context);
    if (scope.variables[index].agent) read_agent(scope);
    Node node;
    node.kind = NodeKind::variable;
    node.index = index;
    node.span = span;
    return make(context, node, scope.variables[index].type);
}

Typed read_arg(Context& context, Scope& scope, std::string_view name, Span span, TypeId expected) {
    read_agent(scope);
    const ArgRead read = read_argument(context, scope, name, expected);
    if (read.slot == no_slot) {
        report_argument(context, scope, read, name, span);
        return make_bad(context);
    }
    return read_slot(context, read.slot, read.type, span);
}

Typed read_attribute(Context& context, Scope& scope, std::uint32_t index, Span span) {
    read_host(scope);
    const SlotId slot = context.attribute_slots[index];
    if (slot == no_slot) return make_bad(context);
    return read_slot(context, slot, context.set.slot(slot).type, span);
}

Typed read_param(Context& context, std::uint32_t index, Span span) {
    const Typed param = context.param_values[index];
    if (param.bad()) return make_bad(context);
    return make_constant(context, context.set.node(param.node).value, param.type, span);
}

Typed read_facts_whole(Context& context, std::string_view name, Span span) {
    context.report(DiagnosticId::facts_without_field, span, {name},
                   "read one of its fields: `" + std::string(name) + ".…`");
    return make_bad(context);
}

Typed read_symbol(Context& context, Scope& scope, const Symbol& symbol, std::string_view name,
                  Span span) {
    switch (symbol.kind) {
        case SymbolKind::param: return read_param(context, symbol.index, span);
        case SymbolKind::attribute: return read_attribute(context, scope, symbol.index, span);
        case SymbolKind::let: return read_let(context, scope, symbol.index, span);
        case SymbolKind::table:
            context.report(DiagnosticId::table_without_keys, span, {name},
                           "read it with its keys: `" + std::string(name) + "[…]`");
            return make_bad(context);
        case SymbolKind::counter: return read_counter(context, scope, symbol.index, span);
        case SymbolKind::facts: return read_facts_whole(context, name, span);
        case SymbolKind::data: return read_data(context, symbol.index, span);
        case SymbolKind::window:
        case SymbolKind::type:
        case SymbolKind::tool:
        case SymbolKind::role:
        case SymbolKind::approval:
        case SymbolKind::raise:
        case SymbolKind::rule:
        case SymbolKind::matrix:
        case SymbolKind::obligation:
        case SymbolKind::limit:
        case SymbolKind::example: break;
    }
    std::string help;
    if (symbol.kind == SymbolKind::role) help = "write `principal is " + std::string(name) + "`";
    if (symbol.kind == SymbolKind::window) help = "write `time in " + std::string(name) + "`";
    add_note(context.report(DiagnosticId::not_a_value, span, {name, with_article(symbol.kind)},
                            std::move(help)),
             symbol.span, "declared here");
    return make_bad(context);
}

Typed unknown_name(Context& context, const Scope& scope, const ast::Expr& expr, TypeId expected) {
    if (is_lost(context, expr.text)) return make_bad(context);
    if (has_words(context, expected)) {
        return text_literal(context, expr.text, expr.span, expected);  // reports the word
    }
    const bool arg = context.arg_names.contains(expr.text);
    std::string help =
        arg ? "did you mean `args." + std::string(expr.text) + "`?" : habitual_value(expr.text);
    if (help.empty()) help = suggestion(context, expr.text, value_names(context, scope));
    if (help.empty() && suggests(context)) help = word_of_attribute(context, expr.text);
    if (help.empty() && expr.text.find('.') != std::string_view::npos) {
        help =
            "declare what the host tells: `attributes { " + std::string(expr.text) + " : string }`";
    }
    context.report(DiagnosticId::unknown_name, expr.span, {"name", expr.text}, std::move(help));
    return make_bad(context);
}

Typed front_of(Context& context, Scope& scope, const ast::Expr& expr, const Resolved& resolved,
               TypeId expected) {
    const Span span = expr.span;
    switch (resolved.kind) {
        case NameKind::nothing: return unknown_name(context, scope, expr, expected);
        case NameKind::variable: return read_variable(context, scope, resolved.index, span);
        case NameKind::limit_value:
            return read_limit_value(context, scope, resolved.index == 0, span);
        case NameKind::builtin: return read_builtin(context, scope, resolved.index, span);
        case NameKind::argument: {
            const std::string_view name = expr.text.substr(5, resolved.length - 5);
            const bool whole = resolved.length == expr.text.size();
            return read_arg(context, scope, name, span, whole ? expected : model::no_type);
        }
        case NameKind::symbol:
            return read_symbol(context, scope, *resolved.symbol,
                               expr.text.substr(0, resolved.length), span);
    }
    return make_bad(context);
}

Typed refuse_name(Context& context, const ast::Expr& expr) {
    context.report(DiagnosticId::literal_wanted, expr.span, {}, "write the value itself");
    return make_bad(context);
}

Typed ambiguous(Context& context, const ast::Expr& expr, TypeId expected) {
    context.report(DiagnosticId::name_or_word, expr.span, {expr.text, enum_name(context, expected)},
                   "quote it to mean the word: `\"" + std::string(expr.text) + "\"`");
    return make_bad(context);
}

Typed money_part(Context& context, Scope& scope, const Typed& base, std::string_view field,
                 std::string_view path, Span span) {
    const bool amount = field == "amount";
    if (!amount && scope.reads != nullptr) scope.reads->currencies.push_back(path);
    Node node;
    node.kind = amount ? NodeKind::money_amount : NodeKind::money_currency;
    node.a = base.node;
    node.span = span;
    const TypeId type = scalar(context, amount ? Kind::decimal : Kind::string);
    return make(context, node, with_optional(context, type, is_optional(context, base.type)));
}

Typed record_field(Context& context, const Typed& base, std::string_view name, Span span) {
    const model::Type& record = context.type(base.type);
    std::vector<std::string_view> names;
    for (std::uint32_t i = 0; i < record.fields.size(); ++i) {
        names.push_back(record.fields[i].name);
        if (record.fields[i].name != name) continue;
        const TypeId type = record.fields[i].type;
        if (is_constant(context, base)) {
            const Value value = context.set.node(base.node).value.elements[i];
            if (value.known()) return make_constant(context, value, type, span);
        }
        Node node;
        node.kind = NodeKind::field;
        node.a = base.node;
        node.index = i;
        node.span = span;
        const bool optional = record.optional || is_optional(context, type);
        return make(context, node, with_optional(context, type, optional));
    }
    context.report(DiagnosticId::unknown_field, span, {"the record", name},
                   field_suggestion(context, name, names));
    return make_bad(context);
}

/// What was meant by a field that a value of this kind does not have.
std::string field_help(Kind kind, std::string_view name, std::string_view path) {
    constexpr std::array<std::string_view, 4> sizes{"count", "length", "len", "size"};
    if (kind == Kind::money) return "a money has `amount` and `currency`";
    const bool has_size = kind == Kind::list || kind == Kind::string;
    if (has_size && std::find(sizes.begin(), sizes.end(), name) != sizes.end()) {
        return "write `length(" + std::string(path.empty() ? "…" : path) + ")`";
    }
    return habitual_value(std::string(path) + '.' + std::string(name));
}

/// `base.name`; `path` is the text of the base, where it has one.
Typed member(Context& context, Scope& scope, const Typed& base, std::string_view name,
             std::string_view path, Span span) {
    if (base.bad()) return base;
    const Kind kind = context.kind(base.type);
    if (kind == Kind::record) return record_field(context, base, name, span);
    if (kind == Kind::money && (name == "amount" || name == "currency")) {
        return money_part(context, scope, base, name, path, span);
    }
    context.report(DiagnosticId::unknown_field, span, {described(context, base.type), name},
                   field_help(kind, name, path));
    return make_bad(context);
}

Typed members(Context& context, Scope& scope, Typed base, const ast::Expr& expr,
              std::size_t length) {
    while (length < expr.text.size()) {
        const std::size_t begin = length + 1;
        const std::size_t end = std::min(expr.text.find('.', begin), expr.text.size());
        base = member(context, scope, base, expr.text.substr(begin, end - begin),
                      expr.text.substr(0, length), expr.span);
        length = end;
    }
    return base;
}

}  // namespace

namespace {

bool is_fact(const Resolved& resolved, std::string_view path) {
    return resolved.kind == NameKind::symbol && resolved.symbol->kind == SymbolKind::facts &&
           resolved.length < path.size();
}

/// Where the segment ends that stands behind `length`.
std::size_t field_end(std::string_view path, std::size_t length) {
    return std::min(path.find('.', length + 1), path.size());
}

/// Whether the name may be read as a value in this place.
bool is_value_here(const Scope& scope, const Resolved& resolved) {
    if (resolved.kind == NameKind::nothing) return false;
    if (resolved.symbol == nullptr) return !scope.literal;
    const SymbolKind kind = resolved.symbol->kind;
    if (scope.literal) {
        return scope.params && (kind == SymbolKind::param || kind == SymbolKind::data);
    }
    return names_value(resolved.symbol->kind);
}

}  // namespace

Typed elaborate_path(Context& context, Scope& scope, const ast::Expr& expr, TypeId expected) {
    const bool word = word_ordinal(context, expected, expr.text).has_value();
    const Resolved resolved = resolve(context, scope, expr.text);
    const bool value = is_value_here(scope, resolved);
    if (word && value) return ambiguous(context, expr, expected);
    if (word) return text_literal(context, expr.text, expr.span, expected);
    if (scope.literal && !value && resolved.kind != NameKind::nothing) {
        return refuse_name(context, expr);
    }
    if (is_fact(resolved, expr.text)) {
        const std::size_t end = field_end(expr.text, resolved.length);
        const std::string_view field =
            expr.text.substr(resolved.length + 1, end - resolved.length - 1);
        const Typed fact = read_fact(context, scope, resolved.symbol->index, field, expr.span);
        return fact.bad() ? fact : members(context, scope, fact, expr, end);
    }
    const Typed front = front_of(context, scope, expr, resolved, expected);
    if (front.bad()) return front;
    return members(context, scope, front, expr, resolved.length);
}

Typed elaborate_member(Context& context, Scope& scope, ast::ExprId id) {
    std::vector<const ast::Expr*> chain;
    const ast::Expr* expr = &scope.file->expr(id);
    while (expr->kind == ast::ExprKind::member) {
        chain.push_back(expr);
        id = expr->a;
        expr = &scope.file->expr(id);
    }
    const bool local = expr->kind == ast::ExprKind::call && expr->text == "local";
    Typed value = local ? elaborate_local(context, scope, *expr, *chain.back())
                        : elaborate(context, scope, id);
    for (auto part = chain.rbegin() + (local ? 1 : 0); part != chain.rend(); ++part) {
        value = member(context, scope, value, (*part)->text, {}, (*part)->span);
    }
    return value;
}

}  // namespace proviso::check
