// Signatures of approvals: Ed25519 (RFC 8032), over bytes that hold all that an approval says.
// docs/approvals.md defines them. Covered by tests/unit/engine/decide/signature_test.cpp, with the
// vectors of RFC 8032.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decide/bound.h"
#include "proviso/signature.h"

namespace proviso::decide {

/// How a signature was found.
enum class Signed : std::uint8_t { yes, missing, no_key, unreadable_key, no };

/// What an approval says, whoever holds it.
struct ApprovalText {
    std::string_view by;
    std::vector<std::string_view> roles;
    std::string_view plan;
    std::vector<std::string_view> gates;
    std::string_view requested_at;
    std::string_view at;
    bool reject = false;
};

/// "proviso-approval-1" and the canonical JSON of it.
[[nodiscard]] std::string signed_bytes(const ApprovalText& approval);

/// `key` is 32 bytes, `signature` 64.
[[nodiscard]] bool verifies(std::span<const unsigned char> key, std::string_view message,
                            std::span<const unsigned char> signature);

/// Public keys of people; one may have several. Immutable, so any number of threads may ask.
class ApproverKeys {
  public:
    explicit ApproverKeys(const std::vector<ApproverKey>& keys);
    [[nodiscard]] Signed check(const GivenApproval& approval, const Bound& bound) const;

  private:
    struct Key {
        std::string person;
        std::vector<unsigned char> bytes;  // empty where it could not be read
    };
    std::vector<Key> keys_;
};

}  // namespace proviso::decide
