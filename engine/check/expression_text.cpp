// See expression_text.h. Prefix notation needs no brackets and, written with a stack of its own, no
// recursion: a chain of operators may be of any length.

#include "engine/check/expression_text.h"

#include <array>
#include <charconv>
#include <vector>

#include "engine/model/decimal.h"

namespace proviso::check {
namespace {

namespace ast = grammar::ast;

void append_number(std::string& text, std::int64_t number) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    append_part(text, {digits.data(), static_cast<std::size_t>(end - digits.data())});
}

/// 1.50 is 1.5.
std::string amount_text(std::string_view written) {
    const auto value = model::parse_decimal(written);
    return value ? model::to_string(*value) : std::string(written);
}

void append_head(std::string& text, const ast::Expr& expr) {
    append_number(text, static_cast<std::int64_t>(expr.kind));
    const bool amount = expr.kind == ast::ExprKind::number || expr.kind == ast::ExprKind::money;
    append_part(text, amount ? amount_text(expr.text) : std::string(expr.text));
    append_part(text, expr.name);
    append_number(text, expr.value);
    append_number(text, static_cast<std::int64_t>(expr.unary));
    append_number(text, static_cast<std::int64_t>(expr.binary));
    append_number(text, static_cast<std::int64_t>(expr.quantifier));
    append_number(text, expr.items.count);
}

void append_names(std::string& text, const std::vector<ast::Name>& names) {
    append_number(text, static_cast<std::int64_t>(names.size()));
    for (const ast::Name& name : names) append_part(text, name.text);
}

void append_optional(std::string& text, const std::optional<ast::Text>& part) {
    append_number(text, part ? 1 : 0);
    if (part) append_part(text, part->text);
}

}  // namespace

void append_part(std::string& text, std::string_view part) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), part.size()).ptr;
    text.append(digits.data(), end);
    text += ':';
    text += part;
}

std::string expression_text(const ast::File& file, ast::ExprId root) {
    std::string text;
    std::vector<ast::ExprId> open{root};
    while (!open.empty()) {
        const ast::ExprId id = open.back();
        open.pop_back();
        if (id == ast::no_expr) {
            text += '-';
            continue;
        }
        const ast::Expr& expr = file.expr(id);
        append_head(text, expr);
        for (std::uint32_t i = expr.items.count; i > 0; --i) {
            open.push_back(file.expr_items[expr.items.begin + i - 1]);
        }
        open.push_back(expr.b);
        open.push_back(expr.a);
    }
    return text;
}

std::string type_text(const ast::File& file, ast::TypeId id) {
    if (id == ast::no_type) return "-";
    const ast::TypeExpr& type = file.type(id);
    std::string text;
    append_number(text, static_cast<std::int64_t>(type.kind));
    append_part(text, type.name.text);
    append_names(text, type.words);
    append_number(text, type.ordered + 2 * type.optional + 4 * type.minor);
    append_number(text, static_cast<std::int64_t>(type.money_form));
    append_part(text, type.money_name.text);
    append_optional(text, type.zone);
    append_optional(text, type.pattern);
    for (const ast::ExprId bound : {type.low, type.high, type.length_low, type.length_high}) {
        append_part(text, expression_text(file, bound));
    }
    append_part(text, type_text(file, type.element));
    append_number(text, static_cast<std::int64_t>(type.fields.size()));
    for (const ast::FieldDecl& field : type.fields) {
        append_part(text, field.name.text);
        append_part(text, type_text(file, field.type));
    }
    return text;
}

}  // namespace proviso::check
