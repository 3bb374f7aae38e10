#include "engine/decide/examine.h"

#include "engine/model/type.h"

namespace proviso::decide {

using bytecode::ExplainNode;
using bytecode::Range;
using model::State;
using vm::Truth;

std::vector<Examiner::Seen> Examiner::examine(Range explain) {
    std::vector<Seen> result;
    result.reserve(explain.count);
    for (std::uint32_t i = 0; i < explain.count; ++i) {
        const ExplainNode& node = program_.explain_nodes[explain.begin + i];
        Seen seen;
        if (node.condition) {
            seen.truth = machine_.truth(node.value.block);
            seen.unknown = seen.truth == Truth::unknown;
            seen.over_budget = machine_.over_budget();
        } else {
            seen.value = machine_.value(node.value);
            // An optional that is not there is a fact, but reading it is not: what reads it is
            // unknown, and it is the part to name.
            const bool fact = node.subject == bytecode::Subject::optional_read &&
                              seen.value.state == State::absent;
            seen.unknown = !seen.value.known() && !fact;
            if (seen.value.known()) seen.truth = seen.value.integer != 0 ? Truth::yes : Truth::no;
        }
        result.push_back(seen);
    }
    return result;
}

// One past the last node below `node`.
std::uint32_t Examiner::end_of(Range explain, std::uint32_t node) const {
    const std::uint8_t depth = program_.explain_nodes[explain.begin + node].depth;
    std::uint32_t at = node + 1;
    while (at < explain.count && program_.explain_nodes[explain.begin + at].depth > depth) ++at;
    return at;
}

void Examiner::add_missing(const ExplainNode& node, const Seen& seen, MissingNames& names) {
    // What a test of known values does not know can only be a currency.
    const State why = node.condition ? State::currency_mismatch : seen.value.state;
    switch (node.subject) {
        case bytecode::Subject::principal_roles:
            names.emplace("principal.roles", model::name(bound_.roles[0].why));
            return;
        case bytecode::Subject::agent_roles:
            names.emplace("agent.roles", model::name(bound_.roles[1].why));
            return;
        case bytecode::Subject::tier: names.emplace("tier", model::name(State::missing)); return;
        case bytecode::Subject::window:
            names.emplace(lines_.text(node.place), model::name(State::out_of_range));
            return;
        case bytecode::Subject::quantifier: {
            // What its members lack has no name outside.
            const State cause = seen.over_budget ? State::over_budget : State::missing;
            names.emplace(lines_.text(node.place), model::name(node.condition ? cause : why));
            return;
        }
        case bytecode::Subject::expression:
        case bytecode::Subject::optional_read:
            names.emplace(lines_.text(node.place), model::name(why));
            return;
    }
}

// What stands behind `??` is asked only where what stands before it is absent.
void Examiner::leave_out_unasked(Range explain, std::vector<Seen>& seen) const {
    const ExplainNode* const nodes = &program_.explain_nodes[explain.begin];
    for (std::uint32_t i = 0; i < explain.count; ++i) {
        if (nodes[i].subject != bytecode::Subject::optional_read || !seen[i].unknown) continue;
        const std::uint32_t behind = end_of(explain, i);
        if (behind < explain.count && nodes[behind].depth == nodes[i].depth) {
            seen[behind].unknown = false;
        }
    }
}

void Examiner::missing(Range explain, MissingNames& names) {
    if (explain.count == 0) return;
    std::vector<Seen> seen = examine(explain);
    leave_out_unasked(explain, seen);
    // What stands below a known node does not matter, whatever it is.
    for (std::uint32_t i = 0; i < explain.count;) {
        const std::uint32_t end = end_of(explain, i);
        if (!seen[i].unknown) {
            i = end;
            continue;
        }
        bool part_unknown = false;
        for (std::uint32_t j = i + 1; j < end; j = end_of(explain, j)) {
            part_unknown = part_unknown || seen[j].unknown;
        }
        if (!part_unknown) {
            add_missing(program_.explain_nodes[explain.begin + i], seen[i], names);
            i = end;
        } else {
            ++i;
        }
    }
}

std::string Examiner::text(const bytecode::ValueRef& reference) {
    return model::to_text(program_.types, reference.type, machine_.value(reference));
}

std::vector<ExplainedValue> Examiner::values(Range explain) {
    const std::vector<Seen> seen = examine(explain);
    std::vector<ExplainedValue> result;
    for (std::uint32_t i = 0; i < explain.count; ++i) {
        const ExplainNode& node = program_.explain_nodes[explain.begin + i];
        ExplainedValue one;
        one.depth = node.depth;
        one.condition = node.condition;
        one.expression = std::string(lines_.text(node.place));
        if (node.condition) {
            one.value = seen[i].truth == Truth::yes  ? "true"
                        : seen[i].truth == Truth::no ? "false"
                                                     : "unknown";
        } else if (!seen[i].value.known()) {
            const State state = seen[i].value.state;
            one.value = state == State::absent
                            ? "absent"
                            : "unknown (" + std::string(model::name(state)) + ")";
        } else {
            one.value = model::to_text(program_.types, node.value.type, seen[i].value);
        }
        result.push_back(std::move(one));
    }
    return result;
}

void Examiner::hold_back(Range explain, const std::vector<Seen>& seen, std::uint32_t node,
                         std::vector<std::string>& found) {
    const std::uint32_t end = end_of(explain, node);
    bool below = false;
    for (std::uint32_t j = node + 1; j < end; j = end_of(explain, j)) {
        const ExplainNode& part = program_.explain_nodes[explain.begin + j];
        if (!part.condition || seen[j].truth == Truth::yes) continue;
        below = true;
        hold_back(explain, seen, j, found);
    }
    if (!below) {
        found.emplace_back(lines_.text(program_.explain_nodes[explain.begin + node].place));
    }
}

std::vector<std::string> Examiner::held_back_by(Range explain) {
    const std::vector<Seen> seen = examine(explain);
    std::vector<std::string> found;
    for (std::uint32_t i = 0; i < explain.count; i = end_of(explain, i)) {
        const ExplainNode& node = program_.explain_nodes[explain.begin + i];
        const bool keeps = node.against ? seen[i].unknown || seen[i].truth == Truth::yes
                                        : seen[i].unknown || seen[i].truth == Truth::no;
        if (!keeps) continue;
        if (node.against) {
            found.push_back("unless " + std::string(lines_.text(node.place)));
        } else {
            hold_back(explain, seen, i, found);
        }
    }
    return found;
}

}  // namespace proviso::decide
