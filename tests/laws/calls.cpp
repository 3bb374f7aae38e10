// See calls.h.
#include "tests/laws/calls.h"

#include <map>

#include <fmt/format.h>

namespace proviso::laws {

namespace {

using Members = GeneratedCall::Members;

std::string object_of(const Members& members) {
    std::string text;
    for (const auto& [name, value] : members) {
        text += fmt::format("{}\"{}\":{}", text.empty() ? "" : ",", name, value);
    }
    return "{" + text + "}";
}

/// Paths with a dot as objects within each other, one level deep.
Members deepened(const Members& flat) {
    Members result;
    std::map<std::string, Members> inner;
    for (const auto& [path, value] : flat) {
        const std::size_t dot = path.find('.');
        if (dot == std::string::npos) {
            result.emplace_back(path, value);
        } else {
            inner[path.substr(0, dot)].emplace_back(path.substr(dot + 1), value);
        }
    }
    for (const auto& [name, members] : inner) result.emplace_back(name, object_of(members));
    return result;
}

bool of_form(const std::string& path) {
    return path.starts_with("principal.") || path.starts_with("agent.") ||
           path.starts_with("workflow.");
}

class CallMaker {
  public:
    CallMaker(Random& random, const Vocabulary& vocabulary)
        : random_(random),
          vocabulary_(vocabulary),
          careful_(random.chance(45)) {}

    GeneratedCall make() {
        call_.nested = random_.chance(50);
        call_.under_attributes = random_.chance(50);
        const Tool* tool = choose_tool();
        choose_stage(tool);
        if (!odd(6)) call_.members.emplace_back("time", time());
        if (random_.chance(30)) {
            call_.members.emplace_back("undoing",
                                       odd(20) ? "\"yes\"" : random_.pick({"true", "false"}));
        }
        if (random_.chance(30)) call_.members.emplace_back("id", "\"call-1\"");
        if (random_.chance(10)) call_.members.emplace_back("not.of.the.set", "[{\"x\":null}]");
        add_party("principal");
        add_party("agent");
        add_builtins();
        for (const Named& attribute : vocabulary_.attributes) add_attribute(attribute);
        add_args(tool);
        add_facts();
        break_something();
        return std::move(call_);
    }

  private:
    /// Now and then, and never in a careful call.
    bool odd(unsigned percent) { return !careful_ && random_.chance(percent); }

    const Tool* choose_tool() {
        if (odd(2)) {
            call_.tool = random_.pick({"\"no_such\"", "5", "null", "\"\"", "\"\\ud800\""});
            return nullptr;
        }
        if (vocabulary_.open_catalogue && random_.chance(25)) {
            call_.tool = "\"" + random_.pick(outside_tools()) + "\"";
            return nullptr;
        }
        const Tool& tool = random_.pick(vocabulary_.tools);
        call_.tool = json_text(random_, tool.name);
        return &tool;
    }

    void choose_stage(const Tool* tool) {
        if (odd(3)) {
            call_.stage = random_.pick({"null", "\"later\"", "4", "\"read\"", "\"approve\""});
        } else if (tool == nullptr) {
            if (random_.chance(40)) call_.stage = "\"" + random_.pick(all_stages) + "\"";
        } else if (!tool->stages.empty() && random_.chance(70)) {
            call_.stage = "\"" + random_.pick(tool->stages) + "\"";
        }
    }

    std::string time() {
        if (odd(3)) return random_.pick({"null", "5", "\"2026-11-20\"", "\"2026-11-20T15:00:00\""});
        return "\"" +
               random_.pick({"2026-11-20T15:00:00Z", "2026-12-19T23:59:59.999999Z",
                             "2026-12-20T00:00:00Z", "2026-12-20T00:30:00+01:00",
                             "2026-01-01T00:00:00Z", "2019-12-31T23:59:59Z", "2026-11-21T04:30:00Z",
                             "2026-10-25T00:59:59Z", "2026-10-25T01:20:00Z", "2026-03-29T01:00:00Z",
                             "1969-12-31T12:00:00Z", "2100-06-01T00:00:00Z"}) +
               "\"";
    }

    void add_party(const std::string& party) {
        if (!odd(10)) {
            const std::string id = "\"" + random_.pick(vocabulary_.ids) + "\"";
            call_.attributes.emplace_back(party + ".id", odd(4) ? random_.pick({"null", "5"}) : id);
        }
        if (odd(12)) return;
        if (odd(4)) {
            call_.attributes.emplace_back(
                party + ".roles", random_.pick({"null", "\"role0\"", "[5]", "[null]", "{}"}));
            return;
        }
        std::string roles;
        for (const std::string& role : vocabulary_.roles) {
            if (random_.chance(40)) roles += (roles.empty() ? "\"" : ",\"") + role + "\"";
        }
        if (random_.chance(10)) roles += roles.empty() ? "\"boss\"" : ",\"boss\"";
        call_.attributes.emplace_back(party + ".roles", "[" + roles + "]");
    }

    void add_builtins() {
        for (const char* path : {"agent.model", "workflow.name"}) {
            if (!odd(20))
                call_.attributes.emplace_back(path, "\"" + random_.pick({"a", "ann"}) + "\"");
        }
        if (!odd(20)) {
            call_.attributes.emplace_back(
                "agent.confidence",
                odd(5) ? "\"0.5\"" : json_value(random_, {.kind = Kind::decimal}));
        }
    }

