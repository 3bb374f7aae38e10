// A run from its options to its report: checks, threads, and what they counted.

#include "simulator/run.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "engine/observed.h"
#include "engine/observed_gates.h"
#include "simulator/figures/figure_report.h"
#include "simulator/figures/forecast.h"
#include "simulator/gate/gate_check.h"
#include "simulator/history/blocks.h"
#include "simulator/history/histories.h"
#include "simulator/history/sorted.h"
#include "simulator/mapping/call_reader.h"
#include "simulator/mapping/mapping_places.h"
#include "simulator/replay/checkpoint.h"
#include "simulator/replay/collector.h"
#include "simulator/replay/doubts.h"
#include "simulator/replay/saved_fields.h"
#include "simulator/replay/setup.h"
#include "simulator/replay/tally.h"
#include "simulator/replay/worker.h"

namespace proviso::simulator {
namespace {

constexpr unsigned most_threads = 256;

Result failed(Failure failure, std::string error) {
    Result result;
    result.failure = failure;
    result.error = std::move(error);
    return result;
}

void append_line(std::string& text, const std::string& line) {
    if (!text.empty()) text += '\n';
    text += line;
}

/// All histories are looked at before the first one is read.
std::string unreadable_histories(const std::vector<std::string>& paths) {
    std::string errors;
    for (const std::string& path : paths) {
        if (path == "-") {
            if (std::count(paths.begin(), paths.end(), path) > 1) {
                return "stdin can be read only once";
            }
            continue;
        }
        if (const std::string reason = why_unreadable(path); !reason.empty()) {
            append_line(errors, path + ": " + reason);
        }
    }
    return errors;
}

/// Roles of the staff and of the gate that are none of the policy's.
std::string people_fault(const Options& options) {
    if (options.gate) {
        const std::vector<std::string> names = observed::role_names(*options.policy).names;
        for (const RoleBound& bound : options.gate->max_approvals_of) {
            if (std::find(names.begin(), names.end(), bound.role) != names.end()) continue;
            if (bound.role == principal_role) continue;
            return "the gate bounds approvals of `" + bound.role + "`, which is no role";
        }
    }
    return staff_fault(options.staff, *options.policy);
}

/// "/workflow/run" of "workflow.run".
std::string pointer_of(std::string dotted) {
    std::replace(dotted.begin(), dotted.end(), '.', '/');
    return '/' + dotted;
}

/// What `Replay::save` wrote.
struct SavedRun {
    std::string counted;
    std::string memory;  ///< of limits and counters
};

/// What is written beside the report.
struct Outputs {
    OutputFile decisions;
    OutputFile changes;

    [[nodiscard]] const std::string& error() const {
        return decisions.error().empty() ? changes.error() : decisions.error();
    }
    void sync() {
        decisions.sync();
        changes.sync();
    }
    void close() {
        decisions.close();
        changes.close();
    }
};

std::vector<AmountRow> amount_rows(const ComparisonTally& tally, const Side& side) {
    std::vector<AmountRow> rows;
    for (const auto& [tool, counts] : tally.amounts) {
        const AmountChoice& choice = side.amounts[tool];
        rows.push_back({side.policy->tools()[tool].name, choice.argument->name, choice.others,
                        counts.calls, counts.without});
    }
    return rows;
}

/// On trial or in force.
std::vector<std::uint64_t> hits_of(const std::vector<RuleTally>& rules) {
    std::vector<std::uint64_t> hits;
    hits.reserve(rules.size());
    for (const RuleTally& rule : rules) hits.push_back(rule.hits + rule.trial_hits);
    return hits;
}

/// The threads of one run and what they share.
class Replay {
  public:
    Replay(const Options& options, const Setup& setup, Outputs& outputs, Checkpointer* checkpoints)
        : options_(options),
          setup_(setup),
          outputs_(outputs),
          checkpoints_(checkpoints),
          engines_{Engine(options.policy, options.engine), std::nullopt, {}},
          reader_(source_of(options, setup)),
          calls_(dynamic_cast<const CallReader*>(reader_.get())),
          collector_(options, outputs.decisions, outputs.changes),
          tally_(*options.policy, setup.policy.reads) {
        if (options.baseline != nullptr) {
            engines_.baseline.emplace(options.baseline, options.engine);
        }
        for (const SweepCandidate& one : options.sweep.candidates) {
            engines_.candidates.emplace_back(one.policy, options.engine);
        }
    }

