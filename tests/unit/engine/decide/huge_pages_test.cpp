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
        void* memory = take_pages(bytes, 64);
        const auto address = reinterpret_cast<std::uintptr_t>(memory);
        CHECK(address % (bytes < page / 2 ? 64 : page) == 0);
        std::memset(memory, 'a', bytes);
        give_pages(memory, bytes, 64);
    }
}

TEST_CASE("A vector in huge pages is a vector", "[decide][huge_pages]") {
    constexpr std::uint64_t many = 1'000'000;
    PagedVector<std::uint64_t> numbers;
    for (std::uint64_t i = 0; i < many; ++i) numbers.push_back(i);
    PagedVector<std::uint64_t> copy = numbers;
    PagedVector<std::uint64_t> other{7};
    other.swap(numbers);
    CHECK(numbers == PagedVector<std::uint64_t>{7});
    CHECK(copy == other);
    CHECK(copy[many - 1] == many - 1);
}

}  // namespace
}  // namespace proviso::decide
