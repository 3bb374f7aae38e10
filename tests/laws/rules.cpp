// Rules, raises, roles: the statements that decide. See policies.h.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "tests/laws/policies.h"

namespace proviso::laws {

namespace {

using Constructs = std::vector<std::string>;

/// Clauses in any order, on one line or several.
Statement arranged(Random& random, StatementKind kind, const std::string& head,
                   std::vector<std::string> clauses, Constructs constructs) {
    random.shuffle(clauses);
    std::string text = head;
    for (const std::string& clause : clauses) {
        text += random.pick({" ", "\n    ", "\n\n  # why\n  "}) + clause;
    }
    return {kind, text + "\n", std::move(constructs), head, std::move(clauses)};
}

bool has_tool(const std::vector<const Tool*>& tools, const Tool& tool) {
    return std::find(tools.begin(), tools.end(), &tool) != tools.end();
}

void add_named(Random& random, const Vocabulary& vocabulary, Targets& targets) {
    if (vocabulary.open_catalogue && random.chance(20)) {
        targets.text += random.pick(outside_tools());
        targets.constructs.push_back("on NAME");
        targets.outside = true;
        return;
    }
    const Tool& tool = random.pick(vocabulary.tools);
    const bool plain = tool.name.find(' ') == std::string::npos;
    targets.text += plain && random.chance(85) ? tool.name : "\"" + tool.name + "\"";
    targets.constructs.push_back("on NAME");
    if (!has_tool(targets.tools, tool)) targets.tools.push_back(&tool);
}

void add_glob(Random& random, const Vocabulary& vocabulary, Targets& targets) {
    const std::string front = random.pick({"pay", "data.", "look"});
    targets.text += front + "*";
    targets.constructs.push_back("on GLOB");
    targets.outside = vocabulary.open_catalogue;
    for (const Tool& tool : vocabulary.tools) {
        const bool in = tool.name.starts_with(front) && !has_tool(targets.tools, tool);
        if (in) targets.tools.push_back(&tool);
    }
}

void add_tag(Random& random, const Vocabulary& vocabulary, Targets& targets) {
    const std::string tag = random.pick({"money", "data-out"});
    targets.text += "@" + tag;
    targets.constructs.push_back("on @TAG");
    for (const Tool& tool : vocabulary.tools) {
        const bool tagged = std::find(tool.tags.begin(), tool.tags.end(), tag) != tool.tags.end();
        if (tagged && !has_tool(targets.tools, tool)) targets.tools.push_back(&tool);
    }
}

void add_everything(const Vocabulary& vocabulary, Targets& targets) {
    targets.text += "*";
    targets.constructs.push_back("on *");
    targets.outside = vocabulary.open_catalogue;
    targets.tools.clear();
    for (const Tool& tool : vocabulary.tools) targets.tools.push_back(&tool);
}

void add_target(Random& random, const Vocabulary& vocabulary, Targets& targets) {
    const std::size_t choice = random.below(10);
    if (choice < 4) return add_named(random, vocabulary, targets);
    if (choice < 6) return add_glob(random, vocabulary, targets);
    if (choice < 8) return add_tag(random, vocabulary, targets);
    add_everything(vocabulary, targets);
}

std::string because(Random& random, const std::vector<Readable>& readables) {
    std::string text = "because \"{{seen}} ";
    for (int i = 0; i < 2; ++i) {
        if (!readables.empty()) text += "{" + random.pick(readables).text + "} and ";
    }
    return text + "so on\"";
}

std::string duty(Random& random, const Vocabulary& vocabulary, Expressions& expressions) {
    const auto& [name, params] = random.pick(vocabulary.obligations);
    std::string arguments;
    for (const Named& param : params) {
        arguments += (arguments.empty() ? "" : ", ") + expressions.value_of(param.type, 1);
    }
    return fmt::format("{}({})", name, arguments);
}

std::string oblige(Random& random, const Vocabulary& vocabulary, Expressions& expressions) {
    std::string text = "oblige " + duty(random, vocabulary, expressions);
    if (random.chance(40)) text += ", " + duty(random, vocabulary, expressions);
    return text;
}

struct Clauses {
    std::vector<std::string> texts;
    Constructs constructs;

