// See facts.h. A field is read with the key that the rule's own tools give, and the machine
// compares it with the key that the host looked up: a call that names another thing knows nothing
// of this one. The key is elaborated for each read, over the targets of whoever reads.
//
// Covered by tests/golden/check/facts and tests/golden/decide/facts.

#include "engine/check/facts.h"

#include <algorithm>
#include <utility>

#include "engine/check/expressions.h"
#include "engine/check/names.h"
#include "engine/check/targets.h"
#include "engine/check/types.h"
#include "engine/check/typing.h"

namespace proviso::check {
namespace {

bool is_key_kind(Kind kind) {
    return kind == Kind::string || kind == Kind::integer || kind == Kind::enumeration;
}

/// Whether a part of a key is what keys may not read: it would be evaluated within itself, or
/// within a loop that is not its own.
bool is_refused(Context& context, const ast::Expr& expr) {
    if (expr.kind == ast::ExprKind::quantifier) return true;
    if (expr.kind != ast::ExprKind::path) return false;
    const Resolved resolved = resolve(context, Scope{}, expr.text);
    return resolved.symbol != nullptr &&
           (resolved.symbol->kind == SymbolKind::facts || resolved.symbol->kind == SymbolKind::let);
}

bool check_parts(Context& context, const ast::File& file, ast::ExprId root) {
    std::vector<ast::ExprId> open{root};
    bool good = true;
    while (!open.empty()) {
        const ast::ExprId id = open.back();
        open.pop_back();
        if (id == ast::no_expr) continue;
        const ast::Expr& expr = file.expr(id);
        if (is_refused(context, expr)) {
            context.report(DiagnosticId::key_reads, expr.span, {},
                           "read an argument, an attribute or a param");
            good = false;
            continue;
        }
        open.push_back(expr.a);
        open.push_back(expr.b);
        for (std::uint32_t i = 0; i < expr.items.count; ++i) {
            open.push_back(file.expr_items[expr.items.begin + i]);
        }
    }
    return good;
}

/// The key over some targets; a mistake that was reported for others is not reported again.
Typed key_over(Context& context, const Declared<ast::Facts>& declared, const Scope& outer,
               Reads& reads, TypeId wanted) {
    Scope scope;
    scope.file = declared.file;
    scope.reads = &reads;
    scope.targets = outer.targets;
    scope.lenient = outer.lenient;
    scope.use = outer.use;
    const bool outer_let = std::exchange(context.in_let, true);
    const Typed key = elaborate(context, scope, declared.node->key, wanted);
    context.in_let = outer_let;
    return key;
}

/// What keys are over all tools; no type where they are nothing that names a thing.
TypeId key_type(Context& context, const Declared<ast::Facts>& declared) {
    if (!check_parts(context, *declared.file, declared.node->key)) return model::no_type;
    Scope everywhere;
    everywhere.targets = all_targets(context);
    Reads reads;
    const Typed key = key_over(context, declared, everywhere, reads, scalar(context, Kind::string));
    if (key.bad()) return model::no_type;
    const TypeId type = with_optional(context, base_of(context, key.type), false);
    if (is_key_kind(context.kind(type))) return type;
    context.report(DiagnosticId::not_a_key, declared.file->expr(declared.node->key).span,
                   {described(context, type)}, "a key is a string, an int or a word of an enum");
    return model::no_type;
}

void add_slot(Context& context, std::string path, TypeId type, Span span) {
    Slot slot;
    slot.path = std::move(path);
    slot.type = type;
    slot.source = SlotSource::fact;
    slot.span = span;
    // What the host looked up and left out is a fact; the key tells whether it looked it up.
    if (is_optional(context, type)) slot.initial = model::unknown(model::State::absent);
    context.set.slots.push_back(std::move(slot));
}

void declare_one(Context& context, const Declared<ast::Facts>& declared) {
    const ast::Facts& node = *declared.node;
    Facts facts;
    facts.name = node.name.text;
    facts.doc = node.head.doc;
    facts.span = node.head.span;
    bool bad = false;
    const auto fields = resolve_fields(context, *declared.file, node.fields, facts.name, bad);
    const TypeId key = key_type(context, declared);
    bad = bad || key == model::no_type;
    context.facts_bad.push_back(bad);
    if (!bad) {
        facts.key = SlotId{static_cast<std::uint32_t>(context.set.slots.size())};
        facts.fields = static_cast<std::uint32_t>(fields.size());
        add_slot(context, "facts." + facts.name + ".key", key, node.name.span);
        for (const model::Field& field : fields) {
            add_slot(context, facts.name + "." + field.name, field.type, node.name.span);
        }
    }
    context.set.facts.push_back(std::move(facts));
}

Typed unknown_field(Context& context, const Facts& facts, std::string_view field, Span span) {
    std::vector<std::string_view> names;
    const std::size_t front = facts.name.size() + 1;
    for (std::uint32_t i = 1; i <= facts.fields; ++i) {
        const std::string_view path = context.set.slots[index_of(facts.key) + i].path;
        names.push_back(path.substr(front));
    }
    context.report(DiagnosticId::unknown_field, span, {"`" + facts.name + "`", field},
                   field_suggestion(context, field, names));
    return make_bad(context);
}

}  // namespace

void declare_facts(Context& context) {
    std::size_t fields = context.attributes.size();
    for (const auto& [file, node] : context.facts) fields += node->fields.size() + 1;
    if (!context.facts.empty()) {
        within_limit(context, fields, context.limits.attributes,
                     context.facts.back().node->name.span, "a set", "attributes and facts");
    }
    for (const auto& declared : context.facts) declare_one(context, declared);
}

Typed read_fact(Context& context, Scope& scope, std::uint32_t index, std::string_view field,
                Span span) {
    if (context.facts_bad[index]) return make_bad(context);
    const Facts& facts = context.set.facts[index];
    const std::string path = facts.name + "." + std::string(field);
    SlotId slot = no_slot;
    for (std::uint32_t i = 1; i <= facts.fields; ++i) {
        const std::uint32_t at = index_of(facts.key) + i;
        if (context.set.slots[at].path == path) slot = SlotId{at};
    }
    if (slot == no_slot) return unknown_field(context, facts, field, span);
    read_host(scope);
    Scope outer = scope;
    if (outer.use == Span{}) outer.use = span;
    Reads reads;
    const TypeId wanted = context.set.slot(facts.key).type;
    const Typed key = key_over(context, context.facts[index], outer, reads, wanted);
    if (key.bad()) return key;
    if (!context.set.types.same_base(key.type, wanted)) {
        return coerced(context, key, wanted, span);
    }
    Node sent;
    sent.kind = NodeKind::slot;
    sent.slot = facts.key;
    sent.span = span;
    Node node;
    node.kind = NodeKind::fact;
    node.a = key.node;
    node.b = make(context, sent, wanted).node;
    node.slot = slot;
    node.span = span;
    return make(context, node, context.set.slot(slot).type);
}

}  // namespace proviso::check
