// Decisions of real calls: `policy` and `file: NAME` are the set, `call` has one receipt a line,
// `duties` the obligations that the host carries out. All calls of a case share one session and
// store, so that a case can show what is remembered. Produced: `decision`, `explain`, `agent`.
//
// `params` are set at load, as `name = value`. Instead of `call`, `session` has calls and what else
// a host does between them, one a line:
//
//     {…}                          a call
//     preview {…}                  the same, without a trace
//     confirm ID, cancel ID        what became of a call
//     halt KIND [NAME][: REASON]   KIND: everything, tool, agent, workflow, principal
//     resume KIND [NAME]
//     policy NAME                  from here on the set is `file: NAME` alone
#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "tests/golden/registry.h"
#include <proviso/proviso.h>

namespace proviso::golden {

namespace {

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end > 0) lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

CompileOptions compile_options_of(const GoldenFile& file) {
    CompileOptions options;
    for (const Section* section : file.all("data")) {
        options.data_files.push_back({section->argument, section->body});
    }
    std::string_view text = file.text("params");
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const std::size_t sign = line.find(" = ");
        if (sign == std::string_view::npos) continue;
        options.params.emplace_back(line.substr(0, sign), line.substr(sign + 3));
    }
    return options;
}

/// What is said of a set that does not compile, or that compiles.
std::string compiled_text(const GoldenFile& file) {
    return compile_sources({{"policy.proviso", std::string(file.text("policy"))}},
                           compile_options_of(file))
        .text;
}

PolicyPtr policy_of(const GoldenFile& file) {
    std::vector<SourceText> sources{{"policy.proviso", std::string(file.text("policy"))}};
    for (const Section* section : file.all("file")) {
        sources.push_back({section->argument, section->body});
    }
    CompileResult result = compile_sources(std::move(sources), compile_options_of(file));
    if (result.policy == nullptr) throw std::runtime_error(result.text);
    return result.policy;
}

std::string text_of(const Match& match) {
    std::string text = fmt::format("{} {}", name(match.effect), match.name);
    if (!match.who.empty()) text += " by " + match.who;
    if (match.within_seconds != 0) text += fmt::format(" within {} s", match.within_seconds);
    if (!match.sure) text += " (not sure)";
    if (!match.because.empty()) text += ": " + match.because;
    return text + fmt::format("  [{}:{}]", match.line, match.column);
}

void add_matches(std::string& text, std::string_view head, const std::vector<Match>& matches) {
    for (const Match& match : matches) text += fmt::format("  {}: {}\n", head, text_of(match));
}

std::string text_of(const Gate& gate) {
    const std::string& who = gate.role.empty() ? gate.approval : gate.role;
    std::string text = fmt::format("  gate: {} {}", gate.rule, who);
    if (gate.open) text += ", open";
    if (gate.role.empty() || gate.filled > 0) {
        text += fmt::format(", {} of {}", gate.filled, gate.places);
    }
    for (const std::string& name : gate.not_known) {
        text += fmt::format(", nobody while {} is not known", name);
    }
    return text + "\n";
}

std::string approvals_text(const Decision& decision) {
    std::string text;
    for (const UncountedApproval& one : decision.uncounted) {
        text += fmt::format("  uncounted: {} by {}: {}\n", one.verdict, one.by, one.cause);
    }
    if (!decision.plan_fault.empty()) text += "  no plan: " + decision.plan_fault + "\n";
    if (!decision.rejected_by.empty()) text += "  rejected by: " + decision.rejected_by + "\n";
    if (!decision.valid_until.empty()) text += "  valid until: " + decision.valid_until + "\n";
    return text;
}

/// What the people who approve are asked.
std::string request_text(Session& session) {
    const Decision decision = session.decision();
    std::string text = fmt::format("{}, plan {}\n", name(decision.outcome), decision.plan_hash);
    if (!decision.request) return text;
    text += fmt::format("  gates {}, until {}\n", fmt::join(decision.request->gates, " "),
                        decision.request->until);
    for (const auto& [name, value] : decision.request->args) {
        text += fmt::format("  {} = {}\n", name, value);
    }
    for (const Gate& gate : decision.gates) {
        for (const NeededPeople& need : gate.needs) {
            text += fmt::format("  {}: {} of {} {}\n", gate.rule, need.count, need.of,
                                fmt::join(need.roles, " "));
        }
        for (const AddedLater& also : gate.also) {
            text += fmt::format("  {}: also {} at {}\n", gate.rule, also.role, also.at);
        }
        for (const std::string& path : gate.never) {
            text += fmt::format("  {}: never {}\n", gate.rule, path);
        }
    }
    return text;
}

