// See set_dump.h.

#include "engine/check/set_dump.h"

#include <array>

#include "engine/model/calendar.h"
#include "engine/model/currency.h"

namespace proviso::check {
namespace {

using model::Kind;

constexpr std::array<std::string_view, 5> stage_names{"read", "propose", "prepare", "approve",
                                                      "execute"};

std::string_view symbol_of(CompareOp op) {
    switch (op) {
        case CompareOp::equal: return "==";
        case CompareOp::not_equal: return "!=";
        case CompareOp::less: return "<";
        case CompareOp::less_equal: return "<=";
        case CompareOp::greater: return ">";
        case CompareOp::greater_equal: return ">=";
    }
    return "";
}

std::string_view word_of(Effect effect) {
    switch (effect) {
        case Effect::allow: return "allow";
        case Effect::notify: return "notify";
        case Effect::gate: return "gate";
        case Effect::block: return "block";
    }
    return "";
}

std::string_view word_of(AxisKind kind) {
    switch (kind) {
        case AxisKind::enumeration: return "words";
        case AxisKind::tool: return "tool";
        case AxisKind::tier: return "tier";
        case AxisKind::bands: return "bands";
        case AxisKind::values: return "values";
    }
    return "";
}

std::string value_dump(const PolicySet& set, TypeId type, const Value& value) {
    return model::to_text(set.types, type, value);
}

/// The type with its constraints.
std::string type_dump(const PolicySet& set, TypeId id) {
    const model::Type& type = set.types.type(id);
    std::string text = set.types.text(id);
    const bool money = type.kind == Kind::money && type.currency != 0 && !type.low;
    if (money) text += " in " + model::unpack_currency(type.currency);
    if (type.minor) text += " minor";
    if (type.zone) text += " in \"" + set.zones[*type.zone].name + "\"";
    if (type.low) {
        text += " in " + value_dump(set, id, *type.low) + " .. " + value_dump(set, id, *type.high);
    }
    if (type.length_low) {
        text += " length " + std::to_string(*type.length_low) + " .. " +
                std::to_string(*type.length_high);
    }
    if (!type.pattern.empty()) text += " matches `" + type.pattern + "`";
    return text;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string text;
    for (const std::string& part : parts) {
        if (!text.empty()) text += between;
        text += part;
    }
    return text;
}

std::vector<std::string> item_dumps(const PolicySet& set, Range items) {
    std::vector<std::string> parts;
    for (std::uint32_t i = 0; i < items.count; ++i) {
        parts.push_back(expression_dump(set, set.node_items[items.begin + i]));
    }
    return parts;
}

std::string field_name(const PolicySet& set, const Node& node) {
    const model::Type& record = set.types.type(set.node(node.a).type);
    return record.fields[node.index].name;
}

std::string loop_dump(const PolicySet& set, const Node& node, std::string_view word) {
    return std::string(word) + "($" + std::to_string(node.index) + " in " +
           expression_dump(set, node.a) + ": " + expression_dump(set, node.b) + ")";
}

std::string infix(const PolicySet& set, const Node& node, std::string_view symbol) {
    return "(" + expression_dump(set, node.a) + " " + std::string(symbol) + " " +
           expression_dump(set, node.b) + ")";
}

std::string text_test(const PolicySet& set, const Node& node, std::string_view word) {
    return "(" + expression_dump(set, node.a) + (node.negated ? " not " : " ") + std::string(word) +
           " `" + std::string(node.text) + "`)";
}

std::string role_test(const PolicySet& set, const Node& node) {
    return std::string(node.party == Party::agent ? "(agent" : "(principal") +
           (node.negated ? " is not " : " is ") + set.role(node.role).name + ")";
}

std::string stages_dump(StageMask stages) {
    if (stages == all_stages) return "*";
    std::vector<std::string> names;
    for (std::uint32_t i = 0; i < stage_names.size(); ++i) {
        if ((stages & stage_bit(i)) != 0) names.emplace_back(stage_names[i]);
    }
    return joined(names, ",");
}

std::string targets_dump(const PolicySet& set, std::uint32_t index) {
    std::vector<std::string> parts;
    const TargetSet& targets = set.target_sets[index];
    for (const ToolId tool : targets.tools) parts.push_back(set.tool(tool).name);
    for (const TargetSet::Pattern& pattern : targets.patterns) {
        parts.push_back((pattern.except ? "-" : "+") + pattern.glob);
    }
    return "{" + joined(parts, " ") + "}";
}

std::string role_name(const PolicySet& set, RoleId role) {
    return role == no_role ? "?" : set.role(role).name;
}

std::string by_dump(const PolicySet& set, RoleId role, ApprovalId approval) {
    if (approval == no_approval) return " by " + role_name(set, role);
    return " by " + set.approvals[static_cast<std::size_t>(approval)].name;
}

std::string outcome_dump(const PolicySet& set, const Outcome& outcome) {
    std::string text{word_of(outcome.effect)};
    if (outcome.effect == Effect::gate) text += by_dump(set, outcome.role, outcome.approval);
    if (outcome.effect == Effect::notify) {
        text += " " + role_name(set, outcome.role) + " within " +
                model::duration_text(outcome.within_seconds);
    }
    return text;
}

std::string conditions_dump(const PolicySet& set, NodeId when, NodeId unless) {
    std::string text;
    if (when != no_node) text += "\n    when " + expression_dump(set, when);
    if (unless != no_node) text += "\n    unless " + expression_dump(set, unless);
    return text;
}

std::string trial_dump(const std::optional<std::int64_t>& until) {
    return until ? "trial until " + model::date_text(*until) + " " : std::string();
}

std::string because_dump(const PolicySet& set, const std::vector<TextPart>& parts) {
    if (parts.empty()) return {};
    std::string text = "\n    because ";
    for (const TextPart& part : parts) {
        text += part.node == no_node ? part.text : "{" + expression_dump(set, part.node) + "}";
    }
    return text;
}

/// What rules and limits end with.
template <class Statement>
std::string ending_dump(const PolicySet& set, const Statement& statement) {
    std::string text;
    for (const ObligationUse& use : statement.obligations) {
        std::vector<std::string> arguments;
        for (const NodeId node : use.arguments) arguments.push_back(expression_dump(set, node));
        text += "\n    oblige " + set.obligations[static_cast<std::size_t>(use.obligation)].name +
                "(" + joined(arguments, ", ") + ")";
    }
    text += because_dump(set, statement.because);
    if (!statement.fix.empty()) text += "\n    fix " + statement.fix;
    return text + "\n";
}

std::string rule_dump(const PolicySet& set, const Rule& rule) {
    std::string text = trial_dump(rule.trial_until) + std::string(word_of(rule.effect)) + " " +
                       rule.name + " on " + targets_dump(set, rule.targets) + " at " +
                       stages_dump(rule.stages) + conditions_dump(set, rule.when, rule.unless);
    if (rule.effect == Effect::gate) text += "\n   " + by_dump(set, rule.role, rule.approval);
    if (rule.effect == Effect::notify) {
        text += "\n    tell " + role_name(set, rule.role) + " within " +
                model::duration_text(rule.within_seconds);
    }
    return text + ending_dump(set, rule);
}

std::string period_dump(const PolicySet& set, const Period& period) {
    constexpr std::array<std::string_view, 4> units{"day", "week", "month", "quarter"};
    if (!period.rolling) {
        return "each " + std::string(units[static_cast<std::size_t>(period.unit)]) + " in \"" +
               set.zones[period.zone].name + "\"";
    }
    return (period.about ? "about " : "") + model::duration_text(period.length_seconds);
}

std::string measure_dump(const PolicySet& set, const Measure& measure) {
    constexpr std::array<std::string_view, 3> words{"count", "sum", "distinct"};
    std::string text{words[static_cast<std::size_t>(measure.aggregate)]};
    if (measure.value != no_node) text += " " + expression_dump(set, measure.value);
    text += " on " + targets_dump(set, measure.targets) + " at " + stages_dump(measure.stages);
    if (measure.where != no_node) text += "\n    where " + expression_dump(set, measure.where);
    std::vector<std::string> keys;
    for (const NodeId key : measure.per) keys.push_back(expression_dump(set, key));
    if (!keys.empty()) text += "\n    per " + joined(keys, ", ");
    return text + "\n    over " + period_dump(set, measure.period);
}

std::string counter_dump(const PolicySet& set, const Counter& counter) {
    return "counter " + counter.name + " : " + set.types.text(counter.type) + " = " +
           measure_dump(set, counter.measure) + "\n";
}

std::string limit_dump(const PolicySet& set, const Limit& limit) {
    std::string text = trial_dump(limit.trial_until) + "limit " + limit.name + " " +
                       measure_dump(set, limit.measure);
    for (const LimitStep& step : limit.steps) {
        text += std::string("\n    ") + (step.inclusive ? ">= " : "> ") +
                expression_dump(set, step.cap) + ": " + outcome_dump(set, step.outcome);
    }
    return text + conditions_dump(set, no_node, limit.unless) + ending_dump(set, limit);
}

std::string axis_dump(const PolicySet& set, const Axis& axis) {
    std::string text{word_of(axis.kind)};
    if (axis.node != no_node) text += " of " + expression_dump(set, axis.node);
    text += " [" + joined(axis.labels, " | ") + "]";
    std::vector<std::string> places;
    for (const std::uint32_t place : axis.index_of) {
        places.push_back(place == 0xFFFFFFFF ? "-" : std::to_string(place));
    }
    if (!places.empty()) text += " index " + joined(places, " ");
    std::vector<std::string> bounds;
    for (std::size_t i = 0; i < axis.bounds.size(); ++i) {
        const bool band = axis.kind == AxisKind::bands;
        const std::string_view sign = !band ? "" : axis.inclusive[i] ? "<= " : "< ";
        bounds.push_back(std::string(sign) + value_dump(set, axis.type, axis.bounds[i]));
    }
    if (!bounds.empty()) text += " bounds " + joined(bounds, ", ");
    if (axis.rest != 0xFFFFFFFF) text += " rest " + std::to_string(axis.rest);
    return text;
}

template <class Cell, class Print>
std::string cells_dump(const std::vector<Axis>& axes, const std::vector<Cell>& cells, Print print) {
    const std::size_t columns = axes.size() == 2 ? axes[1].size : std::size_t{1};
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        text += i % columns == 0 ? "    " : " | ";
        text += print(cells[i]);
        if (i % columns + 1 == columns) text += "\n";
    }
    return text;
}

std::string matrix_dump(const PolicySet& set, const Matrix& matrix) {
    std::string text = trial_dump(matrix.trial_until) +
                       (matrix.is_default ? "default matrix " : "matrix ") + matrix.name + " on " +
                       targets_dump(set, matrix.targets) + " at " +
                       (matrix.stages_given ? stages_dump(matrix.stages) : "-") + "\n";
    for (const Axis& axis : matrix.axes) text += "    by " + axis_dump(set, axis) + "\n";
    return text + cells_dump(matrix.axes, matrix.cells,
                             [&](const Outcome& cell) { return outcome_dump(set, cell); });
}

std::string table_dump(const PolicySet& set, const Table& table) {
    std::string text = "table " + table.name + " : " + set.types.text(table.type) + "\n";
    for (const Axis& axis : table.axes) text += "    by " + axis_dump(set, axis) + "\n";
    return text + cells_dump(table.axes, table.cells,
                             [&](NodeId cell) { return expression_dump(set, cell); });
}

std::string slots_dump(const PolicySet& set, const std::vector<SlotId>& slots) {
    std::vector<std::string> parts;
    parts.reserve(slots.size());
    for (const SlotId slot : slots) {
        parts.push_back(std::to_string(static_cast<std::uint32_t>(slot)) + ":" +
                        set.types.text(set.slot(slot).type));
    }
    return " → " + joined(parts, ", ");
}

std::string argument_dump(const PolicySet& set, const ToolArgument& argument) {
    return "    " + argument.name + " : " +
           (argument.declared ? type_dump(set, argument.type) : "undeclared") +
           slots_dump(set, argument.slots) + "\n";
}

std::string tool_dump(const PolicySet& set, const Tool& tool) {
    std::string text = "tool " + tool.name;
    if (tool.tier) text += " " + set.types.enumeration(model::tier_enum).words[*tool.tier];
    text += " at " + stages_dump(tool.stages);
    if (tool.undo) text += " undo " + set.tool(*tool.undo).name;
    for (const std::string& tag : tool.tags) text += " @" + tag;
    text += tool.open_args ? " open\n" : "\n";
    for (const ToolArgument& argument : tool.arguments) text += argument_dump(set, argument);
    return text;
}

std::string role_dump(const PolicySet& set, const Role& role) {
    std::string text = "role " + role.name + " is";
    for (const RoleId ancestor : role.inherits) text += " " + set.role(ancestor).name;
    for (const std::string& id : role.bound_ids) text += " \"" + id + "\"";
    text += "\n";
    for (const Grant& grant : role.grants) {
        text += "    can " + stages_dump(grant.stages) + ": " + targets_dump(set, grant.targets) +
                conditions_dump(set, grant.when, no_node) + "\n";
    }
    return text;
}

std::string param_dump(const PolicySet& set, const Param& param) {
    std::string text = "param " + param.name + " : " + type_dump(set, param.type) + " = " +
                       value_dump(set, param.type, param.value);
    if (param.low) {
        text += " in " + value_dump(set, param.type, *param.low) + " .. " +
                value_dump(set, param.type, *param.high);
    }
    return text + "\n";
}

std::string attribute_dump(const PolicySet& set, std::size_t index) {
    const Slot& slot = set.slots[index];
    std::string text = "attribute " + slot.path + " : " + type_dump(set, slot.type);
    if (slot.initial.known()) text += " = " + value_dump(set, slot.type, slot.initial);
    if (slot.is_volatile) text += " volatile";
    return text + " → " + std::to_string(index) + "\n";
}

std::string facts_dump(const PolicySet& set, const Facts& facts) {
    const auto key = static_cast<std::uint32_t>(facts.key);
    std::string text = "facts " + facts.name + " by " + type_dump(set, set.slots[key].type) +
                       " → " + std::to_string(key) + "\n";
    for (std::uint32_t i = key + 1; i <= key + facts.fields; ++i) {
        text += "    " + set.slots[i].path + " : " + type_dump(set, set.slots[i].type) + " → " +
                std::to_string(i) + "\n";
    }
    return text;
}

std::string window_part_dump(const PolicySet& set, const WindowPart& part) {
    const auto day = [](std::int32_t at) { return model::date_text(at); };
    switch (part.kind) {
        case WindowPart::Kind::weekly: {
            std::string text;
            for (int i = 0; i < 7; ++i) {
                if ((part.weekdays >> i & 1) != 0)
                    text += std::string(model::weekday_text(i)) + " ";
            }
            if (part.days) return text + "all day";
            return text + "minutes " + std::to_string(part.from_minute) + " .. " +
                   std::to_string(part.to_minute);
        }
        case WindowPart::Kind::dates: return day(part.first_day) + " .. " + day(part.last_day);
        case WindowPart::Kind::workdays:
            return (part.last ? "last " : "first ") + std::to_string(part.workdays) +
                   " workdays of month";
        case WindowPart::Kind::window:
            return (part.days ? "days of " : "") + set.window(part.window).name;
    }
    return {};
}

std::string window_dump(const PolicySet& set, const Window& window) {
    std::string text = "window " + window.name;
    if (window.zone != 0xFFFFFFFF) text += " in \"" + set.zones[window.zone].name + "\"";
    text += "\n";
    for (const WindowPart& part : window.include) {
        text += "    " + window_part_dump(set, part) + "\n";
    }
    for (const WindowPart& part : window.except) {
        text += "    except " + window_part_dump(set, part) + "\n";
    }
    return text;
}

std::string need_dump(const PolicySet& set, const Need& need) {
    std::vector<std::string> who;
    if (need.principal) who.emplace_back("principal");
    if (need.approvers) who.emplace_back("approvers");
    for (const RoleId role : need.roles) who.push_back(role_name(set, role));
    return "    needs " + std::to_string(need.count) + " of " + joined(who, " or ") + "\n";
}

std::string approval_dump(const PolicySet& set, const Approval& approval) {
    std::string text = "approval " + approval.name + " within " +
                       model::duration_text(approval.within_seconds) + " valid " +
                       model::duration_text(approval.valid_seconds) + "\n";
    for (const Need& need : approval.needs) text += need_dump(set, need);
    for (const Escalation& also : approval.escalations) {
        text += "    also " + role_name(set, also.role) + " after " +
                model::duration_text(also.after_seconds) + "\n";
    }
    for (const NodeId path : approval.never)
        text += "    never " + expression_dump(set, path) + "\n";
    return text;
}

std::string declarations_dump(const PolicySet& set) {
    std::string text = "policy " + set.name + " " + set.version + "\n";
    if (set.catalogue_open) text += "catalogue open\n";
    for (const Party party : set.authority) {
        text += party == Party::agent ? "authority of agent\n" : "authority of principal\n";
    }
    for (const Param& param : set.params) text += param_dump(set, param);
    for (std::size_t i = 0; i < set.slots.size(); ++i) {
        if (set.slots[i].source == SlotSource::attribute) text += attribute_dump(set, i);
    }
    for (const Data& data : set.data) {
        text += "data " + data.name + " : " + type_dump(set, data.type) + " = " +
                model::to_json(set.types, data.type, data.value) + "\n";
    }
    for (const Facts& facts : set.facts) text += facts_dump(set, facts);
    for (const Tool& tool : set.tools) text += tool_dump(set, tool);
    if (!set.open_arguments.empty()) text += "outside the catalogue\n";
    for (const ToolArgument& argument : set.open_arguments) text += argument_dump(set, argument);
    for (const Role& role : set.roles) text += role_dump(set, role);
    for (const Table& table : set.tables) text += table_dump(set, table);
    for (const Window& window : set.windows) text += window_dump(set, window);
    for (const Approval& approval : set.approvals) text += approval_dump(set, approval);
    for (const Counter& counter : set.counters) text += counter_dump(set, counter);
    for (std::size_t i = 0; i < set.shared.size(); ++i) {
        text += "let " + set.shared[i].name + "#" + std::to_string(i) + " = " +
                expression_dump(set, set.shared[i].node) + "\n";
    }
    return text;
}

std::string raise_dump(const PolicySet& set, const Raise& raise) {
    return "raise " + raise.name + " on " + targets_dump(set, raise.targets) + " at " +
           stages_dump(raise.stages) + conditions_dump(set, raise.when, raise.unless) +
           "\n    to " + set.types.enumeration(model::tier_enum).words[raise.tier] + "\n";
}

}  // namespace

