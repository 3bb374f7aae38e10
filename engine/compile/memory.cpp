#include "engine/compile/memory.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_set>
#include <utility>

#include "engine/compile/explanations.h"
#include "engine/compile/statement_parts.h"

namespace proviso::compile {
namespace {

std::uint32_t add_slot(Emitter& emitter, std::string path, model::TypeId type) {
    Program& program = emitter.program();
    program.slots.push_back({std::move(path), type, bytecode::SlotSource::memory, false,
                             model::unknown(model::State::missing)});
    return static_cast<std::uint32_t>(program.slots.size() - 1);
}

/// What tells two keys apart that are read off slots or known; nothing for others.
bool key_text(Emitter& emitter, NodeId id, std::string& text) {
    const Node& node = emitter.set().node(id);
    if (emitter.known(id) != nullptr) {
        text += "k" + std::to_string(emitter.constant(id)) + ' ';
        return true;
    }
    if (node.kind != NodeKind::slot) return false;
    text += "s" + std::to_string(static_cast<std::uint32_t>(node.slot)) + ' ';
    return true;
}

std::string read_name(const check::PolicySet& set, const Node& node) {
    return set.counters[static_cast<std::size_t>(node.counter)].name;
}

void add_read(Emitter& emitter, NodeId id, std::map<std::string, std::uint32_t>& known) {
    const Node& node = emitter.set().node(id);
    std::string text = std::to_string(static_cast<std::uint32_t>(node.counter)) + ' ';
    bool plain = true;
    for (std::uint32_t i = 0; i < node.items.count && plain; ++i) {
        plain = key_text(emitter, emitter.set().node_items[node.items.begin + i], text);
    }
    auto& reads = emitter.program().counter_reads;
    const auto next = static_cast<std::uint32_t>(reads.size());
    if (plain) {
        const auto [at, fresh] = known.try_emplace(text, next);
        emitter.set_read(id, at->second);
        if (!fresh) return;
    } else {
        emitter.set_read(id, next);
    }
    const std::string name = read_name(emitter.set(), node);
    bytecode::CounterRead read{.counter = static_cast<std::uint32_t>(node.counter)};
    read.value = add_slot(emitter, name, node.type);
    read.low = add_slot(emitter, name + " at least", node.type);
    read.high = add_slot(emitter, name + " at most", node.type);
    reads.push_back(std::move(read));
}

bytecode::Period period_of(const check::Period& period) {
    return {period.rolling, period.about, period.length_seconds,
            static_cast<bytecode::CalendarUnit>(period.unit), period.zone};
}

bytecode::Measure measure_of(Emitter& emitter, const check::Measure& from, model::TypeId type) {
    emitter.begin_rule();
    bytecode::Measure result{.aggregate = static_cast<bytecode::Aggregate>(from.aggregate),
                             .type = type};
    std::vector<NodeId> shown = from.per;
    if (from.value != check::no_node) {
        result.value = emitter.value_ref(from.value);
        shown.push_back(from.value);
    }
    if (from.where != check::no_node) {
        result.where = emitter.condition_block(from.where, check::no_node);
        shown.push_back(from.where);
    }
    for (const NodeId key : from.per) result.per.push_back(emitter.value_ref(key));
    result.period = period_of(from.period);
    result.stages = from.stages;
    result.explain = explain_values(emitter, shown);
    result.patterns = add_patterns(emitter, from.targets);
    return result;
}

/// The type of a limit's totals: the caps are of it, but for the currency.
model::TypeId total_type(Emitter& emitter, const check::Limit& limit) {
    const PolicySet& set = emitter.set();
    if (limit.measure.aggregate != check::Aggregate::sum) return set.types.scalar(Kind::integer);
    return set.types.scalar(set.types.type(set.node(limit.measure.value).type).kind);
}

std::string step_name(Emitter& emitter, const check::Limit& limit, const check::LimitStep& step) {
    const check::Span& span = emitter.set().node(step.cap).span;
    const auto& source = emitter.program().sources[static_cast<std::size_t>(span.source)];
    const std::string cap = source.text.substr(span.begin, span.end - span.begin);
    return limit.name + "[" + (step.inclusive ? ">= " : "> ") + cap + "]";
}

/// What all rows of a limit have.
bytecode::Rule row_of(Emitter& emitter, const check::Limit& limit) {
    bytecode::Rule row{.name = limit.name, .doc = limit.doc};
    row.kind = bytecode::RuleKind::limit_step;
    row.stages = limit.measure.stages;
    row.on_trial = limit.trial_until.has_value();
    row.trial_until_day = limit.trial_until.value_or(0);
    row.obligations = obligation_uses(emitter, limit.obligations);
    row.name_place = place_of(limit.name_span);
    return row;
}

void add_rows(Emitter& emitter, const check::Limit& limit, bytecode::Limit& result) {
    auto& rules = emitter.program().rules;
    result.first_rule = static_cast<std::uint32_t>(rules.size());
    bytecode::Rule cannot_count = row_of(emitter, limit);
    cannot_count.place = place_of(limit.span);
    cannot_count.explain = result.measure.explain;
    cannot_count.because.push_back({"what it cannot count does not pass", {}, false});
    rules.push_back(cannot_count);
    const std::vector<bytecode::TextPart> because = text_parts(emitter, limit.because);
    for (const check::LimitStep& step : limit.steps) {
        bytecode::Rule row = row_of(emitter, limit);
        row.name = step_name(emitter, limit, step);
        row.effect = static_cast<bytecode::Effect>(step.outcome.effect);
        row.role = role_index(step.outcome.role);
        row.approval = approval_index(step.outcome.approval);
        row.within_seconds = step.outcome.within_seconds;
        row.because = because;
        row.fix = limit.fix;
        row.place = place_of(step.span);
        row.explain = result.explain;
        rules.push_back(std::move(row));
    }
}

void add_limit(Emitter& emitter, const check::Limit& limit, std::uint32_t index) {
    bytecode::Limit& result = emitter.program().limits[index];
    result.name = limit.name;
    result.place = place_of(limit.span);
    result.measure = measure_of(emitter, limit.measure, total_type(emitter, limit));
    emitter.begin_rule();
    result.unless = limit.unless == check::no_node
                        ? none
                        : emitter.condition_block(limit.unless, check::no_node);
    std::vector<NodeId> caps;
    for (const check::LimitStep& step : limit.steps) {
        result.steps.push_back({step.inclusive, emitter.value_ref(step.cap)});
        caps.push_back(step.cap);
    }
    if (limit.unless != check::no_node) caps.push_back(limit.unless);
    result.explain = explain_values(emitter, caps);
    emitter.begin_rule();
    add_rows(emitter, limit, result);
}

/// All that is read of a limit but what it counts.
std::vector<NodeId> roots_of(const check::Limit& limit) {
    std::vector<NodeId> roots{limit.unless};
    for (const check::LimitStep& step : limit.steps) roots.push_back(step.cap);
    for (const check::TextPart& part : limit.because) roots.push_back(part.node);
    for (const check::ObligationUse& use : limit.obligations) {
        roots.insert(roots.end(), use.arguments.begin(), use.arguments.end());
    }
    return roots;
}

}  // namespace

void add_memory_slots(Emitter& emitter) {
    std::map<std::string, std::uint32_t> known;
    const PolicySet& set = emitter.set();
    for (std::uint32_t i = 0; i < set.nodes.size(); ++i) {
        if (set.nodes[i].kind == NodeKind::counter_read) add_read(emitter, NodeId{i}, known);
    }
    for (const check::Limit& limit : set.limits) {
        bytecode::Limit result;
        const model::TypeId type = total_type(emitter, limit);
        result.total = add_slot(emitter, "total of " + limit.name, type);
        result.cap = add_slot(emitter, "cap of " + limit.name, type);
        emitter.program().limits.push_back(std::move(result));
    }
}

void add_counter_keys(Emitter& emitter) {
    const PolicySet& set = emitter.set();
    for (std::uint32_t i = 0; i < set.nodes.size(); ++i) {
        const Node& node = set.nodes[i];
        if (node.kind != NodeKind::counter_read) continue;
        const std::uint32_t number = emitter.read_of(NodeId{i});
        if (emitter.program().counter_reads[number].keys.size() == node.items.count) continue;
        emitter.begin_rule();
        std::vector<bytecode::ValueRef> keys;
        for (std::uint32_t k = 0; k < node.items.count; ++k) {
            keys.push_back(emitter.value_ref(set.node_items[node.items.begin + k]));
        }
        emitter.program().counter_reads[number].keys = std::move(keys);
    }
}

void add_counters(Emitter& emitter, AllAimed& aimed) {
    for (const check::Counter& counter : emitter.set().counters) {
        const auto index = static_cast<std::uint32_t>(emitter.program().counters.size());
        bytecode::Counter result{.name = counter.name};
        result.measure = measure_of(emitter, counter.measure, counter.type);
        result.place = place_of(counter.span);
        emitter.program().counters.push_back(std::move(result));
        aimed.counters.push_back({index, counter.measure.targets, counter.measure.stages, {}});
    }
}

void add_limits(Emitter& emitter, AllAimed& aimed) {
    const auto& limits = emitter.set().limits;
    for (std::uint32_t i = 0; i < limits.size(); ++i) {
        add_limit(emitter, limits[i], i);
        aimed.limits.push_back({i, limits[i].measure.targets, limits[i].measure.stages,
                                reads_of(emitter, roots_of(limits[i]))});
    }
}

std::vector<std::uint32_t> reads_of(Emitter& emitter, const std::vector<NodeId>& roots) {
    const PolicySet& set = emitter.set();
    std::vector<std::uint32_t> found;
    if (set.counters.empty()) return found;
    std::vector<NodeId> open = roots;
    std::unordered_set<NodeId> seen;
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        if (id == check::no_node || !seen.insert(id).second) continue;
        const Node& node = set.node(id);
        if (node.kind == NodeKind::counter_read) found.push_back(emitter.read_of(id));
        if (node.kind == NodeKind::shared) {
            open.push_back(set.shared[static_cast<std::size_t>(node.shared)].node);
        }
        open.insert(open.end(), {node.a, node.b});
        for (std::uint32_t i = 0; i < node.items.count; ++i) {
            open.push_back(set.node_items[node.items.begin + i]);
        }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

}  // namespace proviso::compile
