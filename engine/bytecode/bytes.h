// Little-endian bytes: what a saved program is written to and read from. Private to this folder.
//
// `Writer` and `Reader` are visitors of program_fields.h and mirror images of each other. The
// reader trusts nothing: every length is held against the bytes that are left before anything is
// allocated for it, and memory beyond that grows only as items have really been read.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "engine/bytecode/program_fields.h"

namespace proviso::bytecode {

/// As many bytes as an integer is saved in: its own size; bool and enums as their base.
template <class T>
concept Number = std::is_integral_v<T> && !std::is_same_v<T, bool>;

class Writer {
  public:
    [[nodiscard]] std::string& bytes() { return bytes_; }

    template <class... Fields>
    void operator()(const Fields&... fields) {
        (put(fields), ...);
    }

    template <Number T>
    void put(T number) {
        const auto all = static_cast<std::uint64_t>(number);
        char bytes[sizeof(T)];
        for (std::size_t i = 0; i < sizeof(T); ++i) bytes[i] = static_cast<char>(all >> 8 * i);
        bytes_.append(bytes, sizeof(T));
    }
    void put(bool it) { put(static_cast<std::uint8_t>(it ? 1 : 0)); }
    template <class E>
    requires std::is_enum_v<E>
    void put(E it) { put(static_cast<std::underlying_type_t<E>>(it)); }
    void put(const std::string& it) { put(std::string_view(it)); }
    void put(std::string_view it) {
        put(static_cast<std::uint32_t>(it.size()));
        bytes_ += it;
    }
    template <class T>
    void put(const std::vector<T>& items) {
        put(static_cast<std::uint32_t>(items.size()));
        for (const T& item : items) put(item);
    }
    template <class T, std::size_t N>
    void put(const T (&items)[N]) {
        for (const T& item : items) put(item);
    }
    void put(const std::optional<std::uint32_t>& it) {
        put(it.has_value());
        put(it.value_or(0));
    }
    template <class T>
    requires std::is_class_v<T>
    void put(const T& it) { each_field(it, *this); }

  private:
    std::string bytes_;
};

class Reader {
  public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    [[nodiscard]] const std::string& error() const { return error_; }
    [[nodiscard]] bool failed() const { return !error_.empty(); }
    [[nodiscard]] std::size_t left() const { return rest_.size(); }
    /// Keeps the first error; from then on there is nothing left to read.
    void fail(std::string_view why) {
        if (error_.empty()) error_ = why;
        rest_ = {};
    }

    /// The next bytes, or nothing where there are fewer.
    std::string_view take(std::size_t size) {
        if (size > rest_.size()) {
            fail("it ends too early");
            return {};
        }
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }

    template <class... Fields>
    void operator()(Fields&... fields) {
        (get(fields), ...);
    }

    template <Number T>
    void get(T& number) {
        const std::string_view from = take(sizeof(T));
        if (from.empty()) return;
        std::uint64_t all = 0;
        for (std::size_t i = 0; i < sizeof(T); ++i) {
            all |= std::uint64_t{static_cast<unsigned char>(from[i])} << 8 * i;
        }
        number = static_cast<T>(all);
    }
    void get(bool& it) {
        std::uint8_t byte = 0;
        get(byte);
        if (byte > 1) fail("a yes or no is neither");
        it = byte == 1;
    }
    template <class E>
    requires std::is_enum_v<E>
    void get(E& it) {
        std::underlying_type_t<E> number = 0;
        get(number);
        if (enumerators < E >> 0 && number >= enumerators<E>) {
            fail("a word of a fixed list is out of range");
            number = 0;
        }
        it = static_cast<E>(number);
    }
    void get(std::string& it) { it = text(); }
    std::string_view text() {
        std::uint32_t size = 0;
        get(size);
        return take(size);
    }
    template <class T>
    void get(std::vector<T>& items) {
        const std::uint32_t size = count();
        items.reserve(std::min<std::size_t>(size, rest_.size() / sizeof(T)));
        for (std::uint32_t i = 0; i < size && !failed(); ++i) get(items.emplace_back());
    }
    template <class T, std::size_t N>
    void get(T (&items)[N]) {
        for (T& item : items) get(item);
    }
    void get(std::optional<std::uint32_t>& it) {
        bool there = false;
        std::uint32_t number = 0;
        get(there);
        get(number);
        if (there) it = number;
        if (!there && number != 0) fail("what is not there has a value");
    }
    template <class T>
    requires std::is_class_v<T>
    void get(T& it) { each_field(it, *this); }

    /// How many items follow; each takes a byte at least.
    std::uint32_t count() {
        std::uint32_t size = 0;
        get(size);
        if (size > rest_.size()) fail("it ends too early");
        return failed() ? 0 : size;
    }

  private:
    std::string_view rest_;
    std::string error_;
};

}  // namespace proviso::bytecode
