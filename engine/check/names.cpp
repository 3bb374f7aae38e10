// See names.h. Two statements of one name are reported at the later of the two places.

#include "engine/check/names.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "engine/check/habits.h"

namespace proviso::check {
namespace {

std::uint32_t number(grammar::SourceId source) {
    return static_cast<std::uint32_t>(source);
}

bool before(Span a, Span b) {
    return std::tuple(number(a.source), a.begin) < std::tuple(number(b.source), b.begin);
}

/// A name and where its statement is: `symbol.index` counts in the order of the files at first, by
/// name once the claims are sorted.
struct Claim {
    std::string_view name;
    Symbol symbol;
};

constexpr std::size_t symbol_kinds = static_cast<std::size_t>(SymbolKind::example) + 1;

/// For each kind of statement, the places of its statements in the order of the files, by name.
using Order = std::array<std::vector<std::uint32_t>, symbol_kinds>;

template <class Statement>
void take(const Context& context, const std::vector<Statement> ast::File::*member,
          std::vector<Declared<Statement>>& all) {
    for (const ast::File& file : context.files) {
        for (const Statement& statement : file.*member) all.push_back({&file, &statement});
    }
}

template <class Statement>
void claim(SymbolKind kind, const std::vector<Declared<Statement>>& all,
           std::vector<Claim>& claims) {
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        const ast::Name& name = all[i].node->name;
        claims.push_back({name.text, {kind, i, name.span}});
    }
}

template <class Statement>
void take_named(const Context& context, const std::vector<Statement> ast::File::*member,
                SymbolKind kind, std::vector<Declared<Statement>>& all,
                std::vector<Claim>& claims) {
    take(context, member, all);
    claim(kind, all, claims);
}

void take_attributes(Context& context, std::vector<Claim>& claims) {
    for (const ast::File& file : context.files) {
        for (const ast::Attributes& block : file.attributes) {
            for (const ast::Attribute& attribute : block.attributes) {
                context.attributes.push_back({&file, &attribute});
            }
        }
    }
    for (std::uint32_t i = 0; i < context.attributes.size(); ++i) {
        const ast::Name& path = context.attributes[i].node->path;
        claims.push_back({path.text, {SymbolKind::attribute, i, path.span}});
    }
}

/// A statement about a tool of a list adds to that: the two are one tool.
void pair_with_lists(Context& context) {
    std::unordered_map<std::string_view, Declared<ast::Tool>> listed;
    for (const auto& tool : context.tools) {
        if (tool.file->tools_list) listed.try_emplace(tool.node->name.text, tool);
    }
    if (listed.empty()) return;
    std::unordered_set<const ast::Tool*> added_to;
    for (const auto& tool : context.tools) {
        const auto found = listed.find(tool.node->name.text);
        if (tool.file->tools_list || found == listed.end()) continue;
        context.listed_tools.emplace(tool.node, found->second);
        added_to.insert(found->second.node);
    }
    std::erase_if(context.tools, [&](const auto& tool) { return added_to.contains(tool.node); });
}

std::vector<Claim> take_all(Context& context) {
    using ast::File;
    std::vector<Claim> claims;
    for (const File& file : context.files) {
        claims.reserve(claims.size() + file.rules.size() + file.tools.size());
    }
    take_named(context, &File::params, SymbolKind::param, context.params, claims);
    take_named(context, &File::type_decls, SymbolKind::type, context.type_decls, claims);
    take(context, &File::tools, context.tools);
    pair_with_lists(context);
    claim(SymbolKind::tool, context.tools, claims);
    take_named(context, &File::roles, SymbolKind::role, context.roles, claims);
    take_named(context, &File::lets, SymbolKind::let, context.lets, claims);
    take_named(context, &File::tables, SymbolKind::table, context.tables, claims);
    take_named(context, &File::raises, SymbolKind::raise, context.raises, claims);
    take_named(context, &File::rules, SymbolKind::rule, context.rules, claims);
    take_named(context, &File::matrices, SymbolKind::matrix, context.matrices, claims);
    take_named(context, &File::obligations, SymbolKind::obligation, context.obligations, claims);
    take_named(context, &File::facts, SymbolKind::facts, context.facts, claims);
    take_named(context, &File::data, SymbolKind::data, context.data, claims);
    take_named(context, &File::approvals, SymbolKind::approval, context.approvals, claims);
    take_named(context, &File::windows, SymbolKind::window, context.windows, claims);
    take_named(context, &File::counters, SymbolKind::counter, context.counters, claims);
    take_named(context, &File::limits, SymbolKind::limit, context.limit_statements, claims);
    take_named(context, &File::examples, SymbolKind::example, context.examples, claims);
    take_attributes(context, claims);
    take(context, &File::binds, context.binds);
    take(context, &File::authorities, context.authorities);
    take(context, &File::defaults, context.defaults);
    return claims;
}

/// Sorts claims by name, then place, and numbers them anew within their kind.
Order sort_claims(std::vector<Claim>& claims) {
    std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
        const int order = a.name.compare(b.name);
        return order != 0 ? order < 0 : before(a.symbol.span, b.symbol.span);
    });
    Order order;
    for (Claim& claim : claims) {
        std::vector<std::uint32_t>& of_kind = order[static_cast<std::size_t>(claim.symbol.kind)];
        of_kind.push_back(claim.symbol.index);
        claim.symbol.index = static_cast<std::uint32_t>(of_kind.size() - 1);
    }
    return order;
}

