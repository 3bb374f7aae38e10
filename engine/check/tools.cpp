// The catalogue: tools with their tiers, stages, tags and args.

#include <algorithm>

#include "engine/check/arguments.h"
#include "engine/check/declarations.h"
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
    context.report(DiagnosticId::unknown_name, name.span, {"tier", name.text},
                   suggestion(context, name.text, {words.begin(), words.end()}));
    return std::nullopt;
}

std::optional<ToolId> undo_of(Context& context, const ast::Name& name) {
    const Symbol* symbol = find_symbol(context, name.text);
    if (symbol != nullptr && symbol->kind == SymbolKind::tool) return ToolId{symbol->index};
    report_wrong_name(context, name, SymbolKind::tool, "a tool");
    return std::nullopt;
}

Tool head_of(Context& context, const ast::Tool& node) {
    Tool tool;
    tool.name = node.name.text;
    tool.doc = node.head.doc;
    tool.span = node.head.span;
    tool.stages = stage_mask(node.stages, execute_stage);
    tool.open_args = node.open_args;
    if (node.tier) tool.tier = tier_of(context, *node.tier);
    if (node.undo) tool.undo = undo_of(context, *node.undo);
    for (const ast::Name& tag : node.tags) tool.tags.emplace_back(tag.text);
    std::sort(tool.tags.begin(), tool.tags.end());
    tool.tags.erase(std::unique(tool.tags.begin(), tool.tags.end()), tool.tags.end());
    return tool;
}

/// Args by name; a bad one keeps its name and has no type.
void declare_arguments(Context& context, std::uint32_t index) {
    const auto& [file, node] = context.tools[index];
    Tool& tool = context.set.tools[index];
    bool bad = false;
    for (model::Field& field :
         resolve_fields(context, *file, node->args, std::string(node->name.text), bad)) {
        tool.arguments.push_back({std::move(field.name), field.type, {}, true});
    }
    std::sort(tool.arguments.begin(), tool.arguments.end(),
              [](const ToolArgument& a, const ToolArgument& b) { return a.name < b.name; });
    for (ToolArgument& argument : tool.arguments) {
        if (argument.type == model::no_type) continue;
        argument.slots.push_back(
            argument_slot(context, argument.name, argument.type, node->head.span));
    }
    for (const ast::FieldDecl& field : node->args) context.arg_names.insert(field.name.text);
}

void check_catalogue(Context& context) {
    const Span start = context.files.empty() ? Span{} : Span{context.files[0].source, 0, 0};
    if (!context.set.catalogue_open && context.tools.empty() && context.lost_words.empty()) {
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
