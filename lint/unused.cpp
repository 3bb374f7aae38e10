// What is declared and nothing asks for: names (P1740), attributes and facts (P1741), modules
// (P1742), ids that are bound twice (P1743). Covered by tests/golden/lint/unused.
//
// A name counts as used wherever an expression, a type or a clause of the set's own text says it,
// examples among them; an attribute or fact, which an example gives, only where something reads it.
#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "engine/check/names.h"
#include "lint/passes.h"

namespace proviso::lint {
namespace {

using check::add_path;

using Names = std::unordered_set<std::string_view>;

void add(Names& names, const std::optional<ast::Name>& name) {
    if (name) names.insert(name->text);
}

void add(Names& names, const ast::Outcome& outcome) {
    names.insert(outcome.who.text);
}

void add(Names& names, const std::vector<ast::Oblige>& duties) {
    for (const ast::Oblige& duty : duties) names.insert(duty.name.text);
}

void add(Names& names, const ast::Window& window) {
    for (const auto* parts : {&window.include, &window.except}) {
        for (const ast::WindowPart& part : *parts) add_path(names, part.name.text);
    }
}

void add(Names& names, const ast::Approval& approval) {
    for (const ast::Need& need : approval.needs) {
        for (const ast::Name& role : need.roles) names.insert(role.text);
    }
    for (const ast::Escalation& also : approval.escalations) names.insert(also.role.text);
    for (const ast::Name& path : approval.never) add_path(names, path.text);
}

void add(Names& names, const ast::Rule& rule) {
    add(names, rule.by);
    add(names, rule.tell);
    add(names, rule.obliges);
}

void add(Names& names, const ast::Limit& limit) {
    for (const ast::LimitStep& step : limit.steps) add(names, step.outcome);
    add(names, limit.obliges);
}

void add(Names& names, const ast::Matrix& matrix) {
    for (const ast::MatrixRow& row : matrix.rows) {
        for (const ast::Outcome& cell : row.outcomes) add(names, cell);
    }
}

void add(Names& names, const ast::Role& role) {
    for (const ast::Name& parent : role.extends) names.insert(parent.text);
}

/// A let that is used may be indexed by a call, a table or a counter; all are paths.
void add_expressions(Names& names, const ast::File& file) {
    for (const ast::Expr& expr : file.exprs) {
        if (expr.kind == ast::ExprKind::path) add_path(names, expr.text);
        if (expr.kind == ast::ExprKind::index) add_path(names, expr.text);
        if (expr.kind == ast::ExprKind::role_test) names.insert(expr.name);
    }
    for (const ast::TypeExpr& type : file.types) {
        if (type.kind == ast::TypeKind::named) add_path(names, type.name.text);
    }
}

void add_file(Names& names, const ast::File& file) {
    add_expressions(names, file);
    for (const ast::Window& one : file.windows) add(names, one);
    for (const ast::Approval& one : file.approvals) add(names, one);
    for (const ast::Rule& one : file.rules) add(names, one);
    for (const ast::Limit& one : file.limits) add(names, one);
    for (const ast::Matrix& one : file.matrices) add(names, one);
    for (const ast::Role& one : file.roles) add(names, one);
    for (const ast::Default& one : file.defaults) add(names, one.outcome);
    for (const ast::Bind& one : file.binds) {
        if (one.data) add_path(names, one.data->text);
    }
}

class Unused {
  public:
    Unused(Subject& subject, const Names& names) : subject_(subject), names_(names) {}

    void look_at(const ast::File& file) {
        all("param", file.params);
        all("type", file.type_decls);
        all("data", file.data);
        all("table", file.tables);
        all("let", file.lets);
        all("window", file.windows);
        all("approval", file.approvals);
        all("counter", file.counters);
        all("obligation", file.obligations);
        for (const ast::Role& role : file.roles) look_at_role(role);
        for (const ast::Attributes& block : file.attributes) {
            for (const ast::Attribute& one : block.attributes) look_at_value(one.path, one);
        }
        for (const ast::Facts& facts : file.facts) {
            for (const ast::FieldDecl& field : facts.fields) look_at_field(facts, field);
        }
        for (const ast::Import& import : file.imports) look_at_import(import);
    }

  private:
    bool is_used(std::string_view name) const { return names_.contains(name); }

    template <class Statement>
    void all(std::string_view kind, const std::vector<Statement>& statements) {
        for (const Statement& one : statements) {
            if (is_used(one.name.text)) continue;
            subject_.sink.report(DiagnosticId::never_used, one.name.span, {kind, one.name.text},
                                 "take it out");
        }
    }

    /// One that grants is used by whoever holds it.
    void look_at_role(const ast::Role& role) {
        if (is_used(role.name.text) || !role.grants.empty() || !role.extends.empty()) return;
        subject_.sink.report(DiagnosticId::never_used, role.name.span, {"role", role.name.text},
                             "it grants nothing, and no rule or approval names it");
    }

    void look_at_value(const ast::Name& path, const ast::Attribute& attribute) {
        if (is_used(path.text)) return;
        subject_.sink.report(
            DiagnosticId::never_read, path.span, {path.text},
            attribute.is_volatile
                ? "take it out"
                : "it is part of the plan that people approve; if that is why, silence this");
    }

    void look_at_field(const ast::Facts& facts, const ast::FieldDecl& field) {
        std::string path(facts.name.text);
        path += '.';
        path += field.name.text;
        if (is_used(path)) return;
        subject_.sink.report(
            DiagnosticId::never_read, field.name.span, {path},
            "it is part of the plan that people approve; if that is why, silence this");
    }

    void look_at_import(const ast::Import& import) {
        if (import.kind != ast::Import::Kind::standard) return;
        for (const ast::File& file : subject_.files) {
            const bool same = subject_.sources.file(file.source).name == import.module.text;
            if (same && has_statements(file)) return;
        }
        subject_.sink.report(DiagnosticId::import_never_used, import.module.span,
                             {import.module.text}, "take it out");
    }

    /// Of a module only what the set names is left.
    static bool has_statements(const ast::File& module) {
        const bool attributes =
            std::any_of(module.attributes.begin(), module.attributes.end(),
                        [](const ast::Attributes& block) { return !block.attributes.empty(); });
        return attributes || !module.params.empty() || !module.type_decls.empty() ||
               !module.lets.empty() || !module.tables.empty() || !module.obligations.empty() ||
               !module.windows.empty() || !module.approvals.empty();
    }

    Subject& subject_;
    const Names& names_;
};

void find_bound_twice(Subject& subject) {
    std::map<std::string_view, std::set<std::string_view>> bound;
    for (const ast::File& file : subject.files) {
        for (const ast::Bind& bind : file.binds) {
            for (const ast::Text& id : bind.ids) {
                if (bound[bind.role.text].insert(id.text).second) continue;
                subject.sink.report(DiagnosticId::bound_twice, id.span,
                                    {bind.role.text, "`" + std::string(id.text) + "`"},
                                    "once is enough");
            }
        }
    }
}

}  // namespace

void find_unused(Subject& subject) {
    Budget budget(subject.options.bounds.names);
    Names names;
    for (const ast::File& file : subject.files) {
        if (!budget.take(1 + file.exprs.size() + file.types.size())) {
            return report_cut(subject, subject.options.bounds.names, "expressions and types");
        }
        add_file(names, file);
    }
    Unused unused(subject, names);
    for (const ast::File& file : subject.files) {
        if (is_written(subject, file)) unused.look_at(file);
    }
    find_bound_twice(subject);
}

}  // namespace proviso::lint
