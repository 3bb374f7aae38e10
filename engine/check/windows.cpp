// See windows.h. A window is declared after those that it names, so that whether it is made of days
// is known; how much testing it takes is reckoned before anything is written out, and held to
// `Limits::window_parts`.
#include "engine/check/windows.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/check/data.h"
#include "engine/check/expressions.h"
#include "engine/check/graph.h"
#include "engine/check/names.h"
#include "engine/check/types.h"
#include "engine/check/typing.h"
#include "engine/check/zones.h"
#include "engine/model/calendar.h"

namespace proviso::check {
namespace {

constexpr std::uint32_t no_zone = 0xFFFFFFFF;

/// A name that stands for a list of a data file.
bool is_data(Context& context, const ast::WindowPart& part) {
    const Resolved resolved = resolve(context, Scope{}, part.name.text);
    return resolved.symbol != nullptr && resolved.symbol->kind == SymbolKind::data;
}

/// What testing a window takes: terms of its own, terms and those taken away from them.
struct Cost {
    std::size_t terms = 0;
    std::size_t tests = 0;
    std::size_t parts = 0;  // as written, those of named windows included
    std::size_t depth = 1;
};

const Symbol* named_window(const Context& context, const ast::WindowPart& part) {
    const Symbol* symbol = find_symbol(context, part.name.text);
    return symbol != nullptr && symbol->kind == SymbolKind::window ? symbol : nullptr;
}

class WindowDeclarer {
  public:
    explicit WindowDeclarer(Context& context)
        : context_(context),
          costs_(context.windows.size()),
          day_zones_(context.windows.size(), no_zone) {}

    void run() {
        const std::size_t count = context_.windows.size();
        context_.window_bad.assign(count, false);
        context_.set.windows.resize(count);
        const UseOrder order = order_by_use(uses());
        for (const auto& cycle : order.cycles) report_cycle(cycle);
        for (const std::uint32_t window : order.order) {
            if (order.in_cycle[window]) context_.window_bad[window] = true;
            const bool good = declare(window);
            if (!good) context_.window_bad[window] = true;
        }
    }

  private:
    [[nodiscard]] std::vector<std::vector<std::uint32_t>> uses() const {
        std::vector<std::vector<std::uint32_t>> result;
        for (const auto& [file, node] : context_.windows) {
            std::vector<std::uint32_t>& used = result.emplace_back();
            for (const auto* parts : {&node->include, &node->except}) {
                for (const ast::WindowPart& part : *parts) {
                    if (part.kind != ast::WindowPart::Kind::name) continue;
                    if (const Symbol* window = named_window(context_, part)) {
                        used.push_back(window->index);
                    }
                }
            }
        }
        return result;
    }

    void report_cycle(const std::vector<std::uint32_t>& cycle) {
        std::string path;
        for (const std::uint32_t member : cycle) {
            context_.window_bad[member] = true;
            path += std::string(context_.windows[member].node->name.text) + " → ";
        }
        const ast::Name& first = context_.windows[cycle.front()].node->name;
        context_.report(DiagnosticId::window_cycle, first.span, {path + std::string(first.text)},
                        "a window cannot be made of itself");
    }

    bool declare(std::uint32_t index) {
        const ast::Window& node = *context_.windows[index].node;
        Window& window = context_.set.windows[index];
        window.name = node.name.text;
        window.doc = node.head.doc;
        window.span = node.head.span;
        bool good = find_its_zone(node, window);
        for (const ast::WindowPart& part : node.include) {
            good = add_part(part, window.include) && good;
        }
        for (const ast::WindowPart& part : node.except) {
            good = add_part(part, window.except) && good;
        }
        if (!good || context_.window_bad[index]) return false;
        day_zones_[index] = zone_of_days(window);
        return within_limits(node, window, costs_[index]);
    }

    [[nodiscard]] bool has_own_parts(const ast::Window& node) const {
        const auto own = [this](const ast::WindowPart& part) {
            return part.kind != ast::WindowPart::Kind::name || is_data(context_, part);
        };
        return std::any_of(node.include.begin(), node.include.end(), own) ||
               std::any_of(node.except.begin(), node.except.end(), own);
    }

    [[nodiscard]] bool names_windows(const ast::Window& node) const {
        const auto named = [this](const ast::WindowPart& part) {
            return named_window(context_, part) != nullptr;
        };
        return std::all_of(node.include.begin(), node.include.end(), named) &&
               std::all_of(node.except.begin(), node.except.end(), named);
    }

    /// Dates of a data file are dates of the window itself.
    bool find_its_zone(const ast::Window& node, Window& window) {
        const bool own_parts = has_own_parts(node);
        if (!node.zone) {
            if (!own_parts) return true;
            context_.report(DiagnosticId::window_without_zone, node.name.span, {node.name.text},
                            "end it with a zone: `in \"Europe/Berlin\"`, `in \"UTC\"`");
            return false;
        }
        if (!own_parts) {
            if (!names_windows(node)) return false;  // said at the part
            context_.report(DiagnosticId::zone_without_parts, node.zone->span, {node.name.text},
                            "the windows that it names keep their own zones: leave this one out");
            return false;
        }
        const std::optional<std::uint32_t> zone = find_zone(context_, *node.zone);
        window.zone = zone.value_or(no_zone);
        return zone.has_value();
    }