template <class Statement>
void put_in_order(const Order& order, SymbolKind kind, std::vector<Declared<Statement>>& all) {
    std::vector<Declared<Statement>> sorted;
    sorted.reserve(all.size());
    for (const std::uint32_t at : order[static_cast<std::size_t>(kind)]) sorted.push_back(all[at]);
    all = std::move(sorted);
}

void put_in_order(Context& context, const Order& order) {
    put_in_order(order, SymbolKind::param, context.params);
    put_in_order(order, SymbolKind::type, context.type_decls);
    put_in_order(order, SymbolKind::tool, context.tools);
    put_in_order(order, SymbolKind::role, context.roles);
    put_in_order(order, SymbolKind::let, context.lets);
    put_in_order(order, SymbolKind::table, context.tables);
    put_in_order(order, SymbolKind::raise, context.raises);
    put_in_order(order, SymbolKind::rule, context.rules);
    put_in_order(order, SymbolKind::matrix, context.matrices);
    put_in_order(order, SymbolKind::obligation, context.obligations);
    put_in_order(order, SymbolKind::attribute, context.attributes);
    put_in_order(order, SymbolKind::window, context.windows);
    put_in_order(order, SymbolKind::approval, context.approvals);
    put_in_order(order, SymbolKind::counter, context.counters);
    put_in_order(order, SymbolKind::limit, context.limit_statements);
    put_in_order(order, SymbolKind::facts, context.facts);
    put_in_order(order, SymbolKind::data, context.data);
    put_in_order(order, SymbolKind::example, context.examples);
}

bool is_builtin_name(std::string_view name) {
    constexpr std::array<std::string_view, 13> names{"tool",
                                                     "stage",
                                                     "tier",
                                                     "time",
                                                     "principal.id",
                                                     "agent.id",
                                                     "agent.model",
                                                     "agent.version",
                                                     "agent.confidence",
                                                     "workflow.name",
                                                     "workflow.version",
                                                     "workflow.run",
                                                     "has_undo"};
    return std::find(names.begin(), names.end(), name) != names.end() || name == "undoing" ||
           name == "call.id" || name == "args" || name.starts_with("args.");
}

void report_duplicate(Context& context, const Claim& claim, const Symbol& first) {
    add_note(context.report(DiagnosticId::duplicate_name, claim.symbol.span, {claim.name},
                            "all statements share one name space: give one of them another name"),
             first.span, "first declared here");
}

const Symbol* find_attribute(const Context& context, std::string_view path) {
    const auto found = context.attribute_symbols.find(path);
    return found == context.attribute_symbols.end() ? nullptr : &found->second;
}

