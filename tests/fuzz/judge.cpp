#include "tests/fuzz/judge.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/model/text.h"
#include "engine/policy_impl.h"
#include "tests/fuzz/bounds.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/said.h"

namespace proviso::fuzz {
namespace {

using bytecode::Program;
using model::Kind;
using model::Type;

constexpr std::size_t most_tools = 4;
constexpr int deepest_value = 6;

/// A call with all that can be known, and one with the same arguments and nothing else.
struct Pair {
    CallJson known;
    CallJson bare;
};

std::string quoted(std::string_view text) {
    std::string json;
    model::append_json_string(json, text);
    return json;
}

class Calls {
  public:
    explicit Calls(const Policy& policy) : program_(policy.impl().image->program()) {
        const std::string attributes = host_attributes();
        for (std::size_t i = 0; i < std::min(most_tools, program_.tools.size()); ++i) {
            add(program_.tools[i].name, args_of(program_.tools[i]), attributes);
        }
        add("not.listed", "{\"n\": 5}", attributes);
    }

    [[nodiscard]] std::vector<Pair> pairs() const {
        std::vector<Pair> found;
        for (const Texts& one : texts_) {
            found.push_back({{one.known, one.args}, {one.bare, one.args}});
        }
        return found;
    }

  private:
    struct Texts {
        std::string known;
        std::string bare;
        std::string args;
    };

    void add(const std::string& tool, const std::string& args, const std::string& attributes) {
        const std::string name = "{\"tool\": " + quoted(tool);
        std::string roles;
        for (const auto& role : program_.roles) {
            if (roles.size() < 100) roles += (roles.empty() ? "" : ", ") + quoted(role.name);
        }
        texts_.push_back(
            {name + R"(, "time": "2026-11-20T15:00:00Z", "id": "c-1", "undoing": false,)" +
                 R"("principal": {"id": "ann", "roles": [)" + roles + R"(]},)" +
                 R"("agent": {"id": "bot", "roles": [)" + roles + R"(], "confidence": 0.9},)" +
                 R"("workflow": {"name": "w", "version": "1", "run": "r"},)" +
                 R"("attributes": {)" + attributes + "}}",
             name + R"(, "undoing": false, "unknown": [)" + unknown_ + "]}", args});
    }

    std::string host_attributes() {
        std::string values;
        for (const bytecode::Slot& slot : program_.slots) {
            if (slot.source != bytecode::SlotSource::attribute) continue;
            if (!values.empty()) values += ", ";
            if (!unknown_.empty()) unknown_ += ", ";
            values += quoted(slot.path) + ": " + value(slot.type, deepest_value);
            unknown_ += quoted(slot.path);
        }
        return values;
    }

    [[nodiscard]] std::string args_of(const bytecode::Tool& tool) const {
        std::string args;
        for (std::uint32_t i = 0; i < tool.arguments.count; ++i) {
            const bytecode::Argument& one = program_.arguments[tool.arguments.begin + i];
            if (!one.declared) continue;
            if (!args.empty()) args += ", ";
            args += quoted(one.name) + ": " + value(one.type, deepest_value);
        }
        return "{" + args + "}";
    }

    [[nodiscard]] std::string value(model::TypeId id, int depth) const {
        if (id == model::no_type || depth == 0) return "null";
        const Type& type = program_.types.type(id);
        // A bound is a value within the range, on the side where a slip would show.
        if (type.low && type.low->known() && type.kind != Kind::money) {
            const std::string low = model::to_json(program_.types, id, *type.low);
            return type.kind == Kind::decimal ? low.substr(1, low.size() - 2) : low;
        }
        switch (type.kind) {
            case Kind::boolean: return "true";
            case Kind::integer: return "5";
            case Kind::decimal: return "5.25";
            case Kind::money: return money(type);
            case Kind::string: return quoted(std::string(type.length_low.value_or(3) % 99, 'a'));
            case Kind::duration: return "\"2h\"";
            case Kind::time: return "\"2026-11-20T15:00:00Z\"";
            case Kind::date: return "\"2026-11-20\"";
            case Kind::weekday: return "\"fri\"";
            case Kind::ip: return "\"10.0.0.1\"";
            case Kind::enumeration: return word(type);
            case Kind::list: return "[" + value(type.element, depth - 1) + "]";
            case Kind::record: return record(type, depth);
            case Kind::opaque: return "{\"x\": 1}";
        }
        return "null";
    }

    [[nodiscard]] static std::string money(const Type& type) {
        if (type.money_form != model::MoneyForm::object) return "5";
        return R"({"amount": "5", "currency": "USD"})";
    }

    [[nodiscard]] std::string word(const Type& type) const {
        const auto& words = program_.types.enumeration(type.enumeration).words;
        return words.empty() ? "null" : quoted(words.back());
    }

    [[nodiscard]] std::string record(const Type& type, int depth) const {
        std::string fields;
        for (const model::Field& field : type.fields) {
            if (!fields.empty()) fields += ", ";
            fields += quoted(field.name) + ": " + value(field.type, depth - 1);
        }
        return "{" + fields + "}";
    }

    const Program& program_;
    std::string unknown_;
    std::vector<Texts> texts_;
};

EngineOptions options() {
    return {.duties = {"mask_output", "log"}, .limits = small_limits()};
}

}  // namespace

void hold_same(const PolicyPtr& one, const PolicyPtr& other) {
    const Engine engine(one, options());
    const Engine other_engine(other, options());
    Session session(engine);
    Session other_session(other_engine);
    const Calls calls(*one);
    for (const Pair& pair : calls.pairs()) {
        const Verdict verdict = session.preview(pair.known);
        const std::string text = said(session, verdict);
        hold_explained(session);
        expect(text == said(other_session, other_session.preview(pair.known)),
               "a policy decides the same after it was saved and loaded");
        const Verdict bare = session.preview(pair.bare);
        expect(bare.outcome >= verdict.outcome, "not knowing only tightens");
        (void)said(session, bare);
        expect(text == said(session, session.preview(pair.known)), "same inputs, same decision");
    }
}

void hold_tightened(const PolicyPtr& policy, const PolicyPtr& tightened) {
    const Engine engine(policy, options());
    const Engine tightened_engine(tightened, options());
    Session session(engine);
    Session tightened_session(tightened_engine);
    const Calls calls(*policy);
    for (const Pair& pair : calls.pairs()) {
        for (const CallJson& call : {pair.known, pair.bare}) {
            expect(tightened_session.preview(call).outcome >= session.preview(call).outcome,
                   "a restriction more never loosens");
        }
    }
}

}  // namespace proviso::fuzz
