#include "suites/run.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>
#include <utility>

#include "simulator/text/json_text.h"
#include "suites/step_call.h"
#include <proviso/signature.h>

namespace proviso::suites {
namespace {

/// What a call was asked to wait for: approvals of it name this, unless they say otherwise.
using Requests = std::map<std::string, ApprovalRequest>;

std::string plain(const Tree* tree) {
    if (tree == nullptr) return {};
    std::string scratch;
    return std::string(simulator::plain_text(to_json(*tree), scratch));
}

Tree list_of(const std::vector<std::string>& texts) {
    Tree list;
    list.kind = Tree::Kind::list;
    for (const std::string& text : texts) list.items.push_back(text_tree(text));
    return list;
}

std::vector<std::string> texts_of(const Tree* list) {
    std::vector<std::string> texts;
    if (list == nullptr) return texts;
    for (const Tree& one : list->items) texts.push_back(plain(&one));
    return texts;
}

/// One case from its first step to its last, or to the one that fails.
class CaseRun {
  public:
    /// `coverage` may be null.
    CaseRun(const Bench& bench, const Case& of, engine::Coverage* coverage)
        : bench_(bench),
          case_(of),
          coverage_(coverage),
          keys_(made_keys(bench.suite)),
          engine_(bench.policy, options_of(bench.suite, keys_)),
          session_(engine_) {}

    void run(CaseResult& result) {
        for (step_ = 0; step_ < case_.steps.size() && !failure_; ++step_) take(case_.steps[step_]);
        result.calls = calls_;
        result.failure = std::move(failure_);
        result.by_no_grant = by_no_grant_;
    }

  private:
    using Keys = std::map<std::string, KeyPair>;  // by person

    /// Made for the run: what is decided does not depend on which they are.
    static Keys made_keys(const Suite& suite) {
        Keys keys;
        for (const std::string& person : suite.keys) keys.try_emplace(person, make_key_pair());
        return keys;
    }

    static EngineOptions options_of(const Suite& suite, const Keys& keys) {
        EngineOptions options;
        options.duties = suite.duties;
        if (keys.empty()) return options;
        options.approver_keys.emplace();
        for (const auto& [person, pair] : keys) {
            options.approver_keys->push_back({person, pair.public_key});
        }
        return options;
    }

    /// By its person, where that has a key and the suite gives no signature.
    void sign_for(Tree& approval) const {
        const auto key = keys_.find(plain(find(approval, {"by"})));
        if (key == keys_.end() || find(approval, {"signature"}) != nullptr) return;
        Approval said;
        said.by = key->first;
        said.roles = texts_of(find(approval, {"roles"}));
        said.plan = plain(find(approval, {"plan"}));
        said.gates = texts_of(find(approval, {"gates"}));
        said.requested_at = plain(find(approval, {"requested_at"}));
        said.at = plain(find(approval, {"at"}));
        said.reject = plain(find(approval, {"verdict"})) == "reject";
        put(approval, {"signature"}, text_tree(sign(said, key->second.private_key).signature));
    }

    void take(const Step& step) {
        switch (step.kind) {
            case Step::Kind::call: return take_call(step);
            case Step::Kind::confirm:
            case Step::Kind::cancel: return report(step);
            case Step::Kind::halt: return expect_done(step, engine_.halt(step.scope, step.reason));
            case Step::Kind::resume: return expect_done(step, engine_.resume(step.scope));
        }
    }

    /// What became of a call; of one that came several times, of each.
    void report(const Step& step) {
        const auto times = repeated_.find(step.id);
        const std::uint32_t last = times == repeated_.end() ? 0 : times->second;
        for (std::uint32_t i = last == 0 ? 0 : 1; i <= last && !failure_; ++i) {
            const std::string id = numbered(step.id, i);
            expect_done(
                step, step.kind == Step::Kind::confirm ? engine_.confirm(id) : engine_.cancel(id));
        }
    }

    static std::string numbered(const std::string& id, std::uint32_t time) {
        return time == 0 ? id : id + "-" + std::to_string(time);
    }

    Failure& fail(const Step& step, std::uint32_t time) {
        Failure& failure = failure_.emplace();
        failure.step = step_;
        failure.steps = case_.steps.size();
        failure.time = time;
        failure.mark = step.mark;
        return failure;
    }

    void expect_done(const Step& step, const StoreResult& result) {
        if (!result) fail(step, 0).error = result.error;
    }

