// Text for people: what is safe to show in a terminal, how wide it is, where it breaks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace proviso::cli {

/// `text` with every control character, bidirectional mark and byte that is no UTF-8 replaced by
/// U+FFFD, so that no call can move the cursor or colour its own decision. Line ends stay when
/// `keep_lines`, and become blanks otherwise.
[[nodiscard]] std::string visible(std::string_view text, bool keep_lines = false);

/// Terminal cells of a text that `visible` made: code points, wide ones counted twice.
[[nodiscard]] std::size_t cells(std::string_view text);

/// `text` with blanks behind it up to `width` cells.
[[nodiscard]] std::string pad(std::string_view text, std::size_t width);

/// Breaks at blanks into lines of at most `width` cells; a longer word stands alone. 0: one line.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// "24h", "1d12h", "1m30s"; "0s".
[[nodiscard]] std::string duration_text(std::int64_t seconds);

/// "1,234,567".
[[nodiscard]] std::string count_text(std::uint64_t count);

/// "1 error", "3 errors", "no errors".
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view noun);

}  // namespace proviso::cli
