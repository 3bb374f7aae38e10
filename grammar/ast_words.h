// The words of the AST's enums as rule text spells them: for dumps, messages and the formatter.
#pragma once

#include <string_view>

#include "grammar/ast.h"

namespace proviso::grammar {

[[nodiscard]] constexpr std::string_view word(ast::Effect effect) {
    switch (effect) {
        case ast::Effect::allow: return "allow";
        case ast::Effect::notify: return "notify";
        case ast::Effect::gate: return "gate";
        case ast::Effect::block: return "block";
    }
    return {};
}

[[nodiscard]] constexpr std::string_view word(ast::BinaryOp op) {
    switch (op) {
        case ast::BinaryOp::logical_or: return "or";
        case ast::BinaryOp::logical_and: return "and";
        case ast::BinaryOp::equal: return "==";
        case ast::BinaryOp::not_equal: return "!=";
        case ast::BinaryOp::less: return "<";
        case ast::BinaryOp::less_equal: return "<=";
        case ast::BinaryOp::greater: return ">";
        case ast::BinaryOp::greater_equal: return ">=";
        case ast::BinaryOp::in: return "in";
        case ast::BinaryOp::not_in: return "not in";
        case ast::BinaryOp::like: return "like";
        case ast::BinaryOp::matches: return "matches";
        case ast::BinaryOp::add: return "+";
        case ast::BinaryOp::subtract: return "-";
        case ast::BinaryOp::multiply: return "*";
        case ast::BinaryOp::coalesce: return "??";
    }
    return {};
}

[[nodiscard]] constexpr std::string_view word(ast::UnaryOp op) {
    switch (op) {
        case ast::UnaryOp::logical_not: return "not";
        case ast::UnaryOp::has: return "has";
        case ast::UnaryOp::missing: return "missing";
    }
    return {};
}

[[nodiscard]] constexpr std::string_view word(ast::Quantifier quantifier) {
    switch (quantifier) {
        case ast::Quantifier::any: return "any";
        case ast::Quantifier::all: return "all";
        case ast::Quantifier::count: return "count";
        case ast::Quantifier::sum: return "sum";
    }
    return {};
}

[[nodiscard]] constexpr std::string_view word(ast::Aggregate aggregate) {
    switch (aggregate) {
        case ast::Aggregate::count: return "count";
        case ast::Aggregate::sum: return "sum";
        case ast::Aggregate::distinct: return "distinct";
    }
    return {};
}

}  // namespace proviso::grammar
