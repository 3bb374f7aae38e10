// See examples.h. Covered by tests/golden/decide/examples.
#include "engine/examples.h"

#include <algorithm>
#include <string>

#include "engine/model/calendar.h"
#include "engine/policy_impl.h"
#include "proviso/engine.h"

namespace proviso::engine {

namespace {

using Params = std::vector<std::pair<std::string, std::string>>;

std::string within(std::int64_t seconds) {
    return " within " + model::duration_text(seconds);
}

std::string given(const check::Example& example) {
    std::string text{name(static_cast<Outcome>(example.effect))};
    if (example.who.empty()) return text;
    text += (example.effect == check::Effect::gate ? " by " : " ") + example.who;
    if (example.within_seconds) text += within(*example.within_seconds);
    return text;
}

/// What stands behind `by`.
const std::string& keeper(const Gate& gate) {
    return gate.role.empty() ? gate.approval : gate.role;
}

std::string made(const Decision& decision) {
    std::string text{name(decision.outcome)};
    std::string people;
    for (const Gate& gate : decision.gates) people += (people.empty() ? "" : ", ") + keeper(gate);
    if (decision.outcome == Outcome::gate) text += " by " + people;
    if (decision.outcome != Outcome::notify) return text;
    for (const Review& review : decision.reviews) {
        people += (people.empty() ? "" : ", ") + review.role + within(review.within_seconds);
    }
    return text + " " + people;
}

bool names(const check::Example& example, const Decision& decision) {
    if (example.who.empty()) return true;
    if (example.effect == check::Effect::gate) {
        return std::any_of(decision.gates.begin(), decision.gates.end(),
                           [&](const Gate& gate) { return keeper(gate) == example.who; });
    }
    return std::any_of(decision.reviews.begin(), decision.reviews.end(), [&](const Review& one) {
        return one.role == example.who &&
               one.within_seconds == example.within_seconds.value_or(one.within_seconds);
    });
}

bool holds(const check::Example& example, const Decision& decision) {
    return decision.outcome == static_cast<Outcome>(example.effect) && names(example, decision);
}

std::string unknown_names(const Decision& decision) {
    std::string text;
    for (const Missing& one : decision.missing) {
        text += (text.empty() ? "not known: " : ", ") + one.name + " (" + one.cause + ")";
    }
    return text;
}

std::string help_for(const Decision& decision, const Params& params) {
    std::string text = "reason " + std::string(name(decision.reason));
    if (!decision.detail.empty()) text += ": " + decision.detail;
    const std::string unknown = unknown_names(decision);
    if (!unknown.empty()) text += "; " + unknown;
    if (params.empty()) return text;
    text += "; set at load:";
    for (const auto& [name, value] : params) text += " `" + name + "` to " + value + ",";
    return text + " and an example that names the param, as `" + params.front().first +
           " + …`, moves with it";
}

std::string note_of(const Match& match) {
    std::string text = "`" + match.name + "` " + (match.sure ? "takes part: " : "may take part: ");
    text += name(match.effect);
    if (!match.because.empty()) text += ", " + match.because;
    return text;
}

void report(const PolicyPtr& policy, const check::Example& example, const Decision& decision,
            const Params& params, grammar::DiagnosticSink& sink) {
    grammar::Diagnostic& diagnostic =
        sink.report(grammar::DiagnosticId::example_fails, example.span,
                    {example.name, made(decision), given(example)}, help_for(decision, params));
    const auto& rules = policy->impl().image->program().rules;
    for (const std::vector<Match>* matches : {&decision.base, &decision.restrictions}) {
        for (const Match& match : *matches) {
            const bytecode::Place& place = rules[match.rule].name_place;
            if (place.begin == place.end) continue;
            diagnostic.notes.push_back(
                {{grammar::SourceId{place.source}, place.begin, place.end}, note_of(match)});
        }
    }
}

}  // namespace

EngineOptions all_duties(const PolicyPtr& policy) {
    EngineOptions options;
    for (const bytecode::Obligation& duty : policy->impl().image->program().obligations) {
        options.duties.push_back(duty.name);
    }
    return options;
}

void decide_examples(const PolicyPtr& policy, const std::vector<check::Example>& examples,
                     const Params& params, grammar::DiagnosticSink& sink) {
    if (examples.empty()) return;
    const EngineOptions options = all_duties(policy);
    const Layout layout = Layout::native();
    for (const check::Example& example : examples) {
        const Engine engine(policy, options);
        Session session(engine);
        session.decide(layout, example.document);
        const Decision decision = session.decision();
        if (!holds(example, decision)) report(policy, example, decision, params, sink);
    }
}

}  // namespace proviso::engine
