// What tests count of the machine's work. Nothing is counted, and nothing costs anything, unless
// PROVISO_COUNT_WORK is defined: tests/laws/counted compiles the machine once more with it.
#pragma once

#ifdef PROVISO_COUNT_WORK
#include <cstdint>

namespace proviso::vm {

struct Work {
    std::uint64_t instructions = 0;
    std::uint64_t members = 0;  // of lists, visited by quantifiers
};
inline Work work;  // of one thread: the tests have no more

}  // namespace proviso::vm

#define PROVISO_COUNT(what) ++::proviso::vm::work.what
#else
#define PROVISO_COUNT(what) static_cast<void>(0)
#endif
