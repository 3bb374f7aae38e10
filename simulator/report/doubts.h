// What speaks against a history as it was read. None of it is an error, as each may be meant; but
// whoever trusts the numbers has to know.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace proviso::simulator {

/// Where a call stands in the histories.
struct CallAt {
    std::string file;
    std::uint64_t line = 0;
    std::uint32_t call = 0;  ///< which of its line, from 1; 0: the line is the call
};

/// Calls with an id that an earlier call of the histories has.
struct RepeatedIds {
    std::uint64_t ids = 0;    ///< that several calls have
    std::uint64_t calls = 0;  ///< that have such an id, but the first of each
    /// Of these, calls with the tool, stage and time of the first: told again, so counted twice.
    std::uint64_t same = 0;
    /// 1: exact. Else so many times what was found among a sample: one in so many ids.
    std::uint64_t one_in = 1;
    std::string id;  ///< of the first of `same`, or else of `calls`; cut
    CallAt first;
    CallAt again;
};

/// Times of calls before 2000 or from 2100 on, and values that are no time: whoever reads seconds
/// as milliseconds has all in January 1970.
struct OddTimes {
    std::uint64_t early = 0;
    std::uint64_t late = 0;
    std::uint64_t unreadable = 0;  ///< of the calls that were looked into (UnreadReport::looked_at)
    CallAt first;                  ///< of any of these
    std::string value;             ///< as it stands there, cut
    std::string read_as;           ///< RFC 3339; empty where it is no time
    std::string form;   ///< the `time` of a mapping by which it is of these years; may be empty
    std::string place;  ///< where times are read
    [[nodiscard]] std::uint64_t calls() const noexcept { return early + late + unreadable; }
};

/// A field of a mapping file: "call.time", "attributes.customer.tier", "labels.attack".
struct MappedField {
    std::string field;
    std::string note;  ///< the place where nothing stands; the nearest name that is declared
};
/// What of a mapping file came to nothing.
struct MappingDoubts {
    std::uint64_t looked_at = 0;       ///< calls that were searched for the places
    std::vector<MappedField> nowhere;  ///< whose places led to something in no call
    std::vector<MappedField> unknown;  ///< which no policy of the run declares
};

struct Doubts {
    RepeatedIds repeated_ids;
    OddTimes times;
    MappingDoubts mapping;
};

}  // namespace proviso::simulator