/// An attribute is no statement: its path may be a rule's name too, but not another value's.
void declare_attribute(Context& context, const Claim& claim) {
    const auto [place, added] = context.attribute_symbols.try_emplace(claim.name, claim.symbol);
    if (!added) return report_duplicate(context, claim, place->second);
    const Symbol* statement = find_symbol(context, claim.name);
    if (statement == nullptr || !names_value(statement->kind)) return;
    report_duplicate(context, claim, *statement);
}

void declare_statement(Context& context, const Claim& claim) {
    const auto [place, added] = context.symbols.try_emplace(claim.name, claim.symbol);
    if (!added) return report_duplicate(context, claim, place->second);
    if (!names_value(claim.symbol.kind)) return;
    const Symbol* attribute = find_attribute(context, claim.name);
    if (attribute != nullptr) report_duplicate(context, claim, *attribute);
}

void declare_one(Context& context, const Claim& claim) {
    const bool attribute = claim.symbol.kind == SymbolKind::attribute;
    attribute ? declare_attribute(context, claim) : declare_statement(context, claim);
    if (!names_value(claim.symbol.kind)) return;
    if (is_builtin_name(claim.name)) {
        context.report(DiagnosticId::builtin_name, claim.symbol.span, {claim.name},
                       "choose another name");
    }
    context.first_segments.insert(claim.name.substr(0, claim.name.find('.')));
}

void declare(Context& context, const std::vector<Claim>& claims) {
    context.symbols.reserve(claims.size());
    for (const Claim& claim : claims) {
        if (!claim.name.empty()) declare_one(context, claim);
    }
}

/// `incident` beside `incident.severity`: a call could not bring both. Nor may an attribute be
/// taken for a field of facts.
void check_nested_attributes(Context& context) {
    for (const auto& [file, attribute] : context.attributes) {
        const ast::Name& path = attribute->path;
        for (std::size_t dot = path.text.rfind('.'); dot != std::string_view::npos && dot > 0;
             dot = path.text.rfind('.', dot - 1)) {
            const Symbol* outer = find_attribute(context, path.text.substr(0, dot));
            const Symbol* facts = find_symbol(context, path.text.substr(0, dot));
            if (facts != nullptr && facts->kind == SymbolKind::facts) outer = facts;
            if (outer == nullptr) continue;
            add_note(context.report(DiagnosticId::nested_attribute, path.span,
                                    {path.text, path.text.substr(0, dot)},
                                    "rename one of them, or make it a field of a record"),
                     outer->span, "declared here");
            break;
        }
    }
}

}  // namespace

void collect_statements(Context& context) {
    collect_lost_words(context);
    for (const ast::File& file : context.files) {
        context.tools_lost = context.tools_lost || file.tools_lost;
    }
    std::vector<Claim> claims = take_all(context);
    put_in_order(context, sort_claims(claims));
    declare(context, claims);
    check_nested_attributes(context);
}

bool names_value(SymbolKind kind) {
    switch (kind) {
        case SymbolKind::param:
        case SymbolKind::attribute:
        case SymbolKind::facts:
        case SymbolKind::data:
        case SymbolKind::window:
        case SymbolKind::let:
        case SymbolKind::table:
        case SymbolKind::counter: return true;
        case SymbolKind::type:
        case SymbolKind::tool:
        case SymbolKind::role:
        case SymbolKind::approval:
        case SymbolKind::raise:
        case SymbolKind::rule:
        case SymbolKind::matrix:
        case SymbolKind::obligation:
        case SymbolKind::limit:
        case SymbolKind::example: return false;
    }
    return false;
}

const Symbol* find_symbol(const Context& context, std::string_view name) {
    const auto found = context.symbols.find(name);
    return found == context.symbols.end() ? nullptr : &found->second;
}

const Symbol* find_value(const Context& context, std::string_view name) {
    const Symbol* symbol = find_symbol(context, name);
    if (symbol != nullptr && names_value(symbol->kind)) return symbol;
    return find_attribute(context, name);
}

