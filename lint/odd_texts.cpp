// What is written and reads as something else: a member twice in a list (P1733), a `like` without a
// wildcard (P1734), a regular expression behind `like` (P1735).
// Covered by tests/golden/lint/texts.
#include <array>
#include <set>

#include "engine/model/calendar.h"
#include "lint/passes.h"

namespace proviso::lint {
namespace {

void look_at_list(Subject& subject, const ast::File& file, const ast::Expr& list) {
    std::set<std::string> seen;
    for (std::uint32_t i = 0; i < list.items.count; ++i) {
        const ast::Expr& member = file.expr(file.expr_items[list.items.begin + i]);
        const std::string text = written(subject, member.span);
        if (seen.insert(text).second) continue;
        subject.sink.report(DiagnosticId::listed_twice, member.span, {text}, "once is enough");
    }
}

/// A piece that no plain text has and every other regular expression does.
std::string_view regex_piece(std::string_view text) {
    if (text.starts_with('^')) return "^";
    if (text.ends_with('$')) return "$";
    constexpr std::array pieces = {"\\d", "\\w", "\\s", "\\.", "[0-9", "[a-z", "[A-Z", "(?"};
    for (const std::string_view piece : pieces) {
        if (text.find(piece) != std::string_view::npos) return piece;
    }
    return {};
}

void look_at_like(Subject& subject, const ast::File& file, const ast::Expr& like) {
    const ast::Expr& pattern = file.expr(like.b);
    if (pattern.kind != ast::ExprKind::string) return;
    const std::string_view piece = regex_piece(pattern.text);
    if (!piece.empty()) {
        subject.sink.report(DiagnosticId::like_with_regex, pattern.span, {pattern.text, piece},
                            "write `matches r\"…\"` for a regular expression");
    } else if (pattern.text.find('*') == std::string_view::npos) {
        subject.sink.report(DiagnosticId::like_without_star, pattern.span, {},
                            "write `==`, or `*` where any text may stand");
    }
}

}  // namespace

void find_odd_texts(Subject& subject) {
    for (const ast::File& file : subject.files) {
        if (!is_written(subject, file)) continue;
        for (const ast::Expr& expr : file.exprs) {
            if (expr.kind == ast::ExprKind::list) look_at_list(subject, file, expr);
            if (expr.kind == ast::ExprKind::binary && expr.binary == ast::BinaryOp::like) {
                look_at_like(subject, file, expr);
            }
        }
    }
}

void find_old_trials(Subject& subject) {
    const auto& today = subject.options.compile.today;
    if (!today) return;
    const auto report = [&](const auto& statement, const ast::File& file) {
        if (!statement.trial || !is_written(subject, file)) return;
        const auto day = model::parse_date(statement.trial->until);
        if (!day || *day > today->time_since_epoch().count()) return;
        subject.sink.report(DiagnosticId::trial_over, statement.trial->span,
                            {statement.name.text, statement.trial->until},
                            "it is in force: take `trial until` out, or give it more time");
    };
    for (const ast::File& file : subject.files) {
        for (const ast::Rule& rule : file.rules) report(rule, file);
        for (const ast::Matrix& matrix : file.matrices) report(matrix, file);
        for (const ast::Limit& limit : file.limits) report(limit, file);
    }
}

}  // namespace proviso::lint
