// The text of a packed history that lies in memory: for the tests here and for the fuzzer.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "simulator/packed/container.h"

namespace proviso::simulator::packed::testing {

struct Unpacked {
    std::string text;   ///< of the blocks before an error
    std::string error;  ///< empty where there is none
};

inline Unpacked unpacked(std::string_view bytes) {
    Reader reader{[bytes](char* out, std::size_t capacity) mutable {
        const std::size_t size = std::min(capacity, bytes.size());
        std::copy_n(bytes.data(), size, out);
        bytes.remove_prefix(size);
        return size;
    }};
    Unpacked result;
    std::string text;
    for (std::string block; reader.next(block);) {
        PackedBlock lines{block};
        if (!lines.read(text)) reader.fail("a block is damaged");
        result.text += text;
    }
    result.error = reader.error();
    return result;
}

}  // namespace proviso::simulator::packed::testing
