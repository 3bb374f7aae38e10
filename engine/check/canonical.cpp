// See canonical.h. Prefix notation needs no brackets and, written with a stack of its own, no
// recursion: a chain of operators may be of any length. Covered by
// tests/unit/engine/check/hash_test.cpp.

#include "engine/check/canonical.h"

#include <array>
#include <initializer_list>
#include <optional>

#include "engine/model/decimal.h"

namespace proviso::check {
namespace {

namespace ast = grammar::ast;

constexpr char nothing = '\xFF';  // where an expression or a type could stand; neither's kind

template <class Enumerator>
char byte_of(Enumerator value) {
    return static_cast<char>(value);
}

constexpr std::size_t longest_number = 10;

/// Seven bits a byte, the lowest first; gives where the next one goes.
char* put_number(char* at, std::uint64_t number) {
    constexpr std::uint64_t more = 0x80;  // on all bytes but the last
    for (; number >= more; number >>= 7U) *at++ = byte_of(more | (number & (more - 1)));
    *at++ = byte_of(number);
    return at;
}

/// All that an expression says, but for its operands; `text` is its text.
void append_head(std::string& bytes, const ast::Expr& expr, std::string_view text) {
    const bool a = expr.a != ast::no_expr;
    const bool b = expr.b != ast::no_expr;
    std::array<char, 5 + 4 * longest_number> head{byte_of(expr.kind), byte_of(expr.unary),
                                                  byte_of(expr.binary), byte_of(expr.quantifier),
                                                  byte_of(a + 2 * b)};
    char* at = put_number(head.data() + 5, static_cast<std::uint64_t>(expr.value));
    at = put_number(at, expr.items.count);
    at = put_number(at, text.size());
    at = put_number(at, expr.name.size());
    bytes.append(head.data(), at);
    bytes += text;
    bytes += expr.name;
}

void append_alone(std::string& bytes, const ast::Expr& expr) {
    const bool amount = expr.kind == ast::ExprKind::number || expr.kind == ast::ExprKind::money;
    const auto value = amount ? model::parse_decimal(expr.text) : std::nullopt;
    // 1.50 is 1.5
    value ? append_head(bytes, expr, model::to_string(*value))
          : append_head(bytes, expr, expr.text);
}

void append_optional(std::string& bytes, const std::optional<ast::Text>& part) {
    append_number(bytes, part ? 1 : 0);
    if (part) append_part(bytes, part->text);
}

}  // namespace

void append_number(std::string& bytes, std::uint64_t number) {
    constexpr std::uint64_t two_bytes = 0x80;
    if (number < two_bytes) {
        bytes += byte_of(number);
        return;
    }
    std::array<char, longest_number> written{};
    bytes.append(written.data(), put_number(written.data(), number));
}

void append_part(std::string& bytes, std::string_view part) {
    append_number(bytes, part.size());
    bytes += part;
}

void append_expression(std::string& bytes, const ast::File& file, ast::ExprId root,
                       OpenExpressions& open) {
    if (root == ast::no_expr) {
        bytes += nothing;
        return;
    }
    open.push_back(root);
    while (!open.empty()) {
        const ast::Expr& expr = file.expr(open.back());
        open.pop_back();
        append_alone(bytes, expr);
        for (std::uint32_t i = expr.items.count; i > 0; --i) {
            open.push_back(file.expr_items[expr.items.begin + i - 1]);
        }
        if (expr.b != ast::no_expr) open.push_back(expr.b);
        if (expr.a != ast::no_expr) open.push_back(expr.a);
    }
}

void append_type(std::string& bytes, const ast::File& file, ast::TypeId id, OpenExpressions& open) {
    if (id == ast::no_type) {
        bytes += nothing;
        return;
    }
    const ast::TypeExpr& type = file.type(id);
    const std::array head{
        byte_of(type.kind), byte_of(type.money_form),
        byte_of(type.ordered + 2 * type.optional + 4 * type.minor + 8 * type.open)};
    bytes.append(head.data(), head.size());
    append_part(bytes, type.name.text);
    append_number(bytes, type.words.size());
    for (const ast::Name& word : type.words) append_part(bytes, word.text);
    append_part(bytes, type.money_name.text);
    append_optional(bytes, type.zone);
    append_optional(bytes, type.pattern);
    for (const ast::ExprId bound : {type.low, type.high, type.length_low, type.length_high}) {
        append_expression(bytes, file, bound, open);
    }
    append_type(bytes, file, type.element, open);
    append_number(bytes, type.fields.size());
    for (const ast::FieldDecl& field : type.fields) {
        append_part(bytes, field.name.text);
        append_type(bytes, file, field.type, open);
    }
}

}  // namespace proviso::check
