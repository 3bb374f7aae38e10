// What a history tells of how people answered a call: when they were asked, when they answered, who
// it was, how long they worked on it, and whether it was escalated.
//
// All of it is optional and for the report alone: no decision reads it. What cannot be read is as
// good as not told. docs/receipts.md lists the members.
// Covered by tests/unit/simulator/mapping/recorded_answers_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/mapping/mapping.h"

namespace proviso::simulator {

/// Answers of one call that are looked at; a call has few.
inline constexpr std::size_t most_answers = 64;

struct RecordedAnswer {
    std::optional<std::int64_t> asked_us;
    std::optional<std::int64_t> at_us;
    std::uint64_t person = 0;  ///< a hash of the id; 0: not told
    std::optional<std::int64_t> work_seconds;
};

struct RecordedAnswers {
    std::vector<RecordedAnswer> answers;
    std::optional<bool> escalated;

    struct Span {
        std::int64_t asked_us = 0;
        std::int64_t at_us = 0;
    };
    /// From the first request to the last answer; none where either is not told.
    [[nodiscard]] std::optional<Span> span() const;
};

/// Of the line whose captures these are; `into` is overwritten.
void read_answers(const Mapping& mapping, const std::vector<std::string_view>& captures,
                  RecordedAnswers& into);

}  // namespace proviso::simulator
