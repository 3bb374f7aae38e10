// See zones.h. Zone data that is missing or too old is one mistake of the set, told at the first
// zone that needs it.
#include "engine/check/zones.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/check/expressions.h"
#include "engine/check/names.h"
#include "engine/check/typing.h"

namespace proviso::check {
namespace {

constexpr std::string_view oldest_zone_data = "2023";

/// Whether there is zone data that may be used; said once where not.
bool has_zone_data(Context& context, Span span) {
    if (context.zone_data_sought) return context.zone_data.has_value();
    context.zone_data_sought = true;
    const std::string& folder = context.options.zoneinfo;
    context.zone_data = model::find_zone_data(folder);
    if (!context.zone_data) {
        context.report(DiagnosticId::no_zone_data, span, {folder},
                       "install the package `tzdata`, or name the folder of its files");
        return false;
    }
    const std::string version = context.zone_data->version;
    if (version >= oldest_zone_data) return true;
    context.zone_data.reset();
    context.report(DiagnosticId::old_zone_data, span, {version, oldest_zone_data},
                   "bring the package `tzdata` up to date");
    return false;
}

std::string zone_suggestion(const Context& context, std::string_view name) {
    const std::vector<std::string>& names = context.zone_data->names;
    const std::string near = suggestion(context, name, {names.begin(), names.end()});
    return near.empty() ? "write a name of the IANA list, such as `Europe/Berlin` or `UTC`" : near;
}

std::optional<std::uint32_t> load_zone(Context& context, const ast::Text& name) {
    if (!has_zone_data(context, name.span)) return std::nullopt;
    model::Zone zone;
    switch (model::read_zone(*context.zone_data, std::string(name.text), zone)) {
        case model::ZoneFault::none: break;
        case model::ZoneFault::unknown:
            context.report(DiagnosticId::unknown_zone, name.span, {name.text},
                           zone_suggestion(context, name.text));
            return std::nullopt;
        case model::ZoneFault::damaged:
            context.report(DiagnosticId::damaged_zone, name.span, {name.text},
                           "install the package `tzdata` anew");
            return std::nullopt;
    }
    context.set.zone_data = context.zone_data->version;
    context.set.zones.push_back(std::move(zone));
    return static_cast<std::uint32_t>(context.set.zones.size() - 1);
}

}  // namespace

std::optional<std::uint32_t> find_zone(Context& context, const ast::Text& name) {
    const auto known = context.zones_by_name.find(name.text);
    if (known != context.zones_by_name.end()) return known->second;
    const std::optional<std::uint32_t> zone = load_zone(context, name);
    context.zones_by_name.emplace(name.text, zone);
    return zone;
}

// ---------------------------------------------------------------- local(time, zone)

namespace {

constexpr std::string_view local_help =
    "write `local(time, \"Europe/Berlin\").hour`, `.weekday` or `.date`";

/// The zone that the second operand names: a literal, or a param.
std::optional<std::uint32_t> zone_operand(Context& context, Scope& scope, ast::ExprId id) {
    const Typed zone = elaborate(context, scope, id, scalar(context, Kind::string));
    if (zone.bad()) return std::nullopt;
    const Span span = scope.file->expr(id).span;
    if (!is_kind(context, zone, Kind::string)) {
        context.report(DiagnosticId::type_mismatch, span,
                       {"a string", described(context, zone.type)}, std::string(local_help));
        return std::nullopt;
    }
    if (!is_constant(context, zone)) {
        context.report(DiagnosticId::literal_wanted, span, {}, "a zone is known when it compiles");
        return std::nullopt;
    }
    const Value& value = context.set.node(zone.node).value;
    ast::Text name;
    name.text = keep_text(context, value.view());
    name.span = span;
    return find_zone(context, name);
}

std::optional<std::uint32_t> part_of(std::string_view field) {
    if (field == "hour") return 0;
    if (field == "weekday") return 1;
    return field == "date" ? std::optional<std::uint32_t>(2) : std::nullopt;
}

}  // namespace

Typed elaborate_local(Context& context, Scope& scope, const ast::Expr& call,
                      const ast::Expr& field) {
    const PolarityGuard guard(scope, 0);
    if (call.items.count != 2) {
        context.report(DiagnosticId::argument_count, call.span,
                       {"local", "2 arguments", std::to_string(call.items.count)},
                       std::string(local_help));
        return make_bad(context);
    }
    const ast::ExprId* items = &scope.file->expr_items[call.items.begin];
    const Typed time = elaborate(context, scope, items[0], scalar(context, Kind::time));
    const std::optional<std::uint32_t> zone = zone_operand(context, scope, items[1]);
    const std::optional<std::uint32_t> part = part_of(field.text);
    if (!part) {
        context.report(DiagnosticId::unknown_field, field.span, {"a local time", field.text},
                       std::string(local_help));
    }
    if (time.bad() || !zone || !part) return make_bad(context);
    if (!is_kind(context, time, Kind::time)) {
        context.report(DiagnosticId::type_mismatch, scope.file->expr(items[0]).span,
                       {"a time", described(context, time.type)}, std::string(local_help));
        return make_bad(context);
    }
    constexpr Kind kinds[] = {Kind::integer, Kind::weekday, Kind::date};
    Node node;
    node.kind = NodeKind::local;
    node.a = time.node;
    node.zone = *zone;
    node.span = field.span;
    const TypeId type = scalar(context, kinds[*part]);
    return make(context, node, with_optional(context, type, is_optional(context, time.type)));
}

}  // namespace proviso::check
