#include "grammar/ast_dump.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "grammar/ast_words.h"

namespace proviso::grammar {
namespace {

using namespace ast;  // NOLINT: this unit is about nothing else

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char letter : text) {
        switch (letter) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                if (static_cast<unsigned char>(letter) < 0x20) {
                    out += fmt::format("\\u{:04x}", static_cast<unsigned>(letter));
                } else {
                    out += letter;
                }
        }
    }
    return out + '"';
}

std::string literal(std::string_view text, bool raw) {
    return raw ? fmt::format("r\"{}\"", text) : quoted(text);
}

std::string show(const Name& name) {
    return name.quoted ? quoted(name.text) : std::string(name.text);
}
std::string show(const Text& text) {
    return literal(text.text, text.raw);
}
std::string show(const Duration& duration) {
    return fmt::format("{}s", duration.seconds);
}

std::string show(const Target& target) {
    switch (target.kind) {
        case Target::Kind::everything: return "*";
        case Target::Kind::tag: return '@' + show(target.name);
        case Target::Kind::glob: return fmt::format("(glob {})", target.name.text);
        case Target::Kind::name: return show(target.name);
    }
    return {};
}

template <typename Items>
std::string show_all(const Items& items) {
    std::string out;
    for (const auto& item : items) out += ' ' + show(item);
    return out;
}

std::string show(const Targets& targets) {
    std::string out = show_all(targets.include).substr(targets.include.empty() ? 0 : 1);
    if (!targets.except.empty()) out += fmt::format(" (except{})", show_all(targets.except));
    return out;
}

std::string show(const Outcome& outcome) {
    std::string out(word(outcome.effect));
    if (outcome.effect == Effect::gate && !outcome.who.empty()) out += " by";
    if (!outcome.who.empty()) out += ' ' + show(outcome.who);
    if (outcome.within) out += " within " + show(*outcome.within);
    return out;
}

/// Writes expressions and types; the file is what ids refer to.
class TreeWriter {
  public:
    explicit TreeWriter(const File& file) : file_(file) {}

    [[nodiscard]] std::string expr(ExprId id) const {
        if (id == no_expr) return "-";
        const Expr& node = file_.expr(id);
        const std::string inner = bare(node);
        return node.bracketed ? fmt::format("(group {})", inner) : inner;
    }

    [[nodiscard]] std::string items(Range32 range) const {
        std::string out;
        for (std::uint32_t i = 0; i < range.count; ++i) {
            out += ' ' + expr(file_.expr_items[range.begin + i]);
        }
        return out;
    }

    [[nodiscard]] std::string type(TypeId id) const {
        if (id == no_type) return "-";
        const TypeExpr& node = file_.type(id);
        std::string out = base(node);
        if (node.optional) out = fmt::format("(optional {})", out);
        const std::string limits = constraints(node);
        return limits.empty() ? out : fmt::format("({}{})", out, limits);
    }

    [[nodiscard]] std::string fields(const std::vector<FieldDecl>& fields) const {
        std::string out;
        for (const FieldDecl& field : fields) {
            out += fmt::format(" ({} {})", show(field.name), type(field.type));
        }
        return out;
    }

  private:
    [[nodiscard]] std::string bare(const Expr& node) const {
        switch (node.kind) {
            case ExprKind::number:
            case ExprKind::path:
            case ExprKind::date:
            case ExprKind::time: return std::string(node.text);
            case ExprKind::money: return fmt::format("{} {}", node.text, node.name);
            case ExprKind::string: return literal(node.text, node.raw);
            case ExprKind::boolean: return node.value != 0 ? "true" : "false";
            case ExprKind::duration: return fmt::format("{}s", node.value);
            case ExprKind::list: return fmt::format("(list{})", items(node.items));
            case ExprKind::index:
                return fmt::format("(index {}{})", expr(node.a), items(node.items));
            case ExprKind::member: return fmt::format("(member {} {})", expr(node.a), node.text);
            case ExprKind::call: return fmt::format("(call {}{})", node.text, items(node.items));
            case ExprKind::quantifier:
                return fmt::format("({} {} {} {})", word(node.quantifier), node.text, expr(node.a),
                                   expr(node.b));
            case ExprKind::unary: return fmt::format("({} {})", word(node.unary), expr(node.a));
            case ExprKind::binary:
                return fmt::format("({} {} {})", word(node.binary), expr(node.a), expr(node.b));
            case ExprKind::role_test:
                return fmt::format("({} {} {})", node.value != 0 ? "is-not" : "is", node.text,
                                   node.name);
            case ExprKind::range: return fmt::format("(range {} {})", expr(node.a), expr(node.b));
        }
        return {};
    }

