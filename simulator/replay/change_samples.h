// Which of the changed calls a report shows, chosen so that a person sees what matters: the largest
// amounts of each currency, those just over the border (the smallest amounts that each rule holds),
// and some at random, by a seed.
//
// Each choice keeps the calls with the smallest keys, and ties go by place: so what is kept does
// not depend on which thread saw what first.
// Covered by tests/unit/simulator/replay/change_samples_test.cpp.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "engine/observed.h"
#include "simulator/figures/money.h"
#include "simulator/history/placing.h"
#include "simulator/report/report.h"

namespace proviso::simulator {

/// Rules, with a currency each, whose border is shown; further ones, by number, are not.
inline constexpr std::size_t borders_shown = 100;

/// A changed call as far as choosing goes.
struct ChangeToChoose {
    Change change = Change::none;
    std::uint64_t place = 0;
    std::optional<observed::Amount> amount;
    std::vector<std::uint32_t> rules;  ///< that the change is put down to
};

class ChangeSamples {
  public:
    ChangeSamples() = default;  ///< keeps nothing
    ChangeSamples(std::size_t bound, std::uint64_t seed) : bound_(bound), seed_(seed) {}

    /// Whether `add` would keep it.
    [[nodiscard]] bool wants(const ChangeToChoose& call) const;
    void add(const ChangeToChoose& call, ChangedCall shown);
    /// Tells all of them their place; their lines count from 0, within a block.
    void set_place(const Placing& place);
    void merge(const ChangeSamples& later);
    /// Each call once: the largest, then the borderline, then the random ones.
    [[nodiscard]] std::vector<ChangedCall> chosen(Change change) const;
    /// For a checkpoint; see engine/model/archive.h.
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        auto& [bound, seed, groups, borders] = it;
        visit(groups, borders);
    }

  private:
    enum class Why : std::uint8_t { largest, borderline, random };
    struct Group {
        Change change = Change::none;
        Why why = Why::random;
        std::uint32_t rule = 0;
        std::uint32_t currency = 0;
        friend auto operator<=>(const Group&, const Group&) = default;
        template <class It, class Visit>
        static void each_field(It& it, Visit&& visit) {
            auto& [change, why, rule, currency] = it;
            visit(change, why, rule, currency);
        }
    };
    struct Kept {
        Wide key = 0;
        std::uint64_t place = 0;
        std::shared_ptr<ChangedCall> call;
        template <class It, class Visit>
        static void each_field(It& it, Visit&& visit) {
            auto& [key, place, call] = it;
            if constexpr (!std::is_const_v<It>) call = std::make_shared<ChangedCall>();
            visit(key, place, *call);
        }
    };
    using Keys = std::vector<std::pair<Group, Wide>>;

    [[nodiscard]] Keys keys_of(const ChangeToChoose& call) const;
    [[nodiscard]] bool wants(const Group& group, Wide key, std::uint64_t place) const;
    void put(const Group& group, Kept kept);
    void drop_last_border(Change change);

    std::size_t bound_ = 0;
    std::uint64_t seed_ = 0;
    std::map<Group, std::vector<Kept>> groups_;  // by key, then place
    std::array<std::size_t, change_count> borders_{};
};

}  // namespace proviso::simulator
