// Decisions of real calls: `policy` and `file: NAME` are the set, `call` has one receipt a line,
// `duties` the obligations that the host carries out. Produced: `decision`, `explain`, `agent`.
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

CompileOptions options_of(const GoldenFile& file) {
    CompileOptions options;
    for (const Section* section : file.all("data")) {
        options.data_files.push_back({section->argument, section->body});
    }
    return options;
}

/// What is said of a set that does not compile, or that compiles.
std::string compiled_text(const GoldenFile& file) {
    return compile_sources({{"policy.proviso", std::string(file.text("policy"))}}, options_of(file))
        .text;
}

PolicyPtr policy_of(const GoldenFile& file) {
    std::vector<SourceText> sources{{"policy.proviso", std::string(file.text("policy"))}};
    for (const Section* section : file.all("file")) {
        sources.push_back({section->argument, section->body});
    }
    CompileResult result = compile_sources(std::move(sources), options_of(file));
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

std::string text_of(const Decision& decision) {
    std::string text = fmt::format("{} ({})", name(decision.outcome), name(decision.reason));
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
    for (const Gate& one : decision.gates)
        text += fmt::format("  gate: {} {}\n", one.rule, one.role);
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

template <class Make>
std::string each_call(const GoldenFile& file, const Make& make) {
    const PolicyPtr policy = policy_of(file);
    const Engine engine(policy, {.duties = lines_of(file.text("duties")), .limits = {}});
    Session session(engine);
    const Layout layout = Layout::native();
    std::string text;
    for (const std::string& call : lines_of(file.text("call"))) {
        session.decide(layout, call);
        text += make(session);
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
    registry.given("duties");
    registry.produced("compiled", compiled_text);
    registry.produced("decision", [](const GoldenFile& file) {
        return each_call(file, [](Session& session) { return text_of(session.decision()); });
    });
    registry.produced("explain",
                      [](const GoldenFile& file) { return each_call(file, explanation); });
    registry.produced("agent", [](const GoldenFile& file) {
        return each_call(
            file, [](Session& session) { return to_json(agent_view(session.decision())) + "\n"; });
    });
}

}  // namespace proviso::golden
