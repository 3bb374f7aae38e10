// The order of work: tables without code, shared blocks, then each rule, matrix, raise and grant
// with its explanation, last the plans. Every table is in the checker's order, which does not
// depend on the order of files.
#include "engine/compile/compile.h"

#include <utility>

#include "engine/compile/explanations.h"
#include "engine/compile/memory.h"
#include "engine/compile/plans.h"
#include "engine/compile/statement_parts.h"

namespace proviso::compile {

namespace {

template <class To, class From>
To same(From value) {
    return static_cast<To>(value);
}

/// All that a rule reads.
std::vector<NodeId> roots_of(const check::Rule& rule) {
    std::vector<NodeId> roots{rule.when, rule.unless};
    for (const check::TextPart& part : rule.because) roots.push_back(part.node);
    for (const check::ObligationUse& use : rule.obligations) {
        roots.insert(roots.end(), use.arguments.begin(), use.arguments.end());
    }
    return roots;
}

class Compiler {
  public:
    Compiler(PolicySet& set, const grammar::SourceMap& sources, Program& program)
        : set_(set),
          program_(program),
          emitter_(set, program) {
        add_sources(sources);
    }

    void run() {
        program_.policy_name = set_.name;
        program_.policy_version = set_.version;
        program_.set_hash = set_.hash;
        program_.types = set_.types;
        reserve();
        add_slots();
        add_memory_slots(emitter_);
        add_catalogue();
        add_roles();
        add_tables();
        emitter_.compile_shared();
        for (check::Approval& approval : set_.approvals) add_approval(approval);
        add_counter_keys(emitter_);
        for (check::Rule& rule : set_.rules) add_rule(rule);
        for (const check::Matrix& matrix : set_.matrices) add_matrix(matrix);
        for (const check::Raise& raise : set_.raises) add_raise(raise);
        add_grants();
        add_counters(emitter_, aimed_);
        add_limits(emitter_, aimed_);
        add_default();
        make_plans(emitter_, aimed_);
        emitter_.finish();
    }

  private:
    void reserve() {
        std::size_t rules = set_.rules.size() + 1;
        for (const check::Matrix& matrix : set_.matrices) rules += matrix.cells.size();
        for (const check::Limit& limit : set_.limits) rules += 1 + limit.steps.size();
        program_.rules.reserve(rules);
        program_.explain_nodes.reserve(set_.nodes.size());
        program_.code.reserve(set_.nodes.size());
    }

    void add_sources(const grammar::SourceMap& sources) {
        for (std::uint32_t i = 0; i < set_.rule_sources; ++i) {
            const grammar::SourceFile& file = sources.file(grammar::SourceId{i});
            program_.sources.push_back({file.name, file.text});
        }
    }

    model::Value adopted(model::TypeId type, const model::Value& value) {
        return value.known() ? program_.constants[emitter_.constant(type, value)] : value;
    }

    void add_slots() {
        for (const check::Slot& slot : set_.slots) {
            program_.slots.push_back({slot.path, slot.type, same<bytecode::SlotSource>(slot.source),
                                      slot.is_volatile, adopted(slot.type, slot.initial)});
        }
        for (const check::Facts& facts : set_.facts) {
            program_.facts.push_back(
                {facts.name, static_cast<std::uint32_t>(facts.key), facts.fields});
        }
        for (const check::Param& param : set_.params) {
            program_.params.push_back(
                {param.name, param.type, emitter_.constant(param.type, param.value)});
        }
        for (const check::Obligation& obligation : set_.obligations) {
            program_.obligations.push_back({obligation.name, obligation.params});
        }
    }

    bytecode::Range add_arguments(const std::vector<check::ToolArgument>& arguments) {
        const bytecode::Range range{static_cast<std::uint32_t>(program_.arguments.size()),
                                    static_cast<std::uint32_t>(arguments.size())};
        for (const check::ToolArgument& argument : arguments) {
            const auto begin = static_cast<std::uint32_t>(program_.argument_slots.size());
            for (const check::SlotId slot : argument.slots) {
                program_.argument_slots.push_back(static_cast<std::uint32_t>(slot));
            }
            const auto count = static_cast<std::uint32_t>(argument.slots.size());
            program_.arguments.push_back(
                {argument.name, argument.type, {begin, count}, argument.declared});
        }
        return range;
    }

    void add_catalogue() {
        for (const check::Tool& tool : set_.tools) {
            bytecode::Tool result{.name = tool.name, .doc = tool.doc};
            if (tool.tier) result.tiers = same<std::uint8_t>(1U << *tool.tier);
            result.stages = tool.stages;
            result.has_undo = tool.undo.has_value();
            result.open_args = tool.open_args;
            result.arguments = add_arguments(tool.arguments);
            program_.tools.push_back(std::move(result));
        }
        program_.catalogue_open = set_.catalogue_open;
        program_.open_arguments = add_arguments(set_.open_arguments);
    }

