// Inputs of several texts: one byte that none of them may hold (JSON and rule text refuse control
// characters) stands between them, so that a seed is readable and a mutation can add a text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace proviso::fuzz {

inline constexpr char separator = '\x1e';

[[nodiscard]] inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// At least one, at most `most`; the last one has what is left.
[[nodiscard]] inline std::vector<std::string_view> pieces(std::string_view input,
                                                          std::size_t most) {
    std::vector<std::string_view> found;
    while (found.size() + 1 < most) {
        const std::size_t at = input.find(separator);
        if (at == std::string_view::npos) break;
        found.push_back(input.substr(0, at));
        input.remove_prefix(at + 1);
    }
    found.push_back(input);
    return found;
}

}  // namespace proviso::fuzz
