// The values of one hole of a shape, of all lines of a block that have the shape, as one column.
//
// A column is the least of: one value for all; a dictionary, and a number for each; numbers or
// times of one form (numbers.h), as their distance from the smallest; or texts, one behind the
// other, without what all begin and end with. docs/history-pack.md has the bytes. Covered by
// tests/unit/simulator/packed/column_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "simulator/packed/bytes.h"
#include "simulator/packed/numbers.h"

namespace proviso::simulator::packed {

enum class ColumnKind : std::uint8_t { constant, dictionary, number, time, text };
inline constexpr std::size_t column_kinds = 5;
[[nodiscard]] std::string_view name(ColumnKind kind) noexcept;

inline constexpr std::size_t most_entries = 65'536;  ///< of a dictionary

/// `values` has one at least.
void write_column(std::string& out, std::span<const std::string_view> values);

/// As memcpy, for the short texts that values are: no call, and no byte more than `size`.
inline void copy_text(char* to, const char* from, std::size_t size) {
    const auto ends = [&]<std::size_t width>(std::integral_constant<std::size_t, width>) {
        __builtin_memcpy(to, from, width);
        __builtin_memcpy(to + size - width, from + size - width, width);
    };
    if (size > 32) {
        __builtin_memcpy(to, from, size);
    } else if (size >= 16) {
        ends(std::integral_constant<std::size_t, 16>{});
    } else if (size >= 8) {
        ends(std::integral_constant<std::size_t, 8>{});
    } else if (size >= 4) {
        ends(std::integral_constant<std::size_t, 4>{});
    } else {
        for (std::size_t i = 0; i < size; ++i) to[i] = from[i];
    }
}

/// Memory that is written to from its beginning. Behind its end are `slack` bytes more, that
/// numbers are tried out in.
class Room {
  public:
    static constexpr std::size_t slack = most_number_bytes;
    Room(char* from, std::size_t size) : at_(from), end_(from + size) {}
    /// False where it does not fit; nothing is written then.
    bool append(std::string_view text) {
        if (text.size() > left()) return false;
        copy_text(at_, text.data(), text.size());
        at_ += text.size();
        return true;
    }
    [[nodiscard]] std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
    [[nodiscard]] char* at() const { return at_; }
    /// False where that is past the end.
    bool move_to(char* at) {
        if (at > end_) return false;
        at_ = at;
        return true;
    }

  private:
    char* at_;
    char* end_;
};

/// Gives the values of a column one after the other, or, once it has been indexed, any of them.
/// What it was read from must outlive it.
class Column {
  public:
    /// Of `count` values. Where the bytes are damaged the cursor has failed, and nothing is given.
    Column(Cursor& from, std::size_t count);

    /// The next value; false where there is no room, no more of them, or it cannot be written.
    bool append(Room& room);
    [[nodiscard]] ColumnKind kind() const noexcept { return kind_; }
    /// What a constant column gives; of others no value.
    [[nodiscard]] const std::string_view& constant() const noexcept { return before_; }

    /// Adds the size of each value to the number that stands for its line; false where a value
    /// cannot be written. Before any of those below.
    [[nodiscard]] bool index(std::span<std::uint64_t> sizes);
    /// As `append`, of any value.
    bool append_at(Room& room, std::size_t value) const;
    /// Bytes of the largest value; what `index` has found, as all below.
    [[nodiscard]] std::uint64_t widest() const noexcept { return widest_; }

    // What values are made of, by kind; views of what the column was read from, and of itself.
    [[nodiscard]] std::string_view before() const noexcept { return before_; }
    [[nodiscard]] std::string_view after() const noexcept { return after_; }
    [[nodiscard]] std::span<const std::string_view> entries() const noexcept { return entries_; }
    /// Numbers of entries or distances from `base`, of `width` bytes each.
    [[nodiscard]] std::string_view numbers() const noexcept { return fixed_; }
    [[nodiscard]] unsigned width() const noexcept { return width_; }
    [[nodiscard]] std::uint64_t base() const noexcept { return base_; }
    [[nodiscard]] std::uint8_t digits() const noexcept { return digits_; }
    [[nodiscard]] std::uint8_t scale() const noexcept { return scale_; }
    [[nodiscard]] std::string_view scales() const noexcept { return scales_; }
    /// All texts one behind the other, and where each begins, with the end of the last.
    [[nodiscard]] std::string_view texts() const { return texts_.substr(0, offsets_.back()); }
    [[nodiscard]] std::span<const std::uint32_t> offsets() const noexcept { return offsets_; }

  private:
    void read_dictionary(Cursor& from);
    void read_numbers(Cursor& from);
    void read_texts(Cursor& from);
    [[nodiscard]] std::size_t entry_at(std::size_t value) const {
        return fixed_at(fixed_, width_, value);
    }
    [[nodiscard]] std::int64_t coefficient_at(std::size_t value) const {
        return static_cast<std::int64_t>(base_ + fixed_at(fixed_, width_, value));
    }
    [[nodiscard]] std::uint8_t scale_at(std::size_t value) const {
        return scales_.empty() ? scale_ : static_cast<std::uint8_t>(scales_[value]);
    }
    [[nodiscard]] std::string_view text_at(std::size_t value) const {
        return texts_.substr(offsets_[value], offsets_[value + 1] - offsets_[value]);
    }
    bool append_text(Room& room);
    bool write_number(Room& room, std::size_t value) const;
    bool index_entries(std::span<std::uint64_t> sizes);
    template <class Visit>
    auto with_numbers(Visit&& visit) const;
    bool index_numbers(std::span<std::uint64_t> sizes);
    /// The least and the largest of the numbers.
    struct Extent {
        std::uint64_t least = 0;
        std::uint64_t most = 0;
    };
    [[nodiscard]] Extent extent() const;
    bool index_growing(std::span<std::uint64_t> sizes, const Extent& extent);
    [[nodiscard]] std::size_t number_size(std::int64_t coefficient, std::uint8_t scale) const;
    bool index_texts(std::span<std::uint64_t> sizes);

    ColumnKind kind_ = ColumnKind::constant;
    std::size_t count_;
    std::size_t next_ = 0;
    std::string_view before_;  // what every value begins with; of a constant: all of it
    std::string_view after_;
    std::vector<std::string_view> entries_;  // of a dictionary
    unsigned width_ = 1;
    std::string_view fixed_;  // numbers of entries, distances, or lengths, by kind
    std::uint64_t base_ = 0;  // of a distance
    std::uint8_t digits_ = 0;
    std::uint8_t scale_ = 0;
    std::string_view scales_;             // empty: all are of `scale_`
    std::string_view texts_;              // that are left, of those that `append` gives
    std::vector<std::uint32_t> offsets_;  // of texts, once they are indexed
    std::uint64_t widest_ = 0;
};

}  // namespace proviso::simulator::packed
