// A packed history (docs/history-pack.md), given as the text that it was made of.
// Covered by tests/unit/simulator/history/bytes_test.cpp and pack_history_test.cpp.
#pragma once

#include <memory>

#include "simulator/history/bytes.h"
#include "simulator/history/zstd_stream.h"

namespace proviso::simulator {

[[nodiscard]] std::unique_ptr<ByteStream> make_packed_stream(PackedBytes packed);

}  // namespace proviso::simulator
