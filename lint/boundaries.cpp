// Numbers at the edges of rules: the one that two neighbours both leave out (P1710), and the one
// that both take (P1711). Covered by tests/golden/lint/boundaries.
//
// `notify … < 500 USD` and `gate … > 500 USD` are neighbours: of one tool, of one value, and
// otherwise about the same calls. Reported is what lies between them where it is a single value, or
// so narrow that a whole number was meant (`<= 499` beside `>= 500`), and nothing else is about it.
// A wide gap is how rules say that the middle is as it should be.
#include <algorithm>
#include <map>
#include <set>

#include "lint/passes.h"

namespace proviso::lint {
namespace {

using check::Rule;
using model::Kind;

/// Where a rule ends, upwards or downwards.
struct Edge {
    std::uint32_t rule = 0;
    const Alternative* alternative = nullptr;
    Bound bound;
};

struct Edges {
    std::vector<Edge> highs;
    std::vector<Edge> lows;
};

/// What is between two neighbours: nothing, a gap, or what both take.
struct Between {
    enum class What : std::uint8_t { nothing, gap, overlap };
    What what = What::nothing;
    ValueSet values;
    bool single = true;
};

bool is_single(const Interval& interval) {
    return interval.low && interval.high && interval.low->value == interval.high->value;
}

/// One in the last place of whichever has more of them.
bool is_one_step(Decimal low, Decimal high) {
    const auto distance = model::subtract(high, low);
    const auto step = model::make_decimal(1, std::max(low.scale, high.scale));
    return distance && step && *distance == *step;
}

Between between_whole(const Bound& high, const Bound& low) {
    const auto next = model::add(high.value, {1, 0});
    const auto after = next ? model::add(*next, {1, 0}) : std::nullopt;
    if (low.value == high.value) {
        return {Between::What::overlap, points({low.value}, false), true};
    }
    if (!after || *after != low.value) return {};
    return {Between::What::gap, points({*next}, false), true};
}

Between between_exact(const Bound& high, const Bound& low, bool by_steps) {
    if (high.value == low.value) {
        if (high.inclusive != low.inclusive) return {};
        const auto what = high.inclusive ? Between::What::overlap : Between::What::gap;
        return {what, points({low.value}, false), true};
    }
    if (!by_steps || !is_one_step(high.value, low.value)) return {};
    const ValueSet gap =
        intersection(at_least(high.value, !high.inclusive), at_most(low.value, !low.inclusive));
    return {Between::What::gap, gap, false};
}

class Boundaries {
  public:
    Boundaries(Subject& subject, Conditions& conditions, const RuleTable& rules)
        : subject_(subject),
          conditions_(conditions),
          rules_(rules) {}

    void run() {
        for (std::uint32_t i = 0; i < subject_.set.tools.size() && !subject_.comparisons.cut();
             ++i) {
            at_tool(check::ToolId{i});
        }
    }

  private:
    [[nodiscard]] const Rule& rule(std::uint32_t i) const { return subject_.set.rules[i]; }

    Kind kind_of(TermId term) const {
        return subject_.set.types.type(conditions_.term(term).type).kind;
    }

    bool is_measure(TermId term) const {
        switch (kind_of(term)) {
            case Kind::integer:
            case Kind::decimal:
            case Kind::money:
            case Kind::duration:
            case Kind::time:
            case Kind::date: return !conditions_.term(term).is_flag;
            case Kind::boolean:
            case Kind::weekday:
            case Kind::enumeration:
            case Kind::string:
            case Kind::ip:
            case Kind::list:
            case Kind::record:
            case Kind::opaque: break;
        }
        return false;
    }

    void add_edges(std::map<TermId, Edges>& edges, std::uint32_t i) {
        for (const Alternative& one : rules_.conditions[i]) {
            for (const Test& test : one) {
                const bool plain = test.values.intervals.size() == 1;
                if (!plain || conditions_.term(test.term).node == check::no_node) continue;
                const Interval& interval = test.values.intervals.front();
                if (is_single(interval) || !is_measure(test.term)) continue;
                Edges& of = edges[test.term];
                if (interval.high) of.highs.push_back({i, &one, *interval.high});
                if (interval.low) of.lows.push_back({i, &one, *interval.low});
            }
        }
    }

    void at_tool(check::ToolId tool) {
        std::map<TermId, Edges> edges;
        for (const std::uint32_t i : rules_.of_tool[index_of(tool)]) {
            if (!rule(i).trial_until) add_edges(edges, i);
        }
        for (const auto& [term, of] : edges) {
            for (const Edge& high : of.highs) {
                for (const Edge& low : of.lows) {
                    if (!subject_.comparisons.take()) return;
                    if (high.rule != low.rule) look_between(tool, term, high, low);
                }
            }
        }
    }

    Between between(TermId term, const Bound& high, const Bound& low) const {
        const Term& of = conditions_.term(term);
        if (of.discrete && of.beside.empty()) return between_whole(high, low);
        const Kind kind = kind_of(term);
        return between_exact(high, low,
                             of.beside.empty() && (kind == Kind::decimal || kind == Kind::money));
    }