    void add_roles() {
        for (const check::Role& role : set_.roles) {
            bytecode::Role result{role.name, role.doc, {}, role.bound_ids};
            for (const check::RoleId one : role.inherits) {
                result.inherits.push_back(static_cast<std::uint32_t>(one));
            }
            program_.roles.push_back(std::move(result));
        }
        for (const check::Party party : set_.authority) {
            (party == check::Party::principal ? program_.asks_principal : program_.asks_agent) =
                true;
        }
    }

    bytecode::Axis axis(const check::Axis& from) {
        bytecode::Axis result{.kind = same<bytecode::AxisKind>(from.kind)};
        if (from.node != check::no_node) result.read = emitter_.value_ref(from.node);
        result.value_kind =
            from.type == model::no_type ? Kind::enumeration : set_.types.type(from.type).kind;
        result.size = from.size;
        result.rest = from.rest;
        result.labels = from.labels;
        result.index_of = from.index_of;
        for (const model::Value& bound : from.bounds) {
            result.bounds.push_back(bound.known() ? emitter_.constant(from.type, bound) : none);
        }
        for (const bool inclusive : from.inclusive) result.inclusive.push_back(inclusive ? 1 : 0);
        return result;
    }

    void add_tables() {
        for (const check::Table& table : set_.tables) {
            bytecode::Table result{.name = table.name, .type = table.type};
            for (const check::Axis& one : table.axes) result.axes.push_back(axis(one));
            for (const NodeId cell : table.cells) {
                result.cells.push_back(emitter_.constant(table.type, set_.node(cell).value));
            }
            program_.tables.push_back(std::move(result));
        }
    }

    void add_approval(check::Approval& approval) {
        emitter_.begin_rule();
        bytecode::Approval result{.name = std::move(approval.name), .doc = std::move(approval.doc)};
        for (const check::Need& need : approval.needs) {
            bytecode::ApprovalNeed one{need.count, {}, need.approvers, need.principal};
            for (const check::RoleId role : need.roles) one.roles.push_back(role_index(role));
            result.needs.push_back(std::move(one));
        }
        result.within_seconds = approval.within_seconds;
        result.valid_seconds = approval.valid_seconds;
        for (const check::Escalation& also : approval.escalations) {
            result.escalations.push_back({role_index(also.role), also.after_seconds});
        }
        for (const NodeId node : approval.never) {
            result.never.push_back({emitter_.value_ref(node), place_of(set_.node(node).span)});
        }
        result.place = place_of(approval.span);
        program_.approvals.push_back(std::move(result));
    }

    void add_rule(check::Rule& rule) {
        emitter_.begin_rule();
        bytecode::Rule result{.name = std::move(rule.name), .doc = std::move(rule.doc)};
        result.effect = same<bytecode::Effect>(rule.effect);
        result.stages = rule.stages;
        result.block = emitter_.condition_block(rule.when, rule.unless);
        result.role = role_index(rule.role);
        result.approval = approval_index(rule.approval);
        result.within_seconds = rule.within_seconds;
        result.on_trial = rule.trial_until.has_value();
        result.trial_until_day = rule.trial_until.value_or(0);
        result.obligations = obligation_uses(emitter_, rule.obligations);
        result.because = text_parts(emitter_, rule.because);
        result.fix = std::move(rule.fix);
        result.explain = explain_condition(emitter_, rule.when, rule.unless);
        result.place = place_of(rule.span);
        result.name_place = place_of(rule.name_span);
        result.patterns = add_patterns(emitter_, rule.targets);
        program_.rules.push_back(std::move(result));
        AimedRule aimed;
        aimed.index = static_cast<std::uint32_t>(program_.rules.size() - 1);
        aimed.targets = rule.targets;
        aimed.stages = rule.stages;
        aimed.allows = rule.effect == check::Effect::allow;
        aimed.keys = equality_keys(emitter_, rule.when);
        aimed.reads = reads_of(emitter_, roots_of(rule));
        aimed_.rules.push_back(std::move(aimed));
    }

    static std::string cell_name(const check::Matrix& matrix, std::size_t cell) {
        const std::size_t columns = matrix.axes.size() == 2 ? matrix.axes[1].size : 1;
        std::string name = matrix.name + "[" + matrix.axes[0].labels[cell / columns];
        if (matrix.axes.size() == 2) name += ", " + matrix.axes[1].labels[cell % columns];
        return name + "]";
    }

    // Without `at`, what asks people holds at execute alone; before it a default of that kind is
    // allow.
    static check::StageMask cell_stages(const check::Matrix& matrix, check::Effect effect) {
        if (matrix.stages_given) return matrix.stages;
        const bool asks = effect == check::Effect::notify || effect == check::Effect::gate;
        return asks ? check::execute_stage : check::all_stages;
    }

