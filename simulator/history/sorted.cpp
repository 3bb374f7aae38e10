#include "simulator/history/sorted.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

namespace proviso::simulator {

SortedReader::SortedReader(std::unique_ptr<BlockSource> source, SortOptions options)
    : source_(std::move(source)),
      options_(std::move(options)),
      last_time_(std::numeric_limits<std::int64_t>::min()) {}

bool SortedReader::prepare() {
    Block block;
    while (source_->next(block)) {
        if (!keep_lines(block) || !options_.go_on(places_, block.bytes_read)) return false;
    }
    if (levels_.empty()) {
        sort_entries();
    } else {
        if (!spill()) return false;
        std::string{}.swap(text_);
        std::vector<Entry>{}.swap(entries_);
        merged_.emplace(levels_.take());
    }
    has_line_ = next_line();
    return error_.empty();
}

bool SortedReader::keep_lines(const Block& block) {
    std::string_view rest = block.text();
    for (std::size_t i = 0; !rest.empty(); ++i) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const bool is_last = end + 1 >= rest.size();
        // Only a block of one line has dropped anything of it.
        const Origin origin = block.origins.empty() ? next_of(block.file) : block.origins[i];
        if (!keep(rest.substr(0, end), is_last ? block.dropped : 0, origin)) return false;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return true;
}

Origin SortedReader::next_of(std::size_t file) {
    if (lines_.size() <= file) lines_.resize(file + 1);
    Origin origin;
    origin.file = static_cast<std::uint32_t>(file);
    origin.line = ++lines_[file];
    return origin;
}

bool SortedReader::keep(std::string_view line, std::uint64_t dropped, const Origin& origin) {
    const std::size_t used = text_.size() + entries_.size() * sizeof(Entry);
    if (used + line.size() + sizeof(Entry) > options_.memory_bytes && !entries_.empty()) {
        if (!spill()) return false;
    }
    if (const auto time = options_.time_of(line)) last_time_ = *time;
    if (text_.capacity() == 0) text_.reserve(options_.memory_bytes);
    entries_.push_back({{last_time_, places_++}, origin, dropped, text_.size(), line.size()});
    text_ += line;
    text_bytes_ += line.size() + 1 + dropped;
    return true;
}

void SortedReader::sort_entries() {
    std::sort(entries_.begin(), entries_.end(),
              [](const Entry& a, const Entry& b) { return a.key < b.key; });
}

/// What is in memory becomes a run.
bool SortedReader::spill() {
    sort_entries();
    SortRun run;
    const std::string_view text = text_;
    for (const Entry& entry : entries_) {
        run.write(entry.key, entry.origin, entry.dropped, text.substr(entry.begin, entry.size));
    }
    entries_.clear();
    text_.clear();
    error_ = run.error();
    if (!error_.empty()) return false;
    if (levels_.add(std::move(run))) return true;
    error_ = levels_.error();
    return false;
}

bool SortedReader::next_line() {
    if (merged_) {
        const bool any = merged_->next(line_);
        error_ = merged_->error();
        return any && error_.empty();
    }
    if (given_ == entries_.size()) return false;
    const Entry& entry = entries_[given_++];
    line_.origin = entry.origin;
    line_.dropped = entry.dropped;
    line_.text.assign(text_, entry.begin, entry.size);
    return true;
}

bool SortedReader::next(Block& block) {
    block.size_ = 0;
    block.dropped = 0;
    block.origins.clear();
    block.file = 0;
    // A line that something was dropped of stands alone, as it does in a block of a file.
    while (has_line_ &&
           (block.size_ == 0 || (line_.dropped == 0 && block.dropped == 0 &&
                                 block.size_ + line_.text.size() + 1 <= options_.block_bytes))) {
        const std::size_t size = line_.text.size() + 1;
        block.reserve(std::max(block.size_ + size, options_.block_bytes));
        char* const to = block.memory_.get() + block.size_;
        if (size > 1) std::memcpy(to, line_.text.data(), size - 1);
        to[size - 1] = '\n';
        block.size_ += size;
        block.dropped += line_.dropped;
        block.origins.push_back(line_.origin);
        has_line_ = next_line();
    }
    if (block.size_ == 0) return false;
    std::memset(block.memory_.get() + block.size_, 0, padding_bytes);
    block.index = index_++;
    block.offset = offset_;
    offset_ += block.size_ + block.dropped;
    block.bytes_read = offset_;
    return true;
}

}  // namespace proviso::simulator
