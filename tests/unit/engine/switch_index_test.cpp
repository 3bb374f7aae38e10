// Switches against the dispatch loop: the rules that a call's key leaves over are those that hold.
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "engine/decide/bind.h"
#include "engine/policy_impl.h"
#include "engine/vm/machine.h"
#include "proviso/proviso.h"

namespace proviso::tests {
namespace {

/// Texts of every length up to 40, that differ in one byte alone, each at another place.
std::vector<std::string> keys() {
    std::vector<std::string> result{""};
    for (std::size_t size = 1; size <= 40; ++size) {
        for (std::size_t at = 0; at < size; at += 3) {
            std::string key(size, 'a');
            key[at] = 'b';
            result.push_back(key);
        }
    }
    return result;
}

/// Two rules a key, the second with a question of its own, and some whose key comes second.
std::string policy(const std::vector<std::string>& of) {
    std::string text =
        "policy switches version \"1\"\n"
        "attributes {\n    name : string\n    items : int\n    flag : bool\n}\n"
        "tool act { args { } }\n";
    for (std::size_t i = 0; i < of.size(); ++i) {
        const std::string number = std::to_string(i);
        const std::string key = "name == \"" + of[i] + "\"";
        text += "block plain" + number + " on act when " + key + "\n";
        text += "allow asking" + number + " on act when " + key + " and flag\n";
        if (i % 5 == 0) text += "block late" + number + " on act when flag and " + key + "\n";
        text += "block counted" + number + " on act when items == " + number + "\n";
    }
    return text;
}

/// Rules that hold or may hold, by the dispatch loop alone.
std::set<std::uint32_t> expected(const bytecode::Program& program, vm::Machine& machine) {
    std::set<std::uint32_t> rules;
    for (std::uint32_t i = 0; i < program.rules.size(); ++i) {
        if (program.rules[i].kind != bytecode::RuleKind::rule) continue;
        if (machine.truth(program.rules[i].block) != vm::Truth::no) rules.insert(i);
    }
    return rules;
}

std::set<std::uint32_t> found(const vm::Image& image, vm::Machine& machine) {
    std::vector<vm::Hit> hits;
    std::vector<vm::Hit> maybes;
    const bytecode::Plan& plan = image.program().plans[image.program().tools[0].plans[4]];
    const model::Value* places = machine.context().places;
    for (const vm::SwitchIndex& one : image.switches(plan.allow_switches)) {
        machine.try_allows(one.candidates(places), hits, maybes);
    }
    for (const vm::SwitchIndex& one : image.switches(plan.restriction_switches)) {
        machine.try_restrictions(one.candidates(places), hits);
    }
    std::set<std::uint32_t> rules;
    for (const vm::Hit& hit : hits) rules.insert(hit.rule);
    for (const vm::Hit& hit : maybes) rules.insert(hit.rule);
    return rules;
}

TEST_CASE("a switch leaves over the rules that hold") {
    const std::vector<std::string> names = keys();
    const CompileResult compiled = compile_text(policy(names));
    INFO(compiled.text);
    REQUIRE(compiled.policy != nullptr);
    const Policy::Impl& impl = compiled.policy->impl();
    decide::Binder binder;
    decide::Bound bound;
    vm::Machine machine(*impl.image);
    const auto check = [&](const Call& call) {
        binder.bind(impl.tables, call, bound);
        bound.ready();
        machine.begin(bound.context);
        return found(*impl.image, machine) == expected(impl.image->program(), machine);
    };
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        Call call("act");
        call.attribute("name", names[i]).attribute("items", static_cast<std::int64_t>(i));
        wrong += check(call) ? 0 : 1;
        wrong += check(call.attribute("flag", i % 2 == 0)) ? 0 : 1;
    }
    CHECK(wrong == 0);
    CHECK(check(Call("act")));  // every key is unknown
    CHECK(check(Call("act").attribute("name", "none of them").attribute("items", -1)));
}

}  // namespace
}  // namespace proviso::tests