std::string_view with_article(SymbolKind kind) {
    switch (kind) {
        case SymbolKind::param: return "a param";
        case SymbolKind::type: return "a type";
        case SymbolKind::attribute: return "an attribute";
        case SymbolKind::facts: return "a facts statement";
        case SymbolKind::data: return "a data statement";
        case SymbolKind::tool: return "a tool";
        case SymbolKind::role: return "a role";
        case SymbolKind::approval: return "an approval";
        case SymbolKind::window: return "a window";
        case SymbolKind::let: return "a let";
        case SymbolKind::table: return "a table";
        case SymbolKind::raise: return "a raise";
        case SymbolKind::rule: return "a rule";
        case SymbolKind::matrix: return "a matrix";
        case SymbolKind::obligation: return "an obligation";
        case SymbolKind::counter: return "a counter";
        case SymbolKind::limit: return "a limit";
        case SymbolKind::example: return "an example";
    }
    return "";
}

bool suggests(const Context& context) {
    constexpr std::size_t enough_errors = 200;
    return context.sink.error_count() <= enough_errors;
}

std::vector<std::string_view> names_of(const Context& context, SymbolKind kind) {
    std::vector<std::string_view> names;
    if (!suggests(context)) return names;
    for (const auto& [name, symbol] : context.symbols) {
        if (symbol.kind == kind) names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string suggestion(const Context& context, std::string_view word,
                       const std::vector<std::string_view>& candidates) {
    if (!suggests(context)) return {};
    std::string_view near = grammar::did_you_mean(word, candidates);
    if (near.empty()) {
        const std::vector<std::string>& offered = context.options.offered;
        near = grammar::did_you_mean(word, {offered.begin(), offered.end()});
    }
    return near.empty() ? std::string() : "did you mean " + ticked(near) + "?";
}

std::string field_suggestion(const Context& context, std::string_view word,
                             const std::vector<std::string_view>& fields) {
    std::string near = suggestion(context, word, fields);
    if (!near.empty() || !suggests(context) || fields.empty()) return near;
    const std::string all = listed({fields.begin(), fields.end()});
    return fields.size() == 1 ? "its field is " + all : "its fields are " + all;
}

void report_wrong_name(Context& context, const ast::Name& name, SymbolKind kind,
                       std::string_view wanted) {
    if (const Symbol* symbol = find_symbol(context, name.text)) {
        add_note(context.report(DiagnosticId::wrong_kind_of_name, name.span,
                                {name.text, with_article(symbol->kind), wanted}),
                 symbol->span, "declared here");
        return;
    }
    if (is_lost(context, name.text)) return;
    if (kind == SymbolKind::tool && context.tools_lost) return;
    const std::string_view noun = with_article(kind);
    std::string help = habitual_name(kind, name.text);
    if (help.empty()) help = suggestion(context, name.text, names_of(context, kind));
    context.report(DiagnosticId::unknown_name, name.span,
                   {noun.substr(noun.find(' ') + 1), name.text}, std::move(help));
}

void add_note(grammar::Diagnostic& diagnostic, Span span, std::string_view text) {
    diagnostic.notes.push_back({span, std::string(text)});
}

std::string_view keep_text(Context& context, std::string_view text) {
    const auto found = context.texts.find(text);
    if (found != context.texts.end()) return found->second;
    const std::string_view kept = context.set.texts.emplace_back(text);
    context.texts.emplace(kept, kept);
    return kept;
}

void add_path(std::unordered_set<std::string_view>& names, std::string_view path) {
    for (std::size_t dot = path.find('.'); dot != std::string_view::npos;
         dot = path.find('.', dot + 1)) {
        names.insert(path.substr(0, dot));
    }
    names.insert(path);
}

std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t most = 5;
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < most; ++i) {
        const bool last = i + 1 == names.size();
        if (i > 0) text += last ? " and " : ", ";
        text += ticked(names[i]);
    }
    if (names.size() > most) text += " and " + std::to_string(names.size() - most) + " more";
    return text;
}

}  // namespace proviso::check
