// SHA-256 (FIPS 180-4) by libcrypto: hashes of sets, compiled files and plans.
#pragma once

#include <string>
#include <string_view>

namespace proviso::model {

/// 64 lower-case hex digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace proviso::model
