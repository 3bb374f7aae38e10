// What lets more through than it seems to: a flag of the agent that lifts a restriction (P1756), a
// default that opens what no rule speaks of (P1757). Covered by tests/golden/lint/loose.
#include <optional>
#include <string>

#include "lint/passes.h"

namespace proviso::lint {
namespace {

using check::Node;
using check::NodeId;
using check::NodeKind;

class AgentsFlags {
  public:
    explicit AgentsFlags(Subject& subject) : subject_(subject) {}

    /// The first alternative of the exemption that holds by a flag of the agent alone.
    [[nodiscard]] std::optional<Span> lifts(NodeId id) {
        if (id == check::no_node || !subject_.comparisons.take()) return std::nullopt;
        const Node& node = subject_.set.node(id);
        if (node.kind == NodeKind::shared) {
            return lifts(subject_.set.shared[index_of(node.shared)].node);
        }
        if (node.kind != NodeKind::logical_or) {
            return is_flag(id) ? std::optional(node.span) : std::nullopt;
        }
        for (std::uint32_t i = 0; i < node.items.count; ++i) {
            if (const auto span = lifts(subject_.set.node_items[node.items.begin + i])) return span;
        }
        return std::nullopt;
    }

  private:
    /// `args.urgent`, `args.urgent ?? false`, or several of them joined by `and`.
    [[nodiscard]] bool is_flag(NodeId id) {
        if (!subject_.comparisons.take()) return false;
        const Node& node = subject_.set.node(id);
        switch (node.kind) {
            case NodeKind::slot:
                return subject_.set.slot(node.slot).source == check::SlotSource::argument;
            case NodeKind::coalesce: return is_flag(node.a);
            case NodeKind::shared: return is_flag(subject_.set.shared[index_of(node.shared)].node);
            case NodeKind::logical_and:
                for (std::uint32_t i = 0; i < node.items.count; ++i) {
                    if (!is_flag(subject_.set.node_items[node.items.begin + i])) return false;
                }
                return true;
            default: return false;
        }
    }

    Subject& subject_;
};

void report(Subject& subject, const std::string& name, std::optional<Span> span) {
    if (!span) return;
    subject.sink.report(DiagnosticId::agents_flag_lifts, *span, {name, written(subject, *span)},
                        "args are what the agent writes: let the host say it by an attribute; "
                        "where the tool goes by it, as in a dry run, `# lint: off P1756: "
                        "the reason` silences it");
}

}  // namespace

void find_loose_ends(Subject& subject) {
    AgentsFlags flags(subject);
    for (const check::Rule& rule : subject.set.rules) {
        if (rule.effect == check::Effect::allow) continue;
        report(subject, rule.name, flags.lifts(rule.unless));
    }
    for (const check::Limit& limit : subject.set.limits) {
        report(subject, limit.name, flags.lifts(limit.unless));
    }
    const check::Outcome& standing = subject.set.default_outcome;
    const bool opens =
        standing.effect == check::Effect::allow || standing.effect == check::Effect::notify;
    if (!opens) return;
    subject.sink.report(DiagnosticId::default_opens, subject.set.default_span,
                        {standing.effect == check::Effect::allow ? "allow" : "notify"},
                        "a tool or case that was forgotten stays closed under `default block`, "
                        "with an `allow` for each that is meant");
}

}  // namespace proviso::lint
