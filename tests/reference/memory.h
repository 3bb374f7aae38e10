// What is remembered between calls, as plain lists that only ever grow: every event that was ever
// counted, and every call id that was bound. Totals are made by looking through all of it. Follows
// docs/language.md, "Limits and counters". Tested by memory_test.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/check/policy_set.h"
#include "tests/reference/periods.h"
#include "tests/reference/value.h"

namespace proviso::reference {

enum class State { pending, confirmed, cancelled };

/// What one call added to one limit or counter.
struct Event {
    std::string measure;  // "limit refunds", "counter checks"
    std::int64_t time = 0;
    std::vector<std::string> keys;
    Number amount;                  // of a count 1
    std::string code;               // of a sum of money
    std::set<std::string> members;  // of a distinct
    std::string call;               // its id, empty where it has none
    State state = State::pending;
};

/// Of one measure, under one list of keys, by currency; the others have the empty one.
struct Total {
    std::map<std::string, Number> sums;
    std::set<std::string> members;
    std::int64_t events = 0;

    void add(const Event& event);
    [[nodiscard]] Number of(check::Aggregate aggregate, const std::string& code) const;
};

class Events {
  public:
    void add(Event event) { events_.push_back(std::move(event)); }
    /// Of all calls of this id that were counted; false where there is none.
    bool settle(const std::string& call, State state);

    /// Of what is not cancelled; `confirmed_alone` leaves out what is pending.
    [[nodiscard]] Total total(const std::string& measure, const std::vector<std::string>& keys,
                              const Since& since, bool confirmed_alone) const;
    [[nodiscard]] const std::vector<Event>& all() const { return events_; }

  private:
    std::vector<Event> events_;
};

/// A key or member of a distinct: equal texts for equal values of a type, other texts for others.
[[nodiscard]] std::string text_of_key(const Value& value);

}  // namespace proviso::reference
