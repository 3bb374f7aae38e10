// Actions for clauses and what they share: targets, outcomes, texts, rows. Included by parser.cpp
// only. A clause fills its place in Builder::clauses; the statement takes them all at its end.
#pragma once

#include "grammar/actions.h"

namespace proviso::grammar {

// ------------------------------------------------------------ targets

PROVISO_ON(everything) {
    b.targets.include.push_back({ast::Target::Kind::everything, {view(in), place(in, b), false}});
}

PROVISO_ON(tag) {
    const ast::Name name = b.pop_name();
    b.targets.include.push_back({ast::Target::Kind::tag, name});
}

PROVISO_ON(tool_or_glob) {
    const bool is_glob = view(in).find('*') != std::string_view::npos;
    const auto kind = is_glob ? ast::Target::Kind::glob : ast::Target::Kind::name;
    b.targets.include.push_back({kind, {view(in), place(in, b), false}});
}

PROVISO_ON(quoted_tool) {
    b.set_text(place(in, b), false);
    const ast::Name name{b.text.text, b.text.span, true};
    b.targets.include.push_back({ast::Target::Kind::name, name});
    if (name.text.find('*') == std::string_view::npos) return;
    b.sink.report(DiagnosticId::quoted_glob, name.span, {name.text}, "write a glob without quotes");
}

PROVISO_ON(except_targets) {
    const std::uint32_t begin = b.offset(in.begin());
    auto& include = b.targets.include;
    auto from = include.end();
    while (from != include.begin() && (from - 1)->name.span.begin >= begin) --from;
    b.targets.except.assign(from, include.end());
    include.erase(from, include.end());
}

PROVISO_ON(targets) {
    b.targets.span = b.token_span(in);
}

// ------------------------------------------------------------ outcomes

inline void set_outcome(ast::Effect effect, const Match& in, Builder& b) {
    b.outcome.effect = effect;
    b.outcome.span = b.token_span(in);
    b.outcome.who = {};
    if (!b.names.empty() && b.names.back().span.begin >= b.outcome.span.begin) {
        b.outcome.who = b.pop_name();
    }
    b.outcome.within = std::exchange(b.within, std::nullopt);
}

PROVISO_ON(within_part) {
    b.within = b.duration;
}
PROVISO_ON(allow_outcome) {
    set_outcome(ast::Effect::allow, in, b);
}
PROVISO_ON(block_outcome) {
    set_outcome(ast::Effect::block, in, b);
}
PROVISO_ON(gate_outcome) {
    set_outcome(ast::Effect::gate, in, b);
}
PROVISO_ON(notify_outcome) {
    set_outcome(ast::Effect::notify, in, b);
}
PROVISO_ON(given_gate) {
    set_outcome(ast::Effect::gate, in, b);
}
PROVISO_ON(given_notify) {
    set_outcome(ast::Effect::notify, in, b);
}

// ------------------------------------------------------------ because

PROVISO_ON(prose_piece) {
    b.file.text_parts.push_back({b.decoded(place(in, b), true), ast::no_expr, place(in, b)});
}

PROVISO_ON(interpolation) {
    b.file.text_parts.push_back({{}, b.pop_operand(), place(in, b)});
}

PROVISO_ON(prose) {
    const std::string_view body = view(in).substr(1, view(in).size() - 2);
    const bool has_escape = body.find('\\') != std::string_view::npos;
    b.text = {has_escape ? b.keep(decode_escapes(body, false).text) : body, place(in, b), false};
}

PROVISO_ON(raw_prose) {
    b.set_text(place(in, b), true);
    b.file.text_parts.push_back({b.text.text, ast::no_expr, b.text.span});
}

// ------------------------------------------------------------ clauses of rules

PROVISO_ON(on_clause) {
    ast::Targets targets = std::exchange(b.targets, {});
    if (b.first(Once::on, place(in, b))) b.clauses.on = std::move(targets);
}

PROVISO_ON(at_clause) {
    std::vector<ast::Name> stages = b.take_names(b.offset(in.begin()));
    if (b.first(Once::at, place(in, b))) b.clauses.at = std::move(stages);
}

PROVISO_ON(when_clause) {
    const ast::ExprId condition = b.pop_operand();
    if (b.first(Once::when, place(in, b))) b.clauses.when = condition;
}

PROVISO_ON(unless_clause) {
    const ast::ExprId condition = b.pop_operand();
    if (b.first(Once::unless, place(in, b))) b.clauses.unless = condition;
    const ast::Expr& expr = b.file.expr(condition);
    const bool is_not = expr.kind == ast::ExprKind::unary && !expr.bracketed &&
                        expr.unary == ast::UnaryOp::logical_not;
    if (!is_not) return;
    b.sink.report(DiagnosticId::unless_not, expr.op_span, {}, "write it as a condition of `when`");
}

PROVISO_ON(by_clause) {
    const ast::Name who = b.pop_name();
    if (b.first(Once::by, place(in, b))) b.clauses.by = who;
}

PROVISO_ON(tell_clause) {
    const ast::Name role = b.pop_name();
    const std::optional<ast::Duration> within = std::exchange(b.within, std::nullopt);
    if (!b.first(Once::tell, place(in, b))) return;
    b.clauses.tell = role;
    b.clauses.within = within;
}

PROVISO_ON(because_clause) {
    const std::uint32_t begin = b.offset(in.begin());
    auto& parts = b.file.text_parts;
    auto from = parts.size();
    while (from > 0 && parts[from - 1].span.begin >= begin) --from;
    if (!b.first(Once::because, place(in, b))) return;
    b.clauses.because = b.text;
    b.clauses.because_parts = {static_cast<std::uint32_t>(from),
                               static_cast<std::uint32_t>(parts.size() - from)};
}

PROVISO_ON(fix_clause) {
    if (b.first(Once::fix, place(in, b))) b.clauses.fix = b.text;
}

PROVISO_ON(to_clause) {
    const ast::Name tier = b.pop_name();
    if (b.first(Once::to, place(in, b))) b.clauses.to = tier;
}

PROVISO_ON(duty) {
    const Span span = b.token_span(in);
    const ast::Range32 arguments = b.take_items(span.begin);
    b.duties.push_back({b.pop_name(), arguments, span});
}

PROVISO_ON(oblige_clause) {
    std::vector<ast::Oblige> duties = std::exchange(b.duties, {});
    if (b.first(Once::oblige, place(in, b))) b.clauses.obliges = std::move(duties);
}

// ------------------------------------------------------------ counting

PROVISO_ON(count_aggregate) {
    b.clauses.aggregate = ast::Aggregate::count;
}

inline void set_aggregate(ast::Aggregate aggregate, Builder& b) {
    b.clauses.aggregate = aggregate;
    b.clauses.value = b.pop_operand();
}
PROVISO_ON(sum_aggregate) {
    set_aggregate(ast::Aggregate::sum, b);
}
PROVISO_ON(distinct_aggregate) {
    set_aggregate(ast::Aggregate::distinct, b);
}

PROVISO_ON(where_clause) {
    const ast::ExprId condition = b.pop_operand();
    if (b.first(Once::where, place(in, b))) b.clauses.where = condition;
}

PROVISO_ON(per_clause) {
    const ast::Range32 keys = b.take_items(b.offset(in.begin()));
    if (b.first(Once::per, place(in, b))) b.clauses.per = keys;
}

PROVISO_ON(zone) {
    b.zone = b.text;
}

PROVISO_ON(calendar_unit) {
    const ast::Name& unit = b.names.back();
    for (const std::string_view known : {"day", "week", "month", "quarter"}) {
        if (unit.text == known) return;
    }
    const std::string_view meant = did_you_mean(unit.text, {"day", "week", "month", "quarter"});
    b.sink.report(DiagnosticId::unknown_period, unit.span, {unit.text},
                  meant.empty() ? "write `day`, `week`, `month` or `quarter`"
                                : "did you mean `" + std::string(meant) + "`?");
}

PROVISO_ON(calendar_period) {
    b.period = {};
    b.period.rolling = false;
    b.period.calendar = b.pop_name();
    b.period.zone = std::exchange(b.zone, std::nullopt);
    b.period.span = b.token_span(in);
}

PROVISO_ON(rolling_period) {
    b.period = {};
    b.period.about = *in.begin() == 'a';
    b.period.length = b.duration;
    b.period.span = b.token_span(in);
}

PROVISO_ON(over_clause) {
    if (b.first(Once::over, place(in, b))) b.clauses.period = b.period;
}

PROVISO_ON(step) {
    const bool inclusive = in.begin()[1] == '=';
    b.clauses.steps.push_back({inclusive, b.pop_operand(), b.outcome, b.token_span(in)});
}

PROVISO_ON(measure) {
    (void)b.first(Once::measure, place(in, b));
}

// ------------------------------------------------------------ rows

inline void set_label(const Match& in, Builder& b, ast::BinaryOp band, bool rest) {
    b.label = {b.token_span(in), rest ? ast::no_expr : b.pop_operand(), band, rest};
}

PROVISO_ON(rest_label) {
    set_label(in, b, ast::BinaryOp::equal, true);
}
PROVISO_ON(literal_label) {
    set_label(in, b, ast::BinaryOp::equal, false);
}

PROVISO_ON(word_label) {
    const ast::Name word = b.pop_name();
    b.push_expr(ast::ExprKind::path, word.span).text = word.text;
    set_label(in, b, ast::BinaryOp::equal, false);
}

PROVISO_ON(band_label) {
    const bool inclusive = in.begin()[1] == '=';
    set_label(in, b, inclusive ? ast::BinaryOp::less_equal : ast::BinaryOp::less, false);
}

PROVISO_ON(column) {
    b.columns.push_back(b.label);
}
PROVISO_ON(outcome_cell) {
    b.outcomes.push_back(b.outcome);
}

inline void check_one_line(const Match& in, Builder& b) {
    const std::string_view row = view(in).substr(0, view(in).rfind('|') + 1);
    const std::size_t line_end = row.find('\n');
    if (line_end == std::string_view::npos) return;
    b.sink.report(DiagnosticId::row_over_lines, b.span(in.begin(), in.begin() + line_end), {},
                  "write its cells on one line, each followed by `|`");
}

inline void check_cells(const Match& in, Builder& b, std::size_t cells) {
    check_one_line(in, b);
    if (b.columns.empty() || cells == b.columns.size()) return;
    const std::string have = std::to_string(cells);
    const std::string want = std::to_string(b.columns.size());
    b.sink.report(DiagnosticId::row_cells, b.token_span(in), {have, want},
                  "write one cell for each column");
}

inline void push_row(const Match& in, Builder& b, const ast::MatrixColumn& label,
                     std::vector<ast::Outcome> outcomes, std::vector<ast::ExprId> values) {
    check_cells(in, b, outcomes.size() + values.size());
    b.rows.push_back({b.token_span(in), label.label, label.band, label.rest, std::move(outcomes),
                      std::move(values)});
}

PROVISO_ON(header_row) {
    check_one_line(in, b);
    const bool is_late = !b.rows.empty() || b.header_seen;
    b.header_seen = true;
    if (!is_late) return;
    b.sink.report(DiagnosticId::late_header, b.token_span(in), {},
                  "write one header, above the rows");
}

PROVISO_ON(matrix_row) {
    push_row(in, b, b.label, std::exchange(b.outcomes, {}), {});
}

PROVISO_ON(table_row) {
    const std::uint32_t begin = b.offset(in.begin());
    auto from = b.operands.end();
    while (from != b.operands.begin() && (from - 1)->begin >= begin) --from;
    std::vector<ast::ExprId> values;
    for (auto at = from; at != b.operands.end(); ++at) values.push_back(at->id);
    b.operands.erase(from, b.operands.end());
    push_row(in, b, b.label, {}, std::move(values));
}

inline void check_header(Builder& b, std::size_t axes) {
    if (axes == 2 && !b.header_seen) {
        b.sink.report(DiagnosticId::missing_header, b.name.span, {},
                      "start the rows with `| column | column |`");
    }
    if (axes == 1 && b.header_seen) {
        b.sink.report(DiagnosticId::header_not_here, b.name.span, {},
                      "delete the header, or name a second axis after `by`");
    }
}

}  // namespace proviso::grammar
