#include "engine/observed.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "engine/bytecode/opcodes.h"
#include "engine/decide/bound.h"
#include "engine/decide/periods.h"
#include "engine/line_calls.h"
#include "engine/model/calendar.h"
#include "engine/model/currency.h"
#include "engine/observed_effects.h"
#include "engine/policy_impl.h"

namespace proviso::observed {

namespace {

using bytecode::Builtin;
using bytecode::Operand;
using bytecode::Program;
using bytecode::Range;

constexpr std::uint32_t principal_roles = 0xFFFFFFF0;
constexpr std::uint32_t agent_roles = 0xFFFFFFF1;

/// Slots, and the two words above for roles.
using Reads = std::set<std::uint32_t>;

/// What blocks read, each looked at once.
class BlockReads {
  public:
    explicit BlockReads(const Program& program) : program_(program) {}

    void add(std::uint32_t block, Reads& to) {
        if (block == bytecode::none) return;
        const Reads& found = of(block);
        to.insert(found.begin(), found.end());
    }

    void add(const bytecode::ValueRef& value, Reads& to) {
        add(value.block, to);
        if (!value.constant) place(value.value, to);
    }

    void place(std::uint32_t place, Reads& to) const {
        if (place < program_.slots.size()) to.insert(place);
    }

  private:
    // Blocks go to shared blocks of smaller index and to loops of greater depth: no way round.
    const Reads& of(std::uint32_t block) {
        const auto found = known_.find(block);
        if (found != known_.end()) return found->second;
        Reads reads;
        std::unordered_set<std::uint32_t> seen;
        std::vector<std::uint32_t> open{block};
        while (!open.empty()) {
            const std::uint32_t at = open.back();
            open.pop_back();
            if (!seen.insert(at).second) continue;
            const bytecode::Instruction& it = program_.code[at];
            const bytecode::OpInfo& row = bytecode::info(it.op);
            instruction(it, row, reads);
            if (row.op_class != bytecode::OpClass::end && row.c == Operand::target) {
                open.push_back(it.c);
            }
            const bool goes_on =
                row.op_class == bytecode::OpClass::test || row.op_class == bytecode::OpClass::value;
            if (goes_on) open.push_back(at + 1);
        }
        return known_.emplace(block, std::move(reads)).first->second;
    }

    void instruction(const bytecode::Instruction& it, const bytecode::OpInfo& row, Reads& reads) {
        operand(row.a, it.a, (it.flags & bytecode::a_constant) != 0, reads);
        operand(row.b, it.b, (it.flags & bytecode::b_constant) != 0, reads);
        if (it.op == bytecode::Op::role) reads.insert(it.a == 0 ? principal_roles : agent_roles);
        if (it.op == bytecode::Op::fact) place(program_.facts[it.b].key + 1 + it.extra, reads);
    }

    void operand(Operand kind, std::uint32_t at, bool constant, Reads& reads) {
        if ((kind == Operand::place || kind == Operand::operand) && !constant) place(at, reads);
        if (kind == Operand::block) add(at, reads);
        if (kind == Operand::shared) {
            const bytecode::Shared& shared = program_.shared[at];
            add(shared.block, reads);
            if (!shared.is_condition && !shared.value_constant) place(shared.value, reads);
        }
        if (kind == Operand::loop) {
            const bytecode::Loop& loop = program_.loops[at];
            if (!loop.list_constant) place(loop.list, reads);
            add(loop.body, reads);
        }
    }

    const Program& program_;
    std::unordered_map<std::uint32_t, Reads> known_;
};

/// What the rules of each tool and stage read.
class Collector {
  public:
    explicit Collector(const Program& program) : program_(program), blocks_(program) {}

