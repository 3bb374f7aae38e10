// A memory store's whole state as bytes, to be taken up again by the same program: what a long
// replay with limits puts aside. Not a store's file format; sqlite_store.h is that.
//
// Numbers of records and the hands of their rounds are kept as well, so that a store that was taken
// up forgets the same records at the same steps as one that was not.
// Covered by tests/unit/engine/decide/snapshot_test.cpp.
#pragma once

#include "engine/decide/careful_clock.h"
#include "engine/decide/memory_tables.h"
#include "engine/model/archive.h"

namespace proviso::decide {

template <class It, class Visit>
requires std::is_same_v<std::remove_const_t<It>, CarefulClock::State>
void each_field(It& it, Visit&& visit) {
    auto& [before, earliest, seen] = it;
    visit(before, earliest, seen);
}
template <class It, class Visit>
requires std::is_same_v<std::remove_const_t<It>, Answer>
void each_field(It& it, Visit&& visit) {
    auto& [outcome, reason, best_case] = it;
    visit(outcome, reason, best_case);
}
template <class It, class Visit>
requires std::is_same_v<std::remove_const_t<It>, KnownCall>
void each_field(It& it, Visit&& visit) {
    auto& [plan, answer, state] = it;
    visit(plan, answer, state);
}
/// `hash` is keyed by where the table lies, and told anew.
template <class It, class Visit>
requires std::is_same_v<std::remove_const_t<It>, CallTable::Record>
void each_field(It& it, Visit&& visit) {
    auto& [hash, number, at, first_event, last_event, id, known, keys] = it;
    visit(number, at, first_event, last_event, id, known, keys);
}
template <class It, class Visit>
requires std::is_same_v<std::remove_const_t<It>, PlanTable::Record>
void each_field(It& it, Visit&& visit) {
    auto& [until, at, by] = it;
    visit(until, at, by);
}

}  // namespace proviso::decide
