// A run from its options to its report: checks, threads, and what they counted.

#include "simulator/simulate.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "engine/observed.h"
#include "engine/observed_gates.h"
#include "simulator/blocks.h"
#include "simulator/collector.h"
#include "simulator/figure_report.h"
#include "simulator/forecast.h"
#include "simulator/histories.h"
#include "simulator/mapping.h"
#include "simulator/sorted.h"
#include "simulator/tally.h"
#include "simulator/worker.h"

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

std::vector<const Policy*> all_policies(const Options& options) {
    std::vector<const Policy*> all{options.policy.get()};
    if (options.baseline != nullptr) all.push_back(options.baseline.get());
    for (const SweepCandidate& one : options.sweep.candidates) all.push_back(one.policy.get());
    return all;
}

bool remembers(const Options& options) {
    const std::vector<const Policy*> all = all_policies(options);
    return std::any_of(all.begin(), all.end(),
                       [](const Policy* one) { return observed::counts_calls(*one); });
}

std::int64_t longest_period(const Options& options) {
    std::int64_t longest = 0;
    for (const Policy* one : all_policies(options)) {
        longest = std::max(longest, observed::longest_period_us(*one));
    }
    return longest;
}

struct SetupResult {
    std::unique_ptr<Setup> setup;
    std::string error;
};

SetupResult make_setup(const Options& options) {
    MappingResult read = options.mapping.empty() ? MappingResult{receipt_mapping(), {}}
                                                 : read_mapping(options.mapping);
    if (!read.mapping) return {nullptr, std::move(read.error)};
    LayoutResult made = make_layout(*read.mapping);
    if (!made.layout) {
        return {nullptr, (options.mapping.empty() ? "" : options.mapping + ": ") + made.error};
    }
    auto setup = std::make_unique<Setup>(Setup{side_of(options.policy, options.amounts),
                                               {},
                                               std::move(*read.mapping),
                                               std::move(*made.layout),
                                               options.engine.limits.call_bytes,
                                               options.samples,
                                               options.seed,
                                               options.cell_calls,
                                               options.intent,
                                               ShownArgs(*options.policy, options.show_args),
                                               !options.decisions.empty(),
                                               !options.changes.empty(),
                                               remembers(options),
                                               longest_period(options),
                                               options.engine,
                                               {}});
    if (options.baseline != nullptr) setup->baseline = side_of(options.baseline, options.amounts);
    if (options.gate) {
        const auto& calls = options.gate->calls;
        for (std::size_t i = 0; i < calls.size(); ++i) setup->pins.emplace(calls[i].id, i);
    }
    return {std::move(setup), {}};
}

/// What is written beside the report.
struct Outputs {
    OutputFile decisions;
    OutputFile changes;