    Reads of_plan(const bytecode::Plan& plan) {
        Reads reads;
        for (const Range range : {plan.allows, plan.restrictions}) entries(range, reads);
        for (const Range range : {plan.allow_switches, plan.restriction_switches}) {
            for (std::uint32_t i = 0; i < range.count; ++i) {
                const bytecode::Switch& one = program_.switches[range.begin + i];
                blocks_.place(one.slot, reads);
                entries(one.entries, reads);
            }
        }
        each(plan.default_matrices, program_.plan_matrices, [&](auto i) { matrix(i, reads); });
        each(plan.matrices, program_.plan_matrices, [&](auto i) { matrix(i, reads); });
        each(plan.raises, program_.plan_raises,
             [&](auto i) { blocks_.add(program_.raises[i].block, reads); });
        each(plan.grants, program_.plan_grants,
             [&](auto i) { blocks_.add(program_.grants[i].block, reads); });
        each(plan.limits, program_.plan_limits, [&](auto i) { limit(i, reads); });
        each(plan.counters, program_.plan_counters,
             [&](auto i) { measure(program_.counters[i].measure, reads); });
        each(plan.reads, program_.plan_reads, [&](auto i) { counter_read(i, reads); });
        authority(reads);
        return reads;
    }

    /// Of names outside the catalogue: everything that may match one.
    Reads of_others() {
        Reads reads;
        if (!program_.catalogue_open) return reads;
        for (const auto& rule : program_.rules) {
            if (rule.patterns != bytecode::none) blocks_.add(rule.block, reads);
        }
        for (std::uint32_t i = 0; i < program_.matrices.size(); ++i) {
            if (program_.matrices[i].patterns != bytecode::none) matrix(i, reads);
        }
        for (const auto& raise : program_.raises) {
            if (raise.patterns != bytecode::none) blocks_.add(raise.block, reads);
        }
        for (const auto& grant : program_.grants) {
            if (grant.patterns != bytecode::none) blocks_.add(grant.block, reads);
        }
        for (std::uint32_t i = 0; i < program_.limits.size(); ++i) {
            if (program_.limits[i].measure.patterns != bytecode::none) limit(i, reads);
        }
        authority(reads);
        return reads;
    }

  private:
    template <class Each>
    void each(Range range, const std::vector<std::uint32_t>& of, Each visit) {
        for (std::uint32_t i = 0; i < range.count; ++i) visit(of[range.begin + i]);
    }

    void entries(Range range, Reads& reads) {
        for (std::uint32_t i = 0; i < range.count; ++i) {
            blocks_.add(program_.entries[range.begin + i].block, reads);
        }
    }

    void matrix(std::uint32_t index, Reads& reads) {
        for (const bytecode::Axis& axis : program_.matrices[index].axes) {
            const bool reads_value =
                axis.kind != bytecode::AxisKind::tier && axis.kind != bytecode::AxisKind::tool;
            if (reads_value) blocks_.add(axis.read, reads);
        }
    }

    void measure(const bytecode::Measure& it, Reads& reads) {
        blocks_.add(it.where, reads);
        if (it.aggregate != bytecode::Aggregate::count) blocks_.add(it.value, reads);
        for (const bytecode::ValueRef& key : it.per) blocks_.add(key, reads);
        reads.insert(bytecode::slot_of(Builtin::time));
    }

    void limit(std::uint32_t index, Reads& reads) {
        const bytecode::Limit& limit = program_.limits[index];
        measure(limit.measure, reads);
        blocks_.add(limit.unless, reads);
        for (const bytecode::LimitStep& step : limit.steps) blocks_.add(step.cap, reads);
    }

    void counter_read(std::uint32_t index, Reads& reads) {
        for (const bytecode::ValueRef& key : program_.counter_reads[index].keys) {
            blocks_.add(key, reads);
        }
        reads.insert(bytecode::slot_of(Builtin::time));
    }

    void authority(Reads& reads) const {
        if (program_.asks_principal) reads.insert(principal_roles);
        if (program_.asks_agent) reads.insert(agent_roles);
    }

