// See axes.h. Three ways to name values: words (enums, bools, weekdays, tiers, tools), bands (upper
// bounds, ascending), and single values.

#include "engine/check/axes.h"

#include <algorithm>

#include "engine/check/constraints.h"
#include "engine/check/expressions.h"
#include "engine/check/names.h"
#include "engine/check/typing.h"
#include "engine/model/currency.h"

namespace proviso::check {
namespace {

constexpr std::uint32_t no_label = 0xFFFFFFFF;
constexpr const char* other_values = "other values";

std::string label_text(const Context& context, const Label& label) {
    if (label.rest) return "_";
    return std::string(context.sources.text(label.span));
}

/// A literal or param as a value of the axis.
Typed label_value(Context& context, const AxisTask& task, const Label& label, TypeId type) {
    Scope scope;
    scope.file = task.file;
    scope.literal = true;
    scope.params = true;
    const Typed value = elaborate(context, scope, label.expr, type);
    if (value.bad()) return value;
    const TypeId plain = with_optional(context, type, false);
    const Typed same = coerced(context, value, plain, label.span);
    if (same.bad() || is_constant(context, same)) return same;
    context.report(DiagnosticId::literal_wanted, label.span, {}, "write the value itself");
    return make_bad(context);
}

bool report_twice(Context& context, const AxisTask& task, const Label& label) {
    context.report(DiagnosticId::label_twice, label.span, {task.noun, label_text(context, label)});
    return false;
}

/// `_` stands last, once.
bool check_rest(Context& context, Axis& axis, const AxisTask& task) {
    for (std::uint32_t i = 0; i < task.labels.size(); ++i) {
        if (!task.labels[i].rest) continue;
        if (axis.rest != no_label) return report_twice(context, task, task.labels[i]);
        axis.rest = i;
        if (i + 1 == task.labels.size()) continue;
        context.report(DiagnosticId::rest_not_last, task.labels[i].span, {task.noun});
        return false;
    }
    return true;
}

bool report_missing(Context& context, const AxisTask& task, const std::string& missing) {
    context.report(DiagnosticId::axis_incomplete, task.span, {task.subject, task.noun, missing},
                   "every value has one " + std::string(task.noun) + "; `_` stands for all others");
    return false;
}

void warn_never_reached(Context& context, const AxisTask& task, const Label& label) {
    context.report(DiagnosticId::never_reached, label.span,
                   {task.noun, label_text(context, label)});
}

// ---------------------------------------------------------------- words

std::vector<std::string> axis_words(const Context& context, TypeId type) {
    if (context.kind(type) == Kind::boolean) return {"false", "true"};
    const std::vector<std::string_view> words = words_of(context, type);
    return {words.begin(), words.end()};
}

/// Says which words have no label, or that `_` is left with none.
bool check_words_covered(Context& context, Axis& axis, const AxisTask& task,
                         const std::vector<std::string>& words) {
    std::vector<std::string> missing;
    for (std::uint32_t i = 0; i < axis.index_of.size(); ++i) {
        if (axis.index_of[i] != no_label) continue;
        missing.push_back(words[i]);
        axis.index_of[i] = axis.rest;
    }
    if (axis.rest != no_label) {
        if (missing.empty()) warn_never_reached(context, task, task.labels[axis.rest]);
        return true;
    }
    return missing.empty() || report_missing(context, task, listed(missing));
}

bool fill_words(Context& context, Axis& axis, const AxisTask& task) {
    const std::vector<std::string> words = axis_words(context, axis.type);
    axis.index_of.assign(words.size(), no_label);
    bool good = true;
    for (std::uint32_t i = 0; i < task.labels.size(); ++i) {
        const Label& label = task.labels[i];
        if (label.rest) continue;
        if (label.band != ast::BinaryOp::equal) {
            context.report(DiagnosticId::band_of_words, label.span, {task.subject},
                           "write a " + std::string(task.noun) + " for each word");
            good = false;
            continue;
        }
        const Typed value = label_value(context, task, label, axis.type);
        if (value.bad()) {
            good = false;
            continue;
        }
        std::uint32_t& place =
            axis.index_of[static_cast<std::size_t>(context.set.node(value.node).value.integer)];
        if (place != no_label) good = report_twice(context, task, label);
        place = i;
    }
    return good && check_words_covered(context, axis, task, words);
}

// ---------------------------------------------------------------- tools

bool place_tool(Context& context, Axis& axis, const AxisTask& task, std::uint32_t i) {
    const Label& label = task.labels[i];
    const ast::Expr& expr = task.file->expr(label.expr);
    const bool name = expr.kind == ast::ExprKind::path || expr.kind == ast::ExprKind::string;
    const Symbol* symbol = name ? find_symbol(context, expr.text) : nullptr;
    if (symbol == nullptr || symbol->kind != SymbolKind::tool) {
        report_wrong_name(context, {name ? expr.text : label_text(context, label), label.span},
                          SymbolKind::tool, "a tool");
        return false;
    }
    std::uint32_t& place = axis.index_of[symbol->index];
    if (place != no_label) return report_twice(context, task, label);
    place = i;
    const std::vector<ToolId>& reach = context.set.target_sets[task.targets].tools;
    if (!std::binary_search(reach.begin(), reach.end(), ToolId{symbol->index})) {
        warn_never_reached(context, task, label);
    }
    return true;
}

bool fill_tools(Context& context, Axis& axis, const AxisTask& task) {
    axis.index_of.assign(context.set.tools.size(), no_label);
    bool good = true;
    for (std::uint32_t i = 0; i < task.labels.size(); ++i) {
        if (!task.labels[i].rest) good = place_tool(context, axis, task, i) && good;
    }
    if (!good) return false;
    const TargetSet& reach = context.set.target_sets[task.targets];
    std::vector<std::string> missing;
    for (const ToolId tool : reach.tools) {
        if (axis.index_of[index_of(tool)] == no_label) {
            missing.push_back(context.set.tool(tool).name);
        }
    }
    for (std::uint32_t& place : axis.index_of) {
        if (place == no_label) place = axis.rest;
    }
    const bool open = !reach.patterns.empty();
    if (axis.rest != no_label) {
        if (missing.empty() && !open) warn_never_reached(context, task, task.labels[axis.rest]);
        return true;
    }
    if (open) return report_missing(context, task, other_values);
    return missing.empty() || report_missing(context, task, listed(missing));
}

// ---------------------------------------------------------------- bands

bool is_band(const Label& label) {
    return label.band != ast::BinaryOp::equal;
}

/// The bound of one more band, above all before it.
bool add_band(Context& context, Axis& axis, const AxisTask& task, const Label& label) {
    const Typed value = label_value(context, task, label, axis.type);
    if (value.bad()) return false;
    const Value bound = context.set.node(value.node).value;
    const bool inclusive = label.band == ast::BinaryOp::less_equal;
    const Kind kind = context.kind(axis.type);
    if (kind == Kind::money && !axis.bounds.empty() &&
        axis.bounds.front().currency() != bound.currency()) {
        context.report(DiagnosticId::currency_mismatch, label.span,
                       {model::unpack_currency(axis.bounds.front().currency()),
                        model::unpack_currency(bound.currency())});
        return false;
    }
    if (!axis.bounds.empty()) {
        const auto order = compare_values(kind, bound, axis.bounds.back());
        const bool above = order > 0 || (order == 0 && inclusive && !axis.inclusive.back());
        if (!above) {
            context.report(DiagnosticId::bands_not_ascending, label.span,
                           {label_text(context, label)},
                           "each band begins where the one before ends");
            return false;
        }
    }
    axis.bounds.push_back(bound);
    axis.inclusive.push_back(inclusive);
    return true;
}

/// How far the bands reach into the range of the type, where it has one.
bool covers_range(const Context& context, const Axis& axis) {
    const model::Type& type = context.type(axis.type);
    if (!type.high || axis.bounds.empty()) return false;
    const auto order = compare_values(type.kind, axis.bounds.back(), *type.high);
    return order > 0 || (order == 0 && axis.inclusive.back());
}

void warn_low_bands(Context& context, const Axis& axis, const AxisTask& task) {
    const model::Type& type = context.type(axis.type);
    if (!type.low) return;
    for (std::size_t i = 0; i < axis.bounds.size(); ++i) {
        const auto order = compare_values(type.kind, axis.bounds[i], *type.low);
        const bool reached = order > 0 || (order == 0 && axis.inclusive[i]);
        if (!reached) warn_never_reached(context, task, task.labels[i]);
    }
}

/// Bounds of money tell the currency that the axis is read in.
void note_axis_currency(Context& context, const Axis& axis, const AxisTask& task) {
    const bool money = context.kind(axis.type) == Kind::money;
    if (!money || context.type(axis.type).currency != 0 || axis.node == no_node) return;
    context.report(DiagnosticId::currency_unknown, task.span, {},
                   "two currencies compare as unknown: fix it with `money in …`");
}

bool close_bands(Context& context, Axis& axis, const AxisTask& task) {
    const bool covered = covers_range(context, axis);
    if (axis.rest != no_label) {
        if (covered) warn_never_reached(context, task, task.labels[axis.rest]);
        return true;
    }
    if (!covered) return report_missing(context, task, other_values);
    // The range of the type ends in the last band, so that band takes the rest.
    axis.rest = axis.size - 1;
    axis.bounds.pop_back();
    axis.inclusive.pop_back();
    return true;
}

bool fill_bands(Context& context, Axis& axis, const AxisTask& task) {
    axis.kind = AxisKind::bands;
    if (!is_measure(context.kind(axis.type))) {
        context.report(DiagnosticId::bands_of, task.span,
                       {task.subject, described(context, axis.type)},
                       "bands are of numbers, money, durations, dates and times");
        return false;
    }
    bool good = true;
    for (const Label& label : task.labels) {
        if (label.rest) continue;
        if (!is_band(label)) {
            context.report(DiagnosticId::band_and_value, label.span, {label_text(context, label)},
                           "write all as `<= …`, and the rest as `_`");
            return false;
        }
        good = add_band(context, axis, task, label) && good;
    }
    if (!good) return false;
    warn_low_bands(context, axis, task);
    note_axis_currency(context, axis, task);
    return close_bands(context, axis, task);
}

// ---------------------------------------------------------------- values

std::string value_key(Kind kind, const Value& value) {
    if (kind == Kind::string) return std::string(value.view());
    if (kind == Kind::ip) return std::string(reinterpret_cast<const char*>(value.address), 16);
    return std::to_string(value.integer) + ' ' + std::to_string(value.scale) + ' ' +
           std::to_string(value.extra);
}

bool fill_values(Context& context, Axis& axis, const AxisTask& task) {
    axis.kind = AxisKind::values;
    const Kind kind = context.kind(axis.type);
    std::unordered_set<std::string> seen;
    bool good = true;
    for (const Label& label : task.labels) {
        if (label.rest) continue;
        const Typed value = label_value(context, task, label, axis.type);
        if (value.bad()) {
            good = false;
            continue;
        }
        const Value constant = context.set.node(value.node).value;
        if (!seen.insert(value_key(kind, constant)).second) {
            good = report_twice(context, task, label);
        }
        axis.bounds.push_back(constant);
    }
    if (!good) return false;
    return axis.rest != no_label || report_missing(context, task, other_values);
}

}  // namespace

bool fill_axis(Context& context, Axis& axis, const AxisTask& task) {
    axis.size = static_cast<std::uint32_t>(task.labels.size());
    for (const Label& label : task.labels) axis.labels.push_back(label_text(context, label));
    if (!check_rest(context, axis, task)) return false;
    if (axis.kind == AxisKind::tool) return fill_tools(context, axis, task);
    const Kind kind = context.kind(axis.type);
    if (has_words(context, axis.type) || kind == Kind::boolean) {
        return fill_words(context, axis, task);
    }
    if (kind == Kind::list || kind == Kind::record || kind == Kind::opaque) {
        context.report(DiagnosticId::no_axis, task.span, {described(context, axis.type)});
        return false;
    }
    const bool bands = std::any_of(task.labels.begin(), task.labels.end(), is_band);
    return bands ? fill_bands(context, axis, task) : fill_values(context, axis, task);
}

}  // namespace proviso::check
