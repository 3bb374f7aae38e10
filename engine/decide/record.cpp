// What a decision says: every rule that took part, texts filled in, what was missing. Everything
// here is read off the decider and the VM again; nothing of it is kept while deciding.
#include "engine/decide/record.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/decide/examine.h"
#include "engine/decide/record_approvals.h"
#include "engine/decide/record_form.h"
#include "engine/model/type.h"

namespace proviso::decide {

using bytecode::Builtin;
using bytecode::none;

std::string_view kind_name(bytecode::RuleKind kind) {
    switch (kind) {
        case bytecode::RuleKind::rule: return "rule";
        case bytecode::RuleKind::matrix_cell: return "matrix_cell";
        case bytecode::RuleKind::default_cell: return "default_cell";
        case bytecode::RuleKind::default_outcome: return "default";
        case bytecode::RuleKind::limit_step: return "limit_step";
    }
    return "rule";
}

namespace {

constexpr std::string_view stage_words[] = {"read", "propose", "prepare", "approve", "execute"};
// A plan may have very many allows; so many near misses are shown at most.
constexpr std::size_t near_misses_limit = 50;

class Recorder {
  public:
    Recorder(Decider& decider, const Bound& bound, const LineIndex& lines)
        : decider_(decider),
          bound_(bound),
          program_(decider.program()),
          lines_(lines),
          examiner_(decider.machine(), bound, program_, lines) {}

    Decision decision() {
        Decision result = call_of(decider_, bound_);
        const Verdict& verdict = decider_.verdict();
        result.outcome = verdict.outcome;
        result.reason = verdict.reason;
        result.best_case = verdict.best_case;
        result.detail = detail();
        for (const std::string_view role : bound_.undeclared_roles) {
            result.undeclared_roles.emplace_back(role);
        }
        if (decider_.evaluated()) {
            add_parts(result);
            add_missing(result);
            record_approvals(result, decider_, bound_, lines_);
            if (!decider_.lacks_authority()) add_granting_roles(result);
        }
        return result;
    }

    Explanation explanation() {
        Explanation result;
        result.decision = decision();
        if (!decider_.evaluated()) return result;
        add_raises(result);
        for (const Session::Part& part : decider_.parts()) {
            result.took_part.push_back(explained(part));
        }
        const bool allowed = !decider_.lacks_authority() && base_allowed();
        if (!allowed) add_near_misses(result);
        return result;
    }

  private:
    [[nodiscard]] bool base_allowed() const {
        for (const Session::Part& part : decider_.parts()) {
            if (part.base && program_.rules[part.rule].kind == bytecode::RuleKind::rule) {
                return true;
            }
        }
        return false;
    }

    // ------------------------------------------------------------ form and authority

    std::string detail() {
        if (bound_.form != FormError::none) {
            std::string text(bound_.form_name);
            if (!text.empty()) text += ": ";
            return text + std::string(bound_.form_cause) + declared_form(bound_);
        }
        if (!decider_.lacks_authority()) return {};
        std::string text;
        for (const std::uint32_t party : asked()) {
            if (decider_.authority_of(party) == Authority::granted) continue;
            if (!text.empty()) text += "; ";
            text += party == 0 ? "principal" : "agent";
            text += " holds no role that surely grants " + std::string(bound_.tool_name) + " at " +
                    std::string(stage_words[bound_.stage]);
        }
        return text;
    }

    [[nodiscard]] std::vector<std::uint32_t> asked() const {
        std::vector<std::uint32_t> parties;
        if (program_.asks_principal) parties.push_back(0);
        if (program_.asks_agent) parties.push_back(1);
        return parties;
    }

    void add_granting_roles(Decision& result) {
        std::vector<std::string>& names = result.granted_by;
        for (const std::uint32_t party : asked()) {
            const auto& bits = bound_.roles[party].bits;
            const auto holds = [&](std::uint32_t role) {
                return (bits[role / 64] >> (role % 64) & 1U) != 0;
            };
            for (std::uint32_t role = 0; role < program_.roles.size(); ++role) {
                const auto& sure = decider_.plan().granting_roles;
                const bool grants =
                    role / 64 < sure.size() && (sure[role / 64] >> (role % 64) & 1U) != 0;
                if (grants && holds(role)) names.push_back(program_.roles[role].name);
            }
            for (const std::uint32_t index : decider_.plan().grants) {
                const bytecode::Grant& grant = program_.grants[index];
                if (!holds(grant.role)) continue;
                if (decider_.machine().truth(grant.block) == vm::Truth::yes) {
                    names.push_back(program_.roles[grant.role].name);
                }
            }
        }
        std::sort(names.begin(), names.end());
        names.erase(std::unique(names.begin(), names.end()), names.end());
    }

