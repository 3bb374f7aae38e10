// See lets.h. A let sees no variable of a quantifier, so an elaboration depends on the let, the
// target set (where args or the tier are read) and how many quantifiers stand around it (where it
// has one of its own). What a let uses is elaborated before it, by a stack of our own.

#include "engine/check/lets.h"

#include <algorithm>
#include <utility>

#include "engine/check/conditions.h"
#include "engine/check/expressions.h"
#include "engine/check/graph.h"
#include "engine/check/names.h"
#include "engine/check/targets.h"
#include "engine/check/typing.h"

namespace proviso::check {
namespace {

struct Visit {
    ast::ExprId id;
    std::uint32_t depth = 0;
};

void survey_path(Context& context, std::string_view path, LetInfo& info) {
    if (path.starts_with("args.") || path == "tier") info.reads_call = true;
    const Resolved resolved = resolve(context, Scope{}, path);
    // Facts are read by what the call's args name.
    if (resolved.symbol != nullptr && resolved.symbol->kind == SymbolKind::facts) {
        info.reads_call = true;
    }
    if (resolved.symbol == nullptr || resolved.symbol->kind != SymbolKind::let) return;
    info.uses.push_back(resolved.symbol->index);
}

/// Every expression of a let, without recursion.
void survey(Context& context, const ast::File& file, ast::ExprId root, LetInfo& info) {
    std::vector<Visit> open{{root}};
    while (!open.empty()) {
        const Visit visit = open.back();
        open.pop_back();
        if (visit.id == ast::no_expr) continue;
        const ast::Expr& expr = file.expr(visit.id);
        const bool loop = expr.kind == ast::ExprKind::quantifier;
        if (loop) info.quantifiers = std::max(info.quantifiers, visit.depth + 1);
        if (expr.kind == ast::ExprKind::path) survey_path(context, expr.text, info);
        open.push_back({expr.a, visit.depth});
        open.push_back({expr.b, visit.depth + (loop ? 1 : 0)});
        for (std::uint32_t i = 0; i < expr.items.count; ++i) {
            open.push_back({file.expr_items[expr.items.begin + i], visit.depth});
        }
    }
}

void report_let_cycle(Context& context, const std::vector<std::uint32_t>& cycle) {
    std::string path;
    for (const std::uint32_t member : cycle) {
        context.let_infos[member].in_cycle = true;
        path += std::string(context.lets[member].node->name.text) + " → ";
    }
    const ast::Name& first = context.lets[cycle.front()].node->name;
    context.report(DiagnosticId::let_cycle, first.span, {path + std::string(first.text)},
                   "a let cannot use itself");
}

std::uint64_t key_of(const Context& context, const Scope& scope, std::uint32_t let) {
    const LetInfo& info = context.let_infos[let];
    const std::uint64_t depth = info.quantifiers > 0 ? scope.depth : 0;
    const std::uint64_t targets = info.reads_call ? scope.targets : no_targets;
    const std::uint64_t lenient = info.reads_call && scope.lenient ? 1 : 0;
    return (std::uint64_t{let} << 36) ^ (targets << 3) ^ (depth << 1) ^ lenient;
}

/// One read for each polarity and direction is enough for whoever uses the let.
std::vector<TierRead> summed_up(const std::vector<TierRead>& reads) {
    std::vector<TierRead> result;
    for (const TierRead& read : reads) {
        const bool known = std::any_of(result.begin(), result.end(), [&](const TierRead& other) {
            return other.polarity == read.polarity && other.direction == read.direction;
        });
        if (!known) result.push_back(read);
    }
    return result;
}

void elaborate_let(Context& context, const Scope& outer, std::uint32_t let) {
    const auto& [file, node] = context.lets[let];
    LetInfo& info = context.let_infos[let];
    Reads reads;
    Scope scope;
    scope.file = file;
    scope.reads = &reads;
    scope.targets = info.reads_call ? outer.targets : no_targets;
    scope.lenient = outer.lenient;
    if (info.quantifiers > 0) scope.depth = outer.depth;
    scope.use = outer.use;
    LetInstance instance;
    const bool outer_let = std::exchange(context.in_let, true);
    if (!info.in_cycle) {
        const Typed value = elaborate(context, scope, node->value);
        instance.type = value.type;
        instance.shared = SharedId{static_cast<std::uint32_t>(context.set.shared.size())};
        if (!value.bad()) {
            context.set.shared.push_back(
                {std::string(node->name.text), value.node, node->head.span});
        }
    }
    warn_doubts(context, reads);
    context.in_let = outer_let;
    info.elaborated = true;
    instance.agent = reads.agent;
    instance.host = reads.host;
    instance.tiers = summed_up(reads.tiers);
    context.let_instances.insert_or_assign(key_of(context, outer, let), std::move(instance));
}

/// The instance of the let and, before it, of all that it uses.
const LetInstance& instance_of(Context& context, const Scope& scope, std::uint32_t let) {
    const auto found = context.let_instances.find(key_of(context, scope, let));
    if (found != context.let_instances.end()) return found->second;
    std::vector<std::uint32_t> open{let};
    while (!open.empty()) {
        const std::uint32_t next = open.back();
        const std::size_t before = open.size();
        if (!context.let_infos[next].in_cycle) {
            for (const std::uint32_t used : context.let_infos[next].uses) {
                const bool done = context.let_instances.contains(key_of(context, scope, used));
                if (!done) open.push_back(used);
            }
        }
        if (open.size() != before) continue;
        open.pop_back();
        if (!context.let_instances.contains(key_of(context, scope, next))) {
            elaborate_let(context, scope, next);
        }
    }
    return context.let_instances.at(key_of(context, scope, let));
}

void carry_reads(Scope& scope, const LetInstance& instance, Span span) {
    if (scope.reads == nullptr) return;
    scope.reads->agent = scope.reads->agent || instance.agent;
    scope.reads->host = scope.reads->host || instance.host;
    for (TierRead read : instance.tiers) {
        read.origin = read.origin == Span{} ? read.span : read.origin;
        read.span = span;
        read.polarity = static_cast<std::int8_t>(read.polarity * scope.polarity);
        scope.reads->tiers.push_back(read);
    }
}

/// Args and the tier, deep quantifiers: what a let has when one of those it uses has it.
void inherit(Context& context, const std::vector<std::uint32_t>& order) {
    for (const std::uint32_t let : order) {
        LetInfo& info = context.let_infos[let];
        for (const std::uint32_t used : info.uses) {
            const LetInfo& other = context.let_infos[used];
            info.reads_call = info.reads_call || other.reads_call;
            info.quantifiers = std::max(info.quantifiers, other.quantifiers);
        }
    }
}

}  // namespace

void survey_lets(Context& context) {
    context.let_infos.resize(context.lets.size());
    std::vector<std::vector<std::uint32_t>> uses;
    for (std::size_t i = 0; i < context.lets.size(); ++i) {
        const auto& [file, node] = context.lets[i];
        survey(context, *file, node->value, context.let_infos[i]);
        uses.push_back(context.let_infos[i].uses);
    }
    const UseOrder order = order_by_use(uses);
    for (const auto& cycle : order.cycles) report_let_cycle(context, cycle);
    for (std::size_t i = 0; i < order.in_cycle.size(); ++i) {
        if (order.in_cycle[i]) context.let_infos[i].in_cycle = true;
    }
    inherit(context, order.order);
}

void declare_lets(Context& context) {
    Scope scope;
    for (std::uint32_t let = 0; let < context.lets.size(); ++let) {
        if (!context.let_infos[let].reads_call) (void)instance_of(context, scope, let);
    }
}

void check_unused_lets(Context& context) {
    Scope scope;
    scope.lenient = true;
    scope.targets = all_targets(context);
    for (std::uint32_t let = 0; let < context.lets.size(); ++let) {
        if (!context.let_infos[let].elaborated) (void)instance_of(context, scope, let);
    }
}

Typed read_let(Context& context, Scope& scope, std::uint32_t let, Span span) {
    const LetInfo& info = context.let_infos[let];
    if (scope.depth + info.quantifiers > 2 && info.quantifiers > 0) {
        report_deep_quantifier(context, span);
        return make_bad(context);
    }
    Scope inner = scope;
    if (inner.use == Span{}) inner.use = span;
    const LetInstance& instance = instance_of(context, inner, let);
    carry_reads(scope, instance, span);
    if (instance.type == model::no_type) return make_bad(context);
    Node node;
    node.kind = NodeKind::shared;
    node.shared = instance.shared;
    node.span = span;
    return make(context, node, instance.type);
}

}  // namespace proviso::check
