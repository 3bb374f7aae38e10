#include "simulator/call_reader.h"

#include <algorithm>
#include <utility>

namespace proviso::simulator {

CallReader::CallReader(std::vector<std::string> paths, std::size_t block_bytes,
                       std::size_t call_bytes, const Adapter* adapter)
    : block_bytes_(block_bytes),
      lines_(std::move(paths), block_bytes, adapter != nullptr ? source_line_bytes : call_bytes) {
    if (adapter != nullptr) unfolder_.emplace(*adapter, call_bytes);
}

bool CallReader::next(Block& block) {
    if (!unfolder_) return lines_.next(block);
    while (text_.size() < block_bytes_) {
        if (rest_.empty() && !read()) break;
        if (source_.file != file_) {
            // No block holds calls of two files; what waits for an answer gets none.
            unfolder_->close();
            drain();
            if (!entries_.empty()) break;
            file_ = source_.file;
        }
        unfold();
    }
    if (entries_.empty()) return false;
    give(block);
    return true;
}

/// False at the end of the last file, when nothing waits any more.
bool CallReader::read() {
    if (lines_.next(source_)) {
        rest_ = source_.text();
        source_bytes_ += source_.dropped;
        return true;
    }
    unfolder_->close();
    drain();
    return false;
}

/// One line.
void CallReader::unfold() {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    unfolder_->add(rest_.substr(0, end));
    drain();
    const std::size_t used = std::min(end + 1, rest_.size());
    source_bytes_ += used;
    rest_.remove_prefix(used);
}

void CallReader::drain() {
    Unfolded entry;
    while (unfolder_->take(entry)) {
        const bool is_call = entry.kind == Unfolded::Kind::call;
        if (is_call) text_ += entry.text;
        text_ += '\n';
        entries_.push_back({entry.kind, entry.ends_line, entry.call,
                            is_call ? std::string{} : std::move(entry.text)});
    }
}

void CallReader::give(Block& block) {
    block.index = index_++;
    block.file = file_;
    block.offset = offset_;
    block.dropped = 0;
    block.bytes_read = source_.bytes_read;
    block.hold(text_, std::move(entries_), source_bytes_);
    offset_ += text_.size();
    text_.clear();
    entries_ = {};
    source_bytes_ = 0;
}

}  // namespace proviso::simulator