    [[nodiscard]] std::string base(const TypeExpr& node) const {
        switch (node.kind) {
            case TypeKind::named: return show(node.name);
            case TypeKind::enumeration:
                return fmt::format("({}{})", node.ordered ? "ordered" : "enum",
                                   show_all(node.words));
            case TypeKind::list: return fmt::format("(list {})", type(node.element));
            case TypeKind::record:
                return fmt::format("({}{})", node.open ? "open record" : "record",
                                   fields(node.fields));
        }
        return {};
    }

    [[nodiscard]] std::string constraints(const TypeExpr& node) const {
        std::string out;
        if (node.money_form == MoneyForm::with_field) {
            out += fmt::format(" (with {})", show(node.money_name));
        }
        if (node.money_form == MoneyForm::in_currency) {
            out += fmt::format(" (in {})", node.money_name.text);
        }
        if (node.minor) out += " (minor)";
        if (node.zone) out += fmt::format(" (zone {})", show(*node.zone));
        if (node.low != no_expr) {
            out += fmt::format(" (in {} {})", expr(node.low), expr(node.high));
        }
        if (node.length_low != no_expr) {
            out += fmt::format(" (length {} {})", expr(node.length_low), expr(node.length_high));
        }
        if (node.pattern) out += fmt::format(" (matches {})", show(*node.pattern));
        return out;
    }

    const File& file_;
};

/// Writes statements.
class Printer {
  public:
    explicit Printer(const File& file) : file_(file), write_(file) {}

    std::string all() {
        for (const StatementRef& ref : file_.order) statement(ref);
        return std::move(out_);
    }

  private:
    // ---- lines
    void open(const Head& head, std::string_view words) {
        if (!head.doc.empty()) out_ += fmt::format("(doc {})\n", quoted(head.doc));
        out_ += fmt::format("({}", words);
    }
    void open(const Head& head, std::string_view word, const Name& name) {
        open(head, fmt::format("{} {}", word, show(name)));
    }
    void line(std::string_view text) { out_ += fmt::format("\n  ({})", text); }
    void line(std::string_view label, std::string_view text) {
        line(text.empty() ? std::string(label) : fmt::format("{} {}", label, text));
    }
    void condition(std::string_view label, ExprId id) {
        if (id != no_expr) line(label, write_.expr(id));
    }
    void list(std::string_view label, const std::vector<Name>& names) {
        if (!names.empty()) line(fmt::format("{}{}", label, show_all(names)));
    }
    template <typename Part>
    void optional(std::string_view label, const std::optional<Part>& part) {
        if (part) line(label, show(*part));
    }
    void close() { out_ += ")\n"; }

    // ---- parts that statements share
    void trial(const std::optional<Trial>& until) {
        if (until) line("trial", until->until);
    }
    void targets(const Targets& on, const std::vector<Name>& at) {
        if (!on.include.empty()) line("on", show(on));
        list("at", at);
    }
    void reasons(const std::vector<Oblige>& obliges, const std::optional<Text>& because,
                 Range32 parts, const std::optional<Text>& fix) {
        for (const Oblige& duty : obliges) {
            line(fmt::format("oblige {}{}", show(duty.name), write_.items(duty.arguments)));
        }
        if (because) line("because" + prose(parts));
        optional("fix", fix);
    }
    [[nodiscard]] std::string prose(Range32 parts) const {
        std::string text;
        for (std::uint32_t i = 0; i < parts.count; ++i) {
            const TextPart& part = file_.text_parts[parts.begin + i];
            text += ' ';
            text += part.expr == no_expr ? quoted(part.text)
                                         : fmt::format("{{{}}}", write_.expr(part.expr));
        }
        return text;
    }
    [[nodiscard]] std::string period(const Period& over) const {
        if (over.rolling) return (over.about ? "about " : "") + show(over.length);
        std::string text = "each " + show(over.calendar);
        if (over.zone) text += " in " + show(*over.zone);
        return text;
    }
    void counted(Aggregate aggregate, ExprId value, ExprId where, Range32 per, const Period& over) {
        line(word(aggregate), value == no_expr ? std::string{} : write_.expr(value));
        condition("where", where);
        if (per.count > 0) line("per" + write_.items(per));
        line("over", period(over));
    }
    [[nodiscard]] std::string label(ExprId id, BinaryOp band, bool rest) const {
        if (rest) return "_";
        if (band == BinaryOp::equal) return write_.expr(id);
        return fmt::format("({} {})", word(band), write_.expr(id));
    }
    void grid(const std::vector<MatrixColumn>& columns, const std::vector<MatrixRow>& rows) {
        std::string header;
        for (const MatrixColumn& column : columns) {
            header += " | " + label(column.label, column.band, column.rest);
        }
        if (!columns.empty()) line("columns" + header);
        for (const MatrixRow& row : rows) {
            std::string cells = label(row.label, row.band, row.rest);
            for (const Outcome& outcome : row.outcomes) cells += " | " + show(outcome);
            for (const ExprId value : row.values) cells += " | " + write_.expr(value);
            line("row", cells);
        }
    }

