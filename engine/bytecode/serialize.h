// Compiled sets as files.
//
//     "PVSO"  format version, u32  length of the payload, u64  payload  SHA-256 of all before
//
// Little-endian. The payload is the tables of program.h in the order of program_fields.h, lists
// and texts with their length before them; constants are written by what they hold, as their types
// say. The same program gives the same bytes. The hash finds damage, not malice: what is loaded is
// bounds-checked throughout and passes the verifier like a program freshly compiled.
//
// Covered by tests/unit/engine/bytecode/serialize_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/bytecode/program.h"
#include "proviso/limits.h"

namespace proviso::bytecode {

/// Goes up with every change of program.h, opcodes.def or the file format.
inline constexpr std::uint32_t format_version = 6;

/// `program` verifies, and each of its texts and tables is shorter than 2^32.
[[nodiscard]] std::string save(const Program& program);

struct LoadResult {
    std::optional<Program> program;
    std::string error;  // empty where there is a program
};

[[nodiscard]] LoadResult load(std::string_view bytes, const Limits& limits);

}  // namespace proviso::bytecode
