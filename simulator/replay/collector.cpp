#include "simulator/replay/collector.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "simulator/replay/changes_csv.h"
#include "simulator/replay/saved_fields.h"

namespace proviso::simulator {
namespace {

constexpr auto progress_every = std::chrono::milliseconds{100};
constexpr std::uint64_t blocks_ahead_of_a_thread = 4;
constexpr std::size_t pins_told = 20;

/// None where any of the sizes is not known.
std::optional<std::uint64_t> total_size(const std::vector<std::string>& paths) {
    std::uint64_t total = 0;
    for (const std::string& path : paths) {
        const std::optional<std::uint64_t> size = stored_size(path);
        if (!size) return std::nullopt;
        total += *size;
    }
    return total;
}

}  // namespace

Collector::Collector(const Options& options, OutputFile& decisions, OutputFile& changes)
    : options_(options),
      decisions_(decisions),
      changes_(changes),
      room_(blocks_ahead_of_a_thread * std::max(options.threads, 1u)),
      bytes_total_(total_size(options.histories)) {
    joined_.changed = ChangeSamples{options.samples, options.seed};
    joined_.cells = CellKeeper{options.cell_calls};
    for (const std::string& path : options.histories) joined_.inputs.push_back({path, 0, 0, 0, {}});
    joined_.samples.fill(Reservoir{options.samples});
    if (is_csv(options.changes) && changes.size() == 0) changes_.write(csv_names());
    constexpr auto all = std::numeric_limits<std::uint64_t>::max();
    for (auto& threshold : thresholds_.outcomes) threshold = all;
}

void Collector::tell_sorting(std::uint64_t lines, std::uint64_t bytes_read) {
    const std::lock_guard lock{mutex_};
    joined_.lines = lines;
    joined_.bytes_read = bytes_read;
    tell_progress(false, true);
    joined_.lines = 0;
    joined_.bytes_read = 0;
}

void Collector::expect_bytes(std::uint64_t total) {
    const std::lock_guard lock{mutex_};
    bytes_total_ = total;
    read_from_ = Clock::now();
}

void Collector::wait_for(std::uint64_t blocks) {
    std::unique_lock lock{mutex_};
    has_joined_.wait(lock, [&] { return joined_.next >= blocks; });
}

void Collector::save(model::Saver& saver) {
    const std::lock_guard lock{mutex_};
    saver(joined_, seconds());
}

void Collector::load(model::Loader& loader) {
    const std::lock_guard lock{mutex_};
    loader(joined_, seconds_before_);
    if (joined_.inputs.size() != options_.histories.size()) {
        joined_.inputs.resize(options_.histories.size());
        loader.fail("it is of other histories");
    }
    lines_before_ = joined_.lines;
    bytes_before_ = joined_.bytes_read;
    read_from_ = Clock::now();
    too_many_bad_ = options_.max_bad && joined_.bad > *options_.max_bad;
    stopped_ = too_many_bad_;
    joined_.cells.tell_full(thresholds_.full);
    thresholds_.ids = joined_.ids.passed_over();
    for (std::size_t i = 0; i < outcome_count; ++i) {
        thresholds_.outcomes[i] = joined_.samples[i].threshold();
    }
}

double Collector::seconds() const {
    return seconds_before_ + std::chrono::duration<double>(Clock::now() - started_).count();
}

void Collector::wait_for_room(std::uint64_t index) {
    std::unique_lock lock{mutex_};
    has_joined_.wait(lock, [&] { return index < joined_.next + room_; });
}

void Collector::deliver(BlockResult result) {
    const std::lock_guard lock{mutex_};
    const std::uint64_t index = result.index;
    early_.emplace(index, std::move(result));
    for (auto at = early_.begin(); at != early_.end() && at->first == joined_.next;) {
        join(at->second);
        ++joined_.next;
        at = early_.erase(at);
    }
    has_joined_.notify_all();
    tell_progress(false);
}

Placing Collector::placing(const BlockResult& result) const {
    if (!result.origins.empty()) {
        return [&](std::uint64_t line) {
            const Origin& origin = result.origins[line];
            return HistoryPlace{joined_.inputs[origin.file].path, origin.line, origin.call};
        };
    }
    const InputRow& input = joined_.inputs[result.file];
    return [&input, before = input.lines](std::uint64_t line) {
        return HistoryPlace{input.path, before + line + 1, 0};
    };
}

void Collector::join(BlockResult& result) {
    const Placing place = placing(result);
    join_bad_lines(result, place);
    join_samples(result, place);
    join_pins(result, place);
    joined_.gate_calls.join(result.gate_calls, place);
    join_figures(result);
    join_doubts(result);
    decisions_.write(numbered(result.decisions, place));
    const std::string changed = numbered(result.changed, place);
    changes_.write(is_csv(options_.changes) ? csv_rows(changed) : changed);
    joined_.digest.append(result.digest);
    if (result.disorder) {
        const HistoryPlace at = place(result.disorder->line);
        disorder_ =
            place_text(std::string{at.file}, at.line, at.call) + ": " + result.disorder->reason;
    }
    join_counts(result);
    too_many_bad_ = options_.max_bad && joined_.bad > *options_.max_bad;
    stopped_ = too_many_bad_ || !disorder_.empty() || !decisions_.error().empty() ||
               !changes_.error().empty();
}

void Collector::join_counts(const BlockResult& result) {
    for (const auto& [file, counts] : result.by_file) {
        joined_.inputs[file].lines += counts.lines;
        joined_.inputs[file].calls += counts.calls;
        joined_.lines += counts.lines;
    }
    if (result.origins.empty()) {
        joined_.inputs[result.file].lines += result.lines;
        joined_.inputs[result.file].calls += result.calls;
        joined_.lines += result.lines;
    }
    joined_.bytes_read = result.bytes_read;
    joined_.bad += result.bad;
}

void Collector::join_bad_lines(const BlockResult& result, const Placing& place) {
    for (const BadLine& line : result.bad_lines) {
        if (joined_.bad_lines.size() == bad_lines_shown) return;
        const HistoryPlace at = place(line.line);
        joined_.bad_lines.push_back({std::string{at.file}, at.line, line.reason, at.call});
    }
}

// An id that comes again and again is kept so often, and no more: a history may have one id alone.
void Collector::join_pins(const BlockResult& result, const Placing& place) {
    for (PinFound one : result.pinned) {
        const HistoryPlace at = place(one.line);
        one.file = at.file;
        one.line = at.line;
        one.call = at.call;
        const bool right = one.outcome == options_.gate->calls[one.pin].outcome;
        PinKept& kept = joined_.pins_kept[one.pin];
        std::size_t& count = right ? kept.right : kept.wrong;
        if (count++ < pins_told) joined_.pinned.push_back(std::move(one));
    }
}

void Collector::join_figures(const BlockResult& result) {
    const std::size_t bound =
        options_.staff.approvers.empty() ? most_requests_unforecast : most_requests;
    joined_.figures.join(result.figures, call_placing(result), bound);
}

void Collector::join_doubts(const BlockResult& result) {
    joined_.ids.join(result.ids, call_placing(result));
    thresholds_.ids = joined_.ids.passed_over();
    if (!result.odd_time || joined_.odd_time) return;
    joined_.odd_time = result.odd_time;
    joined_.odd_time->place = call_placing(result)(result.odd_time->place.line);
}

CallPlacing Collector::call_placing(const BlockResult& result) const {
    return [&result, before = joined_.inputs[result.file].lines](std::uint64_t line) {
        if (result.origins.empty()) {
            return CallPlace{static_cast<std::uint32_t>(result.file), before + line + 1, 0};
        }
        const Origin& origin = result.origins[line];
        return CallPlace{static_cast<std::uint32_t>(origin.file), origin.line, origin.call};
    };
}

void Collector::join_samples(BlockResult& result, const Placing& place) {
    for (std::size_t i = 0; i < outcome_count; ++i) {
        for (KeyedSample one : result.samples[i].samples()) {
            const HistoryPlace at = place(one.sample.line);
            one.sample.file = at.file;
            one.sample.line = at.line;
            one.sample.call = at.call;
            joined_.samples[i].add(std::move(one));
        }
        thresholds_.outcomes[i] = joined_.samples[i].threshold();
    }
    result.changes.set_place(place);
    joined_.changed.merge(result.changes);
    result.cells.set_place(place);
    joined_.cells.append(std::move(result.cells));
    joined_.cells.tell_full(thresholds_.full);
}

void Collector::tell_progress(bool at_end, bool sorting) {
    const auto now = Clock::now();
    if (!options_.progress || (!at_end && now - told_ < progress_every)) return;
    told_ = now;
    Progress progress;
    progress.sorting = sorting;
    progress.lines = joined_.lines;
    progress.bytes_read = joined_.bytes_read;
    progress.bytes_total = bytes_total_.value_or(0);
    progress.seconds = std::chrono::duration<double>(now - read_from_).count();
    if (progress.seconds > 0) {
        progress.lines_per_second =
            static_cast<double>(joined_.lines - lines_before_) / progress.seconds;
    }
    if (bytes_total_ && joined_.bytes_read > bytes_before_) {
        const auto read = static_cast<double>(joined_.bytes_read);
        const double left = std::max(0.0, static_cast<double>(*bytes_total_) - read);
        progress.seconds_left =
            progress.seconds * left / (read - static_cast<double>(bytes_before_));
    }
    options_.progress(progress);
}

void Collector::finish(Report& report) {
    const std::lock_guard lock{mutex_};
    tell_progress(true);
    report.inputs = std::move(joined_.inputs);
    report.lines = joined_.lines;
    report.bad = joined_.bad;
    report.bad_lines = std::move(joined_.bad_lines);
    std::string hashes = report.policy_hash;
    if (report.comparison) hashes += report.comparison->baseline_hash;
    if (report.sweep) {
        for (const SweepRow& row : report.sweep->rows) hashes += row.hash;
    }
    report.digest = joined_.digest.hex(hashes);
    for (std::size_t i = 0; i < outcome_count; ++i) {
        report.samples[i] = joined_.samples[i].in_order();
    }
    if (report.comparison) {
        for (std::size_t i = 0; i < change_count; ++i) {
            report.comparison->samples[i] = joined_.changed.chosen(static_cast<Change>(i));
        }
    }
    report.cells = joined_.cells.take();
    report.doubts.repeated_ids = joined_.ids.report(options_.histories);
    if (joined_.odd_time) {
        const auto& [place, raw, read_as] = *joined_.odd_time;
        OddTimes& times = report.doubts.times;
        times.first = {options_.histories[place.file], place.line, place.call};
        times.value = raw;
        times.read_as = read_as;
    }
    report.seconds = seconds();
}

}  // namespace proviso::simulator
