#include "simulator/history/bytes.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>
#include <vector>

#include <zlib.h>

#include "simulator/history/packed_stream.h"
#include "simulator/history/zstd_stream.h"
#include "simulator/packed/container.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t magic_bytes = 4;  // the longest magic
static_assert(zstd_magic.size() <= magic_bytes && packed::magic.size() <= magic_bytes);
constexpr std::size_t packed_bytes = 256u << 10;

/// A stdio file, unbuffered, with its first bytes read ahead.
class RawFile {
  public:
    RawFile(std::FILE* file, bool owned) : file_(file), owned_(owned) {
        std::setvbuf(file_, nullptr, _IONBF, 0);
        head_size_ = take(head_.data(), head_.size());
    }
    ~RawFile() {
        if (owned_) std::fclose(file_);
    }
    RawFile(const RawFile&) = delete;
    RawFile& operator=(const RawFile&) = delete;

    [[nodiscard]] bool starts_with(std::string_view magic) const {
        return std::string_view{head_.data(), head_size_}.substr(0, magic.size()) == magic;
    }

    std::size_t read(char* out, std::size_t capacity) {
        const std::size_t ahead = std::min(capacity, head_size_ - head_used_);
        std::memcpy(out, head_.data() + head_used_, ahead);
        head_used_ += ahead;
        return ahead + take(out + ahead, capacity - ahead);
    }

    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
    [[nodiscard]] std::string error() const {
        return error_ == 0 ? std::string{} : std::generic_category().message(error_);
    }

  private:
    std::size_t take(char* out, std::size_t capacity) {
        if (capacity == 0 || error_ != 0) return 0;
        errno = 0;
        const std::size_t size = std::fread(out, 1, capacity, file_);
        if (size < capacity && std::ferror(file_) != 0) error_ = errno != 0 ? errno : EIO;
        bytes_ += size;
        return size;
    }

    std::FILE* file_;
    bool owned_;
    std::array<char, magic_bytes> head_{};
    std::size_t head_size_ = 0;
    std::size_t head_used_ = 0;
    std::uint64_t bytes_ = 0;
    int error_ = 0;
};

class PlainStream final : public ByteStream {
  public:
    explicit PlainStream(std::unique_ptr<RawFile> file) : file_(std::move(file)) {}

    std::size_t read(char* out, std::size_t capacity) override {
        const std::size_t size = file_->read(out, capacity);
        if (size < capacity) fail(file_->error());
        return size;
    }
    [[nodiscard]] std::uint64_t stored_bytes() const override { return file_->bytes(); }

  private:
    std::unique_ptr<RawFile> file_;
};

/// One gzip member after the other; zeros behind the last one are padding.
class GzipStream final : public ByteStream {
  public:
    explicit GzipStream(std::unique_ptr<RawFile> file)
        : file_(std::move(file)),
          packed_(packed_bytes) {
        ready_ = inflateInit2(&state_, MAX_WBITS + 16) == Z_OK;  // + 16: gzip, nothing else
        if (!ready_) fail("no memory to unpack gzip data");
    }
    ~GzipStream() override {
        if (ready_) inflateEnd(&state_);
    }

    std::size_t read(char* out, std::size_t capacity) override {
        std::size_t size = 0;
        while (size < capacity && error().empty() && !at_end_) {
            const auto piece = static_cast<uInt>(
                std::min<std::size_t>(capacity - size, std::numeric_limits<uInt>::max()));
            state_.next_out = reinterpret_cast<Bytef*>(out + size);
            state_.avail_out = piece;
            step();
            size += piece - state_.avail_out;
        }
        return size;
    }
    [[nodiscard]] std::uint64_t stored_bytes() const override { return file_->bytes(); }

  private:
    void step() {
        if (state_.avail_in == 0 && !refill()) return;
        if (!in_member_ && !start_member()) return;
        const int code = inflate(&state_, Z_NO_FLUSH);
        if (code == Z_STREAM_END) {
            in_member_ = false;
            ++members_;
        } else if (code != Z_OK && code != Z_BUF_ERROR) {
            fail(std::string{"the gzip data are damaged: "} +
                 (state_.msg != nullptr ? state_.msg : "not readable"));
        }
    }

    bool refill() {
        const std::size_t size =
            file_->read(reinterpret_cast<char*>(packed_.data()), packed_.size());
        if (size == 0) {
            at_end_ = true;
            if (const std::string reason = file_->error(); !reason.empty()) {
                fail(reason);
            } else if (in_member_) {
                fail("the gzip data are cut off");
            }
            return false;
        }
        state_.next_in = packed_.data();
        state_.avail_in = static_cast<uInt>(size);
        return true;
    }

    bool start_member() {
        while (members_ > 0 && state_.avail_in > 0 && *state_.next_in == 0) {
            ++state_.next_in;
            --state_.avail_in;
        }
        if (state_.avail_in == 0) return false;
        in_member_ = true;
        return inflateReset(&state_) == Z_OK;
    }

    std::unique_ptr<RawFile> file_;
    std::vector<Bytef> packed_;
    z_stream state_{};
    bool ready_ = false;
    bool in_member_ = false;
    bool at_end_ = false;
    std::uint64_t members_ = 0;
};

PackedBytes stored(std::unique_ptr<RawFile> file) {
    const std::shared_ptr<RawFile> shared = std::move(file);
    return {[shared](char* out, std::size_t capacity) { return shared->read(out, capacity); },
            [shared] { return shared->bytes(); }, [shared] { return shared->error(); }};
}

}  // namespace

OpenedStream open_stream(const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) return {nullptr, "it is a folder"};
    const bool is_stdin = path == "-";
    std::FILE* const file = is_stdin ? stdin : std::fopen(path.c_str(), "rb");
    if (file == nullptr) return {nullptr, std::generic_category().message(errno)};
    auto raw = std::make_unique<RawFile>(file, !is_stdin);
    if (raw->starts_with("\x1f\x8b")) return {std::make_unique<GzipStream>(std::move(raw)), {}};
    if (raw->starts_with(zstd_magic)) return {make_zstd_stream(stored(std::move(raw))), {}};
    if (raw->starts_with(packed::magic)) return {make_packed_stream(stored(std::move(raw))), {}};
    return {std::make_unique<PlainStream>(std::move(raw)), {}};
}

std::string why_unreadable(const std::string& path) {
    std::error_code error;
    const auto type = std::filesystem::status(path, error).type();
    if (type == std::filesystem::file_type::directory) return "it is a folder";
    // Opening a pipe would wait for its writer, and could take its first bytes away.
    if (type == std::filesystem::file_type::fifo) return {};
    std::FILE* const file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) return std::generic_category().message(errno);
    std::fclose(file);
    return {};
}

std::optional<std::uint64_t> stored_size(const std::string& path) {
    std::error_code error;
    if (path == "-" || !std::filesystem::is_regular_file(path, error)) return std::nullopt;
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    if (error) return std::nullopt;
    return size;
}

}  // namespace proviso::simulator
