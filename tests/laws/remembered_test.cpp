// Laws of what is remembered between calls, on the product alone: a cap is never passed, limits and
// missing approvals only tighten, an approval opens one plan, a block is final, a preview leaves no
// trace.
#include <algorithm>
#include <functional>
#include <iostream>
#include <map>
#include <thread>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/laws/lockstep.h"
#include "tests/laws/memory_sets.h"
#include "tests/laws/run.h"
#include "tests/laws/trials.h"

namespace proviso::laws {
namespace {

constexpr std::size_t steps_of_a_trial = 40;

EngineOptions options_of(const GeneratedSet& set, StorePtr store) {
    EngineOptions options;
    options.duties = set.duties;
    options.store = std::move(store);
    return options;
}

StorePtr lasting_store() {
    return memory_store({lasting_limits(), {}});
}

HaltScope scope_of_step(const Step& step) {
    static const std::map<std::string, HaltScope::Kind> kinds{
        {"everything", HaltScope::Kind::everything},
        {"tool", HaltScope::Kind::tool},
        {"agent", HaltScope::Kind::agent},
        {"workflow", HaltScope::Kind::workflow},
        {"principal", HaltScope::Kind::principal}};
    return {kinds.at(step.halt), step.name};
}

/// One host with a policy and a store.
class Host {
  public:
    Host(const PolicyPtr& policy, const GeneratedSet& set, StorePtr store)
        : engine_(policy, options_of(set, std::move(store))),
          session_(engine_) {}

    Decision decide(const std::string& call) {
        session_.decide(Layout::native(), call);
        return session_.decision();
    }
    Decision preview(const std::string& call) {
        session_.preview(Layout::native(), call);
        return session_.decision();
    }
    /// Of steps that are no call: what the host reports.
    void report(const Step& step) {
        if (step.kind == Step::Kind::confirm) (void)engine_.confirm(step.name);
        if (step.kind == Step::Kind::cancel) (void)engine_.cancel(step.name);
        if (step.kind == Step::Kind::halt) (void)engine_.halt(scope_of_step(step), "a test");
        if (step.kind == Step::Kind::resume) (void)engine_.resume(scope_of_step(step));
    }

