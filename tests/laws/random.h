// Random choices from a seed. A plain generator rather than rapidcheck's: whole sets are made with
// the odds that reach every construct, each thousand times a second, and a failing one is made
// small by leaving statements out (shrink.h), which shrinking of choices does not do well.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

namespace proviso::laws {

class Random {
  public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}

    std::uint64_t next() { return engine_(); }
    /// 0 to count - 1; 0 where count is 0.
    std::size_t below(std::size_t count) { return count == 0 ? 0 : engine_() % count; }
    bool chance(unsigned percent) { return below(100) < percent; }

    template <class T>
    const T& pick(const std::vector<T>& items) {
        return items[below(items.size())];
    }
    std::string pick(std::initializer_list<const char*> items) {
        return *(items.begin() + below(items.size()));
    }
    template <class T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
    }

  private:
    std::mt19937_64 engine_;
};

}  // namespace proviso::laws
