#include "simulator/history/packed_stream.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "simulator/packed/container.h"

namespace proviso::simulator {
namespace {

class PackedStream final : public ByteStream {
  public:
    explicit PackedStream(PackedBytes packed)
        : packed_(std::move(packed)),
          reader_([this](char* out, std::size_t capacity) { return packed_.read(out, capacity); }) {
    }

    std::size_t read(char* out, std::size_t capacity) override {
        std::size_t size = 0;
        while (size < capacity && (!rest_.empty() || refill())) {
            const std::size_t piece = std::min(capacity - size, rest_.size());
            std::memcpy(out + size, rest_.data(), piece);
            rest_.remove_prefix(piece);
            size += piece;
        }
        return size;
    }
    std::unique_ptr<const packed::BlockLines> next_lines() override {
        while (!as_bytes_) {
            as_bytes_ = true;
            if (!take_block()) break;
            auto lines = packed::BlockLines::of(block_);
            if (lines == nullptr || (is_first_ && lines->begins_with(byte_order_mark))) break;
            // The end is read before the last line is given: one that an error cuts off is none.
            if (lines->is_open() && (reader_.next(ahead_) || !reader_.error().empty())) break;
            has_block_ = is_first_ = as_bytes_ = false;
            if (lines->lines() > 0) return lines;
        }
        return nullptr;
    }
    [[nodiscard]] std::uint64_t stored_bytes() const override { return packed_.bytes(); }

  private:
    /// Whether there is a block in hand, or one more.
    bool take_block() {
        has_block_ = has_block_ || (error().empty() && reader_.next(block_));
        return has_block_;
    }
    /// The text of the next block; false at the end and where there is an error.
    bool refill() {
        if (!take_block()) return end();
        has_block_ = false;
        packed::PackedBlock block{block_};
        if (!block.read(text_)) {
            reader_.fail("the packed history is damaged: a block holds other lines than it says");
            return end();
        }
        rest_ = text_;
        return true;
    }
    bool end() {
        const std::string of_file = packed_.error();
        if (error().empty()) fail(of_file.empty() ? reader_.error() : of_file);
        return false;
    }

    PackedBytes packed_;
    packed::Reader reader_;
    std::string block_;
    bool has_block_ = false;  // that was not given yet
    bool is_first_ = true;
    bool as_bytes_ = false;  // what is left is read so
    std::string ahead_;
    std::string text_;
    std::string_view rest_;
};

}  // namespace

std::unique_ptr<ByteStream> make_packed_stream(PackedBytes packed) {
    return std::make_unique<PackedStream>(std::move(packed));
}

}  // namespace proviso::simulator
