// Expressions: untyped AST in, typed nodes out.
//
// A type that is expected (by the other side of a comparison, by a param) is a hint: it tells what
// a bare word, a quoted word or an undeclared arg is. Whether the result fits is for the caller.
#pragma once

#include <optional>

#include "engine/check/context.h"

namespace proviso::check {

[[nodiscard]] Typed elaborate(Context& context, Scope& scope, ast::ExprId id,
                              TypeId expected = model::no_type);

/// A bool, or a reported mistake.
[[nodiscard]] Typed elaborate_condition(Context& context, Scope& scope, ast::ExprId id);

// ---------------------------------------------------------------- by kind of expression

[[nodiscard]] Typed elaborate_literal(Context& context, const ast::Expr& expr, TypeId expected);
/// One quoted text as a string, an enum word, a weekday or an ip.
[[nodiscard]] Typed text_literal(Context& context, std::string_view text, Span span,
                                 TypeId expected);
[[nodiscard]] Typed elaborate_list(Context& context, Scope& scope, const ast::Expr& expr,
                                   TypeId expected);
[[nodiscard]] Typed elaborate_path(Context& context, Scope& scope, const ast::Expr& expr,
                                   TypeId expected);
[[nodiscard]] Typed elaborate_presence(Context& context, Scope& scope, const ast::Expr& expr);
[[nodiscard]] Typed elaborate_member(Context& context, Scope& scope, ast::ExprId id);
[[nodiscard]] Typed elaborate_compare(Context& context, Scope& scope, const ast::Expr& expr);
[[nodiscard]] Typed elaborate_in(Context& context, Scope& scope, const ast::Expr& expr);
[[nodiscard]] Typed elaborate_text_test(Context& context, Scope& scope, const ast::Expr& expr);
[[nodiscard]] Typed elaborate_arithmetic(Context& context, Scope& scope, ast::ExprId id,
                                         TypeId expected);
[[nodiscard]] Typed elaborate_quantifier(Context& context, Scope& scope, const ast::Expr& expr);
[[nodiscard]] Typed elaborate_call(Context& context, Scope& scope, const ast::Expr& expr);
[[nodiscard]] Typed elaborate_table_read(Context& context, Scope& scope, const ast::Expr& expr);

// ---------------------------------------------------------------- names in expressions

[[nodiscard]] Resolved resolve(Context& context, const Scope& scope, std::string_view path);

/// All names that could stand here, for suggestions.
[[nodiscard]] std::vector<std::string_view> value_names(const Context& context, const Scope& scope);

/// The ordinal of a word of an enum or a weekday.
[[nodiscard]] std::optional<std::uint32_t> word_ordinal(const Context& context, TypeId type,
                                                        std::string_view word);
[[nodiscard]] std::vector<std::string_view> words_of(const Context& context, TypeId type);
/// Whether words are written for values of the type.
[[nodiscard]] bool has_words(const Context& context, TypeId type);

// ---------------------------------------------------------------- two sides

/// How much an expression says of its own type.
enum class Standing : std::uint8_t { alone, literal, needs_type };

[[nodiscard]] Standing standing_of(Context& context, const Scope& scope, ast::ExprId id);

struct Pair {
    Typed a;
    Typed b;
};
/// Both sides, each helped by the other's type; bad ones are both bad.
[[nodiscard]] Pair elaborate_pair(Context& context, Scope& scope, ast::ExprId a, ast::ExprId b,
                                  TypeId expected = model::no_type);
/// What the other side is expected to be, beside `typed`.
[[nodiscard]] TypeId hint_from(Context& context, const Scope& scope, const Typed& typed,
                               ast::ExprId typed_expr, ast::ExprId other);

/// `a op b`, with the words for mistakes.
[[nodiscard]] Typed compare_nodes(Context& context, Scope& scope, CompareOp op, Typed a, Typed b,
                                  Span span);
/// The reports that comparisons of all kinds share; both give a bad value.
[[nodiscard]] Typed incomparable(Context& context, const Typed& a, const Typed& b, Span span);
[[nodiscard]] Typed two_currencies(Context& context, const Typed& a, const Typed& b, Span span);
/// Whether values of the kind can be told equal.
[[nodiscard]] bool comparable_kind(Kind kind);
/// Whether this is an arg that no tool declares and an open one may bring.
[[nodiscard]] bool is_open_arg(Context& context, const Scope& scope, const ast::Expr& expr);
/// Notes a comparison of money whose currency is not known, for the warning.
void note_currency(Context& context, Scope& scope, const ast::Expr& expr, const Typed& value,
                   const Typed& other);

// ---------------------------------------------------------------- reads

void read_agent(Scope& scope);
void read_host(Scope& scope);
/// Tells whether what is elaborated until it ends reads what the agent wrote.
class AgentWatch {
  public:
    explicit AgentWatch(Scope& scope) : scope_(scope), reads_(scope.reads) {
        if (reads_ == nullptr) scope.reads = &own_;
        before_ = scope.reads->agent;
        scope.reads->agent = false;
    }
    ~AgentWatch() {
        scope_.reads->agent = scope_.reads->agent || before_;
        scope_.reads = reads_;
    }
    AgentWatch(const AgentWatch&) = delete;
    AgentWatch& operator=(const AgentWatch&) = delete;
    [[nodiscard]] bool found() const { return scope_.reads->agent; }

  private:
    Scope& scope_;
    Reads* reads_;
    Reads own_;
    bool before_ = false;
};

/// Sets the polarity of what is elaborated until it ends.
class PolarityGuard {
  public:
    PolarityGuard(Scope& scope, std::int8_t factor) : scope_(scope), before_(scope.polarity) {
        scope.polarity = static_cast<std::int8_t>(before_ * factor);
    }
    ~PolarityGuard() { scope_.polarity = before_; }
    PolarityGuard(const PolarityGuard&) = delete;
    PolarityGuard& operator=(const PolarityGuard&) = delete;

  private:
    Scope& scope_;
    std::int8_t before_;
};

}  // namespace proviso::check