    /// From the beginning, or from a state; empty, or why that does not fit.
    std::string run(std::optional<SavedRun> state) {
        if (options_.sort && !sort()) return {};
        if (state) {
            if (std::string error = take_up(std::move(*state)); !error.empty()) return error;
        }
        work_on_threads();
        return {};
    }

    /// Lines that were done before this run.
    [[nodiscard]] std::uint64_t taken_up_at() const { return taken_up_at_; }

    void report(Report& report) {
        report_comparison(report);
        if (!engines_.candidates.empty()) report.sweep = sweep_report(sweep_, options_);
        collector_.finish(report);
        report.blank = tally_.blank;
        report.skipped = tally_.skipped;
        report.text_bytes = tally_.text_bytes;
        report.counts = tally_.counts;
        report.reasons = tally_.reasons;
        ToolTally::Rows tools = tally_.tools.rows();
        report.tools = std::move(tools.tools);
        report.other_tools = tools.others;
        report.rules = rule_rows(tally_.rules, options_.policy->rules());
        report.missing = missing_rows(tally_);
        report.facts = tally_.facts.rows();
        report.unread = tally_.unread.report();
        if (tally_.recorded.calls + tally_.recorded.unreadable > 0) {
            report.recorded = tally_.recorded;
            report.recorded->unknown_words = unknown_words(tally_.unknown_words);
        }
        if (tally_.verdicts.calls + tally_.verdicts.unreadable > 0) {
            report.verdicts = tally_.verdicts;
        }
        report.memory = memory_;
        report_doubts(report);
        report.figures = make_figures({tally_.figures, collector_.figures(), *options_.policy,
                                       options_.staff, options_.histories});
        report_inputs(report);
        if (options_.gate) {
            report.gate =
                check_gate(*options_.gate, report, collector_.pinned(), collector_.gate_calls());
        }
    }

    void report_doubts(Report& report) const {
        std::vector<const Policy*> policies{options_.policy.get()};
        if (options_.baseline != nullptr) policies.push_back(options_.baseline.get());
        const PlacesMet met = calls_ == nullptr ? PlacesMet{} : calls_->places_met(setup_.mapping);
        add_doubts(report, tally_, setup_.mapping, met, policies);
    }

    /// Goes first, as the sweep: the samples of changed calls and the digest need it.
    void report_comparison(Report& report) const {
        if (options_.baseline == nullptr) return;
        Comparison& made = report.comparison.emplace(tally_.comparison.sums);
        made.baseline_name = options_.baseline->name();
        made.baseline_version = options_.baseline->version();
        made.baseline_hash = options_.baseline->hash();
        made.params = changed_params(*options_.baseline, *options_.policy);
        add_differences(made, tally_.comparison, *options_.baseline, *options_.policy,
                        hits_of(tally_.rules));
        made.rules =
            change_rows(tally_.comparison, options_.baseline->rules(), options_.policy->rules());
        made.intents = tally_.comparison.intents.table();
        made.intents.unkeyed = tally_.comparison.unkeyed;
        made.intents.key = options_.intent.empty() ? default_intent_key() : options_.intent;
        made.money = tally_.comparison.money.tables();
        made.amounts = amount_rows(tally_.comparison, setup_.policy);
        made.seed = options_.seed;
    }

    [[nodiscard]] bool too_many_bad() const { return collector_.too_many_bad(); }
    [[nodiscard]] bool cancelled() const { return cancelled_; }
    [[nodiscard]] const std::string& memory_error() const { return memory_error_; }
    [[nodiscard]] std::string sort_error() const { return sorted_ ? sorted_->error() : ""; }
    [[nodiscard]] const std::string& disorder() const { return collector_.disorder(); }

  private:
    static std::unique_ptr<BlockSource> source_of(const Options& options, const Setup& setup) {
        const auto& adapter = setup.mapping.adapter;
        const bool as_lines =
            !options.as_text && !adapter && !options.sort && setup.mapping.only.empty();
        auto lines = std::make_unique<BlockReader>(
            options.histories, options.block_bytes,
            adapter ? std::max(source_line_bytes, setup.line_bytes) : setup.line_bytes, as_lines);
        if (!adapter) return lines;
        return std::make_unique<CallReader>(std::move(lines), options.block_bytes, setup.line_bytes,
                                            *adapter);
    }

