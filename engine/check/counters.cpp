// Counters read as values: by the keys of the call at hand, or by others. See limits.h.
#include <algorithm>
#include <utility>

#include "engine/check/arguments.h"
#include "engine/check/conditions.h"
#include "engine/check/expressions.h"
#include "engine/check/limits.h"
#include "engine/check/names.h"
#include "engine/check/typing.h"

namespace proviso::check {
namespace {

const Measure& measure_of(const Context& context, std::uint32_t counter) {
    return context.set.counters[counter].measure;
}

/// Where counters may not be read, with the report.
bool refuse_here(Context& context, Scope& scope, std::uint32_t counter, Span span) {
    if (counter < context.set.counters.size()) {
        if (scope.reads != nullptr) scope.reads->counters = true;
        return context.set.counters[counter].type == model::no_type;
    }
    // Counters are being declared: only what one counts can have asked.
    context.report(DiagnosticId::counter_in_measure, span, {},
                   "what is counted depends on the call alone: read counters in `when` and "
                   "`unless`");
    return true;
}

/// Without recursion: a chain of operators may be of any length.
bool reads_variable(const Context& context, NodeId root) {
    std::vector<NodeId> open{root};
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        if (id == no_node) continue;
        const Node& node = context.set.node(id);
        if (node.kind == NodeKind::variable) return true;
        open.insert(open.end(), {node.a, node.b});
        for (std::uint32_t i = 0; i < node.items.count; ++i) {
            open.push_back(context.set.node_items[node.items.begin + i]);
        }
    }
    return false;
}

Typed finish_read(Context& context, std::uint32_t counter, const std::vector<NodeId>& keys,
                  Span span) {
    Node node;
    node.kind = NodeKind::counter_read;
    node.counter = CounterId{counter};
    node.items = add_items(context, keys);
    node.span = span;
    return make(context, node, context.set.counters[counter].type);
}

/// A key as a value of its own: no tier, no counter, no variable of a quantifier.
Typed key_value(Context& context, Scope& scope, ast::ExprId id, TypeId wanted,
                std::string_view counter) {
    Reads reads;
    Reads* const outer = std::exchange(scope.reads, &reads);
    Typed key = elaborate(context, scope, id, wanted);
    scope.reads = outer;
    if (outer != nullptr) {
        outer->agent = outer->agent || reads.agent;
        outer->host = outer->host || reads.host;
    }
    const Span span = scope.file->expr(id).span;
    if (!reads.tiers.empty()) {
        context.report(DiagnosticId::tier_as_value, reads.tiers.front().span, {},
                       "compare it in a `when` or `unless`");
        return make_bad(context);
    }
    if (reads.counters) {
        context.report(DiagnosticId::counter_in_measure, span, {},
                       "a key depends on the call alone");
        return make_bad(context);
    }
    if (!key.bad()) key = coerced(context, key, wanted, span);
    if (key.bad() || !reads_variable(context, key.node)) return key;
    context.report(DiagnosticId::counter_key_varies, span, {counter},
                   "counters are read once a call, before lists are gone through");
    return make_bad(context);
}

/// The first arg among the counter's own keys that the calls of this scope do not have.
std::string_view key_elsewhere(Context& context, const Scope& scope, std::uint32_t counter) {
    const auto& [file, node] = context.counters[counter];
    for (std::uint32_t i = 0; i < node->per.count; ++i) {
        const ast::Expr& expr = file->expr(file->expr_items[node->per.begin + i]);
        if (expr.kind != ast::ExprKind::path || !expr.text.starts_with("args.")) continue;
        if (scope.targets == no_targets) return expr.text;
        const Resolved resolved = resolve(context, scope, expr.text);
        if (resolved.kind != NameKind::argument) continue;
        const std::string_view name = expr.text.substr(5, resolved.length - 5);
        const ArgRead read = read_argument(context, scope, name, model::no_type);
        if (read.state == ArgRead::State::nowhere) return expr.text;
    }
    return {};
}

}  // namespace

Typed read_counter(Context& context, Scope& scope, std::uint32_t counter, Span span) {
    read_host(scope);
    if (refuse_here(context, scope, counter, span)) return make_bad(context);
    const auto& [file, node] = context.counters[counter];
    const std::string_view elsewhere = key_elsewhere(context, scope, counter);
    if (!elsewhere.empty()) {
        context.report(DiagnosticId::counter_key_elsewhere, span, {node->name.text, elsewhere},
                       "read it by another key: `" + std::string(node->name.text) + "[…]`");
        return make_bad(context);
    }
    Scope own = scope;
    own.file = file;
    own.depth = 0;
    bool bad = false;
    std::vector<NodeId> keys;
    for (std::uint32_t i = 0; i < node->per.count; ++i) {
        const TypeId type = context.set.node(measure_of(context, counter).per[i]).type;
        const Typed key =
            key_value(context, own, file->expr_items[node->per.begin + i], type, node->name.text);
        bad = bad || key.bad();
        keys.push_back(key.node);
    }
    return bad ? make_bad(context) : finish_read(context, counter, keys, span);
}

Typed elaborate_counter_read(Context& context, Scope& scope, const ast::Expr& expr,
                             std::uint32_t counter) {
    read_host(scope);
    if (refuse_here(context, scope, counter, expr.span)) return make_bad(context);
    const std::size_t wanted = measure_of(context, counter).per.size();
    const std::string_view name = context.counters[counter].node->name.text;
    if (expr.items.count != wanted) {
        context.report(DiagnosticId::counter_key_count, expr.span,
                       {name, counted(wanted, "key"), std::to_string(expr.items.count)});
        return make_bad(context);
    }
    bool bad = false;
    std::vector<NodeId> keys;
    for (std::uint32_t i = 0; i < expr.items.count; ++i) {
        const TypeId type = context.set.node(measure_of(context, counter).per[i]).type;
        const ast::ExprId item = scope.file->expr_items[expr.items.begin + i];
        const Typed key = key_value(context, scope, item, type, name);
        bad = bad || key.bad();
        keys.push_back(key.node);
    }
    return bad ? make_bad(context) : finish_read(context, counter, keys, expr.span);
}

}  // namespace proviso::check
