// Laws 3 and 4: added restrictions never loosen, added allows and grants never tighten, and a block
// is final.
#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/laws/trials.h"

namespace proviso::laws {
namespace {

constexpr std::size_t new_number = 1'000;

using Holds = bool (*)(Outcome before, Outcome after);

/// Decides the calls with and without what was added.
std::string compare(Trial& trial, const std::vector<Statement>& more, const PolicyPtr& policy,
                    Holds holds) {
    Judge before(trial.set.compiled->product.policy, trial.set.duties);
    Judge after(policy, trial.set.duties);
    for (const GeneratedCall& call : trial.calls) {
        const std::string text = call.text();
        if (holds(before.verdict(text).outcome, after.verdict(text).outcome)) continue;
        return shown("before", trial.set.statements, trial.set, text) +
               shown("with a statement more", more, trial.set, text);
    }
    return {};
}

/// A set with a further statement of this kind; null where that does not compile.
PolicyPtr with_one_more(Trial& trial, StatementKind kind, std::vector<Statement>& statements) {
    statements = trial.set.statements;
    statements.push_back(random_statement(trial.random, trial.set.vocabulary, kind, new_number));
    return compiled(statements);
}

/// A role of the set with a grant more, where authority is asked.
PolicyPtr with_a_grant(Trial& trial, std::vector<Statement>& statements) {
    statements = trial.set.statements;
    for (Statement& statement : statements) {
        const std::size_t end = statement.text.rfind('}');
        if (statement.kind != StatementKind::role || trial.random.chance(50)) continue;
        const Targets targets = random_targets(trial.random, trial.set.vocabulary);
        statement.text.insert(end, "\n    can " + targets.text.substr(3) + "\n");
        return compiled(statements);
    }
    return nullptr;
}

bool has_block(const Decision& decision) {
    return std::any_of(decision.restrictions.begin(), decision.restrictions.end(),
                       [](const Match& match) { return match.effect == Outcome::block; });
}

}  // namespace

TEST_CASE("restrictions never loosen") {
    std::size_t compared = 0;
    hold_law("restrictions", 40'000, 10, [&](Trial& trial) -> std::string {
        const StatementKind kind =
            trial.random.chance(25) ? StatementKind::raise : StatementKind::restriction;
        std::vector<Statement> statements;
        const PolicyPtr policy = with_one_more(trial, kind, statements);
        if (policy == nullptr) return {};
        ++compared;
        return compare(trial, statements, policy,
                       [](Outcome before, Outcome after) { return after >= before; });
    });
    CHECK(compared > 100);
}

TEST_CASE("allows and grants never tighten") {
    std::size_t allows = 0;
    std::size_t grants = 0;
    hold_law("allows", 40'000, 10, [&](Trial& trial) -> std::string {
        std::vector<Statement> statements;
        const bool grant = trial.random.chance(40);
        const PolicyPtr policy = grant ? with_a_grant(trial, statements)
                                       : with_one_more(trial, StatementKind::allow, statements);
        if (policy == nullptr) return {};
        ++(grant ? grants : allows);
        return compare(trial, statements, policy,
                       [](Outcome before, Outcome after) { return after <= before; });
    });
    CHECK(allows > 50);
    CHECK(grants > 10);
}

TEST_CASE("a block is final") {
    std::size_t blocked = 0;
    hold_law("blocks", 40'000, 10, [&](Trial& trial) -> std::string {
        std::vector<Statement> opened = trial.set.statements;
        opened.push_back({StatementKind::allow, "allow everything on *\n", {}, {}, {}});
        const PolicyPtr policy = compiled(opened);
        if (policy == nullptr) return shown("does not compile", opened, trial.set, "");
        Judge before(trial.set.compiled->product.policy, trial.set.duties);
        Judge after(policy, trial.set.duties);
        for (const GeneratedCall& call : trial.calls) {
            const std::string text = call.text();
            if (!has_block(before.decision(text))) continue;
            ++blocked;
            if (before.verdict(text).outcome == Outcome::block &&
                after.verdict(text).outcome == Outcome::block) {
                continue;
            }
            return shown("a block that is not final", opened, trial.set, text);
        }
        return {};
    });
    CHECK(blocked > 200);
}

}  // namespace proviso::laws