    bool sort() {
        SortOptions how;
        how.block_bytes = options_.block_bytes;
        how.memory_bytes = options_.sort_bytes;
        how.time_of = [this, session = std::make_shared<Session>(engines_.policy)](
                          std::string_view line) {
            if (line.ends_with('\r')) line.remove_suffix(1);
            if (line.empty() || line.size() > setup_.line_bytes)
                return std::optional<std::int64_t>{};
            session->preview(setup_.layout, line, true);
            return session->document_error().empty() ? observed::time_of(*session) : std::nullopt;
        };
        how.go_on = [this](std::uint64_t lines, std::uint64_t bytes) {
            collector_.tell_sorting(lines, bytes);
            return !is_cancelled();
        };
        auto sorted = std::make_unique<SortedReader>(std::move(reader_), std::move(how));
        sorted_ = sorted.get();
        reader_ = std::move(sorted);
        if (!sorted_->prepare()) return false;
        collector_.expect_bytes(sorted_->text_bytes());
        return true;
    }

    void work_on_threads() {
        if (options_.threads <= 1) return work();
        std::vector<std::thread> threads;
        for (unsigned i = 0; i < options_.threads; ++i) threads.emplace_back([this] { work(); });
        for (std::thread& thread : threads) thread.join();
    }

    /// Everything that the blocks given so far came to. No block is under way.
    void save(Saver& saver) {
        Tally tally(*options_.policy, setup_.policy.reads);
        merge(tally, tally_);
        SweepTally sweep = sweep_;
        for (Worker* const worker : workers_) {
            merge(tally, worker->tally());
            if (worker->sweep() != nullptr) merge(sweep, *worker->sweep());
        }
        Saver counted;
        counted(tally, sweep);
        collector_.save(counted);
        saver(counted.bytes());
        if (!setup_.remembers) return;
        for (const Worker* worker : workers_) worker->save(saver);
        each_store(saver);
    }

    /// What counts as the history says that it was carried out.
    void each_store(auto& visit) {
        visit(engines_.policy.store());
        if (engines_.baseline) visit(engines_.baseline->store());
        for (const Engine& engine : engines_.candidates) visit(engine.store());
    }

    /// Empty, or why the state does not fit.
    std::string take_up(SavedRun state) {
        Loader loader{state.counted};
        loader(tally_, sweep_);
        collector_.load(loader);
        const std::size_t swept = sweep_.recorded.size();
        if (tally_.rules.size() != options_.policy->rules().size() ||
            (swept != 0 && swept != engines_.candidates.size())) {
            loader.fail("it is of another policy");
        }
        if (!loader.at_end()) loader.fail("it is longer than a state");
        memory_state_ = std::move(state.memory);
        std::uint64_t bytes = 0;
        Block block;
        while (!loader.failed() && given_ < collector_.blocks() && reader_->next(block)) {
            bytes += block.text_bytes();
            ++given_;
        }
        if (bytes != tally_.text_bytes) loader.fail("the histories are others");
        taken_up_at_ = collector_.lines();
        put_aside_at_ = given_;
        return loader.error();
    }

    /// Called by the thread that is to take a block; the others wait for it, or work on theirs.
    void put_aside() {
        const auto began = std::chrono::steady_clock::now();
        collector_.wait_for(given_);
        if (collector_.stopped() || given_ == put_aside_at_) return;
        put_aside_at_ = given_;
        outputs_.sync();
        Saver saver;
        saver(outputs_.decisions.size(), outputs_.changes.size());
        save(saver);
        checkpoints_->write(saver, began);
    }

    bool is_cancelled() {
        cancelled_ = cancelled_ || (options_.cancel != nullptr && options_.cancel->load());
        return cancelled_;
    }