  private:
    Engine engine_;
    Session session_;
};

Answered answered_of(const Decision& decision) {
    Answered answered{decision.outcome <= Outcome::notify, decision.plan_hash, {}};
    for (const Gate& gate : decision.gates) {
        if (!gate.open) answered.gates.push_back(gate.rule);
    }
    return answered;
}

struct MemoryTrial {
    Random& random;
    const GeneratedSet& set;
    Host host;
    StorePtr store;
};

/// Goes through sequences; `law` sees each call before it is decided, and what it returns is why
/// the law is broken.
void hold_memory_law(const std::string& name, std::size_t pairs,
                     const std::function<std::string(MemoryTrial&, const Step&)>& law) {
    const Runs runs(name, pairs);
    for (const Run& run : runs) {
        Random seeds(run.seed);
        for (std::size_t done = 0; done < run.pairs; done += steps_of_a_trial) {
            const std::uint64_t seed = seeds.next();
            INFO("of seed " << run.seed << ", set " << seed);
            Random random(seed);
            const GeneratedSet set = random_memory_set(random);
            const StorePtr store = lasting_store();
            MemoryTrial trial{random, set, {set.compiled->product.policy, set, store}, store};
            SequenceMaker maker(random);
            std::vector<Step> steps;
            for (std::size_t i = 0; i < steps_of_a_trial; ++i) {
                const Step& step = steps.emplace_back(maker.next());
                const std::string broken = step.call.empty() ? "" : law(trial, step);
                if (!broken.empty()) {
                    std::cout << broken << "\n" << to_read(files_of(set.statements, 1), steps);
                    FAIL(name << ": does not hold");
                }
                if (step.kind == Step::Kind::decide) {
                    maker.learn(answered_of(trial.host.decide(step.call)));
                } else {
                    trial.host.report(step);
                }
            }
        }
    }
}

bool has_open(const Decision& decision) {
    return std::any_of(decision.gates.begin(), decision.gates.end(),
                       [](const Gate& gate) { return gate.open; });
}

/// A set with statements more, where that compiles.
PolicyPtr with_more(const MemoryTrial& trial, const Statement& more) {
    std::vector<Statement> statements = trial.set.statements;
    statements.push_back(more);
    return compiled(statements);
}

// ---------------------------------------------------------------- caps

struct Counted {
    std::string key;
    std::int64_t time = 0;
    std::int64_t cents = 0;
    std::string id;
};

constexpr std::int64_t second_us = 1'000'000;

/// The most that was let through of one key within any period that ends with a call.
std::int64_t most_within(const std::vector<Counted>& calls, std::int64_t period_us) {
    std::int64_t most = 0;
    for (const Counted& last : calls) {
        std::int64_t sum = 0;
        for (const Counted& one : calls) {
            const bool in = one.time > last.time - period_us && one.time <= last.time;
            if (in && one.key == last.key) sum += one.cents;
        }
        most = std::max(most, sum);
    }
    return most;
}

std::string capped_set(std::int64_t period_seconds, std::int64_t cap) {
    return fmt::format(
        "policy laws version \"1\"\n"
        "attributes {{ customer.id : string }}\n"
        "tool pay {{ args {{ amount : money in USD }} }}\n"
        "role lead {{ }}\n"
        "allow all on *\n"
        "limit cap on pay\n"
        "    sum args.amount per customer.id over {}s\n"
        "        > {} USD : block\n",
        period_seconds, cap);
}

std::string payment(const Counted& call) {
    const std::string id = call.id.empty() ? "" : fmt::format(R"("id":"{}",)", call.id);
    return fmt::format(
        R"({{"tool":"pay",{}"time":"{}","customer.id":"{}","args":{{"amount":{}.{:02}}}}})", id,
        time_text(call.time), call.key, call.cents / 100, call.cents % 100);
}

}  // namespace

TEST_CASE("a cap is never passed whatever the order of times and reports") {
    std::size_t blocked = 0;
    std::size_t passed = 0;
    const Runs runs("caps", 60'000);
    for (const Run& run : runs) {
        Random random(run.seed);
        for (std::size_t done = 0; done < run.pairs; done += 100) {
            const std::int64_t period = 1 + static_cast<std::int64_t>(random.below(5));
            const std::int64_t cap = 1 + static_cast<std::int64_t>(random.below(30));
            const CompileResult set = compile_text(capped_set(period, cap), "caps.proviso");
            REQUIRE(set.policy);
            EngineOptions options;
            options.store = lasting_store();
            const Engine engine(set.policy, options);
            Session session(engine);
            std::vector<Counted> through;
            std::map<std::string, bool> confirmed;
            std::int64_t clock = 1'790'000'000 * second_us;
            for (int i = 0; i < 100; ++i) {
                const std::int64_t steps[] = {0, 1, second_us, period * second_us};
                clock += steps[random.below(4)];
                Counted call{random.pick({"a", "b"}), clock, 1, ""};
                if (random.chance(30)) {
                    call.time +=
                        (static_cast<std::int64_t>(random.below(5)) - 2) * period * second_us / 2 +
                        static_cast<std::int64_t>(random.below(3)) - 1;
                }
                call.cents = static_cast<std::int64_t>(random.below(12)) * 50 + 1;
                if (random.chance(60)) call.id = fmt::format("c-{}", random.below(80));
                const Verdict verdict = session.decide(Layout::native(), payment(call));
                const bool repeat = session.decision().repeat;
                if (verdict.outcome == Outcome::allow && !repeat) through.push_back(call);
                ++(verdict.outcome == Outcome::allow ? passed : blocked);
                if (random.chance(10) && !through.empty()) {
                    const std::string id = random.pick(through).id;
                    if (!id.empty() && !confirmed[id] && engine.cancel(id).done) {
                        std::erase_if(through, [&](const Counted& one) { return one.id == id; });
                    }
                } else if (random.chance(10) && !through.empty()) {
                    const std::string id = random.pick(through).id;
                    if (engine.confirm(id).done) confirmed[id] = true;
                }
                REQUIRE(most_within(through, period * second_us) <= cap * 100);
            }
        }
    }
    CHECK(blocked >= expected(1'000));
    CHECK(passed >= expected(1'000));
}

TEST_CASE("threads that share a cap do not pass it together") {
    const CompileResult set = compile_text(capped_set(3600, 50), "caps.proviso");
    REQUIRE(set.policy);
    for (int round = 0; round < 10; ++round) {
        const Engine engine(set.policy);
        std::vector<std::vector<Counted>> through(4);
        std::vector<std::thread> threads;
        for (std::size_t thread = 0; thread < through.size(); ++thread) {
            threads.emplace_back([&, thread] {
                Session session(engine);
                Random random(thread + 1);
                for (int i = 0; i < 200; ++i) {
                    Counted call{"a", 1'790'000'000 * second_us, 0, ""};
                    call.time += static_cast<std::int64_t>(random.below(1000)) * second_us;
                    call.cents = 1 + static_cast<std::int64_t>(random.below(99));
                    const Verdict verdict = session.decide(Layout::native(), payment(call));
                    if (verdict.outcome == Outcome::allow) through[thread].push_back(call);
                }
            });
        }
        for (std::thread& thread : threads) thread.join();
        std::int64_t sum = 0;
        for (const auto& calls : through) {
            for (const Counted& call : calls) sum += call.cents;
        }
        CHECK(sum <= 5'000);
        CHECK(sum > 4'900);  // the last cent could have been asked for, again and again
    }
}

TEST_CASE("a limit more only tightens") {
    std::size_t compared = 0;
    hold_memory_law(
        "a limit more", 20'000, [&](MemoryTrial& trial, const Step& step) -> std::string {
            if (!trial.random.chance(10)) return {};
            const Statement more =
                trial.random.chance(70)
                    ? random_limit(trial.random, trial.set.vocabulary, 1'000)
                    : random_restriction(trial.random, trial.set.vocabulary, 1'000);
            const PolicyPtr policy = with_more(trial, more);
            if (policy == nullptr) return {};
            Host tighter(policy, trial.set, trial.store);
            ++compared;
            if (tighter.preview(step.call).outcome >= trial.host.preview(step.call).outcome)
                return {};
            return "loosened by:\n" + more.text;
        });
    CHECK(compared >= expected(100));
}

TEST_CASE("an approval less never loosens and none opens another plan") {
    std::size_t opened = 0;
    hold_memory_law("approvals", 60'000, [&](MemoryTrial& trial, const Step& step) -> std::string {
        if (step.approvals.empty()) return {};
        const Decision whole = trial.host.preview(step.call);
        if (has_open(whole)) ++opened;
        for (std::size_t i = 0; i < step.approvals.size(); ++i) {
            std::vector<std::string> less = step.approvals;
            less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
            if (step.approvals[i].find("\"approve\"") == std::string::npos) continue;
            const Outcome without = trial.host.preview(step.with(less)).outcome;
            if (without < whole.outcome) return fmt::format("without approval {} it is lighter", i);
        }
        std::string other = step.call;
        const std::size_t at = other.find("\"weight\":");
        // What the host says it does not know has no value that a plan could hold.
        const bool told = other.find("\"unknown\"") == std::string::npos;
        if (at == std::string::npos || !told) return {};
        other.insert(at + 9, "1");
        return has_open(trial.host.preview(other)) ? "another plan is opened: " + other : "";
    });
    CHECK(opened >= expected(100));
}

TEST_CASE("a block is final whoever approves") {
    std::size_t compared = 0;
    hold_memory_law(
        "blocks with approvals", 20'000, [&](MemoryTrial& trial, const Step& step) -> std::string {
            if (step.approvals.empty()) return {};
            const PolicyPtr policy =
                with_more(trial, {StatementKind::restriction, "block never on *\n", {}, {}, {}});
            if (policy == nullptr) return "does not compile";
            // A call that was let through before is only told so.
            Host blocking(policy, trial.set, lasting_store());
            ++compared;
            const Decision decision = blocking.preview(step.call);
            return decision.outcome == Outcome::block ? "" : "let through a block";
        });
    CHECK(compared >= expected(100));
}

TEST_CASE("a preview says what is decided next and changes nothing") {
    std::size_t compared = 0;
    const Runs runs("previews", 20'000);
    for (const Run& run : runs) {
        Random seeds(run.seed);
        for (std::size_t done = 0; done < run.pairs; done += steps_of_a_trial) {
            const std::uint64_t seed = seeds.next();
            INFO("of seed " << run.seed << ", set " << seed);
            Random random(seed);
            const GeneratedSet set = random_memory_set(random);
            const PolicyPtr& policy = set.compiled->product.policy;
            Host plain(policy, set, lasting_store());
            Host looking(policy, set, lasting_store());
            SequenceMaker maker(random);
            for (std::size_t i = 0; i < steps_of_a_trial; ++i) {
                const Step step = maker.next();
                plain.report(step);
                looking.report(step);
                if (step.call.empty()) continue;
                const std::string before = to_json(looking.preview(step.call));
                if (step.kind == Step::Kind::preview) continue;
                const Decision decided = plain.decide(step.call);
                INFO(step.call);
                REQUIRE(to_json(decided) == before);
                REQUIRE(to_json(looking.decide(step.call)) == before);
                maker.learn(answered_of(decided));
                ++compared;
            }
        }
    }
    CHECK(compared >= expected(100));
}

}  // namespace proviso::laws
