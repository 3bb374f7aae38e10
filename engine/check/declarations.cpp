// Built-in slots, attributes and obligations. Params and tools have files of their own.

#include "engine/check/declarations.h"

#include "engine/check/constraints.h"
#include "engine/check/names.h"
#include "engine/check/types.h"
#include "engine/check/typing.h"

namespace proviso::check {
namespace {

TypeId builtin_type(Context& context, BuiltinSlot slot) {
    switch (slot) {
        case BuiltinSlot::stage: return enum_type(context, model::stage_enum);
        case BuiltinSlot::tier: return enum_type(context, model::tier_enum);
        case BuiltinSlot::time: return scalar(context, Kind::time);
        case BuiltinSlot::agent_confidence: return scalar(context, Kind::decimal);
        case BuiltinSlot::has_undo:
        case BuiltinSlot::undoing: return scalar(context, Kind::boolean);
        case BuiltinSlot::tool:
        case BuiltinSlot::principal_id:
        case BuiltinSlot::agent_id:
        case BuiltinSlot::agent_model:
        case BuiltinSlot::agent_version:
        case BuiltinSlot::workflow_name:
        case BuiltinSlot::workflow_version:
        case BuiltinSlot::workflow_run:
        case BuiltinSlot::call_id:
        case BuiltinSlot::count: break;
    }
    return scalar(context, Kind::string);
}

std::string_view builtin_path(BuiltinSlot slot) {
    switch (slot) {
        case BuiltinSlot::tool: return "tool";
        case BuiltinSlot::stage: return "stage";
        case BuiltinSlot::tier: return "tier";
        case BuiltinSlot::time: return "time";
        case BuiltinSlot::principal_id: return "principal.id";
        case BuiltinSlot::agent_id: return "agent.id";
        case BuiltinSlot::agent_model: return "agent.model";
        case BuiltinSlot::agent_version: return "agent.version";
        case BuiltinSlot::agent_confidence: return "agent.confidence";
        case BuiltinSlot::workflow_name: return "workflow.name";
        case BuiltinSlot::workflow_version: return "workflow.version";
        case BuiltinSlot::workflow_run: return "workflow.run";
        case BuiltinSlot::has_undo: return "has_undo";
        case BuiltinSlot::undoing: return "undoing";
        case BuiltinSlot::call_id: return "call.id";
        case BuiltinSlot::count: break;
    }
    return "";
}

/// The default of an attribute; `bad` where it is none of its type.
std::optional<Value> default_of(Context& context, const ast::File& file,
                                const ast::Attribute& attribute, TypeId type, bool& bad) {
    if (attribute.default_value == ast::no_expr) return std::nullopt;
    const Span span = file.expr(attribute.default_value).span;
    if (is_optional(context, type)) {
        context.report(DiagnosticId::optional_with_default, span, {attribute.path.text},
                       "leave out the `?` or the default");
        bad = true;
        return std::nullopt;
    }
    const Typed value = constant_of(context, file, attribute.default_value, type);
    if (value.bad()) {
        bad = true;
        return std::nullopt;
    }
    const Value constant = context.set.node(value.node).value;
    bad = bad || !check_within_type(context, constant, type, span);
    return constant;
}

SlotId attribute_slot(Context& context, const ast::File& file, const ast::Attribute& attribute) {
    const TypeId type =
        resolve_type(context, file, attribute.type, {std::string(attribute.path.text), {}});
    if (type == model::no_type) return no_slot;
    bool bad = false;
    const std::optional<Value> initial = default_of(context, file, attribute, type, bad);
    Slot slot;
    slot.path = attribute.path.text;
    slot.type = type;
    slot.source = SlotSource::attribute;
    slot.is_volatile = attribute.is_volatile;
    slot.span = attribute.span;
    if (is_optional(context, type)) slot.initial = model::unknown(model::State::absent);
    if (initial) slot.initial = *initial;
    context.set.slots.push_back(std::move(slot));
    return SlotId{static_cast<std::uint32_t>(context.set.slots.size() - 1)};
}

}  // namespace

void add_builtin_slots(Context& context) {
    for (std::uint32_t i = 0; i < builtin_slots; ++i) {
        const auto builtin = static_cast<BuiltinSlot>(i);
        Slot slot;
        slot.path = builtin_path(builtin);
        slot.type = builtin_type(context, builtin);
        context.set.slots.push_back(std::move(slot));
    }
}

void declare_attributes(Context& context) {
    if (!context.attributes.empty()) {
        within_limit(context, context.attributes.size(), context.limits.attributes,
                     context.attributes.back().node->path.span, "a set", "attributes");
    }
    for (const auto& [file, attribute] : context.attributes) {
        context.attribute_slots.push_back(attribute_slot(context, *file, *attribute));
    }
}

void declare_obligations(Context& context) {
    for (const auto& [file, node] : context.obligations) {
        Obligation obligation;
        obligation.name = node->name.text;
        obligation.doc = node->head.doc;
        obligation.span = node->head.span;
        bool bad = false;
        obligation.params =
            resolve_fields(context, *file, node->params, std::string(node->name.text), bad);
        context.set.obligations.push_back(std::move(obligation));
    }
}

}  // namespace proviso::check