    // ------------------------------------------------------------ parts

    bool add_part(const ast::WindowPart& from, std::vector<WindowPart>& parts) {
        if (from.kind == ast::WindowPart::Kind::name && is_data(context_, from)) {
            return add_data(from, parts);
        }
        WindowPart part;
        bool good = false;
        switch (from.kind) {
            case ast::WindowPart::Kind::weekly: good = weekly(from, part); break;
            case ast::WindowPart::Kind::dates: good = dates(from, part); break;
            case ast::WindowPart::Kind::month_workdays: good = workdays(from, part); break;
            case ast::WindowPart::Kind::name: good = named(from, part); break;
        }
        parts.push_back(part);
        return good;
    }

    bool add_data(const ast::WindowPart& from, std::vector<WindowPart>& parts) {
        const Typed data = named_data(context_, from.name);
        if (data.bad()) return false;
        const bool list = context_.kind(data.type) == Kind::list;
        if (!list || context_.kind(context_.type(data.type).element) != Kind::date) {
            context_.report(DiagnosticId::type_mismatch, from.span,
                            {"a list of dates", described(context_, data.type)},
                            "declare it `[date]`");
            return false;
        }
        const Value& dates = context_.set.node(data.node).value;
        for (std::uint32_t i = 0; dates.known() && i < dates.extra; ++i) {
            WindowPart part;
            part.kind = WindowPart::Kind::dates;
            part.days = true;
            part.first_day = static_cast<std::int32_t>(dates.elements[i].integer);
            part.last_day = part.first_day;
            parts.push_back(part);
        }
        if (dates.known() && dates.extra == 0) {
            context_.report(DiagnosticId::no_dates, from.span, {from.name.text},
                            "write the dates into its file, or take it out of the window");
        }
        return true;
    }

    bool weekly(const ast::WindowPart& from, WindowPart& part) {
        part.kind = WindowPart::Kind::weekly;
        part.weekdays = from.weekdays;
        part.from_minute = static_cast<std::uint32_t>(from.from_minute);
        part.to_minute = static_cast<std::uint32_t>(from.to_minute);
        part.days = part.from_minute == 0 && part.to_minute == model::minutes_per_day;
        if (part.from_minute != part.to_minute) return true;
        context_.report(DiagnosticId::hours_of_nothing, from.span, {},
                        "for whole days leave the hours out, or write `00:00..24:00`");
        return false;
    }

    bool dates(const ast::WindowPart& from, WindowPart& part) {
        const auto first = model::parse_date(from.first_date);
        const auto last = model::parse_date(from.last_date);
        part.kind = WindowPart::Kind::dates;
        part.days = true;
        if (!first || !last) return false;  // said by the parser
        part.first_day = static_cast<std::int32_t>(*first);
        part.last_day = static_cast<std::int32_t>(*last);
        if (*first <= *last) return true;
        context_.report(DiagnosticId::empty_range, from.span, {from.first_date, from.last_date});
        return false;
    }

    bool workdays(const ast::WindowPart& from, WindowPart& part) {
        part.kind = WindowPart::Kind::workdays;
        part.days = true;
        part.workdays = static_cast<std::uint32_t>(from.workdays);
        part.last = from.last;
        if (part.workdays >= 1 && part.workdays <= model::most_workdays) return true;
        context_.report(DiagnosticId::workdays_of_month, from.span, {std::to_string(from.workdays)},
                        "a month has 20 to 23 days from Monday to Friday");
        return false;
    }

    bool named(const ast::WindowPart& from, WindowPart& part) {
        part.kind = WindowPart::Kind::window;
        if (const Symbol* window = named_window(context_, from)) {
            part.window = WindowId{window->index};
            part.days = day_zones_[window->index] != no_zone;
            return !context_.window_bad[window->index];
        }
        report_wrong_name(context_, from.name, SymbolKind::window, "a window");
        return false;
    }

    // ------------------------------------------------------------ what it is made of

    [[nodiscard]] std::uint32_t zone_of(const Window& window, const WindowPart& part) const {
        return part.kind == WindowPart::Kind::window ? day_zones_[index_of(part.window)]
                                                     : window.zone;
    }

    /// The zone of the days that the window is made of, or none.
    [[nodiscard]] std::uint32_t zone_of_days(const Window& window) const {
        if (window.include.empty()) return no_zone;
        const std::uint32_t zone = zone_of(window, window.include.front());
        const auto same = [&](const WindowPart& part) {
            return part.days && zone_of(window, part) == zone;
        };
        const bool all = std::all_of(window.include.begin(), window.include.end(), same) &&
                         std::all_of(window.except.begin(), window.except.end(), same);
        return all ? zone : no_zone;
    }

