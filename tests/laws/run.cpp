// See run.h.
#include "tests/laws/run.h"

#include <cstdlib>
#include <iostream>
#include <random>

namespace proviso::laws {

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t slower = 20;
#else
constexpr std::size_t slower = 1;
#endif

constexpr std::uint64_t fixed_seed = 20261125;

std::uint64_t number_from(const char* name, std::uint64_t fallback) {
    const char* text = std::getenv(name);
    return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

}  // namespace

std::size_t fewer(std::size_t count) {
    return (count + slower - 1) / slower;
}

std::size_t expected(std::size_t count) {
    return std::getenv("PROVISO_LAW_PAIRS") != nullptr ? 1 : fewer(count);
}

Runs::Runs(const std::string& law, std::size_t pairs) {
    std::random_device device;
    const std::size_t all = number_from("PROVISO_LAW_PAIRS", pairs / slower);
    const std::uint64_t given = number_from("PROVISO_LAW_SEED", 0);
    runs_[0] = {given == 0 ? fixed_seed : given, all};
    if (given != 0) {
        count_ = 1;
    } else {
        runs_[0].pairs = all / 2;
        runs_[1] = {device(), all - all / 2};
    }
    for (const Run& run : *this) {
        std::cout << law << ": seed " << run.seed << ", " << run.pairs << " pairs"
                  << (slower > 1 ? " (fewer, under a sanitizer)" : "") << "\n";
    }
}

}  // namespace proviso::laws