    void add(const std::string& word, const std::string& text) {
        texts.push_back(text);
        constructs.push_back(word);
    }
};

/// `when`, `unless` and `at`, as rules and raises have them.
void add_conditions(Random& random, Clauses& clauses, const std::vector<Readable>& readables,
                    const Vocabulary& vocabulary, TierUse tier) {
    const TierUse other = tier == TierUse::never   ? TierUse::never
                          : tier == TierUse::above ? TierUse::below
                                                   : TierUse::above;
    if (random.chance(85)) {
        Expressions when(random, vocabulary, readables, tier);
        clauses.add("when", "when " + when.condition(2));
    }
    if (random.chance(25)) {
        Expressions unless(random, vocabulary, readables, other);
        clauses.add("unless", "unless " + unless.condition(1));
    }
    if (random.chance(20)) clauses.add("at", "at " + random_stages(random));
}

Statement random_rule(Random& random, const Vocabulary& vocabulary, bool allow,
                      std::size_t number) {
    const std::size_t effect = allow ? 0 : 1 + random.below(3);
    const char* word = std::array<const char*, 4>{"allow", "notify", "gate", "block"}[effect];
    const Targets targets = random_targets(random, vocabulary);
    const std::vector<Readable> readables = readables_for(vocabulary, targets);
    Clauses clauses;
    clauses.constructs = targets.constructs;
    clauses.add(word, targets.text);
    add_conditions(random, clauses, readables, vocabulary, allow ? TierUse::below : TierUse::above);
    if (effect == 2) clauses.add("by", "by " + random.pick(vocabulary.roles));
    if (effect == 1) {
        clauses.add("tell", "tell " + random.pick(vocabulary.roles) + " within 24h");
    }
    if (random.chance(20)) clauses.add("because", because(random, readables));
    if (random.chance(15)) clauses.add("fix", "fix r\"Ask for less\"");
    if (random.chance(12) && !vocabulary.obligations.empty()) {
        Expressions expressions(random, vocabulary, readables, TierUse::never);
        clauses.add("oblige", oblige(random, vocabulary, expressions));
    }
    std::string head = fmt::format("{} {}{}", word, allow ? "open" : "hold", number);
    if (!allow && random.chance(15)) {
        head = "trial until 2026-12-20 " + head;
        clauses.constructs.emplace_back("trial");
    }
    if (random.chance(10)) {
        head = "## documented\n" + head;
        clauses.constructs.emplace_back("##");
    }
    return arranged(random, allow ? StatementKind::allow : StatementKind::restriction, head,
                    clauses.texts, clauses.constructs);
}

Statement random_raise(Random& random, const Vocabulary& vocabulary, std::size_t number) {
    const Targets targets = random_targets(random, vocabulary);
    Clauses clauses;
    clauses.constructs = targets.constructs;
    clauses.add("raise", targets.text);
    add_conditions(random, clauses, readables_for(vocabulary, targets), vocabulary, TierUse::never);
    clauses.add("to", "to " + random.pick(all_tiers));
    return arranged(random, StatementKind::raise, fmt::format("raise lift{}", number),
                    clauses.texts, clauses.constructs);
}

std::string grant(Random& random, const Vocabulary& vocabulary, Constructs& constructs) {
    const Targets targets = random_targets(random, vocabulary);
    std::string text = "    can ";
    constructs.emplace_back("can");
    if (random.chance(50)) {
        text += random_stages(random) + ": ";
        constructs.emplace_back("can STAGES");
    }
    text += targets.text.substr(3);
    if (random.chance(40)) {
        Expressions when(random, vocabulary, readables_for(vocabulary, targets), TierUse::below);
        text += " when " + when.condition(1);
        constructs.emplace_back("can when");
    }
    return text + "\n";
}

Statement random_role(Random& random, const Vocabulary& vocabulary, std::size_t number) {
    Statement role{StatementKind::role, "", {"role"}};
    role.text = fmt::format("role role{}", number);
    if (number > 0 && random.chance(50)) {
        role.text += fmt::format(" extends role{}", random.below(number));
        role.constructs.emplace_back("extends");
        if (number > 2 && random.chance(30)) role.text += fmt::format(", role{}", number - 1);
    }
    role.text += " {\n";
    for (std::size_t i = random.below(3); i > 0; --i) {
        role.text += grant(random, vocabulary, role.constructs);
    }
    role.text += "}\n";
    return role;
}

Statement random_default(Random& random, const Vocabulary& vocabulary) {
    const std::size_t effect = random.below(4);
    return {StatementKind::default_base,
            "default " + random_outcome(random, vocabulary, effect) + "\n",
            {"default"}};
}

Statement random_bind(Random& random, const Vocabulary& vocabulary) {
    for (const Named& data : vocabulary.data) {
        const bool people = data.name == "given_caps";
        if ((!people && data.name != "given_texts") || random.chance(70)) continue;
        return {StatementKind::bind,
                "bind " + random.pick(vocabulary.roles) + " to data " + data.name +
                    (people ? ".people\n" : "\n"),
                {"bind to data"}};
    }
    std::string text =
        "bind " + random.pick(vocabulary.roles) + " to \"" + random.pick(vocabulary.ids) + "\"";
    if (random.chance(30)) text += ", \"" + random.pick(vocabulary.ids) + "\"";
    return {StatementKind::bind, text + "\n", {"bind"}};
}

}  // namespace

Targets random_targets(Random& random, const Vocabulary& vocabulary) {
    Targets targets;
    targets.text = "on ";
    add_target(random, vocabulary, targets);
    if (random.chance(20)) {
        targets.text += ", ";
        add_target(random, vocabulary, targets);
    }
    if (targets.outside && random.chance(20)) {
        targets.text += " except " + random.pick({"data.d*", "pay.c*", "z*", "send"});
        targets.constructs.emplace_back("except");
    } else if (random.chance(15)) {
        const Tool& tool = random.pick(vocabulary.tools);
        if (tool.name.find(' ') != std::string::npos || targets.tools.size() < 2) return targets;
        targets.text += " except " + tool.name;
        targets.constructs.emplace_back("except");
        targets.tools.erase(std::remove(targets.tools.begin(), targets.tools.end(), &tool),
                            targets.tools.end());
    }
    return targets;
}

std::vector<Readable> readables_for(const Vocabulary& vocabulary, const Targets& targets) {
    std::vector<Readable> readables{{"tool", {.kind = Kind::text}, false},
                                    {"time", {.kind = Kind::time}, false},
                                    {"principal.id", {.kind = Kind::text}, false},
                                    {"agent.id", {.kind = Kind::text}, false},
                                    {"agent.model", {.kind = Kind::text}, false},
                                    {"agent.confidence", {.kind = Kind::decimal}, false},
                                    {"workflow.name", {.kind = Kind::text}, false},
                                    {"has_undo", {.kind = Kind::boolean}, false},
                                    {"undoing", {.kind = Kind::boolean}, false}};
    for (const Named& attribute : vocabulary.attributes) {
        add_readables(readables, attribute.name, attribute.type, attribute.type.optional);
    }
    for (const Named& data : vocabulary.data) {
        add_readables(readables, data.name, data.type, false);
    }
    std::vector<std::string> seen;
    bool open = targets.outside;
    for (const Tool* tool : targets.tools) {
        open = open || tool->open_args;
        for (const Named& arg : tool->args) {
            if (std::find(seen.begin(), seen.end(), arg.name) != seen.end()) continue;
            seen.push_back(arg.name);
            const bool everywhere =
                !targets.outside &&
                std::all_of(targets.tools.begin(), targets.tools.end(), [&](const Tool* one) {
                    return std::any_of(one->args.begin(), one->args.end(), [&](const Named& has) {
                        return has.name == arg.name && !has.type.optional;
                    });
                });
            add_readables(readables, "args." + arg.name, arg.type, !everywhere);
        }
    }
    for (const FactsShape& facts : vocabulary.facts) {
        const bool named = std::find(seen.begin(), seen.end(), facts.key.name) != seen.end() ||
                           (open && facts.key.name == "extra_text");
        if (!named) continue;
        for (const Named& field : facts.fields) {
            add_readables(readables, facts.name + "." + field.name, field.type,
                          field.type.optional);
        }
    }
    for (const Named& arg : undeclared_args()) {
        if (open) add_readables(readables, "args." + arg.name, arg.type, true);
    }
    return readables;
}

std::string random_outcome(Random& random, const Vocabulary& vocabulary, std::size_t effect) {
    switch (effect) {
        case 0: return "allow";
        case 1: return "notify " + random.pick(vocabulary.roles) + random.pick({"", " within 4h"});
        case 2: return "gate by " + random.pick(vocabulary.roles);
        default: return "block";
    }
}

std::string random_stages(Random& random) {
    std::vector<std::string> stages = all_stages;
    random.shuffle(stages);
    std::string text = stages[0];
    if (random.chance(50)) text += ", " + stages[1];
    return random.chance(60) ? "execute" : text;
}

Statement random_statement(Random& random, const Vocabulary& vocabulary, StatementKind kind,
                           std::size_t number) {
    switch (kind) {
        case StatementKind::allow: return random_rule(random, vocabulary, true, number);
        case StatementKind::restriction:
            if (random.chance(20)) return random_matrix(random, vocabulary, false, number);
            return random_rule(random, vocabulary, false, number);
        case StatementKind::raise: return random_raise(random, vocabulary, number);
        case StatementKind::role: return random_role(random, vocabulary, number);
        case StatementKind::bind: return random_bind(random, vocabulary);
        case StatementKind::default_base:
            if (random.chance(70)) return random_matrix(random, vocabulary, true, number);
            return random_default(random, vocabulary);
        case StatementKind::declaration: break;
    }
    return {};
}

}  // namespace proviso::laws
