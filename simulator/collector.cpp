#include "simulator/collector.h"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <system_error>
#include <utility>

#include "simulator/changes_csv.h"

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

OutputFile::OutputFile(const std::string& path) : path_(path), used_(!path.empty()) {
    if (!used_) return;
    file_.reset(std::fopen(path.c_str(), "wb"));
    if (file_ == nullptr) fail();
}

void OutputFile::write(std::string_view text) {
    if (file_ == nullptr || text.empty()) return;
    if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) fail();
}

void OutputFile::close() {
    if (file_ != nullptr && std::fclose(file_.release()) != 0) fail();
}

void OutputFile::fail() {
    error_ = "`" + path_ + "` cannot be written: " + std::generic_category().message(errno);
    file_.reset();
}

Collector::Collector(const Options& options, OutputFile& decisions, OutputFile& changes)
    : options_(options),
      decisions_(decisions),
      changes_(changes),
      room_(blocks_ahead_of_a_thread * std::max(options.threads, 1u)),
      bytes_total_(total_size(options.histories)),
      changed_(options.samples, options.seed),
      cells_(options.cell_calls) {
    for (const std::string& path : options.histories) inputs_.push_back({path, 0, 0, 0, {}});
    samples_.fill(Reservoir{options.samples});
    if (is_csv(options.changes)) changes_.write(csv_names());
    constexpr auto all = std::numeric_limits<std::uint64_t>::max();
    for (auto& threshold : thresholds_.outcomes) threshold = all;
}

void Collector::tell_sorting(std::uint64_t lines, std::uint64_t bytes_read) {
    const std::lock_guard lock{mutex_};
    lines_ = lines;
    bytes_read_ = bytes_read;
    tell_progress(false, true);
    lines_ = 0;
    bytes_read_ = 0;
}

void Collector::expect_bytes(std::uint64_t total) {
    const std::lock_guard lock{mutex_};
    bytes_total_ = total;
    read_from_ = Clock::now();
}

void Collector::wait_for_room(std::uint64_t index) {
    std::unique_lock lock{mutex_};
    joined_.wait(lock, [&] { return index < next_ + room_; });
}

void Collector::deliver(BlockResult result) {
    const std::lock_guard lock{mutex_};
    const std::uint64_t index = result.index;
    early_.emplace(index, std::move(result));
    for (auto at = early_.begin(); at != early_.end() && at->first == next_;) {
        join(at->second);
        ++next_;
        at = early_.erase(at);
    }
    joined_.notify_all();
    tell_progress(false);
}

Placing Collector::placing(const BlockResult& result) const {
    if (!result.origins.empty()) {
        return [&](std::uint64_t line) {
            const Origin& origin = result.origins[line];
            return HistoryPlace{inputs_[origin.file].path, origin.line};
        };
    }
    const InputRow& input = inputs_[result.file];
    return [&input, before = input.lines](std::uint64_t line) {
        return HistoryPlace{input.path, before + line + 1};
    };
}

void Collector::join(BlockResult& result) {
    const Placing place = placing(result);
    join_bad_lines(result, place);
    join_samples(result, place);
    join_pins(result, place);
    join_figures(result);
    decisions_.write(numbered(result.decisions, place));
    const std::string changed = numbered(result.changed, place);
    changes_.write(is_csv(options_.changes) ? csv_rows(changed) : changed);
    digest_.append(result.digest);
    if (result.disorder) {
        const HistoryPlace at = place(result.disorder->line);
        disorder_ =
            std::string{at.file} + ':' + std::to_string(at.line) + ": " + result.disorder->reason;
    }
    join_counts(result);
    too_many_bad_ = options_.max_bad && bad_ > *options_.max_bad;
    stopped_ = too_many_bad_ || !disorder_.empty() || !decisions_.error().empty() ||
               !changes_.error().empty();
}

void Collector::join_counts(const BlockResult& result) {
    for (const auto& [file, counts] : result.by_file) {
        inputs_[file].lines += counts.lines;
        inputs_[file].calls += counts.calls;
    }
    if (result.origins.empty()) {
        inputs_[result.file].lines += result.lines;
        inputs_[result.file].calls += result.calls;
    }
    lines_ += result.lines;
    bytes_read_ = result.bytes_read;
    bad_ += result.bad;
}

