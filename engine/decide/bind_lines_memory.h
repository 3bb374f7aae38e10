// What bind_lines*.cpp, line_matches.cpp and line_rows.cpp use over and over.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "engine/decide/bind_call.h"
#include "engine/decide/bind_json.h"
#include "engine/decide/bind_lines.h"
#include "engine/decide/bind_state.h"

namespace proviso::decide {

/// Of a unit of the last of so many digits behind seconds.
inline constexpr std::array<std::int64_t, 7> microseconds_of_digits{
    1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};

/// To a text that tells things apart within one process.
inline void append_bytes(std::string& to, const void* from, std::size_t size) {
    to.append(static_cast<const char*>(from), size);
}
template <class Number>
void append_bytes(std::string& to, Number number) {
    append_bytes(to, &number, sizeof number);
}

struct LineMemory::Impl {
    Items<JsonSource> args;
    Scratch scratch;
    Bound trial;                       // of samples
    Bound typing;                      // owns what values of entries refer to
    std::unique_ptr<CallState> typer;  // of it; made with the first plan
    std::size_t row_words = 0;         // of rows of all plans (line_matches.h)
};

}  // namespace proviso::decide
