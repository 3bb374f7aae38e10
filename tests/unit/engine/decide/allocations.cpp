#include "tests/unit/engine/decide/allocations.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> count{0};

}  // namespace

namespace proviso::tests {

std::size_t allocations() {
    return count.load();
}

}  // namespace proviso::tests

// The array forms call these. The nothrow form too is replaced: a sanitizer's own would allocate
// what the `delete` below then frees in another way.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    ++count;
    return std::malloc(size == 0 ? 1 : size);
}

void* operator new(std::size_t size) {
    if (void* memory = ::operator new(size, std::nothrow)) return memory;
    throw std::bad_alloc();
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