std::string expression_dump(const PolicySet& set, NodeId id) {
    const Node& node = set.node(id);
    switch (node.kind) {
        case NodeKind::constant: return value_dump(set, node.type, node.value);
        case NodeKind::slot: return set.slot(node.slot).path;
        case NodeKind::fact:
            return set.slot(node.slot).path + "[" + expression_dump(set, node.a) + "]";
        case NodeKind::variable: return "$" + std::to_string(node.index);
        case NodeKind::field: return expression_dump(set, node.a) + "." + field_name(set, node);
        case NodeKind::money_amount: return expression_dump(set, node.a) + ".amount";
        case NodeKind::money_currency: return expression_dump(set, node.a) + ".currency";
        case NodeKind::logical_not: return "not " + expression_dump(set, node.a);
        case NodeKind::logical_and: return "(" + joined(item_dumps(set, node.items), " and ") + ")";
        case NodeKind::logical_or: return "(" + joined(item_dumps(set, node.items), " or ") + ")";
        case NodeKind::compare: return infix(set, node, symbol_of(node.op));
        case NodeKind::in_list: return infix(set, node, node.negated ? "not in" : "in");
        case NodeKind::in_window:
            return "(" + expression_dump(set, node.a) + (node.negated ? " not in " : " in ") +
                   set.window(node.window).name + ")";
        case NodeKind::local:
            return "local(" + expression_dump(set, node.a) + ", \"" + set.zones[node.zone].name +
                   "\")." + set.types.text(node.type);
        case NodeKind::native:
            return std::string(node.text) + "(" + joined(item_dumps(set, node.items), ", ") + ")";
        case NodeKind::like: return text_test(set, node, "like");
        case NodeKind::matches: return text_test(set, node, "matches");
        case NodeKind::has:
            return (node.negated ? "missing(" : "has(") + expression_dump(set, node.a) + ")";
        case NodeKind::role_test: return role_test(set, node);
        case NodeKind::tier_test:
            return "(tier " + std::string(symbol_of(node.op)) + " " + expression_dump(set, node.b) +
                   ")";
        case NodeKind::coalesce: return infix(set, node, "??");
        case NodeKind::add: return infix(set, node, "+");
        case NodeKind::subtract: return infix(set, node, "-");
        case NodeKind::multiply: return infix(set, node, "*");
        case NodeKind::to_decimal: return "decimal(" + expression_dump(set, node.a) + ")";
        case NodeKind::length: return "length(" + expression_dump(set, node.a) + ")";
        case NodeKind::any: return loop_dump(set, node, "any");
        case NodeKind::all: return loop_dump(set, node, "all");
        case NodeKind::count_if: return loop_dump(set, node, "count");
        case NodeKind::sum_of: return loop_dump(set, node, "sum");
        case NodeKind::table_read:
            return set.tables[static_cast<std::size_t>(node.table)].name + "[" +
                   joined(item_dumps(set, node.items), ", ") + "]";
        case NodeKind::counter_read: {
            const std::string& name = set.counters[static_cast<std::size_t>(node.counter)].name;
            if (node.items.count == 0) return name;
            return name + "[" + joined(item_dumps(set, node.items), ", ") + "]";
        }
        case NodeKind::limit_total: return "total";
        case NodeKind::limit_cap: return "cap";
        case NodeKind::shared: {
            const auto index = static_cast<std::size_t>(node.shared);
            return set.shared[index].name + "#" + std::to_string(index);
        }
    }
    return {};
}

std::string dump(const PolicySet& set) {
    std::string text = declarations_dump(set);
    for (const Rule& rule : set.rules) text += rule_dump(set, rule);
    for (const Matrix& matrix : set.matrices) text += matrix_dump(set, matrix);
    for (const Limit& limit : set.limits) text += limit_dump(set, limit);
    for (const Raise& raise : set.raises) text += raise_dump(set, raise);
    return text + "default " + outcome_dump(set, set.default_outcome) + "\n";
}

}  // namespace proviso::check