    // ------------------------------------------------------------ parts

    Match match(const Session::Part& part) {
        const bytecode::Rule& rule = program_.rules[part.rule];
        const LineIndex::Position at = lines_.position(rule.name_place);
        Match result;
        result.rule = part.rule;
        result.name = rule.name;
        result.kind = std::string(kind_name(rule.kind));
        // A default or cell that would notify or gate allows where nothing is done yet.
        result.effect = holds_now(part.rule) ? static_cast<Outcome>(rule.effect) : Outcome::allow;
        result.sure = part.sure;
        result.on_trial = part.on_trial;
        if (rule.role != none) result.who = program_.roles[rule.role].name;
        if (rule.approval != none) result.who = program_.approvals[rule.approval].name;
        result.within_seconds = rule.within_seconds;
        for (const bytecode::TextPart& piece : rule.because) {
            result.because += piece.is_value ? examiner_.text(piece.value) : piece.text;
        }
        result.fix = rule.fix;
        result.file = std::string(lines_.file(rule.name_place));
        result.line = at.line;
        result.column = at.column;
        return result;
    }

    [[nodiscard]] bool holds_now(std::uint32_t rule) const {
        return (program_.rules[rule].stages >> bound_.stage & 1U) != 0;
    }

    void add_parts(Decision& result) {
        for (const Session::Part& part : decider_.parts()) {
            Match one = match(part);
            const bool felt = !one.on_trial && holds_now(part.rule);
            if (felt) add_consequences(part.rule, one, result);
            auto& list = one.on_trial ? result.trials
                         : part.base  ? result.base
                                      : result.restrictions;
            list.push_back(std::move(one));
        }
        const auto by_name = [](const Match& a, const Match& b) { return a.name < b.name; };
        std::stable_sort(result.base.begin(), result.base.end(), by_name);
        std::stable_sort(result.restrictions.begin(), result.restrictions.end(), by_name);
        std::stable_sort(result.trials.begin(), result.trials.end(), by_name);
    }

    void add_consequences(std::uint32_t index, const Match& one, Decision& result) {
        switch (one.effect) {
            case Outcome::gate: {
                Gate& gate = result.gates.emplace_back();
                gate.rule = one.name;
                gate.because = one.because;
                const bool by_role = program_.rules[index].approval == none;
                (by_role ? gate.role : gate.approval) = one.who;
                break;
            }
            case Outcome::notify:
                result.reviews.push_back({one.who, one.within_seconds, one.name});
                break;
            case Outcome::allow:
            case Outcome::block: break;
        }
        for (const bytecode::ObligationUse& use : program_.rules[index].obligations) {
            const bytecode::Obligation& declared = program_.obligations[use.obligation];
            Duty duty{declared.name, {}, one.name};
            for (std::size_t i = 0; i < use.arguments.size(); ++i) {
                duty.arguments.emplace_back(declared.params[i].name,
                                            examiner_.text(use.arguments[i]));
            }
            result.obligations.push_back(std::move(duty));
        }
    }

    // ------------------------------------------------------------ what was missing

    void add_missing(Decision& result) {
        MissingNames names;
        if (decider_.lacks_authority()) {
            missing_of_authority(names);
        } else {
            missing_of_parts(names);
        }
        for (auto& [name, cause] : names) result.missing.push_back({name, cause});
    }

    void missing_of_authority(MissingNames& names) {
        for (const std::uint32_t party : asked()) {
            if (decider_.authority_of(party) != Authority::unknown) continue;
            const std::string who = party == 0 ? "principal" : "agent";
            const HeldRoles& held = bound_.roles[party];
            const auto id = party == 0 ? Builtin::principal_id : Builtin::agent_id;
            if (!held.has_id) {
                const auto& value = bound_.frame[static_cast<std::size_t>(id)];
                names.emplace(who + ".id", model::name(value.state));
            }
            if (!held.known) names.emplace(who + ".roles", model::name(held.why));
            for (const std::uint32_t index : decider_.plan().grants) {
                const bytecode::Grant& grant = program_.grants[index];
                if ((held.bits[grant.role / 64] >> (grant.role % 64) & 1U) != 0) {
                    examiner_.missing(grant.explain, names);
                }
            }
        }
        if (names.erase("tier") != 0) missing_tier(names);
    }