    bool within_limits(const ast::Window& node, const Window& window, Cost& cost) {
        std::size_t taken_away = 0;
        bool own[2] = {};
        for (const WindowPart& part : window.except) {
            if (part.kind == WindowPart::Kind::window) {
                taken_away += add_named(part, cost).tests;
            } else if (!std::exchange(own[part.days ? 1 : 0], true)) {
                ++taken_away;
            }
        }
        bool own_term = false;
        for (const WindowPart& part : window.include) {
            if (part.kind == WindowPart::Kind::window) {
                const Cost& other = add_named(part, cost);
                cost.terms += other.terms;
                cost.tests += other.tests;
            } else {
                own_term = true;
            }
        }
        cost.terms += own_term ? 1 : 0;
        cost.tests += (own_term ? 1 : 0) + cost.terms * taken_away;
        cost.depth += own[0] || own[1] ? 1 : 0;
        cost.parts += window.include.size() + window.except.size();
        const std::size_t size = std::max(cost.parts, cost.tests);
        const Span span = node.name.span;
        return within_limit(context_, size, context_.limits.window_parts, span, "a window",
                            "parts, with those of the windows that it names") &&
               within_limit(context_, cost.depth, context_.limits.window_depth, span, "a window",
                            "windows within each other");
    }

    const Cost& add_named(const WindowPart& part, Cost& cost) {
        const Cost& other = costs_[index_of(part.window)];
        cost.parts += other.parts;
        cost.depth = std::max(cost.depth, other.depth + 1);
        return other;
    }

    Context& context_;
    // by window
    std::vector<Cost> costs_;
    std::vector<std::uint32_t> day_zones_;
};

// ---------------------------------------------------------------- dates that are past

/// The last date of a part: of a list of data as well; empty where it has none.
std::string last_date(Context& context, const ast::WindowPart& part) {
    if (part.kind == ast::WindowPart::Kind::dates) return std::string(part.last_date);
    if (part.kind != ast::WindowPart::Kind::name || !is_data(context, part)) return {};
    const Typed data = named_data(context, part.name);
    if (data.bad() || context.kind(data.type) != Kind::list) return {};
    const Value& dates = context.set.node(data.node).value;
    std::string last;
    for (std::uint32_t i = 0; dates.known() && i < dates.extra; ++i) {
        last =
            std::max(last, model::date_text(static_cast<std::int32_t>(dates.elements[i].integer)));
    }
    return last;
}

struct LastDate {
    const ast::WindowPart* part = nullptr;
    std::string date;
};

LastDate latest(Context& context, const std::vector<ast::WindowPart>& parts) {
    LastDate result;
    for (const ast::WindowPart& part : parts) {
        std::string date = last_date(context, part);
        if (!date.empty() && result.date < date) result = {&part, std::move(date)};
    }
    return result;
}

}  // namespace

void declare_windows(Context& context) {
    if (!context.windows.empty()) WindowDeclarer(context).run();
}

const Symbol* window_behind_in(Context& context, const Scope& scope, const ast::Expr& expr) {
    const ast::Expr& behind = scope.file->expr(expr.b);
    if (behind.kind != ast::ExprKind::path) return nullptr;
    const Resolved resolved = resolve(context, scope, behind.text);
    if (resolved.symbol == nullptr || resolved.length != behind.text.size()) return nullptr;
    return resolved.symbol->kind == SymbolKind::window ? resolved.symbol : nullptr;
}

Typed elaborate_in_window(Context& context, Scope& scope, const ast::Expr& expr,
                          const Symbol& window) {
    const Typed time = elaborate(context, scope, expr.a, scalar(context, Kind::time));
    if (time.bad() || context.window_bad[window.index]) return make_bad(context);
    if (!is_kind(context, time, Kind::time)) {
        const bool date = is_kind(context, time, Kind::date);
        context.report(DiagnosticId::window_of_times, scope.file->expr(expr.a).span,
                       {described(context, time.type)},
                       date ? "compare a date with `==`, `in [a, b]` or `in FIRST .. LAST`"
                            : "write `time in " + context.set.windows[window.index].name + "`");
        return make_bad(context);
    }
    Node node;
    node.kind = NodeKind::in_window;
    node.a = time.node;
    node.window = WindowId{window.index};
    node.negated = expr.binary == ast::BinaryOp::not_in;
    node.span = expr.span;
    return make_bool(context, node);
}

void warn_past_windows(Context& context) {
    if (!context.options.today) return;
    const std::string today = model::date_text(*context.options.today);
    for (const auto& [file, node] : context.windows) {
        for (const auto* parts : {&node->include, &node->except}) {
            const LastDate last = latest(context, *parts);
            if (last.part == nullptr || last.date >= today) continue;
            context.report(DiagnosticId::window_past, last.part->span, {node->name.text, last.date},
                           parts == &node->except ? "add the dates to come, or take this one out"
                                                  : "give it dates to come, or take it out");
        }
    }
}

}  // namespace proviso::check
