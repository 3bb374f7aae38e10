#include "grammar/builder.h"

#include <algorithm>
#include <cassert>

namespace proviso::grammar {
namespace {

template <typename Entries>
auto first_from(Entries& entries, std::uint32_t begin) {
    auto at = entries.end();
    while (at != entries.begin() && (at - 1)->begin >= begin) --at;
    return at;
}

}  // namespace

void Builder::begin_statement(std::uint32_t begin) {
    depth = 0;
    statement_begin = begin;
    keyword = {source, begin, begin};
    statement_word = {};
    name = {};
    trial.reset();
    in_args = false;
    clauses = {};
    axes_seen = 0;
    header_seen = false;
}

void Builder::discard() {
    names.clear();
    operands.clear();
    operators.clear();
    types.clear();
    fields.clear();
    targets = {};
    zone.reset();
    attributes.clear();
    outcomes.clear();
    columns.clear();
    rows.clear();
    window_parts.clear();
    texts.clear();
    example_fields.clear();
    tool = {};
    role = {};
    approval = {};
    import = {};
    example = {};
    window = {};
    axes.clear();
    bind_data.reset();
    duties.clear();
    grant_stages.clear();
    within.reset();
    ordered_enum = false;
    attribute_default = ast::no_expr;
    attribute_volatile = false;
    need_count = 1;
    part = {};
}

ast::Name Builder::pop_name() {
    assert(!names.empty());
    const ast::Name popped = names.back();
    names.pop_back();
    return popped;
}

std::vector<ast::Name> Builder::take_names(std::uint32_t begin) {
    auto from = names.end();
    while (from != names.begin() && (from - 1)->span.begin >= begin) --from;
    std::vector<ast::Name> taken(from, names.end());
    names.erase(from, names.end());
    return taken;
}

ast::ExprId Builder::pop_operand() {
    assert(!operands.empty());
    const ast::ExprId id = operands.back().id;
    operands.pop_back();
    return id;
}

ast::Range32 Builder::take_items(std::uint32_t begin) {
    const auto from = first_from(operands, begin);
    const ast::Range32 items{static_cast<std::uint32_t>(file.expr_items.size()),
                             static_cast<std::uint32_t>(operands.end() - from)};
    for (auto at = from; at != operands.end(); ++at) file.expr_items.push_back(at->id);
    operands.erase(from, operands.end());
    return items;
}

ast::TypeId Builder::pop_type() {
    assert(!types.empty());
    const ast::TypeId id = types.back().id;
    types.pop_back();
    return id;
}

std::vector<ast::FieldDecl> Builder::take_fields(std::uint32_t begin) {
    const auto from = first_from(fields, begin);
    std::vector<ast::FieldDecl> taken;
    for (auto at = from; at != fields.end(); ++at) taken.push_back(at->field);
    fields.erase(from, fields.end());
    return taken;
}

ast::Expr& Builder::push_expr(ast::ExprKind kind, Span span) {
    operands.push_back({static_cast<ast::ExprId>(file.exprs.size()), span.begin, span.end});
    ast::Expr& expr = file.exprs.emplace_back();
    expr.kind = kind;
    expr.span = span;
    expr.op_span = span;
    return expr;
}

ast::TypeExpr& Builder::push_type(ast::TypeKind kind, Span span) {
    types.push_back({static_cast<ast::TypeId>(file.types.size()), span.begin});
    ast::TypeExpr& type = file.types.emplace_back();
    type.kind = kind;
    type.span = span;
    return type;
}

std::string_view Builder::keep(std::string decoded_text) {
    return file.decoded.emplace_back(std::move(decoded_text));
}

std::string_view Builder::decoded(Span body, bool single_braces) {
    const std::string_view written(base_ + body.begin, body.end - body.begin);
    const char* const special = single_braces ? "\\{}" : "\\";
    if (written.find_first_of(special) == std::string_view::npos) return written;
    DecodedText result = decode_escapes(written, single_braces);
    if (!result.lone_surrogate.empty()) {
        const Span place = span(result.lone_surrogate.data(),
                                result.lone_surrogate.data() + result.lone_surrogate.size());
        sink.report(DiagnosticId::lone_surrogate, place, {result.lone_surrogate},
                    "write both halves, or the character itself");
    }
    return keep(std::move(result.text));
}

void Builder::set_text(Span token, bool raw) {
    const std::uint32_t opening = raw ? 2 : 1;
    const Span body{source, token.begin + opening, token.end - 1};
    const std::string_view written(base_ + body.begin, body.end - body.begin);
    text = {raw ? written : decoded(body, false), token, raw};
}

void Builder::binary(ast::BinaryOp op) {
    assert(operands.size() >= 2 && !operators.empty());
    const Operand right = operands.back();
    operands.pop_back();
    const Operand left = operands.back();
    operands.pop_back();
    ast::Expr& expr = push_expr(ast::ExprKind::binary, {source, left.begin, right.end});
    expr.binary = op;
    expr.op_span = operators.back().span;
    expr.a = left.id;
    expr.b = right.id;
    operators.pop_back();
}

ast::Head Builder::head(Span statement) {
    ast::Head made{statement, keyword, {}};
    if (docs.size() == 1) {
        made.doc = docs.front();
    } else if (!docs.empty()) {
        std::string joined;
        for (const std::string_view line : docs) {
            if (line.data() != docs.front().data()) joined += '\n';
            joined += line;
        }
        made.doc = keep(std::move(joined));
    }
    docs.clear();
    return made;
}

bool Builder::first(Once clause, Span span) {
    std::uint32_t& seen = clauses.first[static_cast<std::size_t>(clause)];
    if (seen == 0) {
        seen = span.begin + 1;
        return true;
    }
    const auto word_at = [&](std::uint32_t begin) {
        std::uint32_t end = begin;
        while (base_[end] >= 'a' && base_[end] <= 'z') ++end;
        return Span{source, begin, end};
    };
    const Span again = word_at(span.begin);
    const std::string_view word(base_ + again.begin, again.end - again.begin);
    Diagnostic& twice = sink.report(DiagnosticId::clause_twice, again, {word});
    twice.help = "join the two, or delete one";
    twice.notes.push_back({word_at(seen - 1), "the first one"});
    return false;
}

bool Builder::require(Once clause, std::string_view word, std::string_view help) {
    if (clauses.has(clause)) return true;
    sink.report(DiagnosticId::missing_clause, name.span, {statement_word, name.text, word},
                std::string(help));
    file.broken.push_back(name);
    return false;
}

void Builder::check_date(Span date) {
    const std::string_view written(base_ + date.begin, date.end - date.begin);
    if (is_calendar_date(written)) return;
    sink.report(DiagnosticId::no_such_date, date, {written}, "write a date of the calendar");
}

}  // namespace proviso::grammar
