// Rules for large amounts that a negative one passes beneath (P1712): `gate … > cap`, where the
// amount's type has no least value. Covered by tests/golden/lint/negative.
//
// Told only where something opens such a call and nothing else is about it: neither a rule that
// tells small amounts apart, nor a restriction of every call, nor a limit, which blocks what it
// cannot add up. A matrix by the amount is told of where its first band is open.
#include <algorithm>
#include <set>

#include "engine/model/currency.h"
#include "lint/passes.h"

namespace proviso::lint {
namespace {

using check::Effect;
using check::Node;
using check::NodeKind;
using check::Rule;
using check::ToolId;

bool is_negative_in(const ValueSet& values) {
    return !values.intervals.empty() && !values.intervals.front().low;
}

class Negatives {
  public:
    Negatives(Subject& subject, Conditions& conditions, const RuleTable& rules)
        : subject_(subject),
          conditions_(conditions),
          rules_(rules) {}

    void run() {
        for (std::uint32_t i = 0; i < subject_.set.rules.size(); ++i) {
            if (rule(i).effect != Effect::allow && !rule(i).trial_until) look_at(i);
        }
        for (const check::Matrix& matrix : subject_.set.matrices) {
            if (!matrix.trial_until) look_at(matrix);
        }
    }

  private:
    [[nodiscard]] const Rule& rule(std::uint32_t i) const { return subject_.set.rules[i]; }

    /// An amount that the agent writes, as conditions and axes read it.
    struct Amount {
        check::NodeId node = check::no_node;
        std::uint32_t base = 0;  // as Term::base
    };

    [[nodiscard]] bool is_agents_amount(check::NodeId id) const {
        if (id == check::no_node) return false;
        const Node* node = &subject_.set.node(id);
        const model::Kind kind = subject_.set.types.type(node->type).kind;
        if (kind != model::Kind::money && kind != model::Kind::decimal &&
            kind != model::Kind::integer) {
            return false;
        }
        while (node->kind == NodeKind::field) node = &subject_.set.node(node->a);
        return node->kind == NodeKind::slot &&
               subject_.set.slot(node->slot).source == check::SlotSource::argument;
    }

    void look_at(std::uint32_t i) {
        for (const Alternative& one : rules_.conditions[i]) {
            for (const Test& test : one) {
                const Term& term = conditions_.term(test.term);
                const auto& intervals = test.values.intervals;
                const bool above =
                    intervals.size() == 1 && intervals.front().low && !intervals.front().high;
                if (!above || term.is_flag || !is_agents_amount(term.node)) continue;
                if (!passes(i, {term.node, term.base})) continue;
                return report(rule(i).name, rule(i).name_span, term.node, term.currency);
            }
        }
    }

    /// Whether it passes at a tool that was not told of yet: several rules may have one cause.
    bool passes(std::uint32_t i, const Amount& amount) {
        bool is_new = false;
        for (const ToolId tool : subject_.set.target_sets[rule(i).targets].tools) {
            const bool passes = stages_at(subject_, rule(i), tool) != 0 &&
                                has_no_least(amount, tool) && is_opened(tool, amount.base) &&
                                !is_settled(tool, amount.base) && !has_matrix(tool, amount.base);
            if (passes) is_new = told_.insert({amount.base, index_of(tool)}).second || is_new;
        }
        return is_new;
    }

    bool has_no_least(const Amount& amount, ToolId tool) const {
        const Node& node = subject_.set.node(amount.node);
        const Place at{tool, check::all_stages};
        return node.kind == NodeKind::slot ? !type_at(subject_.set, node.slot, at).low
                                           : !subject_.set.types.type(node.type).low;
    }

    // ---- matrices

    /// A matrix whose first band is open, so that it is for what is below nought as well.
    void look_at(const check::Matrix& matrix) {
        for (std::size_t i = 0; i < matrix.axes.size(); ++i) {
            const check::Axis& axis = matrix.axes[i];
            if (axis.kind != check::AxisKind::bands || !is_agents_amount(axis.node)) continue;
            const Amount amount{axis.node, conditions_.key(axis.node)};
            if (!begins_open(matrix, i) || !passes(matrix, amount)) continue;
            return report(matrix.name, matrix.name_span, axis.node, axis.bounds.front().currency());
        }
    }

    /// Some cell of the first band allows, and some other cell of the matrix does not.
    static bool begins_open(const check::Matrix& matrix, std::size_t of) {
        const check::Axis& axis = matrix.axes[of];
        if (axis.bounds.empty() || axis.bounds.front().decimal().coefficient <= 0) return false;
        const std::size_t behind = matrix.axes.size() == 2 && of == 0 ? matrix.axes[1].size : 1;
        bool open = false;
        bool tight = false;
        for (std::size_t i = 0; i < matrix.cells.size(); ++i) {
            const bool first = i / behind % axis.size == 0;
            open = open || (first && matrix.cells[i].effect == Effect::allow);
            tight = tight || (!first && matrix.cells[i].effect >= Effect::gate);
        }
        return open && tight;
    }