    const Program& program_;
    BlockReads blocks_;
};

/// What every call has, or the engine fills in, is no fact that a history can lack.
bool is_fact(const Program& program, std::uint32_t read) {
    if (read == principal_roles || read == agent_roles) return true;
    switch (program.slots[read].source) {
        case bytecode::SlotSource::memory: return false;
        case bytecode::SlotSource::attribute:
        case bytecode::SlotSource::argument:
        case bytecode::SlotSource::fact: return true;
        case bytecode::SlotSource::builtin: break;
    }
    for (const Builtin own :
         {Builtin::tool, Builtin::stage, Builtin::tier, Builtin::has_undo, Builtin::undoing}) {
        if (read == bytecode::slot_of(own)) return false;
    }
    return true;
}

Fact fact_of(const Program& program, std::uint32_t read) {
    if (read == principal_roles) return {"principal.roles", Fact::Kind::principal_roles, 0};
    if (read == agent_roles) return {"agent.roles", Fact::Kind::agent_roles, 0};
    return {program.slots[read].path, Fact::Kind::slot, read};
}

const Program& program_of(const Policy& policy) {
    return policy.impl().image->program();
}

/// By tool of the catalogue, five stages each.
std::vector<Reads> reads_of_tools(const Program& program, Collector& collector) {
    std::vector<Reads> by_plan;
    by_plan.reserve(program.plans.size());
    for (const bytecode::Plan& plan : program.plans) by_plan.push_back(collector.of_plan(plan));
    std::vector<Reads> places;
    for (const bytecode::Tool& tool : program.tools) {
        for (const std::uint32_t plan : tool.plans) {
            places.push_back(plan == bytecode::none ? Reads{} : by_plan[plan]);
        }
    }
    return places;
}

/// What is read by place, without what is no fact.
std::vector<Reads> reads_by_place(const Program& program) {
    Collector collector(program);
    std::vector<Reads> places = reads_of_tools(program, collector);
    places.resize(places.size() + stage_count, collector.of_others());
    for (Reads& reads : places) {
        std::erase_if(reads, [&](std::uint32_t read) { return !is_fact(program, read); });
    }
    return places;
}

}  // namespace

FactReads fact_reads(const Policy& policy) {
    const Program& program = program_of(policy);
    const std::vector<Reads> places = reads_by_place(program);
    std::map<std::pair<std::string, std::uint32_t>, std::uint32_t> numbers;
    for (const Reads& reads : places) {
        for (const std::uint32_t read : reads) {
            numbers.emplace(std::pair{fact_of(program, read).name, read}, 0);
        }
    }
    FactReads result;
    for (auto& [key, number] : numbers) {
        number = static_cast<std::uint32_t>(result.facts.size());
        result.facts.push_back(fact_of(program, key.second));
    }
    for (const Reads& reads : places) {
        std::vector<std::uint32_t>& list = result.by_place.emplace_back();
        for (const std::uint32_t read : reads) {
            list.push_back(numbers.at({fact_of(program, read).name, read}));
        }
        // An argument that is read as two types is one value all the same.
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end(),
                               [&](std::uint32_t a, std::uint32_t b) {
                                   return result.facts[a].name == result.facts[b].name;
                               }),
                   list.end());
    }
    for (const bytecode::Tool& tool : program.tools) result.tools.push_back(tool.name);
    result.tools.emplace_back();
    return result;
}

std::optional<std::size_t> FactReads::place_of(const Session& session) const {
    const decide::Bound& bound = bound_of(session);
    if (bound.form != decide::FormError::none) return std::nullopt;
    const std::size_t tool = bound.tool == bytecode::none ? tools.size() - 1 : bound.tool;
    return tool * stage_count + bound.stage;
}

const std::string& FactReads::tool_of(std::size_t place) const {
    return tools[place / stage_count];
}

bool is_known(const Session& session, const Fact& fact) {
    const decide::Bound& bound = bound_of(session);
    switch (fact.kind) {
        case Fact::Kind::principal_roles: return bound.roles[0].known;
        case Fact::Kind::agent_roles: return bound.roles[1].known;
        case Fact::Kind::slot: break;
    }
    const model::State state = bound.frame[fact.slot].state;
    return state == model::State::present || state == model::State::absent;
}

std::vector<std::vector<AmountArgument>> amount_arguments(const Policy& policy) {
    const Program& program = program_of(policy);
    std::vector<std::vector<AmountArgument>> result;
    for (const bytecode::Tool& tool : program.tools) {
        std::vector<AmountArgument>& list = result.emplace_back();
        for (std::uint32_t i = 0; i < tool.arguments.count; ++i) {
            const auto& argument = program.arguments[tool.arguments.begin + i];
            for (std::uint32_t s = 0; s < argument.slots.count; ++s) {
                const std::uint32_t slot = program.argument_slots[argument.slots.begin + s];
                const model::Kind kind = program.types.type(program.slots[slot].type).kind;
                const bool is_money = kind == model::Kind::money;
                if (!is_money && kind != model::Kind::decimal && kind != model::Kind::integer) {
                    continue;
                }
                list.push_back({argument.name, slot, is_money});
                break;
            }
        }
    }
    return result;
}

