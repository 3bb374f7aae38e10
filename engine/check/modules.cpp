// See modules.h. Names are gathered from the vectors of a file: expressions, types and the clauses
// that name approvals, windows or duties. Of a path every front counts as named: which of them is
// the name is known only once all names are. Covered by tests/golden/check/modules.
#include "engine/check/modules.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>

#include "engine/check/names.h"
#include "grammar/parser.h"
#include "stdlib/modules.h"

namespace proviso::check {
namespace {

namespace ast = grammar::ast;
using grammar::DiagnosticId;
using grammar::Span;

using Names = std::unordered_set<std::string_view>;

bool within(Span inner, Span outer) {
    return inner.begin >= outer.begin && inner.end <= outer.end;
}

/// Of the expressions and types that stand within the span.
void add_named(Names& names, const ast::File& file, Span span) {
    for (const ast::Expr& expr : file.exprs) {
        if (expr.kind == ast::ExprKind::path && within(expr.span, span)) {
            add_path(names, expr.text);
        }
    }
    for (const ast::TypeExpr& type : file.types) {
        if (type.kind == ast::TypeKind::named && within(type.span, span)) {
            add_path(names, type.name.text);
        }
    }
}

void add_named(Names& names, const ast::Window& window) {
    for (const auto* parts : {&window.include, &window.except}) {
        for (const ast::WindowPart& part : *parts) names.insert(part.name.text);
    }
}

void add_named(Names& names, const ast::Approval& approval) {
    for (const ast::Name& path : approval.never) add_path(names, path.text);
}

void add_named(Names& names, const std::vector<ast::Oblige>& duties) {
    for (const ast::Oblige& duty : duties) names.insert(duty.name.text);
}

void add_named(Names& names, const ast::File& file) {
    add_named(names, file, {file.source, 0, 0xFFFFFFFF});
    for (const ast::Window& window : file.windows) add_named(names, window);
    for (const ast::Approval& approval : file.approvals) add_named(names, approval);
    for (const ast::Rule& rule : file.rules) {
        if (rule.by) names.insert(rule.by->text);
        add_named(names, rule.obliges);
    }
    for (const ast::Matrix& matrix : file.matrices) {
        for (const ast::MatrixRow& row : matrix.rows) {
            for (const ast::Outcome& outcome : row.outcomes) names.insert(outcome.who.text);
        }
    }
    for (const ast::Limit& limit : file.limits) {
        for (const ast::LimitStep& step : limit.steps) names.insert(step.outcome.who.text);
        add_named(names, limit.obliges);
    }
    for (const ast::Default& node : file.defaults) names.insert(node.outcome.who.text);
    for (const ast::Example& example : file.examples) {
        names.insert(example.gives.who.text);
        for (const ast::ExampleField& field : example.with) add_path(names, field.path.text);
    }
}

/// Names that the set gives to things of its own: those of a module beside them are mistakes.
void add_declared(Names& names, const ast::File& file) {
    const auto all = [&](const auto& statements) {
        for (const auto& statement : statements) names.insert(statement.name.text);
    };
    all(file.params);
    all(file.type_decls);
    all(file.facts);
    all(file.data);
    all(file.tools);
    all(file.roles);
    all(file.approvals);
    all(file.windows);
    all(file.lets);
    all(file.tables);
    all(file.raises);
    all(file.rules);
    all(file.matrices);
    all(file.obligations);
    all(file.counters);
    all(file.limits);
    for (const ast::Attributes& block : file.attributes) {
        for (const ast::Attribute& attribute : block.attributes) {
            names.insert(attribute.path.text);
        }
    }
}

/// One statement of a module, or one attribute of it.
struct Offer {
    std::string_view name;
    const ast::File* file = nullptr;
    Span span;
    Names names;
    bool taken = false;
};

void add_offers(std::vector<Offer>& offers, const ast::File& file) {
    const auto offer = [&](std::string_view name, Span span) -> Names& {
        offers.push_back({name, &file, span, {}, false});
        add_named(offers.back().names, file, span);
        return offers.back().names;
    };
    for (const ast::Param& node : file.params) offer(node.name.text, node.head.span);
    for (const ast::TypeDecl& node : file.type_decls) offer(node.name.text, node.head.span);
    for (const ast::Let& node : file.lets) offer(node.name.text, node.head.span);
    for (const ast::Table& node : file.tables) offer(node.name.text, node.head.span);
    for (const ast::ObligationDecl& node : file.obligations) {
        offer(node.name.text, node.head.span);
    }
    for (const ast::Window& node : file.windows) {
        add_named(offer(node.name.text, node.head.span), node);
    }
    for (const ast::Approval& node : file.approvals) {
        add_named(offer(node.name.text, node.head.span), node);
    }
    for (const ast::Attributes& block : file.attributes) {
        for (const ast::Attribute& node : block.attributes) offer(node.path.text, node.span);
    }
}

/// Takes what is named, and what that names, until nothing more is.
void take_named(std::vector<Offer>& offers, Names names) {
    for (bool more = true; more;) {
        more = false;
        for (Offer& offer : offers) {
            if (offer.taken || !names.contains(offer.name)) continue;
            offer.taken = true;
            more = true;
            names.insert(offer.names.begin(), offer.names.end());
        }
    }
}

/// Leaves of a module what is taken.
void keep_taken(ast::File& file, const std::vector<Offer>& offers) {
    std::set<std::uint32_t> begins;
    for (const Offer& offer : offers) {
        if (offer.taken && offer.file->source == file.source) begins.insert(offer.span.begin);
    }
    const auto keep = [&](auto& statements) {
        std::erase_if(statements,
                      [&](const auto& node) { return !begins.contains(node.head.span.begin); });
    };
    keep(file.params);
    keep(file.type_decls);
    keep(file.lets);
    keep(file.tables);
    keep(file.obligations);
    keep(file.windows);
    keep(file.approvals);
    for (ast::Attributes& block : file.attributes) {
        std::erase_if(block.attributes, [&](const ast::Attribute& node) {
            return !begins.contains(node.span.begin);
        });
    }
    file.order.clear();
}

/// `import vocab`, where a file of that name is meant: modules begin with `std.`.
std::string file_help(std::string_view name) {
    const bool module = name == "std" || name.starts_with("std.");
    if (module) return "the modules are listed in docs/stdlib.md";
    const std::string file(name.ends_with(".proviso") ? name : std::string(name) + ".proviso");
    return "a file is quoted: `import \"" + file + "\"`; the modules begin with `std.`";
}

/// The modules that the files import, each once, by name.
std::vector<const stdlib::Module*> imported(const std::vector<ast::File>& files,
                                            grammar::DiagnosticSink& sink) {
    std::vector<std::string_view> names;
    for (const stdlib::Module& module : stdlib::modules()) names.push_back(module.name);
    std::set<std::string_view> wanted;
    for (const ast::File& file : files) {
        for (const ast::Import& import : file.imports) {
            if (import.kind != ast::Import::Kind::standard) continue;
            const std::string_view name = import.module.text;
            wanted.insert(name);
            if (std::find(names.begin(), names.end(), name) != names.end()) continue;
            const std::string_view near = grammar::did_you_mean(name, names);
            std::string help =
                near.empty() ? file_help(name) : "did you mean `" + std::string(near) + "`?";
            sink.report(DiagnosticId::unknown_module, import.module.span, {name}, std::move(help));
        }
    }
    std::vector<const stdlib::Module*> modules;
    for (const stdlib::Module& module : stdlib::modules()) {
        if (wanted.contains(module.name)) modules.push_back(&module);
    }
    return modules;
}

}  // namespace

std::vector<std::string> add_modules(grammar::SourceMap& sources, std::vector<ast::File>& files,
                                     const Limits& limits, grammar::DiagnosticSink& sink) {
    const std::vector<const stdlib::Module*> modules = imported(files, sink);
    if (modules.empty()) return {};
    Names names;
    for (const ast::File& file : files) {
        add_named(names, file);
        add_declared(names, file);
    }
    const std::size_t first = files.size();
    for (const stdlib::Module* module : modules) {
        const auto source = sources.add(std::string(module->name), std::string(module->text));
        files.push_back(grammar::parse(sources, source, limits, sink));
        // It belongs to the set that imports it, whatever that is called.
        if (!files.front().policies.empty()) {
            files.back().policies.assign(1, files.front().policies.front());
        }
    }
    std::vector<Offer> offers;
    for (std::size_t i = first; i < files.size(); ++i) add_offers(offers, files[i]);
    take_named(offers, std::move(names));
    for (std::size_t i = first; i < files.size(); ++i) keep_taken(files[i], offers);
    std::vector<std::string> left;
    for (const Offer& offer : offers) {
        if (!offer.taken) left.emplace_back(offer.name);
    }
    return left;
}

}  // namespace proviso::check