    void work() {
        Worker worker{engines_, setup_, collector_.thresholds()};
        if (!join_in(worker)) return;
        Block block;
        while (take(block)) {
            collector_.wait_for_room(block.index);
            collector_.deliver(worker.replay(block));
        }
        const std::lock_guard lock{reader_mutex_};
        std::erase(workers_, &worker);
        merge(tally_, worker.tally());
        if (const MemoryReplay* memory = worker.memory()) memory_ = *memory;
        if (const SweepTally* sweep = worker.sweep()) merge(sweep_, *sweep);
    }

    /// A run with a memory has one worker, which goes on with it.
    bool join_in(Worker& worker) {
        const std::lock_guard lock{reader_mutex_};
        workers_.push_back(&worker);
        if (memory_state_.empty()) return true;
        Loader loader{memory_state_};
        worker.load(loader);
        worker.go_on_with(std::exchange(tally_.figures.caps, {}));
        each_store(loader);
        if (!loader.at_end()) loader.fail("it is longer than a state");
        memory_error_ = loader.error();
        return memory_error_.empty();
    }

    [[nodiscard]] bool fails_to_put_aside() const {
        return checkpoints_ != nullptr && !checkpoints_->error().empty();
    }

    bool take(Block& block) {
        const std::lock_guard lock{reader_mutex_};
        const bool ends = is_cancelled();
        if (checkpoints_ != nullptr && (ends || checkpoints_->due())) put_aside();
        if (ends || collector_.stopped() || fails_to_put_aside()) return false;
        if (!reader_->next(block)) return false;
        ++given_;
        return true;
    }

    void report_inputs(Report& report) const {
        for (std::size_t i = 0; i < report.inputs.size(); ++i) {
            report.inputs[i].bytes = reader_->stored_bytes(i);
        }
        for (const InputError& error : reader_->errors()) {
            report.inputs[error.file].error = error.reason;
        }
    }