namespace {

std::optional<Amount> amount_in(const model::Value& value, const AmountArgument& one) {
    if (!value.known()) return std::nullopt;
    if (one.is_money) return Amount{value.integer, value.scale, value.currency()};
    return Amount{value.integer, value.scale, 0};
}

}  // namespace

std::optional<Amount> amount_of(const Session& session, const AmountArgument& one) {
    const decide::Bound& bound = bound_of(session);
    if (one.slot >= bound.frame.size()) return std::nullopt;
    return amount_in(bound.frame[one.slot], one);
}

std::string currency_name(std::uint32_t currency) {
    return model::unpack_currency(currency);
}

std::string_view arguments_json(const Session& session) {
    return bound_of(session).args_json;
}

bool has_approvals(const Session& session) {
    return !bound_of(session).approvals.empty();
}

std::optional<std::size_t> tool_number(const Session& session) {
    const decide::Bound& bound = bound_of(session);
    if (bound.tool == bytecode::none) return std::nullopt;
    return bound.tool;
}

std::optional<std::int64_t> time_of(const Session& session) {
    const model::Value& time = bound_of(session).frame[bytecode::slot_of(Builtin::time)];
    return time.known() ? std::optional(time.integer) : std::nullopt;
}

std::optional<std::int64_t> read_time(std::string_view text, TimeForm form) {
    std::int64_t unit = 1;
    switch (form) {
        case TimeForm::rfc3339: return model::parse_time(text);
        case TimeForm::unix_seconds: unit = 1'000'000; break;
        case TimeForm::unix_milliseconds: unit = 1'000; break;
        case TimeForm::unix_microseconds: break;
    }
    const auto number = model::parse_json_number(text);
    const auto scaled = number ? model::multiply(*number, model::Decimal{unit, 0}) : std::nullopt;
    const auto whole = scaled ? model::to_integer(*scaled) : std::nullopt;
    if (!whole || *whole < model::first_time || *whole > model::last_time) return std::nullopt;
    return whole;
}

std::string time_text(std::int64_t microseconds) {
    return model::time_text(microseconds);
}

bool counts_calls(const Policy& policy) {
    const Program& program = program_of(policy);
    return !program.limits.empty() || !program.counters.empty();
}

bool has_counters(const Policy& policy) {
    return !program_of(policy).counters.empty();
}

std::int64_t longest_period_us(const Policy& policy) {
    const Program& program = program_of(policy);
    std::int64_t longest = 0;
    for (const auto& limit : program.limits) {
        longest = std::max(longest, decide::look_back(limit.measure.period));
    }
    for (const auto& counter : program.counters) {
        longest = std::max(longest, decide::look_back(counter.measure.period));
    }
    return longest;
}

}  // namespace proviso::observed

namespace proviso {

std::optional<std::int64_t> time_of(const decide::LineMatches& line) {
    const model::Value& time = line.value(bytecode::slot_of(bytecode::Builtin::time));
    return time.known() ? std::optional(time.integer) : std::nullopt;
}

std::optional<observed::Amount> amount_of(const decide::LineMatches& line,
                                          const observed::AmountArgument& one) {
    return observed::amount_in(line.value(one.slot), one);
}

SlotReads slot_reads(const Policy& policy) {
    const bytecode::Program& program = policy.impl().image->program();
    observed::Collector collector(program);
    SlotReads places;
    for (const observed::Reads& reads : observed::reads_of_tools(program, collector)) {
        std::vector<std::uint32_t>& slots = places.emplace_back();
        std::copy_if(reads.begin(), reads.end(), std::back_inserter(slots),
                     [&](std::uint32_t read) { return read < program.slots.size(); });
    }
    return places;
}

}  // namespace proviso