    bool passes(const check::Matrix& matrix, const Amount& amount) {
        const auto& tools = subject_.set.target_sets[matrix.targets].tools;
        return std::any_of(tools.begin(), tools.end(), [&](ToolId tool) {
            return (matrix.stages & subject_.set.tool(tool).stages) != 0 &&
                   has_no_least(amount, tool) &&
                   (matrix.is_default || is_opened(tool, amount.base)) &&
                   !is_settled(tool, amount.base);
        });
    }

    // ---- what opens

    bool is_opened(ToolId tool, std::uint32_t base) {
        for (const std::uint32_t i : rules_.of_tool[index_of(tool)]) {
            if (rule(i).effect != Effect::allow) continue;
            for (const Alternative& one : rules_.conditions[i]) {
                if (lets_negatives(one, base)) return true;
            }
        }
        const check::Matrix* const matrix = default_matrix(tool);
        if (matrix == nullptr) return subject_.set.default_outcome.effect != Effect::block;
        return std::any_of(matrix->cells.begin(), matrix->cells.end(), [](const auto& cell) {
            return cell.effect == Effect::allow || cell.effect == Effect::notify;
        });
    }

    bool lets_negatives(const Alternative& one, std::uint32_t base) {
        if (!subject_.comparisons.take(1 + one.size())) return false;
        return std::all_of(one.begin(), one.end(), [&](const Test& test) {
            return conditions_.term(test.term).base != base ||
                   conditions_.term(test.term).is_flag || is_negative_in(test.values);
        });
    }

    const check::Matrix* default_matrix(ToolId tool) const {
        for (const check::Matrix& matrix : subject_.set.matrices) {
            if (matrix.is_default && covers(matrix.targets, tool)) return &matrix;
        }
        return nullptr;
    }

    bool covers(std::uint32_t targets, ToolId tool) const {
        const auto& tools = subject_.set.target_sets[targets].tools;
        return std::binary_search(tools.begin(), tools.end(), tool);
    }

    // ---- what settles it

    /// A restriction of every call, or one that is about small amounts, or a limit.
    bool is_settled(ToolId tool, std::uint32_t base) {
        for (const std::uint32_t i : rules_.of_tool[index_of(tool)]) {
            if (rule(i).effect == Effect::allow || rule(i).trial_until) continue;
            for (const Alternative& one : rules_.conditions[i]) {
                if (!subject_.comparisons.take(1 + one.size())) return true;
                if (one.empty() || is_about_small(one, base)) return true;
            }
        }
        return is_summed(tool, base);
    }

    /// It is told of itself where it begins open.
    bool has_matrix(ToolId tool, std::uint32_t base) {
        const auto& matrices = subject_.set.matrices;
        return std::any_of(matrices.begin(), matrices.end(), [&](const check::Matrix& matrix) {
            return covers(matrix.targets, tool) &&
                   std::any_of(matrix.axes.begin(), matrix.axes.end(), [&](const auto& axis) {
                       return axis.node != check::no_node && conditions_.key(axis.node) == base;
                   });
        });
    }

    bool is_about_small(const Alternative& one, std::uint32_t base) {
        return std::any_of(one.begin(), one.end(), [&](const Test& test) {
            return conditions_.term(test.term).base == base && is_negative_in(test.values);
        });
    }

    /// A limit takes no negative addend: the call is a block.
    bool is_summed(ToolId tool, std::uint32_t base) {
        const auto& limits = subject_.set.limits;
        return std::any_of(limits.begin(), limits.end(), [&](const check::Limit& limit) {
            const check::Measure& measure = limit.measure;
            return !limit.trial_until && measure.aggregate == check::Aggregate::sum &&
                   measure.where == check::no_node && covers(measure.targets, tool) &&
                   conditions_.key(measure.value) == base;
        });
    }

    void report(const std::string& name, Span place, check::NodeId amount,
                model::Currency compared) {
        if (subject_.comparisons.cut()) return;
        const Node& node = subject_.set.node(amount);
        const std::string path = written(subject_, node.span);
        const model::Currency fixed = subject_.set.types.type(node.type).currency;
        const model::Currency code = fixed != 0 ? fixed : compared;
        std::string help = "add a rule for `" + path + ".amount < 0`";
        if (subject_.set.types.type(node.type).kind != model::Kind::money) {
            help = "say in its type what there is, `in 0 .. 1_000`, or add a rule for `" + path +
                   " < 0`";
        } else if (code != 0) {
            const std::string unit = model::unpack_currency(code);
            help = "say in its type what there is, `in 0.01 " + unit + " .. 10_000 " + unit +
                   "`, or add a rule for `" + path + " < 0 " + unit + "`";
        }
        subject_.sink.report(DiagnosticId::negative_passes, place, {path, name}, help);
    }

    Subject& subject_;
    Conditions& conditions_;
    const RuleTable& rules_;
    std::set<std::pair<std::uint32_t, std::uint32_t>> told_;  // bases of terms, tools
};

}  // namespace

void find_negatives(Subject& subject, Conditions& conditions, const RuleTable& rules) {
    Negatives(subject, conditions, rules).run();
}

}  // namespace proviso::lint