    const Options& options_;
    const Setup& setup_;
    Outputs& outputs_;
    Checkpointer* checkpoints_;
    Engines engines_;
    std::mutex reader_mutex_;
    std::unique_ptr<BlockSource> reader_;
    const CallReader* calls_;  // the reader, or that of `sorted_`, where lines are taken apart
    SortedReader* sorted_ = nullptr;  // the reader, where it sorts
    bool cancelled_ = false;
    std::uint64_t given_ = 0;  // blocks
    std::uint64_t put_aside_at_ = 0;
    std::uint64_t taken_up_at_ = 0;
    std::vector<Worker*> workers_;
    Collector collector_;
    Tally tally_;  // of checkpoints, and of workers that are done
    std::optional<MemoryReplay> memory_;
    SweepTally sweep_;          // likewise
    std::string memory_state_;  // of a checkpoint
    std::string memory_error_;
};

void name_policy(Report& report, const Options& options) {
    report.policy_name = options.policy->name();
    report.policy_version = options.policy->version();
    report.policy_hash = options.policy->hash();
    report.mapping = options.mapping;
    report.threads = options.threads;
}

std::string bad_lines_error(const Report& report, std::uint64_t max_bad) {
    std::string text = "more than " + std::to_string(max_bad) + " lines cannot be read";
    if (report.bad_lines.empty()) return text;
    const BadLine& first = report.bad_lines.front();
    return text + "; the first is " + place_text(first.file, first.line, first.call) + ": " +
           first.reason;
}

void judge(Result& result, const Replay& replay, const Options& options, const Outputs& outputs) {
    Report& report = result.report;
    if (replay.cancelled()) report.partial = "the run was ended early";
    for (const InputRow& input : report.inputs) {
        if (input.error.empty()) continue;
        result.failure = Failure::input;
        report.partial = "a history could not be read to its end";
        append_line(result.error, input.path + ": " + input.error);
    }
    if (replay.too_many_bad()) {
        result.failure = Failure::bad_lines;
        report.partial = "too many lines cannot be read";
        append_line(result.error, bad_lines_error(report, *options.max_bad));
    }
    if (!replay.disorder().empty()) {
        result.failure = Failure::order;
        report.partial = "the history is not in the order of time";
        append_line(result.error, replay.disorder());
    }
    if (const std::string error = replay.sort_error(); !error.empty()) {
        result.failure = Failure::sorting;
        report.partial = "the history could not be sorted";
        append_line(result.error, error);
    }
    if (!outputs.error().empty()) {
        result.failure = Failure::output;
        report.partial = "the decisions could not be written";
        append_line(result.error, outputs.error());
    }
}

void judge(Result& result, Checkpointer* checkpoints) {
    if (checkpoints == nullptr) return;
    if (!checkpoints->error().empty()) {
        result.failure = Failure::checkpoint;
        result.report.partial = "the run could not be put aside";
        append_line(result.error, checkpoints->error());
    } else if (result.ok() && result.report.partial.empty()) {
        checkpoints->remove();
    }
}

/// A run that goes on, or begins.
struct Resumed {
    std::optional<Checkpointer> checkpoints;
    std::optional<SavedRun> state;  // none: it begins
    std::uint64_t decisions = 0;
    std::uint64_t changes = 0;
    std::string error;
};

Resumed resumed_run(const Options& options) {
    Resumed run;
    if (options.checkpoint.empty()) return run;
    IdentityResult made = identity_of(options);
    CheckpointRead read;
    if (made.error.empty()) read = read_checkpoint(options.checkpoint, made.identity);
    run.error = made.error.empty() ? read.error : made.error;
    if (!run.error.empty()) return run;
    run.checkpoints.emplace(options.checkpoint, std::move(made.identity),
                            options.checkpoint_seconds);
    if (!read.state) return run;
    Loader loader{*read.state};
    SavedRun& saved = run.state.emplace();
    loader(run.decisions, run.changes, saved.counted);
    const std::size_t before = 3 * sizeof(std::uint64_t) + saved.counted.size();
    saved.memory = read.state->substr(std::min(before, read.state->size()));
    return run;
}

}  // namespace

Result run(const Options& given) {
    if (given.policy == nullptr) return failed(Failure::usage, "there is no policy");
    if (given.histories.empty()) return failed(Failure::usage, "there is no history");
    if (given.baseline == nullptr && !given.changes.empty()) {
        return failed(Failure::usage, "changed calls are told only against a baseline");
    }
    if (std::string fault = amount_fault(*given.policy, given.amounts); !fault.empty()) {
        return failed(Failure::usage, std::move(fault));
    }
    if (std::string fault = people_fault(given); !fault.empty()) {
        return failed(Failure::usage, std::move(fault));
    }
    for (const std::string& pointer : given.intent) {
        if (pointer.starts_with('/') || has_place_word(pointer)) continue;
        return failed(Failure::usage, "`" + pointer + "` is no JSON pointer: write `" +
                                          pointer_of(pointer) + "` for a field of the line");
    }
    Histories found = find_histories(given.histories);
    if (!found.error.empty()) return failed(Failure::input, std::move(found.error));
    Options options = given;
    options.histories = std::move(found.paths);
    if (options.threads == 0) options.threads = std::thread::hardware_concurrency();
    options.threads = std::clamp(options.threads, 1u, most_threads);

    // What a call adds is there for the next one: they are decided one by one.
    if (remembers(options)) options.threads = 1;

    const SetupResult made = make_setup(options);
    if (made.setup == nullptr) return failed(Failure::usage, made.error);
    if (std::string errors = unreadable_histories(options.histories); !errors.empty()) {
        return failed(Failure::input, std::move(errors));
    }
    Resumed resumed = resumed_run(options);
    if (!resumed.error.empty()) return failed(Failure::checkpoint, resumed.error);
    Outputs outputs{OutputFile{options.decisions, resumed.decisions},
                    OutputFile{options.changes, resumed.changes}};
    if (!outputs.error().empty()) return failed(Failure::output, outputs.error());

    Result result;
    name_policy(result.report, options);
    Checkpointer* const checkpoints = resumed.checkpoints ? &*resumed.checkpoints : nullptr;
    Replay replay{options, *made.setup, outputs, checkpoints};
    std::string unfit = replay.run(std::move(resumed.state));
    if (unfit.empty()) unfit = replay.memory_error();
    if (!unfit.empty()) {
        return failed(Failure::checkpoint, options.checkpoint + ": the checkpoint does not fit: " +
                                               unfit + "; remove it to begin anew");
    }
    outputs.close();
    replay.report(result.report);
    result.taken_up_at = replay.taken_up_at();
    judge(result, replay, options, outputs);
    judge(result, checkpoints);
    return result;
}

}  // namespace proviso::simulator
