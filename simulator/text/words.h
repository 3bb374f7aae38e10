// Words of people's files: known ones, the nearest to one that is not, and texts cut to a length.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace proviso::simulator {

[[nodiscard]] bool is_one_of(std::string_view word, std::span<const std::string_view> known);

/// The known word that `word` was probably meant to be; empty where none is near.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string_view> known);

/// "`a`, `b`, `c`"
[[nodiscard]] std::string listed(std::span<const std::string_view> words);

/// At most `bytes` of it, cut between characters, with a mark where something is gone.
[[nodiscard]] std::string cut_text(std::string_view text, std::size_t bytes);

}  // namespace proviso::simulator
