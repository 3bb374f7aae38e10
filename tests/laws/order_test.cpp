// Law 1: shuffling statements, files and clauses leaves every decision and the set's hash.
#include <catch2/catch.hpp>

#include "tests/laws/trials.h"

namespace proviso::laws {
namespace {

/// The statements in another order, their clauses too.
std::vector<Statement> shuffled(Random& random, std::vector<Statement> statements) {
    random.shuffle(statements);
    for (Statement& statement : statements) {
        if (statement.clauses.size() < 2) continue;
        random.shuffle(statement.clauses);
        statement.text = statement.head;
        for (const std::string& clause : statement.clauses) statement.text += "\n  " + clause;
        statement.text += "\n";
    }
    return statements;
}

}  // namespace

TEST_CASE("order never matters") {
    hold_law("order", 40'000, 10, [](Trial& trial) -> std::string {
        const auto statements = shuffled(trial.random, trial.set.statements);
        const PolicyPtr policy = compiled(statements, 1 + trial.random.below(4));
        if (policy == nullptr) return shown("does not compile", statements, trial.set, "");
        const PolicyPtr& before = trial.set.compiled->product.policy;
        if (policy->hash() != before->hash()) {
            return shown("one order", trial.set.statements, trial.set, "") +
                   shown("another hash", statements, trial.set, "");
        }
        Judge one(before, trial.set.duties);
        Judge other(policy, trial.set.duties);
        for (const GeneratedCall& call : trial.calls) {
            const std::string text = call.text();
            if (one.said(text) == other.said(text)) continue;
            return shown("one order", trial.set.statements, trial.set, text) +
                   shown("another decision", statements, trial.set, text);
        }
        return {};
    });
}

}  // namespace proviso::laws
