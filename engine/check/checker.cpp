// The order of the checker's work. Declarations come before what reads them: types, params,
// attributes, roles' names, tools, tables, lets; then grants, rules and matrices; then what only
// the whole set shows.

#include "engine/check/checker.h"

#include <algorithm>

#include "engine/check/approvals.h"
#include "engine/check/context.h"
#include "engine/check/data.h"
#include "engine/check/declarations.h"
#include "engine/check/examples.h"
#include "engine/check/facts.h"
#include "engine/check/hash.h"
#include "engine/check/let_depth.h"
#include "engine/check/lets.h"
#include "engine/check/limits.h"
#include "engine/check/matrices.h"
#include "engine/check/names.h"
#include "engine/check/roles.h"
#include "engine/check/rules.h"
#include "engine/check/types.h"
#include "engine/check/typing.h"
#include "engine/check/warnings.h"
#include "engine/check/windows.h"

namespace proviso::check {
namespace {

void check_declarations(Context& context) {
    add_builtin_slots(context);
    declare_types(context);
    declare_params(context);
    declare_data(context);
    declare_attributes(context);
    declare_obligations(context);
    declare_roles(context);
    declare_tools(context);
    declare_facts(context);
    declare_tables(context);
    declare_windows(context);
    declare_approvals(context);
    survey_lets(context);
    declare_counters(context);
    declare_lets(context);
}

void check_statements(Context& context) {
    check_grants(context);
    check_binds(context);
    check_authority(context);
    check_rules(context);
    check_limits(context);
    check_raises(context);
    check_matrices(context);
    check_default(context);
    check_examples(context);
    check_unused_lets(context);
    check_let_depth(context);
}

}  // namespace

grammar::Diagnostic& Context::report(DiagnosticId id, Span span,
                                     std::initializer_list<std::string_view> arguments,
                                     std::string help) {
    if (in_let) {
        const std::string key = std::to_string(static_cast<int>(id)) + ' ' +
                                std::to_string(static_cast<std::uint32_t>(span.source)) + ' ' +
                                std::to_string(span.begin) + ' ' + std::to_string(span.end);
        if (!let_reports.insert(key).second) {
            said_before = {};
            return said_before;
        }
    }
    return sink.report(id, span, arguments, std::move(help));
}

std::optional<PolicySet> check(const grammar::SourceMap& sources,
                               const std::vector<grammar::ast::File>& files,
                               const CheckOptions& options, const Limits& limits,
                               grammar::DiagnosticSink& sink) {
    Context context(sources, files, options, limits, sink);
    std::size_t expressions = 0;
    for (const ast::File& file : files) expressions += file.exprs.size();
    context.set.nodes.reserve(expressions + expressions / 8 + 64);  // widening adds some
    for (const ast::File& file : files) {
        if (file.tools_list) continue;
        const std::uint32_t behind = static_cast<std::uint32_t>(file.source) + 1;
        context.set.rule_sources = std::max(context.set.rule_sources, behind);
    }
    collect_statements(context);
    check_policy_lines(context);
    if (!context.roles.empty()) {
        within_limit(context, context.roles.size(), limits.roles,
                     context.roles.back().node->name.span, "a set", "roles");
    }
    check_declarations(context);
    check_statements(context);
    if (sink.has_errors()) return std::nullopt;
    warn_about_set(context);
    warn_past_windows(context);
    warn_approvals(context);
    context.set.hash = hash_of(context);
    return std::move(context.set);
}

}  // namespace proviso::check
