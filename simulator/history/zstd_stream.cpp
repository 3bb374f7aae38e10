#include "simulator/history/zstd_stream.h"

#include <utility>
#include <vector>

#include <zstd.h>

namespace proviso::simulator {
namespace {

constexpr int largest_window = 27;  // 128 MiB, what `zstd` itself unpacks without being asked

class ZstdStream final : public ByteStream {
  public:
    explicit ZstdStream(PackedBytes packed)
        : packed_(std::move(packed)),
          state_(ZSTD_createDStream()),
          buffer_(ZSTD_DStreamInSize()) {
        if (state_ == nullptr) {
            fail("no memory to unpack zstd data");
            return;
        }
        ZSTD_DCtx_setParameter(state_.get(), ZSTD_d_windowLogMax, largest_window);
    }

    std::size_t read(char* out, std::size_t capacity) override {
        ZSTD_outBuffer room{out, capacity, 0};
        while (room.pos < room.size && error().empty() && !at_end_) step(room);
        return room.pos;
    }
    [[nodiscard]] std::uint64_t stored_bytes() const override { return packed_.bytes(); }

  private:
    void step(ZSTD_outBuffer& room) {
        if (input_.pos == input_.size && !owes_output_ && !refill()) return;
        const std::size_t before = room.pos;
        const std::size_t hint = ZSTD_decompressStream(state_.get(), &room, &input_);
        if (ZSTD_isError(hint) != 0) {
            return fail(std::string{"the zstd data are damaged: "} + ZSTD_getErrorName(hint));
        }
        in_frame_ = hint != 0;
        // A full buffer may leave more behind that needs no more input.
        owes_output_ = in_frame_ && room.pos == room.size && room.pos > before;
    }

    bool refill() {
        input_ = {buffer_.data(), packed_.read(buffer_.data(), buffer_.size()), 0};
        if (input_.size > 0) return true;
        at_end_ = true;
        if (const std::string reason = packed_.error(); !reason.empty()) {
            fail(reason);
        } else if (in_frame_) {
            fail("the zstd data are cut off");
        }
        return false;
    }

    struct Free {
        void operator()(ZSTD_DStream* state) const { ZSTD_freeDStream(state); }
    };
    PackedBytes packed_;
    std::unique_ptr<ZSTD_DStream, Free> state_;
    std::vector<char> buffer_;
    ZSTD_inBuffer input_{nullptr, 0, 0};
    bool in_frame_ = false;
    bool owes_output_ = false;
    bool at_end_ = false;
};

}  // namespace

std::unique_ptr<ByteStream> make_zstd_stream(PackedBytes packed) {
    return std::make_unique<ZstdStream>(std::move(packed));
}

}  // namespace proviso::simulator
