// The product's limits as the fuzzers set them: small enough that each is reached by inputs of a
// few kilobytes, and that no input within them takes long. The bounds of the process (bytes of an
// input, memory, seconds) stand in tools/fuzz.
#pragma once

#include <proviso/limits.h>

namespace proviso::fuzz {

[[nodiscard]] inline Limits small_limits() {
    Limits limits;
    limits.source_bytes = 16u << 10;
    limits.set_bytes = 24u << 10;
    limits.set_files = 8;
    limits.nesting = 48;
    limits.errors = 40;
    limits.rules = 400;
    limits.tools = 100;
    limits.roles = 60;
    limits.role_depth = 8;
    limits.attributes = 100;
    limits.enum_words = 40;
    limits.regex_bytes = 100;
    limits.matrix_cells = 400;
    limits.window_parts = 60;
    limits.window_depth = 6;

    limits.call_bytes = 1500;
    limits.call_nesting = 16;
    limits.string_bytes = 200;
    limits.list_length = 40;
    limits.undeclared_args = 6;
    limits.call_roles = 12;
    limits.elements_visited = 200;

    limits.remembered_tools = 4;
    limits.compiled_bytes = 1u << 20;
    return limits;
}

}  // namespace proviso::fuzz
