// Where pieces of memory begin, and that all of them can be written.
#include "engine/decide/huge_pages.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <catch2/catch.hpp>

namespace proviso::decide {
namespace {

TEST_CASE("Large pieces of memory begin at a huge page", "[decide][huge_pages]") {
    constexpr std::size_t page = std::size_t{2} << 20;
    for (const std::size_t bytes : {std::size_t{100}, page / 2 - 1, page / 2, page + 1, 3 * page}) {
        void* memory = huge_pages()->allocate(bytes, 64);
        const auto address = reinterpret_cast<std::uintptr_t>(memory);
        CHECK(address % (bytes < page / 2 ? 64 : page) == 0);
        std::memset(memory, 'a', bytes);
        huge_pages()->deallocate(memory, bytes, 64);
    }
}

}  // namespace
}  // namespace proviso::decide
