// The catalogue: tools with their tiers, stages, tags and args.

#include <algorithm>

#include "engine/check/arguments.h"
#include "engine/check/declarations.h"
#include "engine/check/habits.h"
#include "engine/check/listed_tools.h"
#include "engine/check/names.h"
#include "engine/check/targets.h"
#include "engine/check/types.h"
#include "engine/check/typing.h"

namespace proviso::check {
namespace {

std::optional<std::uint32_t> tier_of(Context& context, const ast::Name& name) {
    const std::vector<std::string>& words = context.set.types.enumeration(model::tier_enum).words;
    const auto found = std::find(words.begin(), words.end(), name.text);
    if (found != words.end()) return static_cast<std::uint32_t>(found - words.begin());
    std::string help = suggestion(context, name.text, {words.begin(), words.end()});
    if (help.empty()) help = tiers_listed(context);
    context.report(DiagnosticId::unknown_name, name.span, {"tier", name.text}, std::move(help));
    return std::nullopt;
}

std::optional<ToolId> undo_of(Context& context, const ast::Name& name) {
    const Symbol* symbol = find_symbol(context, name.text);
    if (symbol != nullptr && symbol->kind == SymbolKind::tool) return ToolId{symbol->index};
    report_wrong_name(context, name, SymbolKind::tool, "a tool");
    return std::nullopt;
}

const Declared<ast::Tool>* listed_of(const Context& context, const ast::Tool& node) {
    const auto found = context.listed_tools.find(&node);
    return found == context.listed_tools.end() ? nullptr : &found->second;
}

/// A statement with args says whether more are taken, but opens no closed list.
bool takes_more(Context& context, const ast::Tool& node, const Declared<ast::Tool>* list) {
    if (list == nullptr) return node.open_args;
    if (!node.has_args) return list->node->open_args;
    if (node.open_args && !list->node->open_args) {
        report_conflict(context, node.head.keyword, list->node->name.span,
                        std::string(node.name.text), "`args open`", "closed");
    }
    return node.open_args;
}

Tool head_of(Context& context, const ast::Tool& node) {
    const Declared<ast::Tool>* list = listed_of(context, node);
    Tool tool;
    tool.name = node.name.text;
    tool.doc = node.head.doc.empty() && list != nullptr ? list->node->head.doc : node.head.doc;
    tool.span = node.head.span;
    tool.stages = stage_mask(node.stages, execute_stage);
    tool.open_args = takes_more(context, node, list);
    if (node.tier) tool.tier = tier_of(context, *node.tier);
    if (node.undo) tool.undo = undo_of(context, *node.undo);
    for (const ast::Name& tag : node.tags) tool.tags.emplace_back(tag.text);
    std::sort(tool.tags.begin(), tool.tags.end());
    tool.tags.erase(std::unique(tool.tags.begin(), tool.tags.end()), tool.tags.end());
    return tool;
}

std::vector<model::Field> fields_of(Context& context, const Declared<ast::Tool>& tool) {
    bool bad = false;
    return resolve_fields(context, *tool.file, tool.node->args, std::string(tool.node->name.text),
                          bad, true);
}

/// Args by name; a bad one keeps its name and has no type.
void declare_arguments(Context& context, std::uint32_t index) {
    const Declared<ast::Tool> declared = context.tools[index];
    Tool& tool = context.set.tools[index];
    std::vector<model::Field> fields = fields_of(context, declared);
    if (const Declared<ast::Tool>* list = listed_of(context, *declared.node)) {
        add_listed(context, declared, *list, fields_of(context, *list), fields);
        for (const ast::FieldDecl& field : list->node->args) {
            context.arg_names.insert(field.name.text);
        }
    }
    for (model::Field& field : fields) {
        tool.arguments.push_back({std::move(field.name), field.type, {}, true});
    }
    std::sort(tool.arguments.begin(), tool.arguments.end(),
              [](const ToolArgument& a, const ToolArgument& b) { return a.name < b.name; });
    for (ToolArgument& argument : tool.arguments) {
        if (argument.type == model::no_type) continue;
        argument.slots.push_back(
            argument_slot(context, argument.name, argument.type, declared.node->head.span));
    }
    for (const ast::FieldDecl& field : declared.node->args) {
        context.arg_names.insert(field.name.text);
    }
}

void check_catalogue(Context& context) {
    const Span start = context.files.empty() ? Span{} : Span{context.files[0].source, 0, 0};
    const bool lost = context.tools_lost || !context.lost_words.empty();
    if (!context.set.catalogue_open && context.tools.empty() && !lost) {
        context.report(DiagnosticId::no_tools, start, {},
                       "declare them with `tool NAME { … }`, or say `catalogue open`");
    }
    if (context.tools.empty()) return;
    within_limit(context, context.tools.size(), context.limits.tools,
                 context.tools.back().node->name.span, "a set", "tools");
}

}  // namespace

void declare_tools(Context& context) {
    for (const ast::File& file : context.files) {
        if (!file.catalogue.empty()) context.set.catalogue_open = true;
    }
    check_catalogue(context);
    for (const auto& [file, node] : context.tools) {
        context.set.tools.push_back(head_of(context, *node));
    }
    for (std::uint32_t i = 0; i < context.tools.size(); ++i) declare_arguments(context, i);
    for (std::uint32_t i = 0; i < context.tools.size(); ++i) {
        for (const ast::Name& tag : context.tools[i].node->tags) {
            std::vector<ToolId>& tools = context.tools_by_tag[tag.text];
            if (tools.empty() || tools.back() != ToolId{i}) tools.push_back(ToolId{i});
        }
    }
}

}  // namespace proviso::check
