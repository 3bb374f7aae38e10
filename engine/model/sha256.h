// SHA-256 (FIPS 180-4) by libcrypto: hashes of sets, compiled files and plans.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace proviso::model {

using Digest = std::array<std::uint8_t, 32>;
[[nodiscard]] Digest sha256(std::string_view bytes);

/// 64 lower-case hex digits.
[[nodiscard]] std::string to_hex(const Digest& digest);

/// 64 lower-case hex digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// The same of bytes that come piece by piece.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void add(std::string_view bytes);
    /// Of all that was added since the last one. Allocates nothing once it has been asked before.
    [[nodiscard]] Digest digest();
    [[nodiscard]] std::string hex() { return to_hex(digest()); }

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace proviso::model
