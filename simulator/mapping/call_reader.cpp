#include "simulator/mapping/call_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "simulator/mapping/mapped_fields.h"

namespace proviso::simulator {

CallReader::CallReader(std::unique_ptr<BlockSource> lines, std::size_t block_bytes,
                       std::size_t call_bytes, const Adapter& adapter)
    : block_bytes_(block_bytes),
      lines_(std::move(lines)),
      unfolder_(adapter, call_bytes) {}

bool CallReader::next(Block& block) {
    while (text_.size() < block_bytes_) {
        if (rest_.empty() && !read()) break;
        if (source_.file != file_) {
            // No block holds calls of two files; what waits for an answer gets none.
            unfolder_.close();
            drain();
            if (!origins_.empty()) break;
            file_ = source_.file;
            line_ = 0;
        }
        unfold();
    }
    if (origins_.empty()) return false;
    give(block);
    return true;
}

std::vector<std::uint8_t> CallReader::places_met(const Mapping& mapping) const {
    std::vector<std::uint8_t> met;
    std::size_t filter = 0;
    for (const MappedPlace& one : mapped_places(mapping)) {
        met.push_back(one.pointer.empty()
                          ? unfolder_.filters_met()[filter++]
                          : unfolder_.slots_met()[std::stoul(one.pointer.substr(1))]);
    }
    return met;
}

/// False at the end of the last file, when nothing waits any more.
bool CallReader::read() {
    if (lines_->next(source_)) {
        rest_ = source_.text();
        return true;
    }
    unfolder_.close();
    drain();
    return false;
}

/// One line.
void CallReader::unfold() {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    unfolder_.add(rest_.substr(0, end));
    drain();
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
}

void CallReader::drain() {
    Unfolded entry;
    while (unfolder_.take(entry)) {
        text_ += entry.text;
        text_ += '\n';
        origins_.push_back({static_cast<std::uint32_t>(file_), line_ + 1, entry.call, entry.kind,
                            entry.ends_line});
        if (entry.ends_line) ++line_;
    }
}

void CallReader::give(Block& block) {
    block.index = index_++;
    block.file = file_;
    block.offset = offset_;
    block.dropped = 0;
    block.bytes_read = source_.bytes_read;
    block.origins = std::move(origins_);
    block.assign(text_);
    std::memset(block.memory_.get() + block.size_, 0, padding_bytes);
    offset_ += text_.size();
    text_.clear();
    origins_ = {};
}

}  // namespace proviso::simulator