    void look_between(check::ToolId tool, TermId term, const Edge& high, const Edge& low) {
        const Between found = between(term, high.bound, low.bound);
        if (found.what == Between::What::nothing) return;
        const auto stages = static_cast<check::StageMask>(
            stages_at(subject_, rule(high.rule), tool) & rule(low.rule).stages);
        const Place place{tool, stages};
        if (stages == 0 || !are_neighbours(term, high, low, place)) return;
        if (!is_subset(found.values, conditions_.domain(term, place))) return;
        if (found.what == Between::What::overlap) return report_overlap(term, found, high, low);
        if (!something_is_about(tool, term, found.values)) report_gap(term, found, high, low);
    }

    bool are_neighbours(TermId term, const Edge& high, const Edge& low, const Place& place) {
        const Alternative above = without(*high.alternative, term);
        const Alternative below = without(*low.alternative, term);
        return conditions_.implies(above, below, place) || conditions_.implies(below, above, place);
    }

    /// Another rule, or a matrix, that tells the values apart. What is compared with a name may be.
    bool something_is_about(check::ToolId tool, TermId term, const ValueSet& values) {
        const std::uint32_t base = conditions_.term(term).base;
        for (const std::uint32_t i : rules_.of_tool[index_of(tool)]) {
            for (const Alternative& one : rules_.conditions[i]) {
                if (!subject_.comparisons.take(1 + one.size())) return true;
                for (const Test& test : one) {
                    const Term& other = conditions_.term(test.term);
                    if (other.is_flag || other.base != base) continue;
                    if (test.term != term || !is_empty(intersection(test.values, values))) {
                        return true;
                    }
                }
            }
        }
        return std::any_of(subject_.set.matrices.begin(), subject_.set.matrices.end(),
                           [&](const check::Matrix& matrix) {
                               return has_axis(matrix, base) && covers(matrix, tool);
                           });
    }

    bool has_axis(const check::Matrix& matrix, std::uint32_t base) {
        return std::any_of(matrix.axes.begin(), matrix.axes.end(), [&](const check::Axis& axis) {
            return axis.node != check::no_node && conditions_.key(axis.node) == base;
        });
    }

    bool covers(const check::Matrix& matrix, check::ToolId tool) const {
        const auto& tools = subject_.set.target_sets[matrix.targets].tools;
        return std::binary_search(tools.begin(), tools.end(), tool);
    }

    std::string text_of(TermId term, Decimal value) const {
        const Term& of = conditions_.term(term);
        if (!of.beside.empty()) return of.beside;
        model::Value shown = model::of_integer(value.coefficient);
        if (kind_of(term) == Kind::decimal) shown = model::of_decimal(value);
        if (kind_of(term) == Kind::money) shown = model::of_money(value, of.currency);
        return model::to_text(subject_.set.types, of.type, shown);
    }

    std::string text_of(TermId term, const Between& found) const {
        const std::string name =
            written(subject_, subject_.set.node(conditions_.term(term).node).span);
        const Interval& values = found.values.intervals.front();
        const std::string low = text_of(term, values.low->value);
        if (found.single) return "`" + name + " == " + low + "`";
        return "`" + name + "` between " + low + " and " + text_of(term, values.high->value);
    }

    /// Once for two rules, whatever their tools.
    bool is_new(TermId term, const Edge& high, const Edge& low) {
        return reported_.insert({{high.rule, low.rule}, index_of(term)}).second;
    }

    void report_gap(TermId term, const Between& found, const Edge& high, const Edge& low) {
        if (subject_.comparisons.cut() || !is_new(term, high, low)) return;
        subject_.sink
            .report(DiagnosticId::boundary_undecided, rule(high.rule).name_span,
                    {rule(high.rule).name, rule(low.rule).name, text_of(term, found)},
                    found.single ? "give it to one of them: `<=` or `>=`"
                                 : "write the same number in both, one with `=`")
            .notes.push_back({rule(low.rule).name_span, "begins above it"});
    }

    void report_overlap(TermId term, const Between& found, const Edge& high, const Edge& low) {
        if (subject_.comparisons.cut() || same_outcome(rule(high.rule), rule(low.rule))) return;
        if (!is_new(term, high, low)) return;
        subject_.sink
            .report(DiagnosticId::boundary_twice, rule(high.rule).name_span,
                    {rule(high.rule).name, rule(low.rule).name, text_of(term, found)},
                    "the tighter one holds there: take the `=` out of one of them")
            .notes.push_back({rule(low.rule).name_span, "begins with it"});
    }

    Subject& subject_;
    Conditions& conditions_;
    const RuleTable& rules_;
    std::set<std::pair<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t>> reported_;
};

}  // namespace

void find_boundaries(Subject& subject, Conditions& conditions, const RuleTable& rules) {
    Boundaries(subject, conditions, rules).run();
}

}  // namespace proviso::lint
