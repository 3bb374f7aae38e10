// Memory for tables that are read at random places: a store of a million keys lies in some hundred
// megabytes, and with pages of four kilobytes each look waits for the page table as well.
//
// Covered by tests/unit/engine/decide/huge_pages_test.cpp.
#pragma once

#include <cstddef>
#include <limits>
#include <new>
#include <vector>

namespace proviso::decide {

/// Large pieces in pages of two megabytes, where the system gives such; small ones as `new` does.
/// Thread-safe. Running out throws std::bad_alloc.
[[nodiscard]] void* take_pages(std::size_t bytes, std::size_t alignment);
/// Of a piece that was taken so.
void give_pages(void* memory, std::size_t bytes, std::size_t alignment) noexcept;

/// The same for containers.
template <class Value>
struct HugePages {
    using value_type = Value;

    HugePages() noexcept = default;
    template <class Other>
    explicit HugePages(const HugePages<Other>& /*other*/) noexcept {}

    [[nodiscard]] Value* allocate(std::size_t count) {
        if (count > std::numeric_limits<std::size_t>::max() / sizeof(Value)) throw std::bad_alloc();
        return static_cast<Value*>(take_pages(count * sizeof(Value), alignof(Value)));
    }
    void deallocate(Value* values, std::size_t count) noexcept {
        give_pages(values, count * sizeof(Value), alignof(Value));
    }
    friend bool operator==(const HugePages& /*a*/, const HugePages& /*b*/) { return true; }
};

template <class Value>
using PagedVector = std::vector<Value, HugePages<Value>>;

}  // namespace proviso::decide
