// See measures.h. A range of the language has two ends, and both count: where a schema has one end,
// the other is that of the type itself.
#include "engine/schema/measures.h"

#include <limits>

#include "engine/schema/pattern.h"

namespace proviso::schema {
namespace {

namespace ast = grammar::ast;
using model::Decimal;

constexpr std::int64_t longest = 0x7FFFFFFF;
/// Both of an int and of a decimal; the one int below it is no literal.
constexpr Decimal greatest{std::numeric_limits<std::int64_t>::max(), 0};
constexpr Decimal least_of_all{-std::numeric_limits<std::int64_t>::max(), 0};

ast::ExprId literal(Making& making, Decimal value, std::uint32_t at) {
    ast::Expr expr;
    expr.kind = ast::ExprKind::number;
    expr.text = making.keep(model::to_string(value));
    expr.span = making.node(at).span;
    making.file.exprs.push_back(expr);
    return static_cast<ast::ExprId>(making.file.exprs.size() - 1);
}

/// The node of a member's name.
std::uint32_t name_node(const Making& making, std::uint32_t at, std::string_view name) {
    const DocumentNode& map = making.node(at);
    for (std::size_t i = 0; i + 1 < map.items.size(); i += 2) {
        if (making.node(map.items[i]).text == name) return map.items[i];
    }
    return nothing;
}

/// The next whole number from a bound on, inwards: `up` of a lower bound.
std::optional<Decimal> whole(Decimal bound, bool up, bool exclusive) {
    std::int64_t number = bound.coefficient;
    for (std::uint8_t i = 0; i < bound.scale; ++i) number /= 10;  // towards zero
    const bool fraction = bound.scale > 0;
    const bool negative = bound.coefficient < 0;
    const bool inwards = fraction ? up != negative : exclusive;
    if (!inwards) return Decimal{number, 0};
    if (up) {
        if (number == greatest.coefficient) return std::nullopt;
        return Decimal{number + 1, 0};
    }
    if (number == least_of_all.coefficient) return std::nullopt;
    return Decimal{number - 1, 0};
}

class Bounds {
  public:
    Bounds(Making& making, std::uint32_t at, bool integer)
        : making_(making),
          at_(at),
          integer_(integer) {}

    Decimal low = least_of_all;
    Decimal high = greatest;
    std::vector<std::uint32_t> missed;

    void take(std::string_view name, bool lower, bool exclusive) {
        const std::uint32_t found = member(making_.document, at_, name);
        if (found == nothing || is_word(making_.document, found, "false")) return;
        const std::optional<Decimal> bound = number(making_.document, found);
        const std::optional<Decimal> held = bound ? within(*bound, lower, exclusive) : bound;
        if (!held) return miss(name);
        if (exclusive && !integer_) miss(name);
        if (lower && compare(*held, low) > 0) low = *held;
        if (!lower && compare(*held, high) < 0) high = *held;
    }

    void miss(std::string_view name) { missed.push_back(name_node(making_, at_, name)); }
    void check(std::string_view lower, std::string_view upper) {
        if (compare(low, high) <= 0) return;
        low = least_of_all;
        high = greatest;
        for (const std::string_view name : {lower, upper}) {
            if (name_node(making_, at_, name) != nothing) miss(name);
        }
    }

  private:
    [[nodiscard]] std::optional<Decimal> within(Decimal bound, bool lower, bool exclusive) const {
        return integer_ ? whole(bound, lower, exclusive) : bound;
    }

    Making& making_;
    std::uint32_t at_;
    bool integer_;
};

}  // namespace

void set_range(Making& making, ast::TypeExpr& type, Decimal low, Decimal high, std::uint32_t at) {
    type.low = literal(making, low, at);
    type.high = literal(making, high, at);
}

std::vector<std::uint32_t> hold_to_range(Making& making, ast::TypeExpr& type, std::uint32_t at) {
    Bounds bounds(making, at, type.name.text == "int");
    bounds.take("minimum", true, false);
    bounds.take("exclusiveMinimum", true, true);
    bounds.take("maximum", false, false);
    bounds.take("exclusiveMaximum", false, true);
    bounds.check("minimum", "maximum");
    if (!(bounds.low == least_of_all) || !(bounds.high == greatest)) {
        set_range(making, type, bounds.low, bounds.high, at);
    }
    return std::move(bounds.missed);
}

std::vector<std::uint32_t> hold_to_length(Making& making, ast::TypeExpr& type, std::uint32_t at,
                                          std::string_view least, std::string_view most) {
    Bounds bounds(making, at, true);
    bounds.low = {0, 0};
    bounds.high = {longest, 0};
    bounds.take(least, true, false);
    bounds.take(most, false, false);
    if (compare(bounds.low, bounds.high) > 0) {
        bounds.check(least, most);
        return std::move(bounds.missed);
    }
    if (bounds.low.coefficient == 0 && bounds.high.coefficient == longest) {
        return std::move(bounds.missed);
    }
    type.length_low = literal(making, bounds.low, at);
    type.length_high = literal(making, bounds.high, at);
    return std::move(bounds.missed);
}

std::uint32_t hold_to_pattern(Making& making, ast::TypeExpr& type, std::uint32_t at) {
    const std::uint32_t found = member(making.document, at, "pattern");
    if (found == nothing) return nothing;
    const std::string_view text = making.node(found).text;
    if (!is_text(making.document, found) || !is_plain(text)) {
        return name_node(making, at, "pattern");
    }
    std::optional<std::string> whole = whole_pattern(text, making.limits.regex_bytes);
    if (!whole) return name_node(making, at, "pattern");
    type.pattern = ast::Text{making.keep(std::move(*whole)), making.node(found).span, true};
    return nothing;
}

std::string_view type_of_format(const Document& document, std::uint32_t at,
                                std::string_view format) {
    for (const std::string_view other : {"pattern", "minLength", "maxLength"}) {
        if (member(document, at, other) != nothing) return "string";
    }
    if (format == "date") return "date";
    if (format == "date-time") return "time";
    if (format == "ipv4" || format == "ipv6" || format == "ip") return "ip";
    return "string";
}

}  // namespace proviso::schema
