// An optional that a restriction reads without asking whether it is there (P1738): absent it is
// unknown, so that the rule counts for each call without it. Covered by tests/golden/lint/absent.
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lint/passes.h"

namespace proviso::lint {
namespace {

using check::Node;
using check::NodeId;
using check::NodeKind;

/// What a condition reads, by its text: with `has`, `missing` or `??`, or without.
class Reads {
  public:
    explicit Reads(Subject& subject) : subject_(subject) {}

    void look_into(NodeId id) {
        if (id == check::no_node || !subject_.comparisons.take()) return;
        const Node& node = subject_.set.node(id);
        if (node.kind == NodeKind::has || node.kind == NodeKind::coalesce) {
            asked_.insert(written(subject_, subject_.set.node(node.a).span));
            return look_into(node.b);
        }
        if (node.kind == NodeKind::shared) {
            return look_into(subject_.set.shared[index_of(node.shared)].node);
        }
        const bool value = node.kind == NodeKind::slot || node.kind == NodeKind::field;
        if (value && subject_.set.types.type(node.type).optional) bare_.push_back(node.span);
        if (node.kind == NodeKind::slot) return;
        look_into(node.a);
        look_into(node.b);
        for (std::uint32_t i = 0; i < node.items.count; ++i) {
            look_into(subject_.set.node_items[node.items.begin + i]);
        }
    }

    /// The first that is read, and nowhere asked for.
    [[nodiscard]] std::optional<Span> unasked() const {
        for (const Span span : bare_) {
            if (!asked_.contains(written(subject_, span))) return span;
        }
        return std::nullopt;
    }

  private:
    Subject& subject_;
    std::set<std::string> asked_;
    std::vector<Span> bare_;
};

/// An argument that none of the rule's tools declares, though one of them takes any: with `has`
/// before a misspelt one the rule would hold no call at all. Empty for any other.
std::string help_for_undeclared(const Subject& subject, const check::Rule& rule,
                                std::string_view path) {
    constexpr std::string_view prefix = "args.";
    if (!path.starts_with(prefix)) return {};
    const std::string_view arg =
        path.substr(prefix.size(), path.find('.', prefix.size()) - prefix.size());
    std::vector<std::string_view> declared;
    for (const check::ToolId tool : subject.set.target_sets[rule.targets].tools) {
        for (const check::ToolArgument& one : subject.set.tool(tool).arguments) {
            if (!one.declared) continue;
            if (one.name == arg) return {};
            declared.push_back(one.name);
        }
    }
    const std::string_view near = grammar::did_you_mean(arg, declared);
    return near.empty()
               ? "no tool of this rule declares it, and absent it is unknown: see that "
                 "its name is right, or declare it, `tool … { args { … } }`"
               : "no tool of this rule declares it: did you mean `args." + std::string(near) + "`?";
}

}  // namespace

void find_absent_reads(Subject& subject) {
    for (const check::Rule& rule : subject.set.rules) {
        if (rule.effect == check::Effect::allow) continue;
        Reads reads(subject);
        reads.look_into(rule.when);
        reads.look_into(rule.unless);
        const std::optional<Span> span = reads.unasked();
        if (!span) continue;
        const std::string path = written(subject, *span);
        std::string help = help_for_undeclared(subject, rule, path);
        if (help.empty()) {
            help = "absent it is unknown, which only tightens: write `has " + path +
                   " and …`, or `" + path + " ?? …`";
        }
        subject.sink.report(DiagnosticId::absent_unasked, *span, {rule.name, path}, help);
    }
}

}  // namespace proviso::lint
