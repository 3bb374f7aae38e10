// The abstract syntax of one file, as written: names are not resolved, nothing is typed.
//
// Nodes live in vectors of `ast::File` and refer to each other by strong ids: no ownership graph,
// no recursive destructor. `std::string_view`s point into the SourceMap's text or, decoded strings,
// into `File::decoded`. No decision depends on `File::order`, which is that of the text.
//
// Covered by tests/golden/grammar and tests/unit/grammar.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/document.h"
#include "grammar/source.h"

namespace proviso::grammar::ast {

enum class ExprId : std::uint32_t {};
enum class TypeId : std::uint32_t {};
inline constexpr ExprId no_expr{0xFFFFFFFF};
inline constexpr TypeId no_type{0xFFFFFFFF};

/// A name as written, dots included (`customer.id`), without quotes when it was quoted.
struct Name {
    std::string_view text;
    Span span;
    bool quoted = false;
    [[nodiscard]] bool empty() const { return text.empty(); }
};

/// A decoded string literal.
struct Text {
    std::string_view text;
    Span span;
    bool raw = false;
};

// ---------------------------------------------------------------- expressions

enum class ExprKind : std::uint8_t {
    number,      // text: digits as written, sign included, `_` removed: "1000", "-5", "0.15"
    money,       // text: the number; name: the currency code
    string,      // text: decoded; raw says r"…"
    boolean,     // value: 1 or 0
    duration,    // value: seconds
    date,        // text: 2026-12-20
    time,        // text: 2026-12-20T09:00Z
    path,        // text: dotted name (may be an enum word, a param, `args.amount`, a loop variable)
    list,        // items: [a, b]
    index,       // a: the table or counter (a path); items: keys
    member,      // a: any expression that is not a path; text: the field name
    call,        // text: function name; items: arguments
    quantifier,  // quantifier; text: variable; a: list; b: condition or value
    unary,       // unary; a
    binary,      // binary; a, b
    role_test,   // text: "principal" or "agent"; name: the role; value: 1 when `is not`
    range,       // a .. b, inclusive; only to the right of `in` and `not in`
};

enum class Quantifier : std::uint8_t { any, all, count, sum };
enum class UnaryOp : std::uint8_t { logical_not, has, missing };
enum class BinaryOp : std::uint8_t {
    logical_or,
    logical_and,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    in,
    not_in,
    like,
    matches,
    add,
    subtract,
    multiply,
    coalesce,
};

struct Range32 {
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
};

struct Expr {
    ExprKind kind = ExprKind::boolean;
    UnaryOp unary = UnaryOp::logical_not;
    BinaryOp binary = BinaryOp::logical_or;
    Quantifier quantifier = Quantifier::any;
    bool raw = false;
    bool bracketed = false;  // stood in ( … )
    Span span;
    Span op_span;  // the operator, keyword or member name
    std::string_view text;
    std::string_view name;
    std::int64_t value = 0;
    ExprId a = no_expr;
    ExprId b = no_expr;
    Range32 items;  // into File::expr_items
};

// ---------------------------------------------------------------- types

enum class TypeKind : std::uint8_t {
    named,        // bool, int, … or a declared type; `text`
    enumeration,  // words, ordered
    list,         // element
    record,       // fields
};

enum class MoneyForm : std::uint8_t { plain, with_field, in_currency };

struct EnumWord {
    Name word;
};

struct FieldDecl {
    Name name;
    TypeId type = no_type;
};

/// A type as written, with the constraints behind it.
struct TypeExpr {
    TypeKind kind = TypeKind::named;
    Span span;
    Name name;
    std::vector<Name> words;
    bool ordered = false;  // a < b < c
    TypeId element = no_type;
    std::vector<FieldDecl> fields;
    bool open = false, optional = false;  // open { … } · T?
    // money with f · money in USD · … minor
    MoneyForm money_form = MoneyForm::plain;
    Name money_name;
    bool minor = false;
    // time in "ZONE"
    std::optional<Text> zone;
    // in LOW .. HIGH · length LOW .. HIGH · matches r"…"
    ExprId low = no_expr;
    ExprId high = no_expr;
    ExprId length_low = no_expr;
    ExprId length_high = no_expr;
    std::optional<Text> pattern;
};

// ---------------------------------------------------------------- clauses

enum class Effect : std::uint8_t { allow, notify, gate, block };

struct Duration {
    std::int64_t seconds = 0;
    Span span;
};

/// `allow` · `notify ROLE [within D]` · `gate by APPROVAL-or-ROLE` · `block`
struct Outcome {
    Effect effect = Effect::block;
    Span span;
    Name who;  // role of a notify, approval or role of a gate
    std::optional<Duration> within;
};

struct Target {
    enum class Kind : std::uint8_t { name, glob, tag, everything };
    Kind kind = Kind::everything;
    Name name;  // without the @ of a tag
};

/// What a rule is about: `on a, b.*, @tag except c`.
struct Targets {
    Span span;
    std::vector<Target> include;
    std::vector<Target> except;
};

/// The date before which a statement is only tried.
struct Trial {
    std::string_view until;  // 2026-12-20
    Span span;
};

/// What every statement has.
struct Head {
    Span span;             // from its first word to its end
    Span keyword;          // the statement's word or words
    std::string_view doc;  // `##` lines, markers and one blank taken off, joined by \n
};

/// A piece of a `because`: plain text (decoded, `{{` and `}}` made single) or an expression.
struct TextPart {
    std::string_view text;  // when expr is no_expr
    ExprId expr = no_expr;
    Span span;
};

struct Oblige {
    Name name;
    Range32 arguments;  // into File::expr_items
    Span span;
};

// ---------------------------------------------------------------- statements

struct Policy {
    Head head;
    Name name;
    Text version;
};

struct Import {
    enum class Kind : std::uint8_t { standard, file, tools };
    Head head;
    Kind kind = Kind::file;
    Name module;  // std.risk
    Text path;
};

struct Param {
    Head head;
    Name name;
    TypeId type = no_type;
    ExprId value = no_expr;
    ExprId low = no_expr;
    ExprId high = no_expr;
};

struct TypeDecl {
    Head head;
    Name name;
    TypeId type = no_type;
};

struct Attribute {
    Name path;
    TypeId type = no_type;
    ExprId default_value = no_expr;
    bool is_volatile = false;
    Span span;
};

struct Attributes {
    Head head;
    std::vector<Attribute> attributes;
};

struct Facts {
    Head head;
    Name name;
    ExprId key = no_expr;
    std::vector<FieldDecl> fields;
};

struct Data {
    Head head;
    Name name;
    TypeId type = no_type;
    Text path;
};

struct Tool {
    Head head;
    Name name;
    std::optional<Name> tier;
    std::vector<Name> stages;
    std::optional<Name> undo;
    std::vector<Name> tags;
    bool has_args = false;
    bool open_args = false;
    std::vector<FieldDecl> args;
};

struct CatalogueOpen {
    Head head;
};

struct Can {
    std::vector<Name> stages;
    Targets targets;
    ExprId when = no_expr;
    Span span;
};

struct Role {
    Head head;
    Name name;
    std::vector<Name> extends;
    std::vector<Can> grants;
};

struct Bind {
    Head head;
    Name role;
    std::vector<Text> ids;
    std::optional<Name> data;
};

struct Authority {
    Head head;
    std::vector<Name> parties;  // principal, agent
};

struct Need {
    std::int64_t count = 1;
    std::vector<Name> roles;  // `of a or b`; a single `approvers` is that word
    bool principal = false;   // `needs principal`
    Span span;
};

struct Escalation {
    Name role;
    Duration after;
};

struct Approval {
    Head head;
    Name name;
    std::vector<Need> needs;
    std::optional<Duration> within;
    std::optional<Duration> valid;
    std::vector<Escalation> escalations;
    std::vector<Name> never;
};

/// One part of a window; parts are united, `except` parts taken away.
struct WindowPart {
    enum class Kind : std::uint8_t {
        weekly,          // mon..fri 09:00..17:00, or days alone
        dates,           // 2026-12-20 or 2026-12-20 .. 2027-01-05, inclusive
        month_workdays,  // last 3 workdays of month (first with negative = false)
        name,            // another window or a data list
    };
    Kind kind = Kind::weekly;
    Span span;
    std::uint8_t weekdays = 0;         // bit 0 = Monday
    std::int32_t from_minute = 0;      // of the day
    std::int32_t to_minute = 24 * 60;  // may be <= from: past midnight
    std::string_view first_date;
    std::string_view last_date;
    std::int32_t workdays = 0;
    bool last = true;
    Name name;
};

struct Window {
    Head head;
    Name name;
    std::vector<WindowPart> include;
    std::vector<WindowPart> except;
    std::optional<Text> zone;
};

struct Let {
    Head head;
    Name name;
    ExprId value = no_expr;
};

/// A row of a matrix or table: its label cells and its value cells, as written.
struct MatrixRow {
    Span span;
    ExprId label = no_expr;           // no_expr in a `_` row
    BinaryOp band = BinaryOp::equal;  // less or less_equal for a band such as `<= 50 USD`
    bool rest = false;                // `_`
    std::vector<Outcome> outcomes;    // matrix
    std::vector<ExprId> values;       // table
};

/// The label of a column (two axes), the same shape as a row's label.
struct MatrixColumn {
    Span span;
    ExprId label = no_expr;
    BinaryOp band = BinaryOp::equal;
    bool rest = false;
};

struct Table {
    Head head;
    Name name;
    std::vector<TypeId> axes;  // one or two
    TypeId value = no_type;
    std::vector<MatrixColumn> columns;
    std::vector<MatrixRow> rows;
};

struct Raise {
    Head head;
    Name name;
    Targets on;
    std::vector<Name> at;
    ExprId when = no_expr;
    ExprId unless = no_expr;
    Name to;
};

struct Rule {
    Head head;
    Effect effect = Effect::block;
    Name name;
    std::optional<Trial> trial;
    Targets on;
    std::vector<Name> at;  // empty: the effect's own stages
    ExprId when = no_expr;
    ExprId unless = no_expr;
    std::optional<Name> by;
    std::optional<Name> tell;
    std::optional<Duration> within;
    std::vector<Oblige> obliges;
    std::optional<Text> because;  // decoded, braces as written
    Range32 because_parts;        // into File::text_parts
    std::optional<Text> fix;
};

struct Matrix {
    Head head;
    Name name;
    bool is_default = false;
    std::optional<Trial> trial;
    std::vector<ExprId> axes;  // one or two
    std::optional<Targets> on;
    std::vector<Name> at;
    std::vector<MatrixColumn> columns;  // empty with one axis
    std::vector<MatrixRow> rows;
};

struct Default {
    Head head;
    Outcome outcome;
};

struct ObligationDecl {
    Head head;
    Name name;
    std::vector<FieldDecl> params;
};

enum class Aggregate : std::uint8_t { count, sum, distinct };

struct Period {
    bool rolling = true;
    bool about = false;  // `over about 24h`: bucketed
    Duration length;     // rolling
    Name calendar;       // day, week, month, quarter
    std::optional<Text> zone;
    Span span;
};

struct Counter {
    Head head;
    Name name;
    Aggregate aggregate = Aggregate::count;
    ExprId value = no_expr;
    Targets on;
    std::vector<Name> at;
    ExprId where = no_expr;
    Range32 per;  // into File::expr_items
    Period period;
};

struct LimitStep {
    bool inclusive = false;  // >=
    ExprId cap = no_expr;
    Outcome outcome;
    Span span;
};

struct Limit {
    Head head;
    Name name;
    std::optional<Trial> trial;
    Targets on;
    std::vector<Name> at;
    Aggregate aggregate = Aggregate::count;
    ExprId value = no_expr;
    ExprId where = no_expr;
    Range32 per;
    Period period;
    std::vector<LimitStep> steps;
    ExprId unless = no_expr;
    std::vector<Oblige> obliges;
    std::optional<Text> because;  // decoded, braces as written
    Range32 because_parts;        // into File::text_parts
    std::optional<Text> fix;
};

struct ExampleField {
    Name path;
    ExprId value = no_expr;
};

struct Example {
    Head head;
    Name name;
    Name tool;
    std::vector<ExampleField> args;
    std::optional<Name> stage;
    std::vector<Name> roles;  // as …
    std::vector<ExampleField> with;
    Outcome gives;
};

// ---------------------------------------------------------------- a file

enum class StatementKind : std::uint8_t {
    policy,
    import,
    param,
    type,
    attributes,
    facts,
    data,
    tool,
    catalogue,
    role,
    bind,
    authority,
    approval,
    window,
    let,
    table,
    raise,
    rule,
    matrix,
    default_outcome,
    obligation,
    counter,
    limit,
    example,
};

struct StatementRef {
    StatementKind kind;
    std::uint32_t index;
};

/// A `#` comment, for the formatter.
struct Comment {
    Span span;
};

/// Moves, never copies: views into `decoded` hold only while the deque is handed on whole.
struct File {
    File() = default;
    File(File&&) noexcept = default;
    File& operator=(File&&) noexcept = default;
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() = default;

