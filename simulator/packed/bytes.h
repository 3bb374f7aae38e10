// What a packed block is written to and read from: numbers of seven bits a byte, lowest first
// (LEB128), texts behind their length, and fixed numbers of one to eight bytes, little-endian.
//
// The cursor trusts nothing: it keeps the first fault, and has nothing left from then on. What is
// read takes memory for no more items than it was given, however few bytes each of them has.
// Covered by tests/unit/simulator/packed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace proviso::simulator::packed {

inline void put_number(std::string& out, std::uint64_t number) {
    for (; number >= 0x80; number >>= 7) out += static_cast<char>(number | 0x80);
    out += static_cast<char>(number);
}

inline void put_text(std::string& out, std::string_view text) {
    put_number(out, text.size());
    out += text;
}

/// The lowest `width` bytes.
inline void put_fixed(std::string& out, std::uint64_t number, unsigned width) {
    for (unsigned i = 0; i < width; ++i) out += static_cast<char>(number >> 8 * i);
}

/// The fewest bytes, of 1, 2, 4 and 8, that hold it.
constexpr unsigned width_of(std::uint64_t largest) {
    return largest <= 0xff ? 1 : largest <= 0xffff ? 2 : largest <= 0xffff'ffff ? 4 : 8;
}

class Cursor {
  public:
    explicit Cursor(std::string_view bytes, std::uint64_t items = 0)
        : rest_(bytes),
          items_(items) {}

    [[nodiscard]] bool failed() const noexcept { return failed_; }
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
    [[nodiscard]] std::size_t left() const noexcept { return rest_.size(); }
    void fail() noexcept {
        failed_ = true;
        rest_ = {};
    }
    /// So many items of those that it may take memory for; fails where there are fewer.
    void take_items(std::uint64_t count) {
        if (count > items_) return fail();
        items_ -= count;
    }

    /// The next bytes, or nothing where there are fewer.
    std::string_view take(std::uint64_t size) {
        if (size > rest_.size()) {
            fail();
            return {};
        }
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }
    std::uint64_t number();
    /// A number that is at most `largest`; 0 where it is more.
    std::uint64_t number(std::uint64_t largest) {
        const std::uint64_t value = number();
        if (value > largest) fail();
        return failed_ ? 0 : value;
    }
    std::string_view text() { return take(number(rest_.size())); }
    /// `count` numbers of one of the four widths, which stands before them.
    std::string_view fixed(std::uint64_t count, unsigned& width);

  private:
    std::string_view rest_;
    std::uint64_t items_;
    bool failed_ = false;
};

inline std::uint64_t Cursor::number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::string_view byte = take(1);
        if (byte.empty()) return 0;
        const auto bits = static_cast<unsigned char>(byte.front());
        value |= std::uint64_t{bits & 0x7fU} << shift;
        if (bits < 0x80) return value;
    }
    fail();
    return 0;
}

inline std::string_view Cursor::fixed(std::uint64_t count, unsigned& width) {
    width = static_cast<unsigned>(number(8));
    const bool is_width = width == 1 || width == 2 || width == 4 || width == 8;
    if (!is_width || count > left()) fail();
    return failed_ ? std::string_view{} : take(count * width);
}

/// Number `i` of those that `Cursor::fixed` gave.
inline std::uint64_t fixed_at(std::string_view numbers, unsigned width, std::size_t i) {
    std::uint64_t value = 0;
    const char* const at = numbers.data() + i * width;
    switch (width) {
        case 1: return static_cast<unsigned char>(*at);
        case 2: __builtin_memcpy(&value, at, 2); break;
        case 4: __builtin_memcpy(&value, at, 4); break;
        default: __builtin_memcpy(&value, at, 8); break;
    }
    return value;
}

}  // namespace proviso::simulator::packed
