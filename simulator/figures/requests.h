// Whom calls ask for approval: the gates that a call meets, put together to the people that it
// takes, and how many of each role that makes.
//
// What a set of gates asks at one tool is worked out once and then found by a hash: a *shape*. One
// person may stand for places of several gates of a call, but for one of each gate.
// Covered by tests/unit/simulator/figures/requests_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/observed_gates.h"
#include "simulator/figures/smallest_keys.h"
#include "simulator/report/figures.h"
#include <proviso/engine.h>

namespace proviso::simulator {

/// Combinations of gates that are told apart: those with the smallest hashes.
inline constexpr std::size_t most_shapes = 4096;

/// What a call's gates ask for together.
struct RequestShape {
    std::vector<observed::AskedPeople> people;  ///< each one person
    std::int64_t within_seconds = 0;            ///< the shortest
    std::vector<observed::AddedRole> added;     ///< by every gate, after the longest of its times

    [[nodiscard]] static std::uint64_t calls() { return 0; }
    void merge(const RequestShape& other) {
        if (people.empty()) *this = other;
    }
};
[[nodiscard]] RequestShape shape_of(const std::vector<observed::GateAsks>& gates);

struct RoleTally {
    std::uint64_t requests = 0;
    std::uint64_t shared = 0;
    std::uint64_t baseline_requests = 0;
    std::uint64_t untimed = 0;
    std::array<std::uint64_t, hours_of_week> hours{};

    void merge(const RoleTally& other);
};

/// Requests of one week by role, as `RequestTally::roles`.
struct WeekTally {
    std::map<std::string, std::uint64_t> roles;

    [[nodiscard]] std::uint64_t calls() const;
    void merge(const WeekTally& other);
};

struct RequestTally {
    std::uint64_t gated = 0;
    std::map<std::string, RoleTally> roles;  // of both policies, by name
    SmallestKeys<std::int64_t, WeekTally> weeks{most_weeks};
    SmallestKeys<std::uint64_t, RequestShape> shapes{most_shapes};

    void merge(const RequestTally& other);
};

/// The role of a person who is asked as principal.
inline constexpr const char* principal_role = "principal";

/// The shapes of one policy. One a thread.
class RequestShapes {
  public:
    explicit RequestShapes(PolicyPtr policy);

    struct Found {
        std::uint64_t hash = 0;
        const RequestShape* shape = nullptr;  ///< valid until the next call
    };
    /// Of the last call, which is gated.
    Found of(Session& session);
    [[nodiscard]] const observed::RoleNames& roles() const noexcept { return roles_; }

  private:
    PolicyPtr policy_;
    observed::RoleNames roles_;
    std::vector<std::uint32_t> rules_;
    std::map<std::uint64_t, RequestShape> known_;
};

/// Counts so many requests of one shape, but not when they came.
void add_requests(RequestTally& tally, const RequestShapes::Found& found,
                  const observed::RoleNames& roles, std::uint64_t calls);
void add_baseline_requests(RequestTally& tally, const RequestShape& shape,
                           const observed::RoleNames& roles, std::uint64_t calls);

/// When the requests of one policy come, by role. Counts call by call without a look-up, and adds
/// to the tally when it is asked to.
class RequestTimes {
  public:
    /// Both outlive it.
    RequestTimes(const observed::RoleNames& roles, RequestTally& tally);

    /// The roles that a shape asks, by number: one for each request of `RoleTally`.
    [[nodiscard]] std::vector<std::uint32_t> asked(const RequestShape& shape) const;
    void add(const std::vector<std::uint32_t>& asked, std::optional<std::int64_t> time_us);
    /// Adds to the tally what has been counted since it did.
    void spread();

  private:
    struct Week {
        std::int64_t number = 0;
        std::uint64_t requests = 0;
    };
    struct Role {
        std::uint64_t untimed = 0;
        std::array<std::uint64_t, hours_of_week> hours{};
        std::array<Week, 64> weeks{};  // each at its remainder
    };
    void add_week(const std::string& role, Week& week);

    const observed::RoleNames& roles_;
    RequestTally& tally_;
    std::vector<std::unique_ptr<Role>> counted_;  // by number; the last one is the principal
};

/// Most requests first, without forecasts.
[[nodiscard]] std::vector<RoleLoad> role_loads(const RequestTally& tally);

}  // namespace proviso::simulator