    void take_call(const Step& step) {
        Tree call = call_of(bench_.suite, step);
        const std::vector<std::string>& place = bench_.suite.form.id;
        const std::string id = place.empty() ? "" : plain(find(call, place));
        if (step.times > 1 && !id.empty()) repeated_[id] = step.times;
        for (std::uint32_t i = 1; i <= step.times && !failure_; ++i) {
            const std::uint32_t time = step.times > 1 ? i : 0;
            const std::string this_id = id.empty() ? id : numbered(id, time);
            if (time != 0 && !id.empty()) put(call, place, text_tree(this_id));
            decide(step, call, this_id, time);
        }
    }

    void decide(const Step& step, const Tree& call, const std::string& id, std::uint32_t time) {
        std::string document = to_json(call);
        if (!step.approvals.empty()) {
            Tree with = call;
            if (!add_approvals(step, id, document, with)) {
                fail(step, time).error =
                    "the call is not held, so there is nothing to approve: say the `plan` and "
                    "`gates` of its approvals";
                return;
            }
            document = to_json(with);
        }
        session_.decide(bench_.suite.form.layout, document);
        ++calls_;
        if (coverage_ != nullptr) coverage_->add(session_);
        const Decision decision = session_.decision();
        if (decision.request) requests_.insert_or_assign(id, *decision.request);
        std::vector<Difference> found = differences(step.expect, decision);
        if (found.empty()) {
            by_no_grant_ |= decision.reason == Reason::no_grant && expects_outcome_alone(step);
            return;
        }
        Failure& failure = fail(step, time);
        failure.differences = std::move(found);
        failure.explanation = session_.explain();
        failure.call = std::move(document);
    }

    static bool expects_outcome_alone(const Step& step) {
        return step.expect.size() == 1 && step.expect.front().asked == Asked::outcome;
    }

    /// With the plan, the gates and the time of the request that they answer.
    bool add_approvals(const Step& step, const std::string& id, const std::string& document,
                       Tree& call) {
        Tree list;
        list.kind = Tree::Kind::list;
        for (const Tree& given : step.approvals) {
            Tree approval;
            approval.kind = Tree::Kind::map;
            if (find(given, {"plan"}) == nullptr || find(given, {"gates"}) == nullptr) {
                const ApprovalRequest* const request = request_for(given, id, document);
                if (request == nullptr) return false;
                put(approval, {"plan"}, text_tree(request->plan));
                put(approval, {"gates"}, list_of(request->gates));
                if (!request->requested_at.empty()) {
                    put(approval, {"requested_at"}, text_tree(request->requested_at));
                }
            }
            put(approval, {"verdict"}, text_tree("approve"));
            lay_over(approval, given);
            sign_for(approval);
            list.items.push_back(std::move(approval));
        }
        put(call, bench_.suite.form.approvals, list);
        return true;
    }

    /// What the approval answers. One that came before, for the same plan, answers what it answered
    /// then: by now some of the gates that it named may be open, and asked for no more.
    const ApprovalRequest* request_for(const Tree& given, const std::string& id,
                                       const std::string& document) {
        const ApprovalRequest* const last = request_of(id, document);
        if (last == nullptr) return nullptr;
        const auto [at, fresh] = answered_.try_emplace({id, to_json(given)}, *last);
        if (!fresh && at->second.plan != last->plan) at->second = *last;
        return &at->second;
    }

    /// Of the last decision of that id; of a call that was not decided before, its own.
    const ApprovalRequest* request_of(const std::string& id, const std::string& document) {
        if (const auto found = requests_.find(id); found != requests_.end()) return &found->second;
        session_.preview(bench_.suite.form.layout, document);
        const Decision decision = session_.decision();
        if (!decision.request) return nullptr;
        return &requests_.emplace(id, *decision.request).first->second;
    }

