// A line read a second time, beside the engine: for the filters of a mapping, and for the few lines
// that become samples.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/mapping/json_hash.h"
#include "simulator/mapping/mapping.h"

namespace proviso::simulator {

/// One a thread. Every line needs `padding_bytes` readable bytes behind it.
class LineReader {
  public:
    LineReader();
    ~LineReader();
    LineReader(const LineReader&) = delete;
    LineReader& operator=(const LineReader&) = delete;

    /// Whether the line passes all filters. A line that is not readable passes: whoever decides it
    /// says what is wrong.
    [[nodiscard]] bool passes(const std::vector<Filter>& filters, std::string_view line);

    /// The raw value at a pointer; empty where there is none, or null.
    [[nodiscard]] std::string_view value(const std::string& pointer, std::string_view line);

    /// The call's arguments as JSON; empty where the line has none.
    [[nodiscard]] std::string arguments(const Mapping& mapping, std::string_view line);

    /// A hash of the values at the pointers, canonical; none where the line has none of them.
    [[nodiscard]] std::optional<std::uint64_t> key(const std::vector<std::string>& pointers,
                                                   std::string_view line, JsonHasher& hasher);

  private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
    std::string scratch_;
};

}  // namespace proviso::simulator