    [[nodiscard]] const std::string& error() const {
        return decisions.error().empty() ? changes.error() : decisions.error();
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

/// The threads of one run and what they share.
class Replay {
  public:
    Replay(const Options& options, const Setup& setup, Outputs& outputs)
        : options_(options),
          setup_(setup),
          engines_{Engine(options.policy, options.engine), std::nullopt, {}},
          reader_(std::make_unique<BlockReader>(options.histories, options.block_bytes,
                                                setup.line_bytes)),
          collector_(options, outputs.decisions, outputs.changes),
          tally_(*options.policy, setup.policy.reads) {
        if (options.baseline != nullptr) {
            engines_.baseline.emplace(options.baseline, options.engine);
        }
        for (const SweepCandidate& one : options.sweep.candidates) {
            engines_.candidates.emplace_back(one.policy, options.engine);
        }
    }

    void run() {
        if (options_.sort && !sort()) return;
        if (options_.threads <= 1) return work();
        std::vector<std::thread> threads;
        for (unsigned i = 0; i < options_.threads; ++i) threads.emplace_back([this] { work(); });
        for (std::thread& thread : threads) thread.join();
    }

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
        if (tally_.recorded.calls + tally_.recorded.unreadable > 0) {
            report.recorded = tally_.recorded;
        }
        if (tally_.verdicts.calls + tally_.verdicts.unreadable > 0) {
            report.verdicts = tally_.verdicts;
        }
        report.memory = memory_;
        report.figures = make_figures({tally_.figures, collector_.figures(), *options_.policy,
                                       options_.staff, options_.histories});
        report_inputs(report);
        if (options_.gate) {
            report.gate = check_gate(*options_.gate, report, collector_.pinned());
        }
    }

    /// Goes first, as the sweep: the samples of changed calls and the digest need it.
    void report_comparison(Report& report) const {
        if (options_.baseline == nullptr) return;
        Comparison& made = report.comparison.emplace(tally_.comparison.sums);
        made.baseline_name = options_.baseline->name();
        made.baseline_version = options_.baseline->version();
        made.baseline_hash = options_.baseline->hash();
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
    [[nodiscard]] std::string sort_error() const { return sorted_ ? sorted_->error() : ""; }
    [[nodiscard]] const std::string& disorder() const { return collector_.disorder(); }

  private:
    bool sort() {
        SortOptions how;
        how.block_bytes = options_.block_bytes;
        how.memory_bytes = options_.sort_bytes;
        how.time_of = [this, session = std::make_shared<Session>(engines_.policy)](
                          std::string_view line) {
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

    bool is_cancelled() {
        cancelled_ = cancelled_ || (options_.cancel != nullptr && options_.cancel->load());
        return cancelled_;
    }

    void work() {
        Worker worker{engines_, setup_, collector_.thresholds()};
        Block block;
        while (take(block)) {
            collector_.wait_for_room(block.index);
            collector_.deliver(worker.replay(block));
        }
        const std::lock_guard lock{tally_mutex_};
        merge(tally_, worker.tally());
        if (const MemoryReplay* memory = worker.memory()) memory_ = *memory;
        if (const SweepTally* sweep = worker.sweep()) merge(sweep_, *sweep);
    }

    bool take(Block& block) {
        const std::lock_guard lock{reader_mutex_};
        if (is_cancelled() || collector_.stopped()) return false;
        return reader_->next(block);
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
    Engines engines_;
    std::mutex reader_mutex_;
    std::unique_ptr<BlockSource> reader_;
    SortedReader* sorted_ = nullptr;  // the reader, where it sorts
    bool cancelled_ = false;
    Collector collector_;
    std::mutex tally_mutex_;
    Tally tally_;
    std::optional<MemoryReplay> memory_;
    SweepTally sweep_;
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
    return text + "; the first is " + first.file + ':' + std::to_string(first.line) + ": " +
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

}  // namespace

std::string_view name(MemoryWay way) noexcept {
    switch (way) {
        case MemoryWay::recorded: return "recorded";
        case MemoryWay::closed_approved: return "closed_approved";
        case MemoryWay::closed_rejected: return "closed_rejected";
    }
    return "";
}

Result run(const Options& given) {
    if (given.policy == nullptr) return failed(Failure::usage, "there is no policy");
    if (given.histories.empty()) return failed(Failure::usage, "there is no history");
    if (given.baseline == nullptr && !given.changes.empty()) {
        return failed(Failure::usage, "changed calls are told only against a baseline");
    }
    if (const std::string name = unknown_amount(*given.policy, given.amounts); !name.empty()) {
        return failed(Failure::usage,
                      "`" + name + "` is no number among the arguments of any tool");
    }
    if (std::string fault = people_fault(given); !fault.empty()) {
        return failed(Failure::usage, std::move(fault));
    }
    for (const std::string& pointer : given.intent) {
        if (pointer.starts_with('/')) continue;
        return failed(Failure::usage, "`" + pointer + "` is no JSON pointer: write `/" + pointer +
                                          "` for a field of the line");
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
    Outputs outputs{OutputFile{options.decisions}, OutputFile{options.changes}};
    if (!outputs.error().empty()) return failed(Failure::output, outputs.error());

    Result result;
    name_policy(result.report, options);
    Replay replay{options, *made.setup, outputs};
    replay.run();
    outputs.close();
    replay.report(result.report);
    judge(result, replay, options, outputs);
    return result;
}

}  // namespace proviso::simulator
