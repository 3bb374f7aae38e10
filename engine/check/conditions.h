// What a whole condition may and may not do: where `tier` stands in it, what is doubtful in it.
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

/// Which way a raised tier may push what the condition belongs to.
enum class TierUse : std::uint8_t { loosens, tightens, never };

struct Conditions {
    NodeId when = no_node;
    NodeId unless = no_node;
    Reads reads;
    bool bad = false;
};

/// `when` and `unless` of one statement. `statement` is its word, for messages.
[[nodiscard]] Conditions check_conditions(Context& context, Scope& scope, ast::ExprId when,
                                          ast::ExprId unless, TierUse use,
                                          std::string_view statement);

/// A value outside conditions, where `tier` has no place.
[[nodiscard]] Typed elaborate_value(Context& context, Scope& scope, ast::ExprId id,
                                    TypeId expected = model::no_type);

/// One comparison of `tier` in a condition.
[[nodiscard]] Typed elaborate_tier_test(Context& context, Scope& scope, const ast::Expr& expr,
                                        ast::ExprId other, CompareOp op);

/// Whether the expression is the bare word `tier`.
[[nodiscard]] bool is_tier(const Scope& scope, ast::ExprId id);

void warn_doubts(Context& context, const Reads& reads);
void report_deep_quantifier(Context& context, Span span);

}  // namespace proviso::check
