// State that is put aside and taken up again by the same program: `Saver` and `Loader` mirror each
// other.
//
// A struct lists its fields once, for both: a free `each_field(it, visit)` beside it, or a static
// member of that name where fields are private. Both take the struct apart by structured binding,
// so that a new field does not compile until somebody said whether it is saved. Where that is not
// enough, `save_to(saver, it)` and `load_from(loader, it)` beside the type go first.
//
// Numbers are in this machine's byte order. The loader trusts no length: each is held against the
// bytes that are left, and memory grows only as items have been read.
// Covered by tests/unit/engine/model/archive_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace proviso::model {

__extension__ using WideNumber = __int128;

/// Saved as the bytes that it has in memory.
template <class T>
concept Plain = std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_same_v<T, WideNumber>;

/// Saved under `Name::each_field`, which may reach what is private.
template <class T, class Visit>
concept ListsItself = requires(T& it, Visit& visit) {
    T::each_field(it, visit);
};

class Saver {
  public:
    template <class... Fields>
    void operator()(const Fields&... fields) {
        (put(fields), ...);
    }
    [[nodiscard]] std::string& bytes() { return bytes_; }
    /// What cannot be saved; the bytes are worth nothing then.
    void fail(std::string_view why) {
        if (error_.empty()) error_ = why;
    }
    [[nodiscard]] const std::string& error() const { return error_; }

    template <class T>
    void put(const T& it) {
        if constexpr (requires { save_to(*this, it); }) {
            save_to(*this, it);
        } else if constexpr (Plain<T>) {
            bytes_.append(reinterpret_cast<const char*>(&it), sizeof it);
        } else if constexpr (ListsItself<const T, Saver>) {
            T::each_field(it, *this);
        } else {
            each_field(it, *this);
        }
    }
    void put(const std::string& it) {
        put(it.size());
        bytes_ += it;
    }
    template <class T>
    void put(const std::vector<T>& items) {
        put_all(items);
    }
    template <class T, std::size_t N>
    void put(const std::array<T, N>& items) {
        for (const T& item : items) put(item);
    }
    template <class A, class B>
    void put(const std::pair<A, B>& it) {
        put(it.first);
        put(it.second);
    }
    template <class Key, class T, class Less>
    void put(const std::map<Key, T, Less>& items) {
        put_all(items);
    }
    template <class Key, class T, class Hash, class Equal>
    void put(const std::unordered_map<Key, T, Hash, Equal>& items) {
        put_all(items);
    }
    template <class T>
    void put(const std::optional<T>& it) {
        put(it.has_value());
        if (it) put(*it);
    }

  private:
    template <class Items>
    void put_all(const Items& items) {
        put(items.size());
        for (const auto& item : items) put(item);
    }

    std::string bytes_;
    std::string error_;
};

class Loader {
  public:
    explicit Loader(std::string_view bytes) : rest_(bytes) {}

    template <class... Fields>
    void operator()(Fields&... fields) {
        (get(fields), ...);
    }
    /// Keeps the first error; from then on there is nothing left to read.
    void fail(std::string_view why) {
        if (error_.empty()) error_ = why;
        rest_ = {};
    }
    [[nodiscard]] bool failed() const { return !error_.empty(); }
    [[nodiscard]] const std::string& error() const { return error_; }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }

    template <class T>
    void get(T& it) {
        if constexpr (requires { load_from(*this, it); }) {
            load_from(*this, it);
        } else if constexpr (std::is_same_v<T, bool>) {
            std::uint8_t byte = 0;
            get(byte);
            if (byte > 1) fail("a yes or no is neither");
            it = byte == 1;
        } else if constexpr (Plain<T>) {
            const std::string_view bytes = take(sizeof it);
            if (!bytes.empty()) std::memcpy(&it, bytes.data(), sizeof it);
        } else if constexpr (ListsItself<T, Loader>) {
            T::each_field(it, *this);
        } else {
            each_field(it, *this);
        }
    }
    void get(std::string& it) { it = take(count()); }
    template <class T>
    void get(std::vector<T>& items) {
        items.clear();
        for (std::size_t left = count(); left > 0 && !failed(); --left) get(items.emplace_back());
    }
    template <class T, std::size_t N>
    void get(std::array<T, N>& items) {
        for (T& item : items) get(item);
    }
    template <class A, class B>
    void get(std::pair<A, B>& it) {
        get(it.first);
        get(it.second);
    }
    template <class Key, class T, class Less>
    void get(std::map<Key, T, Less>& items) {
        get_keyed(items);
    }
    template <class Key, class T, class Hash, class Equal>
    void get(std::unordered_map<Key, T, Hash, Equal>& items) {
        get_keyed(items);
    }
    template <class T>
    void get(std::optional<T>& it) {
        bool there = false;
        get(there);
        it.reset();
        if (there && !failed()) get(it.emplace());
    }

  private:
    std::string_view take(std::size_t size) {
        if (size > rest_.size()) {
            fail("it ends too early");
            return {};
        }
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }
    /// How many items follow, each of a byte at least.
    std::size_t count() {
        std::size_t size = 0;
        get(size);
        if (size > rest_.size()) fail("it ends too early");
        return failed() ? 0 : size;
    }
    template <class Items>
    void get_keyed(Items& items) {
        items.clear();
        for (std::size_t left = count(); left > 0 && !failed(); --left) {
            typename Items::key_type key{};
            get(key);
            get(items[std::move(key)]);
        }
    }

    std::string_view rest_;
    std::string error_;
};

}  // namespace proviso::model
