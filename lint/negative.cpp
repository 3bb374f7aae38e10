// Rules for large amounts that a negative one passes beneath (P1712): `gate … > cap`, where the
// amount's type has no least value. Covered by tests/golden/lint/negative.
//
// Told only where something opens such a call and nothing else is about it: neither a rule nor a
// matrix that tells small amounts apart, nor a restriction of every call, nor a limit, which blocks
// what it cannot add up.
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
    }

  private:
    [[nodiscard]] const Rule& rule(std::uint32_t i) const { return subject_.set.rules[i]; }

    /// An amount that the agent writes.
    [[nodiscard]] bool is_agents_money(const Term& term) const {
        if (term.is_flag || term.node == check::no_node) return false;
        const Node* node = &subject_.set.node(term.node);
        if (subject_.set.types.type(node->type).kind != model::Kind::money) return false;
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
                if (above && is_agents_money(term) && passes(i, test.term)) return report(i, term);
            }
        }
    }

    /// Whether it passes at a tool that was not told of yet: several rules may have one cause.
    bool passes(std::uint32_t i, TermId term) {
        bool is_new = false;
        for (const ToolId tool : subject_.set.target_sets[rule(i).targets].tools) {
            const check::StageMask stages = stages_at(subject_, rule(i), tool);
            if (stages == 0 || !passes_at({tool, stages}, conditions_.term(term))) continue;
            is_new = told_.insert({conditions_.term(term).base, index_of(tool)}).second || is_new;
        }
        return is_new;
    }

    bool passes_at(const Place& at, const Term& term) {
        return !type_of(term, at).low && is_opened(at.tool, term.base) &&
               !is_settled(at.tool, term.base) && !is_summed(at.tool, term.base);
    }

    [[nodiscard]] const model::Type& type_of(const Term& term, const Place& at) const {
        const Node& node = subject_.set.node(term.node);
        if (node.kind == NodeKind::slot) return type_at(subject_.set, node.slot, at);
        return subject_.set.types.type(node.type);
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

    /// A restriction of every call, or one that is about small amounts, or a matrix by the amount.
    bool is_settled(ToolId tool, std::uint32_t base) {
        for (const std::uint32_t i : rules_.of_tool[index_of(tool)]) {
            if (rule(i).effect == Effect::allow || rule(i).trial_until) continue;
            for (const Alternative& one : rules_.conditions[i]) {
                if (!subject_.comparisons.take(1 + one.size())) return true;
                if (one.empty() || is_about_small(one, base)) return true;
            }
        }
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

    void report(std::uint32_t i, const Term& term) {
        if (subject_.comparisons.cut()) return;
        const std::string path = written(subject_, subject_.set.node(term.node).span);
        const model::Currency fixed = subject_.set.types.type(term.type).currency;
        const model::Currency code = fixed != 0 ? fixed : term.currency;
        std::string help = "add a rule for `" + path + ".amount < 0`";
        if (code != 0) {
            const std::string name = model::unpack_currency(code);
            help = "say in its type what there is, `in 0.01 " + name + " .. 10_000 " + name +
                   "`, or add a rule for `" + path + " < 0 " + name + "`";
        }
        subject_.sink.report(DiagnosticId::negative_passes, rule(i).name_span, {path, rule(i).name},
                             help);
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
