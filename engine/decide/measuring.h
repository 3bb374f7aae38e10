// What one call is to one limit or counter: whether it counts, under which key, with what amount.
//
// Covered by tests/golden/decide/limits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/bytecode/program.h"
#include "engine/decide/store.h"
#include "engine/vm/machine.h"

namespace proviso::decide {

/// Whether a call is one that a measure counts.
enum class Counting : std::uint8_t {
    not_about,     // `where` is false
    counts,        // `Counted` is filled in
    lacks,         // `where`, a key, the amount or the time is not known
    out_of_range,  // the calendar is not known for the call's time
    negative,      // it would take away
};

/// What a call adds, kept until it is let through. Reused: warm, it allocates nothing.
struct Counted {
    SeriesId series{};
    std::string_view key;  // `own_key`, or that of one that is per the same values
    std::string own_key;
    Instant time = 0;
    Instant since = 0;
    model::Decimal amount;
    model::Currency currency = 0;
    std::vector<MemberDigest> members;
    Foreseen foreseen = Foreseen::no;
    Counting counting = Counting::not_about;
    bool is_event = false;  // it is to be counted where the call is let through

    [[nodiscard]] Event event() const {
        return {series, key, time, amount, currency, members, foreseen};
    }
    [[nodiscard]] Look look() const { return {series, key, since, currency, members, foreseen}; }
};

class Measuring {
  public:
    Measuring(vm::Machine& machine, const bytecode::Program& program, const model::Value& time)
        : machine_(machine),
          program_(program),
          time_(time) {}

    /// `out` stays where it is as long as others are counted.
    [[nodiscard]] Counting count(const bytecode::Measure& measure, KeyBuilder& keys, Counted& out);

    /// The key of values that all are known; false where one is not, and why in `state`.
    [[nodiscard]] bool key(const std::vector<bytecode::ValueRef>& values, KeyBuilder& keys,
                           std::string& out, model::State& state);

  private:
    [[nodiscard]] bool key_of(const std::vector<bytecode::ValueRef>& per, KeyBuilder& keys,
                              Counted& out);
    void append(KeyBuilder& keys, model::TypeId type, const model::Value& value) const;
    [[nodiscard]] Counting amount(const bytecode::Measure& measure, KeyBuilder& keys, Counted& out);
    [[nodiscard]] Counting members(const bytecode::Measure& measure, const model::Value& value,
                                   KeyBuilder& keys, Counted& out);

    vm::Machine& machine_;
    const bytecode::Program& program_;
    model::Value time_;
    // Of what was counted last; limits of one tool often are per the same values.
    const std::vector<bytecode::ValueRef>* last_per_ = nullptr;
    std::string_view last_key_;
};

}  // namespace proviso::decide