    SourceId source{};
    bool tools_list = false, tools_lost = false;  // is one (engine/schema) · lacks one it imports
    std::vector<Expr> exprs;
    std::vector<ExprId> expr_items;
    std::vector<TypeExpr> types;
    std::vector<TextPart> text_parts;
    std::deque<std::string> decoded;

    std::vector<Policy> policies;
    std::vector<Import> imports;
    std::vector<Param> params;
    std::vector<TypeDecl> type_decls;
    std::vector<Attributes> attributes;
    std::vector<Facts> facts;
    std::vector<Data> data;
    std::vector<Tool> tools;
    std::vector<CatalogueOpen> catalogue;
    std::vector<Role> roles;
    std::vector<Bind> binds;
    std::vector<Authority> authorities;
    std::vector<Approval> approvals;
    std::vector<Window> windows;
    std::vector<Let> lets;
    std::vector<Table> tables;
    std::vector<Raise> raises;
    std::vector<Rule> rules;
    std::vector<Matrix> matrices;
    std::vector<Default> defaults;
    std::vector<ObligationDecl> obligations;
    std::vector<Counter> counters;
    std::vector<Limit> limits;
    std::vector<Example> examples;
    /// What the files of `data` hold, in its order; filled in by whoever reads the set's files.
    std::vector<Document> documents;

    std::vector<StatementRef> order;
    std::vector<Comment> comments;
    /// Names of statements that were reported and left out: using one is no further mistake.
    std::vector<Name> broken;

    [[nodiscard]] const Expr& expr(ExprId id) const { return exprs[static_cast<std::size_t>(id)]; }
    [[nodiscard]] const TypeExpr& type(TypeId id) const {
        return types[static_cast<std::size_t>(id)];
    }
};

}  // namespace proviso::grammar::ast
