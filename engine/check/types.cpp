// See types.h. `type` statements are resolved in the order of their use of each other, so that no
// chain of them is too long; one in a circle is bad.

#include "engine/check/types.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/check/constraints.h"
#include "engine/check/graph.h"
#include "engine/check/habits.h"
#include "engine/check/names.h"
#include "engine/check/typing.h"

namespace proviso::check {
namespace {

constexpr std::array<std::pair<std::string_view, Kind>, 10> scalar_names{{
    {"bool", Kind::boolean},
    {"int", Kind::integer},
    {"decimal", Kind::decimal},
    {"money", Kind::money},
    {"string", Kind::string},
    {"duration", Kind::duration},
    {"time", Kind::time},
    {"date", Kind::date},
    {"weekday", Kind::weekday},
    {"ip", Kind::ip},
}};

std::vector<std::string_view> type_candidates(const Context& context) {
    std::vector<std::string_view> names = names_of(context, SymbolKind::type);
    for (const auto& [name, kind] : scalar_names) names.push_back(name);
    names.push_back("tier");
    names.push_back("stage");
    names.push_back("json");
    return names;
}

void report_unknown_type(Context& context, const ast::Name& name) {
    if (const Symbol* symbol = find_symbol(context, name.text)) {
        add_note(context.report(DiagnosticId::wrong_kind_of_name, name.span,
                                {name.text, with_article(symbol->kind), "a type"}),
                 symbol->span, "declared here");
        return;
    }
    if (is_lost(context, name.text)) return;
    std::string help = habitual_type(name.text);
    if (help.empty()) help = suggestion(context, name.text, type_candidates(context));
    context.report(DiagnosticId::unknown_name, name.span, {"type", name.text}, std::move(help));
}

/// Only of args is a value kept as it came, which is what approvals and ids are bound to.
bool may_be_untyped(Context& context, Span span, std::string_view what, const TypePlace& place) {
    if (place.in_args) return true;
    context.report(DiagnosticId::untyped_elsewhere, span, {what},
                   "what is not an arg of a tool has a type of its own");
    return false;
}

TypeId untyped(Context& context, const ast::Name& name, const TypePlace& place) {
    const bool good = may_be_untyped(context, name.span, "json", place);
    return good ? scalar(context, Kind::opaque) : model::no_type;
}

TypeId named_type(Context& context, const ast::Name& name, const TypePlace& place) {
    for (const auto& [text, kind] : scalar_names) {
        if (text == name.text) return scalar(context, kind);
    }
    if (name.text == "tier") return enum_type(context, model::tier_enum);
    if (name.text == "stage") return enum_type(context, model::stage_enum);
    const Symbol* symbol = find_symbol(context, name.text);
    if (symbol != nullptr && symbol->kind == SymbolKind::type) {
        return context.declared_types[symbol->index];
    }
    if (name.text == "json") return untyped(context, name, place);
    report_unknown_type(context, name);
    return model::no_type;
}

TypeId enumeration(Context& context, const ast::TypeExpr& written, const std::string& name) {
    model::EnumType result{.name = name, .words = {}, .ordered = written.ordered};
    bool good = within_limit(context, written.words.size(), context.limits.enum_words, written.span,
                             "an enum", "words");
    std::unordered_set<std::string_view> seen;
    for (const ast::Name& word : written.words) {
        if (!seen.insert(word.text).second) {
            context.report(DiagnosticId::enum_word_twice, word.span, {word.text});
            good = false;
        }
        result.words.emplace_back(word.text);
    }
    return good ? enum_type(context, context.set.types.add(std::move(result))) : model::no_type;
}

TypeId record(Context& context, const ast::File& file, const ast::TypeExpr& written,
              const TypePlace& place) {
    model::Type type;
    type.kind = Kind::record;
    type.record_open = written.open;
    bool bad = written.open && !may_be_untyped(context, written.span, "open { … }", place);
    type.fields = resolve_fields(context, file, written.fields, place.path, bad, place.in_args);
    return bad ? model::no_type : intern(context, type);
}

TypeId unconstrained(Context& context, const ast::File& file, const ast::TypeExpr& written,
                     const TypePlace& place) {
    switch (written.kind) {
        case ast::TypeKind::named: return named_type(context, written.name, place);
        case ast::TypeKind::enumeration: return enumeration(context, written, place.path);
        case ast::TypeKind::list: {
            const TypeId element =
                resolve_type(context, file, written.element, {place.path, {}, place.in_args});
            return element == model::no_type ? element : list_of(context, element);
        }
        case ast::TypeKind::record: return record(context, file, written, place);
    }
    return model::no_type;
}

/// Declared types that a type is written with.
void collect_uses(const Context& context, const ast::File& file, ast::TypeId id,
                  std::vector<std::uint32_t>& uses) {
    if (id == ast::no_type) return;
    const ast::TypeExpr& written = file.type(id);
    if (written.kind == ast::TypeKind::named) {
        const Symbol* symbol = find_symbol(context, written.name.text);
        if (symbol != nullptr && symbol->kind == SymbolKind::type) uses.push_back(symbol->index);
    }
    collect_uses(context, file, written.element, uses);
    for (const ast::FieldDecl& field : written.fields) {
        collect_uses(context, file, field.type, uses);
    }
}

void report_type_cycle(Context& context, const std::vector<std::uint32_t>& cycle) {
    std::string path;
    for (const std::uint32_t member : cycle) {
        path += std::string(context.type_decls[member].node->name.text) + " → ";
    }
    path += context.type_decls[cycle.front()].node->name.text;
    context.report(DiagnosticId::type_cycle, context.type_decls[cycle.front()].node->name.span,
                   {path}, "a type cannot contain itself");
}

}  // namespace

bool within_limit(Context& context, std::size_t count, std::size_t most, Span span,
                  std::string_view owner, std::string_view things) {
    if (count <= most) return true;
    context.report(DiagnosticId::too_many, span, {owner, std::to_string(most), things});
    return false;
}

TypeId resolve_type(Context& context, const ast::File& file, ast::TypeId id,
                    const TypePlace& place) {
    if (id == ast::no_type) return model::no_type;
    const ast::TypeExpr& written = file.type(id);
    const TypeId plain = unconstrained(context, file, written, place);
    if (plain == model::no_type) return plain;
    return constrained(context, file, written, plain, place);
}

std::vector<model::Field> resolve_fields(Context& context, const ast::File& file,
                                         const std::vector<ast::FieldDecl>& fields,
                                         const std::string& path, bool& bad, bool in_args) {
    std::vector<model::Field> result;
    std::unordered_map<std::string_view, Span> seen;
    for (const ast::FieldDecl& field : fields) {
        const auto [place, added] = seen.try_emplace(field.name.text, field.name.span);
        if (!added) {
            add_note(context.report(DiagnosticId::field_twice, field.name.span, {field.name.text}),
                     place->second, "first declared here");
            bad = true;
            continue;
        }
        std::string name{field.name.text};
        const TypeId type =
            resolve_type(context, file, field.type, {path + "." + name, &fields, in_args});
        bad = bad || type == model::no_type;
        result.push_back({std::move(name), type});
    }
    return result;
}

void declare_types(Context& context) {
    std::vector<std::vector<std::uint32_t>> uses(context.type_decls.size());
    for (std::size_t i = 0; i < uses.size(); ++i) {
        const auto& [file, node] = context.type_decls[i];
        collect_uses(context, *file, node->type, uses[i]);
    }
    const UseOrder order = order_by_use(uses);
    for (const auto& cycle : order.cycles) report_type_cycle(context, cycle);
    context.declared_types.assign(uses.size(), model::no_type);
    for (const std::uint32_t index : order.order) {
        const auto& [file, node] = context.type_decls[index];
        context.declared_types[index] =
            resolve_type(context, *file, node->type, {std::string(node->name.text), {}});
    }
}

}  // namespace proviso::check
