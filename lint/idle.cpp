// What is written and comes to nothing: an escalation to people who were asked already (P1753), a
// `never` of one who is excluded anyway (P1754), a row of a default matrix whose tools are all open
// (P1722). Covered by tests/golden/lint/idle.
#include <algorithm>

#include "lint/passes.h"

namespace proviso::lint {
namespace {

using check::Approval;
using check::RoleId;

class IdleParts {
  public:
    explicit IdleParts(Subject& subject) : subject_(subject) {}

    void run() {
        for (const Approval& approval : subject_.set.approvals) look_at(approval);
        for (const check::Matrix& matrix : subject_.set.matrices) {
            if (matrix.is_default) look_at(matrix);
        }
    }

  private:
    // ---- approvals

    /// Whether each place is one of the role itself. A role that extends one that is asked is named
    /// for a reason: the request tells who is called upon when.
    static bool asked_already(const Approval& approval, RoleId role) {
        return std::all_of(approval.needs.begin(), approval.needs.end(), [&](const auto& need) {
            return std::find(need.roles.begin(), need.roles.end(), role) != need.roles.end();
        });
    }

    void look_at(const Approval& approval) {
        for (const check::Escalation& also : approval.escalations) {
            if (approval.needs.empty() || !asked_already(approval, also.role)) continue;
            subject_.sink.report(DiagnosticId::escalates_to_asked, also.span,
                                 {subject_.set.roles[index_of(also.role)].name, approval.name},
                                 "escalate to others, or take it out");
        }
        const bool confirms = std::any_of(approval.needs.begin(), approval.needs.end(),
                                          [](const auto& need) { return need.principal; });
        for (const check::NodeId never : approval.never) {
            const Span span = subject_.set.node(never).span;
            const std::string path = written(subject_, span);
            if (path != "agent.id" && (path != "principal.id" || confirms)) continue;
            subject_.sink.report(DiagnosticId::never_anyway, span, {path},
                                 "who asks and the agent never count: take it out");
        }
    }

    // ---- default matrices

    /// An `allow` that opens the tool at every stage, whatever the call; null where none does.
    const check::Rule* opened_by(check::ToolId tool) const {
        const check::StageMask stages = subject_.set.tool(tool).stages;
        for (const check::Rule& rule : subject_.set.rules) {
            if (!subject_.comparisons.take()) return nullptr;
            const bool always = rule.effect == check::Effect::allow &&
                                rule.when == check::no_node && rule.unless == check::no_node &&
                                rule.obligations.empty() && (stages & ~rule.stages) == 0;
            const auto& tools = subject_.set.target_sets[rule.targets].tools;
            if (always && std::binary_search(tools.begin(), tools.end(), tool)) return &rule;
        }
        return nullptr;
    }

    /// Bit a tier that a call of the tool may have: its own, and those that raises lift it to.
    std::uint32_t tiers_of(check::ToolId tool) const {
        const std::optional<std::uint32_t> own = subject_.set.tool(tool).tier;
        if (!own) return ~0U;
        std::uint32_t tiers = 1U << *own;
        for (const check::Raise& raise : subject_.set.raises) {
            const auto& tools = subject_.set.target_sets[raise.targets].tools;
            const bool lifts = std::binary_search(tools.begin(), tools.end(), tool);
            if (lifts && raise.tier > *own) tiers |= 1U << raise.tier;
        }
        return tiers;
    }

    void look_at(const check::Matrix& matrix) {
        const check::TargetSet& targets = subject_.set.target_sets[matrix.targets];
        for (std::size_t a = 0; a < matrix.axes.size(); ++a) {
            const check::Axis& axis = matrix.axes[a];
            if (axis.kind != check::AxisKind::tier) continue;
            for (std::uint32_t label = 0; label < axis.size; ++label) {
                look_at_label(matrix, a, label, targets);
            }
        }
    }

    /// Cells that say `allow` lose nothing by it.
    static bool all_allow(const check::Matrix& matrix, std::size_t a, std::uint32_t label) {
        const std::size_t columns = matrix.axes.size() == 2 ? matrix.axes[1].size : 1;
        for (std::size_t i = 0; i < matrix.cells.size(); ++i) {
            const std::size_t own = a == 0 ? i / columns : i % columns;
            if (own == label && matrix.cells[i].effect != check::Effect::allow) return false;
        }
        return true;
    }

    void look_at_label(const check::Matrix& matrix, std::size_t a, std::uint32_t label,
                       const check::TargetSet& targets) {
        const check::Axis& axis = matrix.axes[a];
        std::uint32_t tiers = 0;
        for (std::size_t tier = 0; tier < axis.index_of.size(); ++tier) {
            if (axis.index_of[tier] == label) tiers |= 1U << tier;
        }
        const check::Rule* opener = nullptr;
        for (const check::ToolId tool : targets.tools) {
            if ((tiers_of(tool) & tiers) == 0) continue;
            opener = opened_by(tool);
            if (opener == nullptr) return;
        }
        if (opener == nullptr || all_allow(matrix, a, label)) return;
        subject_.sink.report(DiagnosticId::default_unused, matrix.name_span,
                             {a == 0 ? "row" : "column", axis.labels[label], opener->name},
                             "it is what holds where no allow matches: give the allow a condition, "
                             "or write `allow`");
    }

    Subject& subject_;
};

}  // namespace

void find_idle_parts(Subject& subject) {
    IdleParts(subject).run();
}

}  // namespace proviso::lint