void Collector::join_bad_lines(const BlockResult& result, const Placing& place) {
    for (const BadLine& line : result.bad_lines) {
        if (bad_lines_.size() == bad_lines_shown) return;
        const HistoryPlace at = place(line.line);
        bad_lines_.push_back({std::string{at.file}, at.line, line.reason});
    }
}

// An id that comes again and again is kept so often, and no more: a history may have one id alone.
void Collector::join_pins(const BlockResult& result, const Placing& place) {
    for (PinFound one : result.pinned) {
        const HistoryPlace at = place(one.line);
        one.file = at.file;
        one.line = at.line;
        const bool right = one.outcome == options_.gate->calls[one.pin].outcome;
        PinKept& kept = pins_kept_[one.pin];
        std::size_t& count = right ? kept.right : kept.wrong;
        if (count++ < pins_told) pinned_.push_back(std::move(one));
    }
}

void Collector::join_figures(const BlockResult& result) {
    const std::uint64_t before = inputs_[result.file].lines;
    figures_.join(result.figures, [&](std::uint64_t line) {
        if (result.origins.empty()) {
            return CallPlace{static_cast<std::uint32_t>(result.file), before + line + 1};
        }
        const Origin& origin = result.origins[line];
        return CallPlace{static_cast<std::uint32_t>(origin.file), origin.line};
    });
}

void Collector::join_samples(BlockResult& result, const Placing& place) {
    for (std::size_t i = 0; i < outcome_count; ++i) {
        for (KeyedSample one : result.samples[i].samples()) {
            const HistoryPlace at = place(one.sample.line);
            one.sample.file = at.file;
            one.sample.line = at.line;
            samples_[i].add(std::move(one));
        }
        thresholds_.outcomes[i] = samples_[i].threshold();
    }
    result.changes.set_place(place);
    changed_.merge(result.changes);
    result.cells.set_place(place);
    cells_.append(std::move(result.cells));
    cells_.tell_full(thresholds_.full);
}

void Collector::tell_progress(bool at_end, bool sorting) {
    const auto now = Clock::now();
    if (!options_.progress || (!at_end && now - told_ < progress_every)) return;
    told_ = now;
    Progress progress;
    progress.sorting = sorting;
    progress.lines = lines_;
    progress.bytes_read = bytes_read_;
    progress.bytes_total = bytes_total_.value_or(0);
    progress.seconds = std::chrono::duration<double>(now - read_from_).count();
    if (progress.seconds > 0) {
        progress.lines_per_second = static_cast<double>(lines_) / progress.seconds;
    }
    if (bytes_total_ && bytes_read_ > 0) {
        const auto read = static_cast<double>(bytes_read_);
        const double left = std::max(0.0, static_cast<double>(*bytes_total_) - read);
        progress.seconds_left = progress.seconds * left / read;
    }
    options_.progress(progress);
}

void Collector::finish(Report& report) {
    const std::lock_guard lock{mutex_};
    tell_progress(true);
    report.inputs = std::move(inputs_);
    report.lines = lines_;
    report.bad = bad_;
    report.bad_lines = std::move(bad_lines_);
    std::string hashes = report.policy_hash;
    if (report.comparison) hashes += report.comparison->baseline_hash;
    if (report.sweep) {
        for (const SweepRow& row : report.sweep->rows) hashes += row.hash;
    }
    report.digest = digest_.hex(hashes);
    for (std::size_t i = 0; i < outcome_count; ++i) report.samples[i] = samples_[i].in_order();
    if (report.comparison) {
        for (std::size_t i = 0; i < change_count; ++i) {
            report.comparison->samples[i] = changed_.chosen(static_cast<Change>(i));
        }
    }
    report.cells = cells_.take();
    report.seconds = std::chrono::duration<double>(Clock::now() - started_).count();
}

}  // namespace proviso::simulator
