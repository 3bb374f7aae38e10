// See listed_tools.h.
#include "engine/check/listed_tools.h"

#include <algorithm>

#include "engine/check/names.h"
#include "engine/check/typing.h"

namespace proviso::check {
namespace {

bool is_constrained(const model::Type& type) {
    return type.low || type.length_low || !type.pattern.empty();
}

bool within(Kind kind, const model::Type& inner, const model::Type& outer) {
    if (!outer.low) return true;
    return inner.low && compare_values(kind, *inner.low, *outer.low) >= 0 &&
           compare_values(kind, *inner.high, *outer.high) <= 0;
}

bool within_length(const model::Type& inner, const model::Type& outer) {
    if (!outer.length_low) return true;
    return inner.length_low && *inner.length_low >= *outer.length_low &&
           *inner.length_high <= *outer.length_high;
}

bool has_all_words(const Context& context, const model::Type& outer, const model::Type& inner) {
    const std::vector<std::string>& all = context.set.types.enumeration(outer.enumeration).words;
    const std::vector<std::string>& some = context.set.types.enumeration(inner.enumeration).words;
    return std::all_of(some.begin(), some.end(), [&](const std::string& word) {
        return std::find(all.begin(), all.end(), word) != all.end();
    });
}

bool is_written_as_text(Kind kind) {
    return kind == Kind::duration || kind == Kind::time || kind == Kind::date ||
           kind == Kind::weekday || kind == Kind::ip || kind == Kind::enumeration;
}

bool is_written_as_number(const model::Type& type) {
    return type.kind == Kind::integer ||
           (type.kind == Kind::money && type.money_form != model::MoneyForm::object);
}

/// Whether what is a `stated` in a call surely is a `listed`, optionality aside.
bool narrows(const Context& context, TypeId stated_id, TypeId listed_id) {
    const model::Type& stated = context.type(stated_id);
    const model::Type& listed = context.type(listed_id);
    if (listed.kind == Kind::opaque) return true;
    if (listed.kind == Kind::list && stated.kind == Kind::list) {
        return within_length(stated, listed) && narrows(context, stated.element, listed.element) &&
               (!is_optional(context, stated.element) || is_optional(context, listed.element));
    }
    if (listed.kind == Kind::record && stated.kind == Kind::record) {
        return listed.fields.empty() && listed.record_open;
    }
    if (listed.kind == Kind::enumeration && stated.kind == Kind::enumeration) {
        return has_all_words(context, listed, stated);
    }
    if (listed.kind == stated.kind) {
        return within(listed.kind, stated, listed) && within_length(stated, listed) &&
               (listed.pattern.empty() || listed.pattern == stated.pattern);
    }
    if (is_constrained(listed)) return false;
    if (listed.kind == Kind::string) return is_written_as_text(stated.kind);
    const bool number = listed.kind == Kind::decimal || listed.kind == Kind::integer;
    return number && is_written_as_number(stated);
}

const ast::FieldDecl* field_named(const ast::Tool& tool, std::string_view name) {
    const auto found = std::find_if(tool.args.begin(), tool.args.end(),
                                    [&](const auto& field) { return field.name.text == name; });
    return found == tool.args.end() ? nullptr : &*found;
}

}  // namespace

bool says(const ast::Tool& statement, std::string_view arg) {
    return field_named(statement, arg) != nullptr;
}

void report_conflict(Context& context, Span here, Span in_list, const std::string& name,
                     std::string_view what, std::string_view what_in_list) {
    add_note(context.report(DiagnosticId::tool_conflict, here, {name, what, what_in_list},
                            "a `tool` statement adds to a tool of a list, and opens nothing in it"),
             in_list, "the list says so here");
}

void add_listed(Context& context, const Declared<ast::Tool>& statement,
                const Declared<ast::Tool>& list, const std::vector<model::Field>& listed,
                std::vector<model::Field>& fields) {
    for (const model::Field& field : listed) {
        const auto stated = std::find_if(fields.begin(), fields.end(), [&](const auto& other) {
            return other.name == field.name;
        });
        if (stated == fields.end()) {
            fields.push_back(field);
            continue;
        }
        if (stated->type == model::no_type || field.type == model::no_type) continue;
        const bool needed = !is_optional(context, field.type) && is_optional(context, stated->type);
        if (!needed && narrows(context, stated->type, field.type)) continue;
        const ast::FieldDecl* here = field_named(*statement.node, field.name);
        const ast::FieldDecl* there = field_named(*list.node, field.name);
        std::string said = described(context, stated->type);
        std::string said_there = described(context, field.type);
        if (said == said_there || context.kind(stated->type) == context.kind(field.type)) {
            said = needed ? "optional" : "wider";
            said_there = needed ? "needed" : "narrower";
        }
        report_conflict(context, here->name.span, there->name.span, field.name, said, said_there);
    }
}

void warn_listed_tools(Context& context, const std::vector<std::uint32_t>& without_rule) {
    std::vector<std::string> without_tier;
    std::vector<std::string> unreached;
    Span first_without_tier;
    for (std::uint32_t i = 0; i < context.tools.size(); ++i) {
        const auto& [file, node] = context.tools[i];
        const bool listed = file->tools_list || context.listed_tools.contains(node);
        if (!listed || context.set.tools[i].tier) continue;
        if (without_tier.empty()) first_without_tier = node->name.span;
        without_tier.push_back(context.set.tools[i].name);
    }
    unreached.reserve(unreached.size() + without_rule.size());
    for (const std::uint32_t tool : without_rule) unreached.push_back(context.set.tools[tool].name);
    if (!without_tier.empty()) {
        context.report(DiagnosticId::listed_without_tier, first_without_tier,
                       {listed(without_tier)},
                       "say it: `tool NAME { tier … }`; until then it is unknown, which only"
                       " tightens");
    }
    if (unreached.empty()) return;
    context.report(DiagnosticId::listed_without_rule,
                   context.tools[without_rule.front()].node->name.span, {listed(unreached)},
                   "nothing allows them: every call is blocked");
}

}  // namespace proviso::check
