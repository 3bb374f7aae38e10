// What is written and reads as something else: a member twice in a list (P1733), a `like` without a
// wildcard (P1734), a regular expression behind `like` (P1735), a name in the braces of a `fix`
// (P1736), `${name}` in a `because` (P1737).
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

/// `{args.amount}` in a text; empty where none is.
std::string_view named_in_braces(std::string_view text) {
    for (std::size_t at = text.find('{'); at != std::string_view::npos;
         at = text.find('{', at + 1)) {
        const std::size_t end = text.find_first_not_of(
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.", at + 1);
        if (end == std::string_view::npos || end == at + 1 || text[end] != '}') continue;
        return text.substr(at, end + 1 - at);
    }
    return {};
}

void look_at_fix(Subject& subject, const std::optional<ast::Text>& fix) {
    const std::string_view braces = fix ? named_in_braces(fix->text) : std::string_view{};
    if (braces.empty()) return;
    subject.sink.report(DiagnosticId::braces_in_fix, fix->span, {braces},
                        "only a `because` tells values, to people: the agent learns no cap");
}

/// A dollar may stand before a number, and not before an amount, which has its code.
void look_at_because(Subject& subject, const std::vector<check::TextPart>& parts) {
    for (std::size_t i = 1; i < parts.size(); ++i) {
        if (parts[i].node == check::no_node || !parts[i - 1].text.ends_with('$')) continue;
        const check::Node& node = subject.set.node(parts[i].node);
        const model::Kind kind = subject.set.types.type(node.type).kind;
        if (kind == model::Kind::integer || kind == model::Kind::decimal) continue;
        subject.sink.report(DiagnosticId::dollar_before_brace, node.span,
                            {"{" + written(subject, node.span) + "}"},
                            "the braces alone tell the value: delete the `$`");
    }
}

}  // namespace

void find_odd_reasons(Subject& subject) {
    for (const check::Rule& rule : subject.set.rules) look_at_because(subject, rule.because);
    for (const check::Limit& limit : subject.set.limits) look_at_because(subject, limit.because);
    for (const ast::File& file : subject.files) {
        if (!is_written(subject, file)) continue;
        for (const ast::Rule& rule : file.rules) look_at_fix(subject, rule.fix);
        for (const ast::Limit& limit : file.limits) look_at_fix(subject, limit.fix);
    }
}

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

void find_odd_trials(Subject& subject) {
    constexpr std::int64_t longest_trial = 366;  // days
    const auto& today = subject.options.compile.today;
    if (!today) return;
    const auto report = [&](const auto& statement, const ast::File& file) {
        if (!statement.trial || !is_written(subject, file)) return;
        const auto day = model::parse_date(statement.trial->until);
        if (!day) return;
        const std::int64_t left = *day - today->time_since_epoch().count();
        if (left > 0 && left <= longest_trial) return;
        subject.sink.report(left > 0 ? DiagnosticId::trial_long : DiagnosticId::trial_over,
                            statement.trial->span, {statement.name.text, statement.trial->until},
                            left > 0 ? "it holds nothing back before: name the day on which it is "
                                       "decided whether it stays"
                                     : "it is in force: take `trial until` out, or give it more "
                                       "time");
    };
    for (const ast::File& file : subject.files) {
        for (const ast::Rule& rule : file.rules) report(rule, file);
        for (const ast::Matrix& matrix : file.matrices) report(matrix, file);
        for (const ast::Limit& limit : file.limits) report(limit, file);
    }
}

}  // namespace proviso::lint
