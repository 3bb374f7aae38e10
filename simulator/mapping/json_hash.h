// A hash of a JSON value that does not depend on how it is written: members in any order, blanks,
// escapes, 12.5 and 12.50 and 125e-1 are the same. What is no JSON is hashed as it stands.
//
// It tells actions of a history apart; it is no protection against somebody who wants two to look
// alike. Covered by tests/unit/simulator/intents_test.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "simulator/history/digest.h"

namespace proviso::simulator {

/// Of a text, the same on every machine of one byte order.
[[nodiscard]] std::uint64_t text_hash(std::string_view text);

// What `JsonHasher::of` makes of an object, member by member: of each the hash of its name's text
// and that of its value, all added up.
[[nodiscard]] std::uint64_t hash_of_number(std::int64_t coefficient, std::uint8_t scale);
[[nodiscard]] constexpr std::uint64_t hash_of_member(std::uint64_t name, std::uint64_t value) {
    return spread(spread(name) + value);
}
[[nodiscard]] std::uint64_t hash_of_object(std::uint64_t members);

/// One a thread.
class JsonHasher {
  public:
    JsonHasher();
    ~JsonHasher();
    JsonHasher(const JsonHasher&) = delete;
    JsonHasher& operator=(const JsonHasher&) = delete;

    /// `raw` is one value.
    [[nodiscard]] std::uint64_t of(std::string_view raw);

  private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

}  // namespace proviso::simulator