    void add_attribute(const Named& attribute) {
        if (odd(12)) return;
        if (attribute.type.optional && random_.chance(25)) return;
        if (odd(6)) call_.unknown.push_back(attribute.name);
        const bool null = attribute.type.optional && random_.chance(10);
        std::string value = null ? "null" : json_value(random_, attribute.type);
        if (attribute.name == long_list && random_.chance(10)) value = long_json();
        if (odd(12)) value = wrong_json(random_, attribute.type);
        call_.attributes.emplace_back(attribute.name, value);
        if (odd(1)) call_.attributes.emplace_back(attribute.name, value);
    }

    /// At the limit of a list, or one past it.
    std::string long_json() {
        std::string text = "[1";
        for (std::size_t i = random_.chance(60) ? 999 : 1'000; i > 0; --i) text += ",7";
        return text + "]";
    }

    void add_args(const Tool* tool) {
        const bool faulty = odd(25);
        if (tool != nullptr) {
            for (const Named& arg : tool->args) add_arg(arg, faulty);
        }
        if (tool != nullptr && !tool->open_args) {
            if (odd(1)) call_.args.emplace_back("undeclared", "1");
            return;
        }
        for (const Named& arg : undeclared_args()) {
            if (random_.chance(35)) continue;
            call_.args.emplace_back(
                arg.name, odd(15) ? wrong_json(random_, arg.type) : json_value(random_, arg.type));
        }
        if (random_.chance(20)) call_.args.emplace_back("whatever", "{\"x\":[1,{}]}");
    }

    void add_arg(const Named& arg, bool faulty) {
        if (arg.name == "fee_code") {
            const bool wrong = faulty && random_.chance(20);
            call_.args.emplace_back(
                arg.name, wrong ? "\"usd\"" : "\"" + random_.pick({"USD", "EUR", "JPY"}) + "\"");
            return;
        }
        if (arg.type.optional && random_.chance(25)) return;
        if (arg.type.optional && random_.chance(8)) {
            call_.args.emplace_back(arg.name, "null");
            return;
        }
        if (faulty && random_.chance(10)) return;
        // Most values are tried until one lies within its type's bounds by the edges alone.
        call_.args.emplace_back(arg.name, faulty && random_.chance(20)
                                              ? wrong_json(random_, arg.type)
                                              : json_value(random_, arg.type));
    }

    /// Mostly about the thing that the call names.
    void add_facts() {
        Members things;
        for (const FactsShape& facts : vocabulary_.facts) {
            if (odd(15)) continue;
            Members parts;
            if (!odd(10)) parts.emplace_back("key", key_of(facts));
            Members values;
            for (const Named& field : facts.fields) {
                if (random_.chance(field.type.optional ? 30 : 4)) continue;
                values.emplace_back(field.name, odd(8) ? wrong_json(random_, field.type)
                                                       : json_value(random_, field.type));
                if (odd(2)) values.push_back(values.back());
                if (odd(4)) call_.unknown.push_back(facts.name + "." + field.name);
            }
            if (!odd(5)) parts.emplace_back("values", odd(5) ? "null" : object_of(values));
            if (odd(2) && !parts.empty()) parts.push_back(parts.back());
            things.emplace_back(facts.name,
                                odd(4) ? random_.pick({"null", "5"}) : object_of(parts));
        }
        if (!things.empty()) call_.members.emplace_back("facts", object_of(things));
    }

    std::string key_of(const FactsShape& facts) {
        if (odd(5)) return wrong_json(random_, facts.key.type);
        if (!random_.chance(85)) return json_value(random_, facts.key.type);
        for (const auto& [name, value] : call_.args) {
            if (name == facts.key.name) return value;
        }
        return json_value(random_, facts.key.type);
    }

    void break_something() {
        if (!odd(4)) return;
        switch (random_.below(4)) {
            case 0: call_.broken_args = random_.pick({"[]", "5", "\"x\""}); break;
            case 1:
                if (!call_.args.empty()) call_.args.push_back(call_.args[0]);
                break;
            case 2:
                call_.unknown.emplace_back(
                    random_.pick({"principal.roles", "time", "agent", "customer", "no.such"}));
                break;
            default: call_.unknown.emplace_back(random_.pick({"tool", "stage"})); break;
        }
    }

    Random& random_;
    const Vocabulary& vocabulary_;
    bool careful_;
    GeneratedCall call_;
};

}  // namespace

std::string GeneratedCall::args_text() const {
    return broken_args.empty() ? object_of(args) : broken_args;
}

std::string GeneratedCall::host_text() const {
    Members host{{"tool", tool}};
    if (!stage.empty()) host.emplace_back("stage", stage);
    host.insert(host.end(), members.begin(), members.end());
    Members form;
    Members others;
    for (const auto& one : attributes) (of_form(one.first) ? form : others).push_back(one);
    for (const auto& one : deepened(form)) host.push_back(one);
    if (nested) others = deepened(others);
    if (under_attributes) others = {{"attributes", object_of(others)}};
    host.insert(host.end(), others.begin(), others.end());
    if (!unknown.empty()) {
        std::string paths;
        for (const std::string& path : unknown)
            paths += (paths.empty() ? "\"" : ",\"") + path + "\"";
        host.emplace_back("unknown", "[" + paths + "]");
    }
    return object_of(host);
}

std::string GeneratedCall::text() const {
    std::string host = host_text();
    host.pop_back();
    return host + ",\"args\":" + args_text() + "}";
}

GeneratedCall random_call(Random& random, const Vocabulary& vocabulary) {
    return CallMaker(random, vocabulary).make();
}

}  // namespace proviso::laws