    void missing_of_parts(MissingNames& names) {
        bool reads_tier = false;
        for (const Session::Part& part : decider_.parts()) {
            if (part.sure && !part.on_trial) {
                missing_of_duties(part.rule, names);
                continue;
            }
            const bytecode::Rule& rule = program_.rules[part.rule];
            examiner_.missing(rule.explain, names);
            missing_of_duties(part.rule, names);
            const auto& time = bound_.frame[static_cast<std::size_t>(Builtin::time)];
            if (rule.on_trial && !time.known()) names.emplace("time", model::name(time.state));
            if (const bytecode::Matrix* matrix = matrix_of(part.rule)) {
                missing_of_axes(*matrix, names, reads_tier);
            }
        }
        if (!base_allowed()) missing_of_allows(names);
        // A test of an unknown tier names it; a raise that does not know is what is missing then.
        if (names.erase("tier") != 0 || reads_tier) missing_tier(names);
    }

    void missing_of_allows(MissingNames& names) {
        for (const vm::Hit& hit : decider_.possible_allows()) {
            examiner_.missing(program_.rules[hit.rule].explain, names);
            missing_of_duties(hit.rule, names);
        }
    }

    void missing_of_duties(std::uint32_t index, MissingNames& names) {
        for (const bytecode::ObligationUse& use : program_.rules[index].obligations) {
            const bytecode::Obligation& declared = program_.obligations[use.obligation];
            for (std::size_t i = 0; i < use.arguments.size(); ++i) {
                const auto why = decider_.unknown_argument(use, i);
                if (!why) continue;
                names.emplace(declared.name + "." + declared.params[i].name, model::name(*why));
            }
        }
    }

    [[nodiscard]] const bytecode::Matrix* matrix_of(std::uint32_t rule) const {
        for (const bytecode::Matrix& matrix : program_.matrices) {
            std::uint32_t cells = 1;
            for (const bytecode::Axis& axis : matrix.axes) cells *= axis.size;
            if (rule >= matrix.first_rule && rule - matrix.first_rule < cells) return &matrix;
        }
        return nullptr;
    }

    // An axis whose value is known may have no label all the same: an amount in another currency
    // than its bands.
    void missing_of_axes(const bytecode::Matrix& matrix, MissingNames& names, bool& reads_tier) {
        std::uint32_t node = matrix.explain.begin;
        const std::uint32_t end = node + matrix.explain.count;
        for (const bytecode::Axis& axis : matrix.axes) {
            if (axis.kind == bytecode::AxisKind::tier && !one_label(axis)) reads_tier = true;
            if (axis.kind == bytecode::AxisKind::tier || axis.kind == bytecode::AxisKind::tool) {
                continue;
            }
            if (node < end && decider_.machine().label(axis) == none &&
                decider_.machine().value(axis.read).known()) {
                names.emplace(std::string(lines_.text(program_.explain_nodes[node].place)),
                              model::name(model::State::currency_mismatch));
            }
            do {
                ++node;
            } while (node < end && program_.explain_nodes[node].depth > 0);
        }
    }

    /// Whether the tiers that the call may have are all in one row or column.
    [[nodiscard]] bool one_label(const bytecode::Axis& axis) const {
        std::set<std::uint32_t> labels;
        for (std::uint32_t tier = 0; tier < axis.index_of.size(); ++tier) {
            if ((decider_.tiers() >> tier & 1U) != 0) labels.insert(axis.index_of[tier]);
        }
        return labels.size() == 1;
    }

    // A tier that is several: the tool declares none, or a raise does not know.
    void missing_tier(MissingNames& names) {
        if ((decider_.tiers() & (decider_.tiers() - 1)) == 0) return;
        const bool declared = bound_.tool != none && program_.tools[bound_.tool].tiers != 0x0F;
        if (!declared) {
            names.emplace("tier", model::name(model::State::missing));
            return;
        }
        for (const std::uint32_t index : decider_.plan().raises) {
            const bytecode::Raise& raise = program_.raises[index];
            if (decider_.machine().truth(raise.block) != vm::Truth::unknown) continue;
            examiner_.missing(raise.explain, names);
        }
    }

    // ------------------------------------------------------------ explanation

    ExplainedRule explained(const Session::Part& part) {
        const bytecode::Rule& rule = program_.rules[part.rule];
        ExplainedRule result;
        result.match = match(part);
        result.kind = part.on_trial ? "trial"
                      : rule.kind == bytecode::RuleKind::rule
                          ? (part.base ? "allow" : "restriction")
                          : "matrix";
        if (rule.kind == bytecode::RuleKind::default_outcome) result.kind = "default";
        if (rule.kind == bytecode::RuleKind::limit_step && !part.on_trial) result.kind = "limit";
        result.result = part.sure ? "matched" : "may match";
        result.values = examiner_.values(rule.explain);
        return result;
    }

