// The state that grammar actions build a file's AST in: stacks of unfinished parts and the clauses
// of the statement being read. Included by parser.cpp's action headers only.
//
// A part that belongs to a rule is one that starts inside the rule's text, so actions take from a
// stack what begins at or after their own start; no marks are kept.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "grammar/ast.h"
#include "grammar/diagnostic.h"
#include "grammar/failure.h"
#include "grammar/literals.h"

namespace proviso::grammar {

/// What the grammar needs of any state: how deep the parse is.
struct Depth {
    std::size_t deepest = 0;
    std::size_t depth = 0;

    class Level {
      public:
        Level(Depth& state, const char* where) : state_(state) {
            if (++state_.depth > state_.deepest) throw Failure{where, Slot::nesting, nullptr};
        }
        ~Level() { --state_.depth; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;

      private:
        Depth& state_;
    };
};

/// Clauses and items of which a statement has at most one.
enum class Once : std::uint8_t {
    on,
    at,
    when,
    unless,
    by,
    tell,
    oblige,
    because,
    fix,
    to,
    measure,
    where,
    per,
    over,
    call,
    as,
    with,
    gives,
    tier,
    stages,
    undo,
    tags,
    args,
    within,
    valid,
    zone,
    except,
    axes,
    last_ = axes,
};
inline constexpr std::size_t once_count = static_cast<std::size_t>(Once::last_) + 1;

/// What the clauses of one statement gave, whatever the statement.
struct Clauses {
    std::array<std::uint32_t, once_count> first{};  // offset + 1 of the first one, 0 for none

    ast::Targets on;
    std::vector<ast::Name> at;
    ast::ExprId when = ast::no_expr;
    ast::ExprId unless = ast::no_expr;
    std::optional<ast::Name> by;
    std::optional<ast::Name> tell;
    std::optional<ast::Duration> within;
    std::vector<ast::Oblige> obliges;
    std::optional<ast::Text> because;
    ast::Range32 because_parts;
    std::optional<ast::Text> fix;
    ast::Name to;

    ast::Aggregate aggregate = ast::Aggregate::count;
    ast::ExprId value = ast::no_expr;
    ast::ExprId where = ast::no_expr;
    ast::Range32 per;
    ast::Period period;
    std::vector<ast::LimitStep> steps;

    [[nodiscard]] bool has(Once clause) const {
        return first[static_cast<std::size_t>(clause)] != 0;
    }
};

struct Operand {
    ast::ExprId id = ast::no_expr;
    std::uint32_t begin = 0;  // brackets included
    std::uint32_t end = 0;
};

struct PendingOperator {
    ast::BinaryOp binary = ast::BinaryOp::logical_or;
    ast::UnaryOp unary = ast::UnaryOp::logical_not;
    Span span;
};

struct TypeEntry {
    ast::TypeId id = ast::no_type;
    std::uint32_t begin = 0;
};

struct FieldEntry {
    ast::FieldDecl field;
    std::uint32_t begin = 0;
};

class Builder : public Depth {
  public:
    Builder(const SourceFile& input, SourceId source_id, ast::File& target, DiagnosticSink& errors)
        : file(target),
          sink(errors),
          source(source_id),
          base_(input.text.data()) {}

    ast::File& file;
    DiagnosticSink& sink;
    SourceId source;

    // ---- stacks
    std::vector<ast::Name> names;
    std::vector<Operand> operands;
    std::vector<PendingOperator> operators;
    std::vector<TypeEntry> types;
    std::vector<FieldEntry> fields;

    // ---- the last one read
    ast::Text text;
    ast::Duration duration;
    ast::Outcome outcome;
    ast::Targets targets;
    std::optional<ast::Text> zone;
    std::optional<ast::Duration> within;
    ast::Period period;
    std::int64_t count = 1;
    bool ordered_enum = false;
    ast::MatrixColumn label;

    // ---- the statement being read
    std::uint32_t statement_begin = 0;
    Span keyword;
    std::string_view statement_word;
    ast::Name name;
    std::vector<std::string_view> docs;
    std::optional<ast::Trial> trial;
    ast::Effect effect = ast::Effect::block;
    Clauses clauses;
    bool in_args = false;
    std::vector<ast::Attribute> attributes;
    std::vector<ast::Outcome> outcomes;
    std::vector<ast::MatrixColumn> columns;
    std::vector<ast::MatrixRow> rows;
    std::vector<ast::WindowPart> window_parts;
    std::vector<ast::Text> texts;
    std::vector<ast::ExampleField> example_fields;
    ast::Tool tool;
    ast::Role role;
    ast::Approval approval;
    ast::Import import;
    ast::Example example;
    ast::Window window;
    std::vector<ast::ExprId> axes;
    std::optional<ast::Name> bind_data;
    std::vector<ast::Oblige> duties;
    std::vector<ast::Name> grant_stages;
    std::size_t axes_seen = 0;
    bool header_seen = false;
    ast::ExprId attribute_default = ast::no_expr;
    bool attribute_volatile = false;
    std::int64_t need_count = 1;
    unsigned weekday = 0;
    ast::WindowPart part;

    void begin_statement(std::uint32_t begin);
    /// Forgets what a broken statement left behind.
    void discard();

    // ---- places
    [[nodiscard]] std::uint32_t offset(const char* at) const {
        return static_cast<std::uint32_t>(at - base_);
    }
    [[nodiscard]] Span span(const char* begin, const char* end) const {
        return {source, offset(begin), offset(end)};
    }
    /// The span of a match, without the layout that its last token ate.
    template <typename Input>
    [[nodiscard]] Span token_span(const Input& in) const {
        const char* const end = in.end() == layout_end_ ? layout_begin_ : in.end();
        return span(in.begin(), end);
    }
    void note_layout(const char* begin, const char* end) {
        if (begin == end) return;
        layout_begin_ = begin;
        layout_end_ = end;
    }

    // ---- stacks
    ast::Name pop_name();
    std::vector<ast::Name> take_names(std::uint32_t begin);
    ast::ExprId pop_operand();
    ast::Range32 take_items(std::uint32_t begin);
    ast::TypeId pop_type();
    std::vector<ast::FieldDecl> take_fields(std::uint32_t begin);
    ast::TypeExpr& top_type() { return file.types[static_cast<std::size_t>(types.back().id)]; }
    ast::Expr& top_expr() { return file.exprs[static_cast<std::size_t>(operands.back().id)]; }
    ast::Expr& push_expr(ast::ExprKind kind, Span span);
    ast::TypeExpr& push_type(ast::TypeKind kind, Span span);

    // ---- whole parts
    std::string_view keep(std::string decoded_text);
    void set_text(Span token, bool raw);
    std::string_view decoded(Span body, bool single_braces);
    void binary(ast::BinaryOp op);
    [[nodiscard]] ast::Head head(Span statement);
    /// Notes a clause; false, with a report, when the statement has it already.
    bool first(Once clause, Span span);
    /// False, with a report, when the statement lacks the clause.
    bool require(Once clause, std::string_view word, std::string_view help);
    void check_date(Span date);

  private:
    const char* base_;
    const char* layout_begin_ = nullptr;
    const char* layout_end_ = nullptr;
};

}  // namespace proviso::grammar
