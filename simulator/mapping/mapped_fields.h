// What a mapping file names: its fields with their places, and those that no policy knows.
// Covered by tests/cli/doubts_test.py.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/mapping/mapping.h"
#include "simulator/report/doubts.h"
#include <proviso/policy.h>

namespace proviso::simulator {

/// Times that calls of tools may well have: 2000-01-01 to 2099-12-31, in microseconds.
inline constexpr std::int64_t first_likely_time = 946'684'800'000'000;
inline constexpr std::int64_t end_of_likely_times = 4'102'444'800'000'000;

struct MappedPlace {
    std::string field;    ///< "call.time", "attributes.customer.tier", "only"
    std::string place;    ///< as the file has it
    std::string pointer;  ///< into the lines that are decided; empty: of a filter before those
};

/// Each field of a mapping file that has a place, in a fixed order, and its filters behind them;
/// none of the project's own receipts.
[[nodiscard]] std::vector<MappedPlace> mapped_places(const Mapping& mapping);

/// Arguments, attributes and facts of a mapping file that none of the policies declares, with the
/// nearest that one does.
[[nodiscard]] std::vector<MappedField> unknown_fields(const Mapping& mapping,
                                                      std::span<const Policy* const> policies);

/// The `time` of a mapping by which a raw value is of the years 2000 to 2099; empty: by none.
[[nodiscard]] std::string_view likely_time_form(std::string_view raw);

/// Where the mapping reads the calls' time; null: nowhere.
[[nodiscard]] const LayoutField* time_field(const Mapping& mapping);
/// Whether the field's value was a number of nanoseconds, of which lines have the microseconds.
[[nodiscard]] bool is_of_nanoseconds(const Mapping& mapping, const LayoutField& field);

}  // namespace proviso::simulator
