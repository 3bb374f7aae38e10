// How much a law tries: from the environment, so that a long run is the same test by hand.
//
//     PROVISO_LAW_SEED=17 PROVISO_LAW_PAIRS=20000000 build/release/tests/laws/laws "the reference*"
#pragma once

#include <cstdint>
#include <string>

namespace proviso::laws {

/// Of a count: all, or a twentieth under the sanitizers.
[[nodiscard]] std::size_t fewer(std::size_t count);

/// How often at least the rarest that a law is about must have come: `fewer(count)`, or once where
/// PROVISO_LAW_PAIRS says how much is tried.
[[nodiscard]] std::size_t expected(std::size_t count);

struct Run {
    std::uint64_t seed = 0;
    std::size_t pairs = 0;
};

/// The fixed seed's run and a fresh one's, each with a part of `pairs` (or of PROVISO_LAW_PAIRS); a
/// twentieth under the sanitizers, which are as many times slower. PROVISO_LAW_SEED runs that seed
/// alone. Prints what it chose.
class Runs {
  public:
    Runs(const std::string& law, std::size_t pairs);
    [[nodiscard]] const Run* begin() const { return runs_; }
    [[nodiscard]] const Run* end() const { return runs_ + count_; }

  private:
    Run runs_[2];
    std::size_t count_ = 2;
};

}  // namespace proviso::laws
