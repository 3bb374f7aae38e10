// Rules, raises and grants: who they name, what they say, where they stand in the sources.
#include "engine/bytecode/verify_context.h"
#include "engine/model/calendar.h"

namespace proviso::bytecode {
namespace {

bool is_boundary(std::string_view text, std::size_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

class RuleCheck {
  public:
    explicit RuleCheck(Context& context) : context_(context), program_(context.program) {}

    bool run() {
        return each("explanation", program_.explain_nodes, &RuleCheck::node) &&
               each("approval", program_.approvals, &RuleCheck::approval) &&
               each("rule", program_.rules, &RuleCheck::rule) &&
               each("matrix", program_.matrices, &RuleCheck::matrix) &&
               each("raise", program_.raises, &RuleCheck::raise) &&
               each("grant", program_.grants, &RuleCheck::grant) && default_rule();
    }

  private:
    template <class Item>
    bool each(std::string_view name, const std::vector<Item>& items,
              bool (RuleCheck::*check)(const Item&)) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            where_ = {name, i};
            if (!(this->*check)(items[i])) return false;
        }
        return true;
    }

    bool require(bool holds, std::string_view why) { return context_.require(holds, where_, why); }

    bool place(const Place& it) {
        if (it.begin == 0 && it.end == 0 && it.source == 0) return true;
        if (!context_.index(where_, "source", it.source, program_.sources.size())) return false;
        const std::string& text = program_.sources[it.source].text;
        return require(it.begin <= it.end && it.end <= text.size(), "its place is out of range") &&
               require(is_boundary(text, it.begin) && is_boundary(text, it.end),
                       "its place cuts a character");
    }

    // What stands behind every statement: a condition, stages, a place, an explanation, patterns.
    template <class Statement>
    bool statement(const Statement& it) {
        return context_.stages(where_, it.stages) && place(it.place) &&
               context_.range(where_, "explanation", it.explain, program_.explain_nodes.size()) &&
               context_.optional_index(where_, "pattern set", it.patterns,
                                       program_.pattern_sets.size());
    }

    bool role(std::uint32_t role) {
        return context_.index(where_, "role", role, program_.roles.size());
    }

    bool node(const ExplainNode& it) {
        if (!place(it.place)) return false;
        if (!it.condition) return context_.value(where_, it.value);
        return context_.block(where_, it.value.block) &&
               require(it.value.block != none, "it shows a condition without a block");
    }

    bool rule(const Rule& it) {
        if (!people(it)) return false;
        return statement(it) && context_.block(where_, it.block) && place(it.name_place) &&
               require(it.within_seconds >= 0, "its time is negative") &&
               require(
                   model::first_day <= it.trial_until_day && it.trial_until_day <= model::last_day,
                   "its trial ends on no day") &&
               obligations(it) && because(it);
    }

    // A notify names a role, a gate a role or an approval.
    bool people(const Rule& it) {
        const bool gates = it.effect == Effect::gate;
        if (it.approval != none) {
            return context_.index(where_, "approval", it.approval, program_.approvals.size()) &&
                   require(gates && it.role == none, "it has an approval and is opened by none");
        }
        const bool names_people = it.effect == Effect::notify || gates;
        return (!names_people && it.role == none) || role(it.role);
    }

    bool approval(const Approval& it) {
        const std::size_t i = where_.index;
        std::size_t places = 0;
        for (const ApprovalNeed& need : it.needs) {
            if (!this->need(need)) return false;
            places += need.count;
        }
        const std::size_t most = context_.limits.approval_places;
        return require(i == 0 || program_.approvals[i - 1].name < it.name,
                       "its name does not come after the one before") &&
               place(it.place) && require(places > 0, "it needs nobody") &&
               require(places <= most && it.needs.size() <= most && it.escalations.size() <= most &&
                           it.never.size() <= most,
                       "it has more places than the limit") &&
               require(it.within_seconds > 0 && it.valid_seconds > 0, "it leaves no time") &&
               escalations(it) && excluded(it);
    }

    bool need(const ApprovalNeed& it) {
        const bool other = it.approvers || it.principal;
        return context_.indices(where_, "role", it.roles, program_.roles.size()) &&
               require(it.count > 0 && it.count <= context_.limits.approval_places,
                       "a need of it has no places, or too many") &&
               require(other == it.roles.empty() && !(it.approvers && it.principal),
                       "a need of it does not say of whom");
    }

    bool escalations(const Approval& it) {
        for (const Escalation& also : it.escalations) {
            if (!role(also.role) || !require(also.after_seconds >= 0, "its time is negative")) {
                return false;
            }
        }
        return true;
    }

    bool excluded(const Approval& it) {
        for (const Excluded& one : it.never) {
            if (!place(one.place) || !context_.value(where_, one.value)) return false;
            const model::Type& type = program_.types.type(one.value.type);
            const bool list = type.kind == model::Kind::list;
            if (!require((list ? context_.kind(type.element) : type.kind) == model::Kind::string,
                         "it excludes what is no id")) {
                return false;
            }
        }
        return true;
    }

    bool obligations(const Rule& rule) {
        for (const ObligationUse& use : rule.obligations) {
            if (!context_.index(where_, "obligation", use.obligation,
                                program_.obligations.size()) ||
                !arguments(use, program_.obligations[use.obligation])) {
                return false;
            }
        }
        return true;
    }

    bool arguments(const ObligationUse& use, const Obligation& duty) {
        if (!require(use.arguments.size() == duty.params.size(),
                     "it has not the arguments of its obligation")) {
            return false;
        }
        for (std::size_t i = 0; i < use.arguments.size(); ++i) {
            const TypeId wanted = duty.params[i].type;
            if (!context_.value(where_, use.arguments[i]) || !context_.type(where_, wanted) ||
                !require(context_.base(use.arguments[i].type) == context_.base(wanted),
                         "an argument is not of the type of its obligation")) {
                return false;
            }
        }
        return true;
    }

    bool because(const Rule& rule) {
        for (const TextPart& part : rule.because) {
            if (part.is_value && !context_.value(where_, part.value)) return false;
        }
        return true;
    }

    // Its cells and axes are checked in verify_tables.
    bool matrix(const Matrix& it) { return statement(it); }

    bool raise(const Raise& it) {
        return statement(it) && context_.block(where_, it.block) &&
               context_.index(where_, "tier", it.tier, 4);
    }

    bool grant(const Grant& it) {
        return statement(it) && context_.block(where_, it.block) && role(it.role);
    }

    bool default_rule() {
        where_ = {"default", none};
        if (!context_.index(where_, "rule", program_.default_rule, program_.rules.size())) {
            return false;
        }
        const Rule& rule = program_.rules[program_.default_rule];
        return require(rule.kind == RuleKind::default_outcome, "its rule is no default outcome");
    }

    Context& context_;
    const Program& program_;
    Where where_{};
};

}  // namespace

bool verify_rules(Context& context) {
    return RuleCheck(context).run();
}

}  // namespace proviso::bytecode
