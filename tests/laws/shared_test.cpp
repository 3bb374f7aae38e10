// One reading of a call serves two policies: what is decided and said by the second is what it
// would have been by a reading of its own, and the first is left as it was.
#include <algorithm>
#include <iostream>

#include <catch2/catch.hpp>

#include "engine/decide/shared_reading.h"
#include "engine/observed.h"
#include "engine/policy_impl.h"
#include "tests/laws/memory_sets.h"
#include "tests/laws/sequences.h"
#include "tests/laws/trials.h"

namespace proviso::laws {
namespace {

constexpr std::size_t shared_number = 2'000;

std::string parts_of(Session& session) {
    std::string said;
    for (const Session::Part& part : session.parts()) {
        said += std::to_string(part.rule) + (part.sure ? "s " : " ") + (part.on_trial ? "t " : " ");
    }
    return said;
}

/// Everything, with the value of each sub-expression.
std::string all_said_of(Session& session) {
    std::string said = to_json(session.decision());
    said += to_json(session.explain());
    said += session.document_error();
    return said + parts_of(session);
}

/// How often a reading was shared, and how often not.
struct Shares {
    std::size_t taken_over = 0;
    std::size_t read_again = 0;

    void count(const PolicyPtr& from, const PolicyPtr& to, const Session& read) {
        const decide::SharedReading reading(from->impl().tables, to->impl().tables);
        ++(reading.applies(bound_of(read)) ? taken_over : read_again);
    }
};

/// Two engines' sessions: one that reads, and of the other one that shares and one that does not.
class Shared {
  public:
    Shared(const Engine& reads, const Engine& shares)
        : read_(reads),
          shares_(shares),
          second_hand_(shares),
          reads_itself_(shares) {}

    /// What is told otherwise; empty where nothing is.
    std::string differs(const std::string& call, Shares& shares) {
        read_.preview(Layout::native(), call);
        const std::string before = all_said_of(read_);
        read_.preview(Layout::native(), call);
        preview_read_call(shares_, read_, Layout::native(), call);
        const std::string shared = all_said_of(shares_);
        const std::string after = all_said_of(read_);
        preview_read_call(second_hand_, shares_, Layout::native(), call);
        const bool same_parts = parts_of(second_hand_) == parts_of(shares_);
        const std::string of_second_hand = all_said_of(second_hand_);
        const std::string kept = all_said_of(read_);
        reads_itself_.preview(Layout::native(), call);
        const std::string own = all_said_of(reads_itself_);
        shares.count(read_.policy(), shares_.policy(), read_);
        if (of_second_hand != own || !same_parts)
            return "of second hand, it says " + of_second_hand + "\n";
        if (before != kept)
            return "of second hand, the first said " + before + "\nand " + kept + "\n";
        if (shared != own) return "shared, it says " + shared + "\nand of its own " + own + "\n";
        if (before != after) return "the first said " + before + "\nand then " + after + "\n";
        return {};
    }

  private:
    Session read_;
    Session shares_;
    Session second_hand_;
    Session reads_itself_;
};

/// The set with something changed: the order, a statement more, one less, or all of it.
PolicyPtr changed(Trial& trial) {
    if (trial.random.chance(10)) return random_set(trial.random).compiled->product.policy;
    std::vector<Statement> statements = trial.set.statements;
    constexpr StatementKind kinds[] = {StatementKind::allow, StatementKind::restriction,
                                       StatementKind::raise, StatementKind::role};
    if (trial.random.chance(70)) {
        statements.push_back(random_statement(trial.random, trial.set.vocabulary,
                                              kinds[trial.random.below(4)], shared_number));
    }
    if (trial.random.chance(30)) {
        statements.erase(statements.begin() +
                         static_cast<std::ptrdiff_t>(trial.random.below(statements.size())));
    }
    if (trial.random.chance(50)) trial.random.shuffle(statements);
    return compiled(statements);
}

Answered decided(Session& session, const std::string& call) {
    session.decide(Layout::native(), call);
    const Decision decision = session.decision();
    Answered answered{decision.outcome <= Outcome::notify, decision.plan_hash, {}};
    for (const Gate& gate : decision.gates) {
        if (!gate.open) answered.gates.push_back(gate.rule);
    }
    return answered;
}

}  // namespace

TEST_CASE("a call that another policy read is decided as one read anew") {
    Shares shares;
    hold_law("one reading for two", 20'000, 10, [&](Trial& trial) -> std::string {
        const PolicyPtr other = changed(trial);
        if (other == nullptr) return {};
        const PolicyPtr& policy = trial.set.compiled->product.policy;
        const Engine one(policy, {.duties = trial.set.duties, .limits = {}});
        const Engine two(other, {.duties = trial.set.duties, .limits = {}});
        Shared shared(one, two);
        for (const GeneratedCall& call : trial.calls) {
            const std::string text = call.text();
            const std::string found = shared.differs(text, shares);
            if (!found.empty()) return shown(found, trial.set.statements, trial.set, text);
        }
        return {};
    });
    CHECK(shares.taken_over >= expected(5'000));
    CHECK(shares.read_again >= expected(500));
}

TEST_CASE("a call that another policy read meets what was remembered before") {
    constexpr std::size_t steps = 40;
    Shares shares;
    const Runs runs("one reading, remembered", 40'000);
    for (const Run& run : runs) {
        Random seeds(run.seed);
        for (std::size_t done = 0; done < run.pairs; done += steps) {
            const std::uint64_t seed = seeds.next();
            INFO("of seed " << run.seed << ", set " << seed);
            Random random(seed);
            const GeneratedSet set = random_memory_set(random);
            std::vector<Statement> statements = set.statements;
            statements.push_back(random_limit(random, set.vocabulary, shared_number));
            const PolicyPtr other = compiled(statements);
            if (other == nullptr) continue;
            const Engine one(set.compiled->product.policy, {.duties = set.duties, .limits = {}});
            const Engine two(other, {.duties = set.duties, .limits = {}});
            Session deciding(two);
            Shared shared(one, two);
            SequenceMaker maker(random);
            for (std::size_t i = 0; i < steps; ++i) {
                const Step step = maker.next();
                if (step.call.empty()) continue;
                const std::string found = shared.differs(step.call, shares);
                if (!found.empty()) {
                    std::cout << shown(found, statements, set, step.call);
                    FAIL("it is decided otherwise");
                }
                if (step.kind == Step::Kind::decide) maker.learn(decided(deciding, step.call));
            }
        }
    }
    CHECK(shares.taken_over >= expected(10'000));
}

}  // namespace proviso::laws