    ExplainedRule near_miss(std::string kind, std::string name, bytecode::Range explain,
                            const bytecode::Place& place) {
        const LineIndex::Position at = lines_.position(place);
        ExplainedRule result;
        result.kind = std::move(kind);
        result.match.name = std::move(name);
        result.match.kind = "rule";
        result.match.effect = Outcome::allow;
        result.match.sure = false;
        result.match.file = std::string(lines_.file(place));
        result.match.line = at.line;
        result.match.column = at.column;
        result.result = "did not match";
        result.values = examiner_.values(explain);
        result.held_back_by = examiner_.held_back_by(explain);
        return result;
    }

    void add_raises(Explanation& result) {
        for (const std::uint32_t index : decider_.plan().raises) {
            const bytecode::Raise& raise = program_.raises[index];
            const vm::Truth truth = decider_.machine().truth(raise.block);
            if (truth == vm::Truth::no) continue;
            ExplainedRule one = near_miss("raise", raise.name, raise.explain, raise.place);
            one.result = truth == vm::Truth::yes ? "matched" : "may match";
            one.held_back_by.clear();
            result.took_part.push_back(std::move(one));
        }
    }

    void add_near_misses(Explanation& result) {
        if (decider_.lacks_authority()) {
            for (const std::uint32_t index : decider_.plan().grants) {
                const bytecode::Grant& grant = program_.grants[index];
                ExplainedRule one =
                    near_miss("grant", program_.roles[grant.role].name, grant.explain, grant.place);
                add_role_misses(grant.role, one);
                result.near_misses.push_back(std::move(one));
            }
            add_unconditional_grants(result);
            return;
        }
        add_allows(decider_.plan().allows, result);
        const bytecode::Range switches = decider_.plan().allow_switches;
        for (std::uint32_t i = 0; i < switches.count; ++i) {
            const bytecode::Switch& one = program_.switches[switches.begin + i];
            add_allows(std::span(program_.entries).subspan(one.entries.begin, one.entries.count),
                       result);
        }
    }

    void add_allows(std::span<const bytecode::Entry> entries, Explanation& result) {
        for (const bytecode::Entry& entry : entries) {
            if (result.near_misses.size() >= near_misses_limit) return;
            const bytecode::Rule& rule = program_.rules[entry.rule];
            ExplainedRule one = near_miss("allow", rule.name, rule.explain, rule.name_place);
            one.match.rule = entry.rule;
            if (decider_.facts()[entry.rule].unsupported) {
                one.held_back_by.emplace_back("an obligation that the host did not register");
            }
            result.near_misses.push_back(std::move(one));
        }
    }

    void add_role_misses(std::uint32_t role, ExplainedRule& one) {
        for (const std::uint32_t party : asked()) {
            if (decider_.authority_of(party) == Authority::granted) continue;
            const std::string who = party == 0 ? "principal" : "agent";
            const HeldRoles& held = bound_.roles[party];
            if ((held.bits[role / 64] >> (role % 64) & 1U) == 0) {
                one.held_back_by.push_back(who + " is " + program_.roles[role].name);
            } else if (!held.has_id) {
                one.held_back_by.push_back(who + ".id is missing");
            }
        }
    }

    void add_unconditional_grants(Explanation& result) {
        const auto& sure = decider_.plan().granting_roles;
        for (std::uint32_t role = 0; role < program_.roles.size(); ++role) {
            if (role / 64 >= sure.size() || (sure[role / 64] >> (role % 64) & 1U) == 0) continue;
            ExplainedRule one = near_miss("grant", program_.roles[role].name, {}, {});
            add_role_misses(role, one);
            result.near_misses.push_back(std::move(one));
        }
    }

    Decider& decider_;
    const Bound& bound_;
    const bytecode::Program& program_;
    const LineIndex& lines_;
    Examiner examiner_;
};

}  // namespace

Decision call_of(const Decider& decider, const Bound& bound) {
    const bytecode::Program& program = decider.program();
    Decision result;
    result.tool = std::string(bound.tool_name);
    if (bound.form != FormError::invalid_stage && bound.form != FormError::unreadable) {
        result.stage = std::string(stage_words[bound.stage]);
    }
    result.policy_name = program.policy_name;
    result.policy_version = program.policy_version;
    result.policy_hash = program.set_hash;
    return result;
}

Decision make_decision(Decider& decider, const Bound& bound, const LineIndex& lines) {
    return Recorder(decider, bound, lines).decision();
}

Explanation make_explanation(Decider& decider, const Bound& bound, const LineIndex& lines) {
    return Recorder(decider, bound, lines).explanation();
}

}  // namespace proviso::decide
