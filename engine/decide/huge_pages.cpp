#include "engine/decide/huge_pages.h"

#include <cstdint>
#include <new>

#include <sys/mman.h>

namespace proviso::decide {

namespace {

constexpr std::size_t page = std::size_t{2} << 20;
/// From this size on a last page that is half empty is the lesser cost.
constexpr std::size_t large = page / 2;

std::size_t whole_pages(std::size_t bytes) {
    return (bytes + page - 1) / page * page;
}

/// Straight from the system, which gets it back at once: an allocator would keep what a table has
/// outgrown. A page more than is asked for, of which what lies around is given back.
void* map_pages(std::size_t bytes) {
    const std::size_t whole = whole_pages(bytes);
    void* mapped =
        mmap(nullptr, whole + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) throw std::bad_alloc();
    auto* begin = static_cast<char*>(mapped);
    const std::size_t over = reinterpret_cast<std::uintptr_t>(begin) % page;
    const std::size_t before = over == 0 ? 0 : page - over;
    if (before > 0) munmap(begin, before);
    munmap(begin + before + whole, page - before);
    // Where it is refused, pages are small.
    (void)madvise(begin + before, whole, MADV_HUGEPAGE);
    return begin + before;
}

}  // namespace

void* take_pages(std::size_t bytes, std::size_t alignment) {
    if (bytes < large) return ::operator new (bytes, std::align_val_t{alignment});
    if (bytes > SIZE_MAX - 2 * page) throw std::bad_alloc();
    return map_pages(bytes);
}

void give_pages(void* memory, std::size_t bytes, std::size_t alignment) noexcept {
    if (bytes < large) return ::operator delete (memory, std::align_val_t{alignment});
    munmap(memory, whole_pages(bytes));
}

}  // namespace proviso::decide