    // ---- statements
    void statement(const StatementRef& ref) {
        const std::size_t i = ref.index;
        switch (ref.kind) {
            case StatementKind::policy: return print(file_.policies[i]);
            case StatementKind::import: return print(file_.imports[i]);
            case StatementKind::param: return print(file_.params[i]);
            case StatementKind::type: return print(file_.type_decls[i]);
            case StatementKind::attributes: return print(file_.attributes[i]);
            case StatementKind::facts: return print(file_.facts[i]);
            case StatementKind::data: return print(file_.data[i]);
            case StatementKind::tool: return print(file_.tools[i]);
            case StatementKind::catalogue:
                open(file_.catalogue[i].head, "catalogue open");
                return close();
            case StatementKind::role: return print(file_.roles[i]);
            case StatementKind::bind: return print(file_.binds[i]);
            case StatementKind::authority: return print(file_.authorities[i]);
            case StatementKind::approval: return print(file_.approvals[i]);
            case StatementKind::window: return print(file_.windows[i]);
            case StatementKind::let: return print(file_.lets[i]);
            case StatementKind::table: return print(file_.tables[i]);
            case StatementKind::raise: return print(file_.raises[i]);
            case StatementKind::rule: return print(file_.rules[i]);
            case StatementKind::matrix: return print(file_.matrices[i]);
            case StatementKind::default_outcome: return print(file_.defaults[i]);
            case StatementKind::obligation: return print(file_.obligations[i]);
            case StatementKind::counter: return print(file_.counters[i]);
            case StatementKind::limit: return print(file_.limits[i]);
            case StatementKind::example: return print(file_.examples[i]);
        }
    }