std::string text_of(const Decision& decision) {
    std::string text = fmt::format("{} ({})", name(decision.outcome), name(decision.reason));
    if (decision.repeat) text += ", repeat";
    if (decision.best_case != decision.outcome) {
        text += fmt::format(", at best {}", name(decision.best_case));
    }
    text += "\n";
    if (!decision.detail.empty()) text += "  detail: " + decision.detail + "\n";
    add_matches(text, "base", decision.base);
    add_matches(text, "restriction", decision.restrictions);
    add_matches(text, "trial", decision.trials);
    for (const Missing& one : decision.missing) {
        text += fmt::format("  missing: {} ({})\n", one.name, one.cause);
    }
    for (const LimitTotal& one : decision.totals) {
        text += fmt::format("  total: {} {} -> {}\n", one.limit, one.before, one.after);
    }
    for (const Gate& one : decision.gates) text += text_of(one);
    text += approvals_text(decision);
    for (const Review& one : decision.reviews) {
        text +=
            fmt::format("  review: {} within {} s ({})\n", one.role, one.within_seconds, one.rule);
    }
    for (const Duty& one : decision.obligations) {
        text += "  duty: " + one.name;
        for (const auto& [key, value] : one.arguments) text += fmt::format(" {}={}", key, value);
        text += fmt::format(" ({})\n", one.rule);
    }
    for (const std::string& role : decision.undeclared_roles)
        text += "  undeclared role: " + role + "\n";
    for (const std::string& role : decision.granted_by) text += "  granted by: " + role + "\n";
    return text;
}

std::string text_of(const ExplainedRule& rule) {
    std::string text = fmt::format("  {} {}: {}\n", rule.kind, rule.match.name, rule.result);
    for (const ExplainedValue& one : rule.values) {
        text += fmt::format("    {:{}}{} -> {}\n", "", one.depth * 2, one.expression, one.value);
    }
    for (const std::string& one : rule.held_back_by) text += "    held back by: " + one + "\n";
    return text;
}

std::string_view take_word(std::string_view& rest) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return word;
}

HaltScope scope_of(std::string_view text) {
    constexpr std::string_view kinds[] = {"everything", "tool", "agent", "workflow", "principal"};
    const std::string_view kind = take_word(text);
    const auto found = std::find(std::begin(kinds), std::end(kinds), kind);
    if (found == std::end(kinds)) throw std::runtime_error(fmt::format("no scope `{}`", kind));
    return {static_cast<HaltScope::Kind>(found - std::begin(kinds)), std::string(text)};
}

PolicyPtr policy_of(const GoldenFile& file, std::string_view called) {
    for (const Section* section : file.all("file")) {
        if (section->argument != called) continue;
        CompileResult result = compile_text(section->body, called);
        if (result.policy == nullptr) throw std::runtime_error(result.text);
        return result.policy;
    }
    throw std::runtime_error(fmt::format("no file `{}`", called));
}

/// What a host does between calls, and how that was taken.
std::string act(const GoldenFile& file, Engine& engine, std::string_view line) {
    std::string_view rest = line;
    const std::string_view word = take_word(rest);
    StoreResult result{true, {}};
    if (word == "confirm") {
        result = engine.confirm(rest);
    } else if (word == "cancel") {
        result = engine.cancel(rest);
    } else if (word == "halt") {
        const std::size_t colon = std::min(rest.find(": "), rest.size());
        const std::string_view reason = rest.substr(std::min(colon + 2, rest.size()));
        result = engine.halt(scope_of(rest.substr(0, colon)), reason);
    } else if (word == "resume") {
        result = engine.resume(scope_of(rest));
    } else if (word == "policy") {
        engine.swap(policy_of(file, rest));
    } else {
        throw std::runtime_error(fmt::format("no word of a session: `{}`", word));
    }
    return fmt::format("{}{}\n", line, result ? "" : "  error: " + result.error);
}

template <class Make>
std::string each_call(const GoldenFile& file, const Make& make) {
    EngineOptions options;
    options.duties = lines_of(file.text("duties"));
    Engine engine(policy_of(file), options);
    Session session(engine);
    const Layout layout = Layout::native();
    std::string text;
    for (const std::string& call : lines_of(file.text("call"))) {
        session.decide(layout, call);
        text += make(session);
    }
    for (const std::string& line : lines_of(file.text("session"))) {
        std::string_view rest = line;
        if (line.starts_with('{')) {
            session.decide(layout, line);
            text += make(session);
        } else if (take_word(rest) == "preview") {
            session.preview(layout, rest);
            text += make(session);
        } else {
            text += act(file, engine, line);
        }
    }
    return text;
}

std::string explanation(Session& session) {
    const Explanation why = session.explain();
    std::string text =
        fmt::format("{} ({})\n", name(why.decision.outcome), name(why.decision.reason));
    for (const ExplainedRule& rule : why.took_part) text += text_of(rule);
    if (!why.near_misses.empty()) text += "near misses\n";
    for (const ExplainedRule& rule : why.near_misses) text += text_of(rule);
    return text;
}

}  // namespace

void register_decide(Registry& registry) {
    registry.given("policy");
    registry.given("file");
    registry.given("data");
    registry.given("call");
    registry.given("session");
    registry.given("duties");
    registry.produced("compiled", compiled_text);
    registry.produced("decision", [](const GoldenFile& file) {
        return each_call(file, [](Session& session) { return text_of(session.decision()); });
    });
    registry.produced("explain",
                      [](const GoldenFile& file) { return each_call(file, explanation); });
    registry.produced("request",
                      [](const GoldenFile& file) { return each_call(file, request_text); });
    registry.produced("agent", [](const GoldenFile& file) {
        return each_call(
            file, [](Session& session) { return to_json(agent_view(session.decision())) + "\n"; });
    });
}

}  // namespace proviso::golden
