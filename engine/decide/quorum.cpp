#include "engine/decide/quorum.h"

namespace proviso::decide {

namespace {

constexpr std::uint32_t nowhere = 0xFFFFFFFF;

}  // namespace

std::uint32_t Quorum::most_filled(std::span<const std::uint32_t> places,
                                  std::span<const NeedMask> people) {
    places_ = places;
    people_ = people;
    seats_.assign(people.size(), nowhere);
    taken_.assign(places.size(), 0);
    std::uint32_t filled = 0;
    for (std::size_t person = 0; person < people.size(); ++person) {
        NeedMask tried = 0;
        if (seat(person, tried)) ++filled;
    }
    return filled;
}

/// Finds the person a place; needs that were `tried` on the way are full for good. As deep as there
/// are needs, at most.
bool Quorum::seat(std::size_t person, NeedMask& tried) {
    for (std::uint32_t need = 0; need < places_.size(); ++need) {
        const NeedMask bit = NeedMask{1} << need;
        if ((people_[person] & bit) == 0 || (tried & bit) != 0) continue;
        tried |= bit;
        bool room = taken_[need] < places_[need];
        if (room) ++taken_[need];
        for (std::size_t other = 0; !room && other < seats_.size(); ++other) {
            room = seats_[other] == need && seat(other, tried);
        }
        if (!room) continue;
        seats_[person] = need;
        return true;
    }
    return false;
}

}  // namespace proviso::decide