    void print(const Policy& policy) {
        open(policy.head, "policy", policy.name);
        line("version", show(policy.version));
        close();
    }
    void print(const Import& import) {
        switch (import.kind) {
            case Import::Kind::standard: open(import.head, "import", import.module); break;
            case Import::Kind::file: open(import.head, "import " + show(import.path)); break;
            case Import::Kind::tools: open(import.head, "import tools " + show(import.path)); break;
        }
        close();
    }
    void print(const Param& param) {
        open(param.head, "param", param.name);
        line("type", write_.type(param.type));
        line("value", write_.expr(param.value));
        if (param.low != no_expr) {
            line(fmt::format("in {} {}", write_.expr(param.low), write_.expr(param.high)));
        }
        close();
    }
    void print(const TypeDecl& decl) {
        open(decl.head, "type", decl.name);
        line("type", write_.type(decl.type));
        close();
    }
    void print(const Attributes& block) {
        open(block.head, "attributes");
        for (const Attribute& attribute : block.attributes) {
            std::string text =
                fmt::format("{} {}", show(attribute.path), write_.type(attribute.type));
            if (attribute.default_value != no_expr) {
                text += " = " + write_.expr(attribute.default_value);
            }
            if (attribute.is_volatile) text += " volatile";
            line(text);
        }
        close();
    }
    void print(const Facts& facts) {
        open(facts.head, "facts", facts.name);
        line("for", write_.expr(facts.key));
        for (const FieldDecl& field : facts.fields) line(show(field.name), write_.type(field.type));
        close();
    }
    void print(const Data& data) {
        open(data.head, "data", data.name);
        line("type", write_.type(data.type));
        line("from", show(data.path));
        close();
    }
    void print(const Tool& tool) {
        open(tool.head, "tool", tool.name);
        optional("tier", tool.tier);
        list("stages", tool.stages);
        optional("undo", tool.undo);
        list("tags", tool.tags);
        if (tool.has_args) line((tool.open_args ? "args open" : "args") + write_.fields(tool.args));
        close();
    }
    void print(const Role& role) {
        open(role.head, "role", role.name);
        list("extends", role.extends);
        for (const Can& can : role.grants) {
            std::string text = "can";
            if (!can.stages.empty()) text += fmt::format(" (at{})", show_all(can.stages));
            text += ' ' + show(can.targets);
            if (can.when != no_expr) text += fmt::format(" (when {})", write_.expr(can.when));
            line(text);
        }
        close();
    }
    void print(const Bind& bind) {
        open(bind.head, "bind", bind.role);
        if (!bind.ids.empty()) line("to" + show_all(bind.ids));
        optional("data", bind.data);
        close();
    }
    void print(const Authority& authority) {
        open(authority.head, "authority" + show_all(authority.parties));
        close();
    }
    void print(const Approval& approval) {
        open(approval.head, "approval", approval.name);
        for (const Need& need : approval.needs) {
            line(need.principal ? std::string("needs principal")
                                : fmt::format("needs {}{}", need.count, show_all(need.roles)));
        }
        optional("within", approval.within);
        optional("valid", approval.valid);
        for (const Escalation& also : approval.escalations) {
            line(fmt::format("escalate {} after {}", show(also.role), show(also.after)));
        }
        list("never", approval.never);
        close();
    }
    [[nodiscard]] static std::string show_part(const WindowPart& part) {
        switch (part.kind) {
            case WindowPart::Kind::weekly: {
                constexpr std::string_view letters = "mtwtfss";
                std::string days;
                for (unsigned day = 0; day < letters.size(); ++day) {
                    days += ((part.weekdays >> day) & 1U) != 0 ? letters[day] : '-';
                }
                return fmt::format("weekly {} {}..{}", days, part.from_minute, part.to_minute);
            }
            case WindowPart::Kind::dates:
                return fmt::format("dates {} {}", part.first_date, part.last_date);
            case WindowPart::Kind::month_workdays:
                return fmt::format("{} {} workdays", part.last ? "last" : "first", part.workdays);
            case WindowPart::Kind::name: return "window " + show(part.name);
        }
        return {};
    }
    void print(const Window& window) {
        open(window.head, "window", window.name);
        for (const WindowPart& part : window.include) line(show_part(part));
        for (const WindowPart& part : window.except) line("except", show_part(part));
        optional("in", window.zone);
        close();
    }
    void print(const Let& let) {
        open(let.head, "let", let.name);
        line("value", write_.expr(let.value));
        close();
    }
    void print(const Table& table) {
        open(table.head, "table", table.name);
        for (const TypeId axis : table.axes) line("by", write_.type(axis));
        line("type", write_.type(table.value));
        grid(table.columns, table.rows);
        close();
    }
    void print(const Raise& raise) {
        open(raise.head, "raise", raise.name);
        targets(raise.on, raise.at);
        condition("when", raise.when);
        condition("unless", raise.unless);
        line("to", show(raise.to));
        close();
    }
    void print(const Rule& rule) {
        open(rule.head, word(rule.effect), rule.name);
        trial(rule.trial);
        targets(rule.on, rule.at);
        condition("when", rule.when);
        condition("unless", rule.unless);
        optional("by", rule.by);
        optional("tell", rule.tell);
        optional("within", rule.within);
        reasons(rule.obliges, rule.because, rule.because_parts, rule.fix);
        close();
    }
    void print(const Matrix& matrix) {
        open(matrix.head, matrix.is_default ? "default matrix" : "matrix", matrix.name);
        trial(matrix.trial);
        for (const ExprId axis : matrix.axes) line("by", write_.expr(axis));
        if (matrix.on) line("on", show(*matrix.on));
        list("at", matrix.at);
        grid(matrix.columns, matrix.rows);
        close();
    }
    void print(const Default& base) {
        open(base.head, "default " + show(base.outcome));
        close();
    }
    void print(const ObligationDecl& obligation) {
        open(obligation.head, "obligation", obligation.name);
        out_ += write_.fields(obligation.params);
        close();
    }
    void print(const Counter& counter) {
        open(counter.head, "counter", counter.name);
        targets(counter.on, counter.at);
        counted(counter.aggregate, counter.value, counter.where, counter.per, counter.period);
        close();
    }
    void print(const Limit& limit) {
        open(limit.head, "limit", limit.name);
        trial(limit.trial);
        targets(limit.on, limit.at);
        counted(limit.aggregate, limit.value, limit.where, limit.per, limit.period);
        for (const LimitStep& step : limit.steps) {
            line(fmt::format("{} {} : {}", step.inclusive ? ">=" : ">", write_.expr(step.cap),
                             show(step.outcome)));
        }
        condition("unless", limit.unless);
        reasons(limit.obliges, limit.because, limit.because_parts, limit.fix);
        close();
    }
    [[nodiscard]] std::string given(const std::vector<ExampleField>& fields) const {
        std::string text;
        for (const ExampleField& field : fields) {
            text += fmt::format(" ({} {})", show(field.path), write_.expr(field.value));
        }
        return text;
    }
    void print(const Example& example) {
        open(example.head, "example", example.name);
        line("call " + show(example.tool) + given(example.args));
        optional("at", example.stage);
        list("as", example.roles);
        if (!example.with.empty()) line("with" + given(example.with));
        line("gives", show(example.gives));
        close();
    }

    const File& file_;
    TreeWriter write_;
    std::string out_;
};

}  // namespace

std::string dump(const ast::File& file) {
    return Printer(file).all();
}
std::string dump(const ast::File& file, ast::ExprId id) {
    return TreeWriter(file).expr(id);
}
std::string dump(const ast::File& file, ast::TypeId id) {
    return TreeWriter(file).type(id);
}

}  // namespace proviso::grammar
