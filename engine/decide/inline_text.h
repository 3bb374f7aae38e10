// A text that does not change and lies, where it is short, in the record that owns it: no read of
// memory elsewhere to compare it.
//
// Covered by tests/unit/engine/decide/inline_text_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace proviso::decide {

class InlineText {
  public:
    static constexpr std::size_t most_inline = 23;

    InlineText() noexcept = default;
    /// Fewer than 2^32 bytes.
    explicit InlineText(std::string_view text) {
        if (text.size() > most_inline) {
            keep_elsewhere(text);
            return;
        }
        bytes_[0] = static_cast<char>(text.size());
        if (!text.empty()) std::memcpy(&bytes_[1], text.data(), text.size());
    }
    InlineText(InlineText&& other) noexcept : bytes_(other.bytes_) { other.bytes_[0] = 0; }
    InlineText& operator=(InlineText&& other) noexcept {
        if (this == &other) return *this;
        release();
        bytes_ = other.bytes_;
        other.bytes_[0] = 0;
        return *this;
    }
    InlineText(const InlineText&) = delete;
    InlineText& operator=(const InlineText&) = delete;
    ~InlineText() { release(); }

    [[nodiscard]] std::string_view view() const {
        if (!is_elsewhere()) return {&bytes_[1], static_cast<std::size_t>(bytes_[0])};
        const Elsewhere where = elsewhere();
        return {where.text, where.size};
    }

  private:
    static constexpr char tells_elsewhere = 127;
    struct Elsewhere {
        char* text = nullptr;
        std::uint32_t size = 0;
    };

    [[nodiscard]] bool is_elsewhere() const { return bytes_[0] == tells_elsewhere; }
    [[nodiscard]] Elsewhere elsewhere() const {
        Elsewhere where;
        std::memcpy(&where, &bytes_[8], sizeof where);
        return where;
    }
    void keep_elsewhere(std::string_view text) {
        auto made = std::make_unique<char[]>(text.size());
        std::memcpy(made.get(), text.data(), text.size());
        const Elsewhere where{made.release(), static_cast<std::uint32_t>(text.size())};
        bytes_[0] = tells_elsewhere;
        std::memcpy(&bytes_[8], &where, sizeof where);
    }
    void release() noexcept {
        if (is_elsewhere()) delete[] elsewhere().text;
    }

    alignas(8) std::array<char, most_inline + 1> bytes_{};
};
static_assert(sizeof(InlineText) == 24);

}  // namespace proviso::decide