    const Bench& bench_;
    const Case& case_;
    engine::Coverage* coverage_;
    Keys keys_;
    Engine engine_;
    Session session_;
    Requests requests_;
    std::map<std::pair<std::string, std::string>, ApprovalRequest> answered_;  // by id and answer
    std::map<std::string, std::uint32_t> repeated_;  // ids of calls that came several times
    std::size_t step_ = 0;
    std::size_t calls_ = 0;
    std::optional<Failure> failure_;
    bool by_no_grant_ = false;
};

bool is_taken(const Suite& suite, const Case& one, const std::vector<std::string>& filters) {
    if (filters.empty()) return true;
    const std::string name = full_name(suite, one);
    return std::any_of(filters.begin(), filters.end(), [&](const std::string& filter) {
        return name.find(filter) != std::string::npos;
    });
}

std::vector<CaseResult> taken(const std::vector<Bench>& benches,
                              const std::vector<std::string>& filters) {
    std::vector<CaseResult> results;
    for (std::size_t i = 0; i < benches.size(); ++i) {
        const Suite& suite = benches[i].suite;
        for (std::size_t k = 0; k < suite.cases.size(); ++k) {
            if (is_taken(suite, suite.cases[k], filters)) results.push_back({i, k, 0, {}, false});
        }
    }
    return results;
}

/// One thread: takes the cases one by one, whichever is next.
class Worker {
  public:
    Worker(const std::vector<Bench>& benches, bool coverage)
        : benches_(benches),
          coverage_(coverage) {}

    void work(std::vector<CaseResult>& results, std::atomic<std::size_t>& next) {
        for (std::size_t i = next.fetch_add(1); i < results.size(); i = next.fetch_add(1)) {
            const Bench& bench = benches_[results[i].suite];
            engine::Coverage* const coverage = coverage_ ? &covered(bench.policy) : nullptr;
            CaseRun(bench, bench.suite.cases[results[i].number], coverage).run(results[i]);
        }
    }

    engine::Coverage& covered(const PolicyPtr& policy) {
        return by_policy_.try_emplace(policy, policy).first->second;
    }

    void join(const Worker& other) {
        for (const auto& [policy, coverage] : other.by_policy_) covered(policy).merge(coverage);
    }

  private:
    const std::vector<Bench>& benches_;
    bool coverage_;
    std::map<PolicyPtr, engine::Coverage> by_policy_;
};

/// By set: of the policies of one set, which differ in their params, together. The examples are
/// those of each: a param may change what they are decided by.
std::vector<SetCoverage> coverage_of(const std::vector<Bench>& benches,
                                     const std::vector<CaseResult>& cases, Worker& worker) {
    std::map<std::size_t, SetCoverage> sets;
    std::map<PolicyPtr, std::size_t> told;
    for (const Bench& bench : benches) {
        const auto [at, fresh] = sets.try_emplace(bench.set);
        SetCoverage& set = at->second;
        if (fresh) {
            set.path = bench.policy_path;
            set.name = bench.policy->name();
            set.version = bench.policy->version();
        }
        if (!told.try_emplace(bench.policy, 0).second) continue;
        engine::Coverage& coverage = worker.covered(bench.policy);
        set.examples = coverage.add_examples();
        if (fresh) {
            set.report = coverage.report();
        } else {
            merge(set.report, coverage.report());
        }
    }
    for (const CaseResult& one : cases) {
        SetCoverage& set = sets[benches[one.suite].set];
        ++set.cases;
        set.calls += one.calls;
    }
    std::vector<SetCoverage> result;
    for (auto& [number, set] : sets) {
        if (set.cases > 0) result.push_back(std::move(set));
    }
    return result;
}

unsigned threads_for(unsigned wanted, std::size_t cases) {
    if (wanted == 0) wanted = std::max(1U, std::thread::hardware_concurrency());
    return static_cast<unsigned>(std::min<std::size_t>(wanted, std::max<std::size_t>(cases, 1)));
}

}  // namespace

std::string full_name(const Suite& suite, const Case& one) {
    return suite.path + ": " + one.name;
}

RunResult run(const std::vector<Bench>& benches, const RunOptions& options) {
    RunResult result{taken(benches, options.filters), {}};
    std::vector<Worker> workers;
    const unsigned count = threads_for(options.threads, result.cases.size());
    workers.reserve(count);
    for (unsigned i = 0; i < count; ++i) workers.emplace_back(benches, options.coverage);
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < workers.size(); ++i) {
        threads.emplace_back([&, i] { workers[i].work(result.cases, next); });
    }
    workers[0].work(result.cases, next);
    threads.clear();
    if (!options.coverage) return result;
    for (std::size_t i = 1; i < workers.size(); ++i) workers[0].join(workers[i]);
    result.coverage = coverage_of(benches, result.cases, workers[0]);
    return result;
}

}  // namespace proviso::suites
