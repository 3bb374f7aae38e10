// Which places people can fill at once: an assignment of people to places, each person to one.
//
// A person who could fill two places fills either, so places are not filled one after the other:
// whoever stands in a place moves on where that makes room (augmenting paths, Kuhn 1955).
// Covered by tests/unit/engine/decide/quorum_test.cpp, against every assignment there is.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace proviso::decide {

/// Bit i: the person may fill a place of need i.
using NeedMask = std::uint32_t;

class Quorum {
  public:
    /// How many places are filled at most. `places` has the number of each need, 32 at most;
    /// `people` one mask a person.
    [[nodiscard]] std::uint32_t most_filled(std::span<const std::uint32_t> places,
                                            std::span<const NeedMask> people);

  private:
    [[nodiscard]] bool seat(std::size_t person, NeedMask& tried);

    std::span<const std::uint32_t> places_;
    std::span<const NeedMask> people_;
    std::vector<std::uint32_t> seats_;  // of each person: the need, or none
    std::vector<std::uint32_t> taken_;  // of each need: how many of its places
};

}  // namespace proviso::decide
