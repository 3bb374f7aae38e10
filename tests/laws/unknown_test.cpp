// Law 2: not knowing only tightens. Each fact of a call is taken away in turn, and each
// sub-expression of a set is put in the place of one that is never known.
#include <algorithm>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/laws/trials.h"

namespace proviso::laws {
namespace {

/// The call, and what it is like when the host does not know one of its facts.
std::vector<GeneratedCall> with_less(const GeneratedCall& call) {
    std::vector<GeneratedCall> calls;
    std::vector<std::string> paths;
    for (const auto& [path, value] : call.attributes) paths.push_back(path);
    for (const auto& [path, value] : call.members) {
        if (path == "time" || path == "undoing" || path == "facts") paths.push_back(path);
    }
    for (const std::string& path : paths) {
        GeneratedCall less = call;
        less.unknown.push_back(path);
        calls.push_back(std::move(less));
    }
    return calls;
}

bool names_it(const Decision& decision) {
    return decision.best_case == decision.outcome || !decision.missing.empty();
}

// ------------------------------------------------------------------------ sub-expressions

/// An attribute that no call has, by type; empty where there is none of this type.
std::string veil(model::Kind kind) {
    switch (kind) {
        case model::Kind::boolean: return "veil.bool";
        case model::Kind::integer: return "veil.int";
        case model::Kind::decimal: return "veil.decimal";
        case model::Kind::money: return "veil.money";
        case model::Kind::string: return "veil.string";
        case model::Kind::duration: return "veil.duration";
        case model::Kind::time: return "veil.time";
        case model::Kind::date: return "veil.date";
        case model::Kind::weekday: return "veil.weekday";
        case model::Kind::ip: return "veil.ip";
        case model::Kind::enumeration:
        case model::Kind::list:
        case model::Kind::record:
        case model::Kind::opaque: break;
    }
    return {};
}

const std::string veils =
    "attributes {\n veil.bool : bool, veil.int : int, veil.decimal : decimal, veil.money : money,"
    " veil.string : string, veil.duration : duration, veil.time : time, veil.date : date,"
    " veil.weekday : weekday, veil.ip : ip\n}\n";

/// The files of the set with one sub-expression replaced; empty where it is none to replace.
std::vector<SourceText> veiled(Random& random, const GeneratedSet& set) {
    const check::PolicySet& checked = *set.compiled->checked;
    const check::Node& node = random.pick(checked.nodes);
    const std::string name = veil(checked.types.type(node.type).kind);
    if (name.empty() || node.span.begin == node.span.end) return {};
    std::vector<SourceText> files = set.compiled->sources;
    std::string& text = files[static_cast<std::size_t>(node.span.source)].text;
    text.replace(node.span.begin, node.span.end - node.span.begin, name);
    files.back().text += veils;
    return files;
}

}  // namespace

TEST_CASE("a fact that is not known only tightens") {
    std::size_t compared = 0;
    hold_law("unknown facts", 40'000, 10, [&](Trial& trial) -> std::string {
        Judge judge(trial.set.compiled->product.policy, trial.set.duties);
        for (const GeneratedCall& call : trial.calls) {
            const Decision known = judge.decision(call.text());
            for (const GeneratedCall& less : with_less(call)) {
                ++compared;
                const Decision unknown = judge.decision(less.text());
                if (unknown.outcome < known.outcome || unknown.best_case > known.best_case) {
                    return shown("with the fact", trial.set.statements, trial.set, call.text()) +
                           shown("without, and looser", trial.set.statements, trial.set,
                                 less.text());
                }
                if (names_it(unknown)) continue;
                return shown("missing data that is not named", trial.set.statements, trial.set,
                             less.text());
            }
        }
        return {};
    });
    CHECK(compared > 1'000);
}

TEST_CASE("an expression that is not known only tightens") {
    std::size_t compared = 0;
    hold_law("unknown expressions", 20'000, 5, [&](Trial& trial) -> std::string {
        const std::vector<SourceText> files = veiled(trial.random, trial.set);
        if (files.empty()) return {};
        const PolicyPtr policy = compile_sources(files, given_data()).policy;
        if (policy == nullptr) return {};  // a constant was asked for, or an optional
        Judge known(trial.set.compiled->product.policy, trial.set.duties);
        Judge unknown(policy, trial.set.duties);
        for (const GeneratedCall& call : trial.calls) {
            ++compared;
            const std::string text = call.text();
            const Verdict before = known.verdict(text);
            const Verdict after = unknown.verdict(text);
            if (after.outcome >= before.outcome) continue;
            return shown("as it was", trial.set.statements, trial.set, text) + "\nlooser\n" +
                   to_paste(files, trial.set.duties, text);
        }
        return {};
    });
    CHECK(compared > 250);  // about half of the pairs, of which a sanitizer has a thousand
}

}  // namespace proviso::laws
