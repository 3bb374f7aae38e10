#include "simulator/history/sort_runs.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace proviso::simulator {
namespace {

constexpr std::size_t runs_of_a_level = 16;
constexpr std::size_t buffer_bytes = 256u << 10;

/// What stands before a line's text.
struct LineHead {
    std::int64_t time = 0;
    std::uint64_t place = 0;
    std::uint64_t line = 0;
    std::uint64_t dropped = 0;
    std::uint64_t size = 0;
    std::uint32_t file = 0;
    std::uint32_t call = 0;
    std::uint32_t kind = 0;
    std::uint32_t ends_line = 0;
};

std::string temporary_folder() {
    std::error_code error;
    const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
    if (!error) return folder.string();
    const char* named = std::getenv("TMPDIR");  // NOLINT(concurrency-mt-unsafe): nothing sets it
    return named != nullptr ? named : "/tmp";
}

}  // namespace

SortRun::SortRun() : folder_(temporary_folder()) {
    std::string name = (std::filesystem::path(folder_) / "proviso-sort-XXXXXX").string();
    const int descriptor = mkstemp(name.data());
    if (descriptor < 0) {
        fail("written", errno);
        return;
    }
    unlink(name.c_str());
    file_.reset(fdopen(descriptor, "w+b"));
    if (file_ == nullptr) {
        const int number = errno;
        close(descriptor);
        fail("written", number);
        return;
    }
    std::setvbuf(file_.get(), nullptr, _IOFBF, buffer_bytes);
}

void SortRun::fail(std::string_view what, int number) {
    error_ = "a history is sorted in `" + folder_ + "`, which cannot be " + std::string{what} +
             ": " + std::generic_category().message(number != 0 ? number : EIO) +
             "; TMPDIR names another folder";
    file_.reset();
}

void SortRun::write(const SortKey& key, const Origin& origin, std::uint64_t dropped,
                    std::string_view text) {
    if (file_ == nullptr) return;
    const LineHead head{key.time,
                        key.place,
                        origin.line,
                        dropped,
                        text.size(),
                        origin.file,
                        origin.call,
                        static_cast<std::uint32_t>(origin.kind),
                        origin.ends_line ? 1u : 0u};
    errno = 0;
    if (std::fwrite(&head, sizeof head, 1, file_.get()) != 1 ||
        std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) {
        fail("written", errno);
    }
}

void SortRun::rewind() {
    if (file_ == nullptr) return;
    errno = 0;
    if (std::fflush(file_.get()) != 0) return fail("written", errno);
    if (std::fseek(file_.get(), 0, SEEK_SET) != 0) fail("read", errno);
}

bool SortRun::read(SortedLine& line) {
    if (file_ == nullptr) return false;
    LineHead head;
    errno = 0;
    if (std::fread(&head, sizeof head, 1, file_.get()) != 1) {
        if (std::ferror(file_.get()) != 0) fail("read", errno);
        return false;
    }
    line.key = {head.time, head.place};
    line.origin = {head.file, head.line, head.call, static_cast<LineKind>(head.kind),
                   head.ends_line != 0};
    line.dropped = head.dropped;
    line.text.resize(head.size);
    if (std::fread(line.text.data(), 1, head.size, file_.get()) == head.size) return true;
    fail("read", errno);
    return false;
}

MergedRuns::MergedRuns(std::vector<SortRun> runs) : runs_(std::move(runs)), heads_(runs_.size()) {
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        runs_[i].rewind();
        if (!advance(i)) continue;
        heap_.push_back(i);
    }
    std::make_heap(heap_.begin(), heap_.end(),
                   [&](std::size_t a, std::size_t b) { return heads_[b].key < heads_[a].key; });
}

bool MergedRuns::advance(std::size_t run) {
    const bool any = runs_[run].read(heads_[run]);
    if (!runs_[run].error().empty()) error_ = runs_[run].error();
    return any;
}

bool MergedRuns::next(SortedLine& line) {
    if (heap_.empty() || !error_.empty()) return false;
    const auto later = [&](std::size_t a, std::size_t b) { return heads_[b].key < heads_[a].key; };
    std::pop_heap(heap_.begin(), heap_.end(), later);
    const std::size_t run = heap_.back();
    std::swap(line, heads_[run]);
    if (advance(run)) {
        std::push_heap(heap_.begin(), heap_.end(), later);
    } else {
        heap_.pop_back();
    }
    return true;
}

bool RunLevels::add(SortRun run) {
    for (std::size_t level = 0;; ++level) {
        if (levels_.size() == level) levels_.emplace_back();
        levels_[level].push_back(std::move(run));
        if (levels_[level].size() < runs_of_a_level) return true;
        MergedRuns merged{std::exchange(levels_[level], {})};
        run = SortRun{};
        SortedLine line;
        while (run.error().empty() && merged.next(line)) {
            run.write(line.key, line.origin, line.dropped, line.text);
        }
        error_ = merged.error().empty() ? run.error() : merged.error();
        if (!error_.empty()) return false;
    }
}

std::vector<SortRun> RunLevels::take() {
    std::vector<SortRun> all;
    for (std::vector<SortRun>& level : levels_) {
        for (SortRun& run : level) all.push_back(std::move(run));
    }
    levels_.clear();
    return all;
}

}  // namespace proviso::simulator
