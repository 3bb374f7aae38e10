// Actions that end a statement and put it into the file. Included by parser.cpp only.
#pragma once

#include "grammar/actions.h"

namespace proviso::grammar {

// ------------------------------------------------------------ heads

/// Layout behind the last statement may have taken the line for a comment.
PROVISO_ON(doc_line) {
    auto& comments = b.file.comments;
    while (!comments.empty() && comments.back().span.begin >= b.offset(in.begin())) {
        comments.pop_back();
    }
    std::string_view line = view(in).substr(2);
    line.remove_suffix(line.size() - (line.find_last_not_of(" \t\r\n") + 1));
    if (line.starts_with(' ')) line.remove_prefix(1);
    b.docs.push_back(line);
}

template <typename Word>
struct action<peg::head_word<Word>> {
    static void apply(const Match& in, Builder& b) {
        b.keyword = place(in, b);
        b.statement_word = view(in);
        if (b.statement_word.size() > 7 && b.statement_word.ends_with("matrix")) {
            b.statement_word = "default matrix";
        }
    }
};

PROVISO_ON(statement_name) {
    b.name = b.pop_name();
}
PROVISO_ON(tool_statement_name) {
    b.name = b.pop_name();
}
PROVISO_ON(trial_date) {
    constexpr std::size_t date_size = 10;
    const Span span = b.span(in.begin(), in.begin() + date_size);
    b.check_date(span);
    b.trial = ast::Trial{view(in).substr(0, date_size), span};
}

/// Adds a statement whose action this is; its kind's vector is `list`.
template <typename Statement>
void add(Builder& b, ast::StatementKind kind, std::vector<Statement>& list, Statement statement) {
    b.file.order.push_back({kind, static_cast<std::uint32_t>(list.size())});
    list.push_back(std::move(statement));
}

inline ast::Head head(const Match& in, Builder& b) {
    Span span = b.token_span(in);
    span.begin = b.statement_begin;
    return b.head(span);
}

// ------------------------------------------------------------ rules, raises, limits, counters

PROVISO_ON(allow_word) {
    b.effect = ast::Effect::allow;
}
PROVISO_ON(notify_word) {
    b.effect = ast::Effect::notify;
}
PROVISO_ON(gate_word) {
    b.effect = ast::Effect::gate;
}
PROVISO_ON(block_word) {
    b.effect = ast::Effect::block;
}

inline void refuse_clause(Builder& b, const std::optional<ast::Name>& clause, std::string_view word,
                          std::string_view help) {
    if (!clause) return;
    b.sink.report(DiagnosticId::foreign_clause, clause->span, {word, b.statement_word},
                  std::string(help));
}

inline void check_people(Builder& b) {
    if (b.effect != ast::Effect::gate) {
        refuse_clause(b, b.clauses.by, "by", "only a `gate` is opened by somebody");
    }
    if (b.effect != ast::Effect::notify) {
        refuse_clause(b, b.clauses.tell, "tell", "only a `notify` tells somebody");
    }
}

constexpr std::string_view on_help = "say which tools it is about, as `on pay`, or `on *`";

inline bool is_whole(Builder& b) {
    bool whole = b.require(Once::on, "on", on_help);
    if (b.effect == ast::Effect::gate) {
        whole &= b.require(Once::by, "by", "say who opens it, as `by lead`");
    }
    if (b.effect == ast::Effect::notify) {
        whole &= b.require(Once::tell, "tell", "say who looks at it, as `tell lead within 24h`");
    }
    return whole;
}

inline void add_rule(const Match& in, Builder& b) {
    check_people(b);
    if (!is_whole(b)) return;
    Clauses& given = b.clauses;
    ast::Rule rule;
    rule.head = head(in, b);
    rule.effect = b.effect;
    rule.name = b.name;
    rule.trial = b.trial;
    rule.on = std::move(given.on);
    rule.at = std::move(given.at);
    rule.when = given.when;
    rule.unless = given.unless;
    rule.by = given.by;
    rule.tell = given.tell;
    rule.within = given.within;
    rule.obliges = std::move(given.obliges);
    rule.because = given.because;
    rule.because_parts = given.because_parts;
    rule.fix = given.fix;
    add(b, ast::StatementKind::rule, b.file.rules, std::move(rule));
}

PROVISO_ON(rule_statement) {
    add_rule(in, b);
}
PROVISO_ON(tried_rule) {
    add_rule(in, b);
}

PROVISO_ON(raise_statement) {
    if (!b.require(Once::to, "to", "write the tier that it lifts to")) return;
    if (!b.require(Once::on, "on", on_help)) return;
    Clauses& given = b.clauses;
    ast::Raise raise{head(in, b),  b.name,  std::move(given.on), std::move(given.at), given.when,
                     given.unless, given.to};
    add(b, ast::StatementKind::raise, b.file.raises, std::move(raise));
}

PROVISO_ON(counter_statement) {
    if (!b.require(Once::over, "over", "write a period, as `over 24h`")) return;
    Clauses& given = b.clauses;
    ast::Counter counter{
        head(in, b),         b.name,      given.aggregate, given.value, std::move(given.on),
        std::move(given.at), given.where, given.per,       given.period};
    add(b, ast::StatementKind::counter, b.file.counters, std::move(counter));
}

inline constexpr std::string_view count_help =
    "say what is counted, over which time, and the cap: `count over 24h > 3 : block`";

PROVISO_ON(limit_statement) {
    if (!b.require(Once::measure, "count", count_help)) return;
    if (!b.require(Once::on, "on", on_help)) return;
    Clauses& given = b.clauses;
    ast::Limit limit;
    limit.head = head(in, b);
    limit.name = b.name;
    limit.trial = b.trial;
    limit.on = std::move(given.on);
    limit.at = std::move(given.at);
    limit.aggregate = given.aggregate;
    limit.value = given.value;
    limit.where = given.where;
    limit.per = given.per;
    limit.period = given.period;
    limit.steps = std::move(given.steps);
    limit.unless = given.unless;
    limit.obliges = std::move(given.obliges);
    limit.because = given.because;
    limit.because_parts = given.because_parts;
    limit.fix = given.fix;
    add(b, ast::StatementKind::limit, b.file.limits, std::move(limit));
}

// ------------------------------------------------------------ matrices, tables, defaults

PROVISO_ON(axis) {
    b.axes.push_back(b.pop_operand());
}

PROVISO_ON(matrix_by) {
    if (!b.first(Once::axes, place(in, b))) b.axes.resize(b.axes_seen);
    b.axes_seen = b.axes.size();
}

inline void add_matrix(const Match& in, Builder& b, bool is_default) {
    check_header(b, b.axes.size());
    ast::Matrix matrix;
    matrix.head = head(in, b);
    matrix.name = b.name;
    matrix.is_default = is_default;
    matrix.trial = b.trial;
    matrix.axes = std::exchange(b.axes, {});
    if (b.clauses.has(Once::on)) matrix.on = std::move(b.clauses.on);
    matrix.at = std::move(b.clauses.at);
    matrix.columns = std::exchange(b.columns, {});
    matrix.rows = std::exchange(b.rows, {});
    const bool complete = b.require(Once::axes, "by", "name its axes, as `by tier`");
    if (complete) add(b, ast::StatementKind::matrix, b.file.matrices, std::move(matrix));
}

PROVISO_ON(matrix_statement) {
    add_matrix(in, b, false);
}
PROVISO_ON(default_matrix) {
    add_matrix(in, b, true);
}

PROVISO_ON(table_axes) {
    b.axes_seen = b.types.size();
}

PROVISO_ON(table_statement) {
    check_header(b, b.axes_seen);
    ast::Table table;
    table.head = head(in, b);
    table.name = b.name;
    table.value = b.pop_type();
    for (const TypeEntry& axis : b.types) table.axes.push_back(axis.id);
    b.types.clear();
    table.columns = std::exchange(b.columns, {});
    table.rows = std::exchange(b.rows, {});
    add(b, ast::StatementKind::table, b.file.tables, std::move(table));
}

PROVISO_ON(default_outcome) {
    add(b, ast::StatementKind::default_outcome, b.file.defaults, {head(in, b), b.outcome});
}

// ------------------------------------------------------------ the vocabulary

PROVISO_ON(policy_statement) {
    add(b, ast::StatementKind::policy, b.file.policies, {head(in, b), b.name, b.text});
}

PROVISO_ON(import_tools) {
    b.import.kind = ast::Import::Kind::tools;
}
PROVISO_ON(import_file) {
    b.import.kind = ast::Import::Kind::file;
}
PROVISO_ON(import_module) {
    b.import.kind = ast::Import::Kind::standard;
    b.import.module = b.pop_name();
}
PROVISO_ON(import_statement) {
    ast::Import import = std::exchange(b.import, {});
    import.head = head(in, b);
    if (import.kind != ast::Import::Kind::standard) import.path = b.text;
    add(b, ast::StatementKind::import, b.file.imports, import);
}

PROVISO_ON(param_statement) {
    ast::Param param;
    param.head = head(in, b);
    param.name = b.name;
    param.type = b.pop_type();
    if (b.operands.size() > 2) {
        param.high = b.pop_operand();
        param.low = b.pop_operand();
    }
    param.value = b.pop_operand();
    add(b, ast::StatementKind::param, b.file.params, param);
}

PROVISO_ON(type_statement) {
    add(b, ast::StatementKind::type, b.file.type_decls, {head(in, b), b.name, b.pop_type()});
}

PROVISO_ON(attribute_default) {
    b.attribute_default = b.pop_operand();
}
PROVISO_ON(volatile_mark) {
    b.attribute_volatile = true;
}
PROVISO_ON(attribute) {
    const ast::TypeId type = b.pop_type();
    b.attributes.push_back({b.pop_name(), type, std::exchange(b.attribute_default, ast::no_expr),
                            std::exchange(b.attribute_volatile, false), b.token_span(in)});
}
PROVISO_ON(attributes_statement) {
    add(b, ast::StatementKind::attributes, b.file.attributes,
        {head(in, b), std::exchange(b.attributes, {})});
}

PROVISO_ON(facts_statement) {
    ast::Facts facts{head(in, b), b.name, b.pop_operand(), b.take_fields(b.statement_begin)};
    add(b, ast::StatementKind::facts, b.file.facts, std::move(facts));
}

PROVISO_ON(data_statement) {
    add(b, ast::StatementKind::data, b.file.data, {head(in, b), b.name, b.pop_type(), b.text});
}

PROVISO_ON(let_statement) {
    add(b, ast::StatementKind::let, b.file.lets, {head(in, b), b.name, b.pop_operand()});
}

PROVISO_ON(obligation_statement) {
    add(b, ast::StatementKind::obligation, b.file.obligations,
        {head(in, b), b.name, b.take_fields(b.statement_begin)});
}

PROVISO_ON(catalogue_statement) {
    add(b, ast::StatementKind::catalogue, b.file.catalogue, {head(in, b)});
}

// ------------------------------------------------------------ tools

PROVISO_ON(tier_item) {
    const ast::Name tier = b.pop_name();
    if (b.first(Once::tier, place(in, b))) b.tool.tier = tier;
}
PROVISO_ON(stages_item) {
    std::vector<ast::Name> stages = b.take_names(b.offset(in.begin()));
    if (b.first(Once::stages, place(in, b))) b.tool.stages = std::move(stages);
}
PROVISO_ON(undo_item) {
    const ast::Name undo = b.pop_name();
    if (b.first(Once::undo, place(in, b))) b.tool.undo = undo;
}
PROVISO_ON(tags_item) {
    std::vector<ast::Name> tags = b.take_names(b.offset(in.begin()));
    if (b.first(Once::tags, place(in, b))) b.tool.tags = std::move(tags);
}
PROVISO_ON(open_mark) {
    b.tool.open_args = true;
}
PROVISO_ON(args_open) {
    b.in_args = true;
}
PROVISO_ON(args_item) {
    b.in_args = false;
    std::vector<ast::FieldDecl> fields = b.take_fields(b.offset(in.begin()));
    if (!b.first(Once::args, place(in, b))) return;
    b.tool.has_args = true;
    b.tool.args = std::move(fields);
}
PROVISO_ON(tool_statement) {
    ast::Tool tool = std::exchange(b.tool, {});
    tool.head = head(in, b);
    tool.name = b.name;
    add(b, ast::StatementKind::tool, b.file.tools, std::move(tool));
}

// ------------------------------------------------------------ people

PROVISO_ON(extends_part) {
    b.role.extends = b.take_names(b.offset(in.begin()));
}
PROVISO_ON(grant_stages) {
    b.grant_stages = b.take_names(b.offset(in.begin()));
}
PROVISO_ON(can_item) {
    const ast::ExprId when = std::exchange(b.clauses.when, ast::no_expr);
    b.clauses.first = {};
    b.role.grants.push_back(
        {std::exchange(b.grant_stages, {}), std::exchange(b.targets, {}), when, b.token_span(in)});
}
PROVISO_ON(role_statement) {
    ast::Role role = std::exchange(b.role, {});
    role.head = head(in, b);
    role.name = b.name;
    add(b, ast::StatementKind::role, b.file.roles, std::move(role));
}

PROVISO_ON(bind_id) {
    b.texts.push_back(b.text);
}
PROVISO_ON(bind_data) {
    b.bind_data = b.pop_name();
}
PROVISO_ON(bind_statement) {
    add(b, ast::StatementKind::bind, b.file.binds,
        {head(in, b), b.name, std::exchange(b.texts, {}), std::exchange(b.bind_data, {})});
}

PROVISO_ON(party) {
    const ast::Name& party = b.names.back();
    if (party.text == "principal" || party.text == "agent") return;
    b.sink.report(DiagnosticId::unknown_party, party.span, {party.text},
                  "authority is asked of `principal` and `agent`");
}
PROVISO_ON(authority_statement) {
    add(b, ast::StatementKind::authority, b.file.authorities,
        {head(in, b), b.take_names(b.statement_begin)});
}

PROVISO_ON(need_count) {
    b.need_count = b.count;
}
PROVISO_ON(needs_item) {
    ast::Need need;
    need.span = b.token_span(in);
    need.count = std::exchange(b.need_count, 1);
    need.roles = b.take_names(need.span.begin);
    const bool is_principal =
        need.roles.size() == 1 && !need.roles[0].quoted && need.roles[0].text == "principal";
    if (is_principal) {
        need.principal = true;
        need.roles.clear();
    }
    b.approval.needs.push_back(std::move(need));
}
PROVISO_ON(within_item) {
    if (b.first(Once::within, place(in, b))) b.approval.within = b.duration;
}
PROVISO_ON(valid_item) {
    if (b.first(Once::valid, place(in, b))) b.approval.valid = b.duration;
}
PROVISO_ON(escalate_item) {
    b.approval.escalations.push_back({b.pop_name(), b.duration});
}
PROVISO_ON(never_path) {
    const Span span = b.token_span(in);
    const std::string_view written = view(in).substr(0, span.end - span.begin);
    b.approval.never.push_back({path_text(written, b), span, false});
}
PROVISO_ON(approval_statement) {
    ast::Approval approval = std::exchange(b.approval, {});
    approval.head = head(in, b);
    approval.name = b.name;
    add(b, ast::StatementKind::approval, b.file.approvals, std::move(approval));
}

// ------------------------------------------------------------ windows

inline unsigned weekday_index(std::string_view name) {
    constexpr std::string_view names = "montuewedthufrisatsun";
    return static_cast<unsigned>(names.find(name.substr(0, 3)) / 3);
}

PROVISO_ON(weekday) {
    b.weekday = weekday_index(view(in));
    b.part.weekdays = static_cast<std::uint8_t>(b.part.weekdays | (1U << b.weekday));
}
PROVISO_ON(last_weekday) {
    const unsigned last = weekday_index(view(in));
    for (unsigned day = b.weekday; day != last; day = (day + 1) % 7) {
        b.part.weekdays = static_cast<std::uint8_t>(b.part.weekdays | (1U << day));
    }
    b.part.weekdays = static_cast<std::uint8_t>(b.part.weekdays | (1U << last));
}

inline std::int32_t checked_minutes(const Match& in, Builder& b, bool allow_midnight_end) {
    if (!is_hour(view(in), allow_midnight_end)) {
        b.sink.report(DiagnosticId::no_such_hour, place(in, b), {view(in)},
                      "hours go from `00:00` to `24:00`");
    }
    return minutes_of(view(in));
}
PROVISO_ON(from_hour) {
    b.part.from_minute = checked_minutes(in, b, false);
}
PROVISO_ON(to_hour) {
    b.part.to_minute = checked_minutes(in, b, true);
}

inline std::string_view checked_date(const Match& in, Builder& b) {
    b.check_date(place(in, b));
    return view(in);
}
PROVISO_ON(first_date) {
    b.part.first_date = b.part.last_date = checked_date(in, b);
}
PROVISO_ON(last_date) {
    b.part.last_date = checked_date(in, b);
}

inline void push_part(const Match& in, Builder& b, ast::WindowPart::Kind kind) {
    ast::WindowPart part = std::exchange(b.part, {});
    part.kind = kind;
    part.span = b.token_span(in);
    b.window_parts.push_back(part);
}

PROVISO_ON(weekly_part) {
    push_part(in, b, ast::WindowPart::Kind::weekly);
}
PROVISO_ON(dates_part) {
    push_part(in, b, ast::WindowPart::Kind::dates);
}
PROVISO_ON(workdays_part) {
    b.part.workdays = static_cast<std::int32_t>(std::min<std::int64_t>(b.count, 1'000));
    b.part.last = *in.begin() == 'l';
    push_part(in, b, ast::WindowPart::Kind::month_workdays);
}
/// The first byte behind the match that is no blank; 0 at the end of the text.
inline char next_sign(const Match& in) {
    const char* at = in.end();
    while (at != in.input().end() && *at == ' ') ++at;
    return at == in.input().end() ? '\0' : *at;
}
PROVISO_ON(named_part) {
    b.part.name = b.pop_name();
    const char next = next_sign(in);  // of a range or of hours, at which the parse will stop
    const bool stops = next == '.' || next == '-' || (next >= '0' && next <= '9');
    if (!stops && is_long_weekday(b.part.name.text)) {
        b.sink.report(DiagnosticId::unknown_weekday, b.part.name.span, {b.part.name.text},
                      std::string(weekday_help));
    }
    push_part(in, b, ast::WindowPart::Kind::name);
}

PROVISO_ON(except_parts) {
    const std::uint32_t begin = b.offset(in.begin());
    auto from = b.window_parts.end();
    while (from != b.window_parts.begin() && (from - 1)->span.begin >= begin) --from;
    std::vector<ast::WindowPart> taken(from, b.window_parts.end());
    b.window_parts.erase(from, b.window_parts.end());
    if (b.first(Once::except, place(in, b))) b.window.except = std::move(taken);
}
PROVISO_ON(in_zone) {
    if (b.statement_word == "window") (void)b.first(Once::zone, place(in, b));
}
PROVISO_ON(window_statement) {
    ast::Window window = std::exchange(b.window, {});
    window.head = head(in, b);
    window.name = b.name;
    window.include = std::exchange(b.window_parts, {});
    window.zone = std::exchange(b.zone, std::nullopt);
    add(b, ast::StatementKind::window, b.file.windows, std::move(window));
}

// ------------------------------------------------------------ examples

inline void push_example_field(Builder& b) {
    const ast::ExprId value = b.pop_operand();
    b.example_fields.push_back({b.pop_name(), value});
}

PROVISO_ON(argument) {
    push_example_field(b);
}
PROVISO_ON(context_field) {
    push_example_field(b);
}
PROVISO_ON(call_clause) {
    std::vector<ast::ExampleField> fields = std::exchange(b.example_fields, {});
    const ast::Name tool = b.pop_name();
    if (!b.first(Once::call, place(in, b))) return;
    b.example.tool = tool;
    b.example.args = std::move(fields);
}
PROVISO_ON(as_clause) {
    std::vector<ast::Name> roles = b.take_names(b.offset(in.begin()));
    if (b.first(Once::as, place(in, b))) b.example.roles = std::move(roles);
}
PROVISO_ON(with_clause) {
    std::vector<ast::ExampleField> fields = std::exchange(b.example_fields, {});
    if (b.first(Once::with, place(in, b))) b.example.with = std::move(fields);
}
PROVISO_ON(gives_clause) {
    if (b.first(Once::gives, place(in, b))) b.example.gives = b.outcome;
}
PROVISO_ON(example_statement) {
    ast::Example example = std::exchange(b.example, {});
    example.name = b.name;
    if (b.clauses.at.size() > 1) {
        b.sink.report(DiagnosticId::one_stage, b.clauses.at[1].span, {},
                      "write an example for each stage");
    }
    if (!b.clauses.at.empty()) example.stage = b.clauses.at.front();
    const bool complete =
        b.require(Once::call, "call", "write the call, as `call tool { arg: 1 }`") &&
        b.require(Once::gives, "gives", "write what is decided, as `gives allow`");
    if (!complete) return;
    example.head = head(in, b);
    add(b, ast::StatementKind::example, b.file.examples, std::move(example));
}

}  // namespace proviso::grammar
