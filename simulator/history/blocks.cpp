#include "simulator/history/blocks.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace proviso::simulator {

void Block::reserve(std::size_t capacity) {
    if (capacity <= capacity_) return;
    auto memory = std::make_unique_for_overwrite<char[]>(capacity + padding_bytes);
    if (size_ > 0) std::memcpy(memory.get(), memory_.get(), size_);
    memory_ = std::move(memory);
    capacity_ = capacity;
}

void Block::assign(std::string_view text) {
    size_ = 0;
    reserve(std::max<std::size_t>(text.size(), 1));
    if (!text.empty()) std::memcpy(memory_.get(), text.data(), text.size());
    size_ = text.size();
}

BlockReader::BlockReader(std::vector<std::string> paths, std::size_t block_bytes,
                         std::size_t line_bytes, bool as_lines)
    : paths_(std::move(paths)),
      block_bytes_(std::max<std::size_t>(block_bytes, 1)),
      line_bytes_(line_bytes),
      as_lines_(as_lines),
      closed_(paths_.size()) {}

std::uint64_t BlockReader::stored_bytes(std::size_t file) const {
    const bool is_open = stream_ != nullptr && file + 1 == next_file_;
    return is_open ? stream_->stored_bytes() : closed_[file];
}

bool BlockReader::next(Block& block) {
    while (stream_ != nullptr || open_next()) {
        block.file = next_file_ - 1;
        block.dropped = 0;
        block.offset = offset_;
        const bool given = fill(block);
        block.bytes_read = closed_bytes_ + (stream_ != nullptr ? stream_->stored_bytes() : 0);
        if (!given) continue;
        block.index = index_++;
        offset_ += block.text_bytes();
        if (block.lines == nullptr)
            std::memset(block.memory_.get() + block.size_, 0, padding_bytes);
        return true;
    }
    return false;
}

bool BlockReader::open_next() {
    while (next_file_ < paths_.size()) {
        OpenedStream opened = open_stream(paths_[next_file_++]);
        if (opened.stream != nullptr) {
            stream_ = std::move(opened.stream);
            at_start_ = true;
            return true;
        }
        errors_.push_back({next_file_ - 1, std::move(opened.error)});
    }
    return false;
}

void BlockReader::close(const std::string& error) {
    if (!error.empty()) errors_.push_back({next_file_ - 1, error});
    closed_[next_file_ - 1] = stream_->stored_bytes();
    closed_bytes_ += stream_->stored_bytes();
    stream_.reset();
}

/// Reads until the block has whole lines; false where the file has no more of them.
bool BlockReader::fill(Block& block) {
    block.lines = as_lines_ ? stream_->next_lines() : nullptr;
    if (block.lines != nullptr) {
        at_start_ = false;
        block.size_ = 0;
        return true;
    }
    block.assign(carry_);
    carry_.clear();
    std::size_t target = std::max(block_bytes_, block.size_ + 1);
    while (true) {
        const bool more = extend(block, target);
        if (!more) {
            const std::string error = stream_->error();
            close(error);
            if (error.empty()) return block.size_ > 0;
            const bool whole = cut_after_last_line(block);
            carry_.clear();  // the line that the error cut off
            return whole;
        }
        if (cut_after_last_line(block)) return true;
        if (block.size_ > line_bytes_ + 2) {
            cut_long_line(block);
            return true;
        }
        target *= 2;
    }
}

/// Reads on up to `target` bytes; false at the end of the file.
bool BlockReader::extend(Block& block, std::size_t target) {
    // At least what tells a byte order mark, and no more than shows that a line is too long.
    target = std::max(target, byte_order_mark.size());
    target = std::min(target, std::max(block_bytes_, line_bytes_ + 3));
    target = std::max(target, block.size_ + 1);
    block.reserve(target);
    const std::size_t size = stream_->read(block.memory_.get() + block.size_, target - block.size_);
    block.size_ += size;
    if (at_start_) {
        at_start_ = false;
        if (block.text().starts_with(byte_order_mark)) {
            block.assign(std::string{block.text().substr(byte_order_mark.size())});
        }
    }
    return size > 0 && (stream_->error().empty());
}

bool BlockReader::cut_after_last_line(Block& block) {
    const std::size_t end = block.text().rfind('\n');
    if (end == std::string_view::npos) return false;
    carry_.assign(block.text().substr(end + 1));
    block.size_ = end + 1;
    return true;
}

void BlockReader::cut_long_line(Block& block) {
    const std::size_t kept = line_bytes_ + 2;
    block.dropped = block.size_ - kept;
    block.size_ = kept;
    read_over_line(block);
}

void BlockReader::read_over_line(Block& block) {
    std::array<char, 65'536> piece;
    while (true) {
        const std::size_t size = stream_->read(piece.data(), piece.size());
        const std::string_view text{piece.data(), size};
        const std::size_t end = text.find('\n');
        if (end != std::string_view::npos) {
            block.dropped += end;
            block.reserve(block.size_ + 1);
            block.memory_[block.size_++] = '\n';
            carry_.assign(text.substr(end + 1));
            return;
        }
        block.dropped += size;
        if (size < piece.size()) {
            close(stream_->error());
            return;
        }
    }
}

}  // namespace proviso::simulator