    void add_cell(const check::Matrix& matrix, std::size_t cell, bytecode::Range explain) {
        const check::Outcome& outcome = matrix.cells[cell];
        bytecode::Rule result{.name = cell_name(matrix, cell), .doc = matrix.doc};
        result.kind =
            matrix.is_default ? bytecode::RuleKind::default_cell : bytecode::RuleKind::matrix_cell;
        result.effect = same<bytecode::Effect>(outcome.effect);
        result.stages = cell_stages(matrix, outcome.effect);
        result.block = none;
        result.role = role_index(outcome.role);
        result.approval = approval_index(outcome.approval);
        result.within_seconds = outcome.within_seconds;
        result.on_trial = matrix.trial_until.has_value();
        result.trial_until_day = matrix.trial_until.value_or(0);
        result.explain = explain;
        result.place = place_of(outcome.span);
        result.name_place = place_of(matrix.name_span);
        program_.rules.push_back(std::move(result));
    }

    void add_matrix(const check::Matrix& matrix) {
        emitter_.begin_rule();
        bytecode::Matrix result{.name = matrix.name, .is_default = matrix.is_default};
        std::vector<NodeId> read;
        for (const check::Axis& one : matrix.axes) {
            result.axes.push_back(axis(one));
            read.push_back(one.node);
        }
        result.first_rule = static_cast<std::uint32_t>(program_.rules.size());
        result.stages = matrix.stages_given ? matrix.stages : check::all_stages;
        result.explain = explain_values(emitter_, read);
        result.place = place_of(matrix.span);
        result.patterns = add_patterns(emitter_, matrix.targets);
        for (std::size_t i = 0; i < matrix.cells.size(); ++i) add_cell(matrix, i, result.explain);
        const Aimed aimed{static_cast<std::uint32_t>(program_.matrices.size()), matrix.targets,
                          result.stages, reads_of(emitter_, read)};
        (matrix.is_default ? aimed_.default_matrices : aimed_.matrices).push_back(aimed);
        program_.matrices.push_back(std::move(result));
    }

    void add_raise(const check::Raise& raise) {
        emitter_.begin_rule();
        bytecode::Raise result{.name = raise.name, .tier = raise.tier};
        result.block = emitter_.condition_block(raise.when, raise.unless);
        result.stages = raise.stages;
        result.explain = explain_condition(emitter_, raise.when, raise.unless);
        result.place = place_of(raise.span);
        result.patterns = add_patterns(emitter_, raise.targets);
        aimed_.raises.push_back({static_cast<std::uint32_t>(program_.raises.size()), raise.targets,
                                 raise.stages, reads_of(emitter_, {raise.when, raise.unless})});
        program_.raises.push_back(std::move(result));
    }

    void add_grants() {
        for (std::uint32_t role = 0; role < set_.roles.size(); ++role) {
            for (const check::Grant& grant : set_.roles[role].grants) add_grant(role, grant);
        }
    }

    void add_grant(std::uint32_t role, const check::Grant& grant) {
        emitter_.begin_rule();
        bytecode::Grant result{.role = role, .stages = grant.stages};
        result.block = emitter_.condition_block(grant.when, check::no_node);
        result.explain = explain_condition(emitter_, grant.when, check::no_node);
        result.place = place_of(grant.span);
        result.patterns = add_patterns(emitter_, grant.targets);
        AimedGrant aimed;
        aimed.index = static_cast<std::uint32_t>(program_.grants.size());
        aimed.targets = grant.targets;
        aimed.stages = grant.stages;
        aimed.role = role;
        aimed.conditional = grant.when != check::no_node;
        aimed.reads = reads_of(emitter_, {grant.when});
        aimed_.grants.push_back(aimed);
        program_.grants.push_back(result);
    }

    void add_default() {
        const check::Outcome& outcome = set_.default_outcome;
        bytecode::Rule result{.name = "default", .kind = bytecode::RuleKind::default_outcome};
        result.effect = same<bytecode::Effect>(outcome.effect);
        const bool asks =
            outcome.effect == check::Effect::notify || outcome.effect == check::Effect::gate;
        result.stages = asks ? check::execute_stage : check::all_stages;
        result.role = role_index(outcome.role);
        result.approval = approval_index(outcome.approval);
        result.within_seconds = outcome.within_seconds;
        result.place = place_of(set_.default_span);
        result.name_place = result.place;
        program_.default_rule = static_cast<std::uint32_t>(program_.rules.size());
        program_.rules.push_back(std::move(result));
    }

    PolicySet& set_;
    Program& program_;
    Emitter emitter_;
    AllAimed aimed_;
};

}  // namespace

bytecode::Program compile(check::PolicySet set, const grammar::SourceMap& sources) {
    Program program;
    Compiler(set, sources, program).run();
    return program;
}

}  // namespace proviso::compile
