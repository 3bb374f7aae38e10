// Keys of people who approve, and what they sign with them. docs/approvals.md says which bytes are
// signed, so that any Ed25519 (RFC 8032) will do.
#pragma once

#include <string>
#include <string_view>

#include "proviso/call.h"

namespace proviso {

/// A person's public key: PEM (`-----BEGIN PUBLIC KEY-----`), Ed25519. One that cannot be read
/// verifies nothing.
struct ApproverKey {
    std::string person;
    std::string public_key;
};

/// Overwrites a secret before its memory is let go of.
void cleanse(std::string& secret) noexcept;

/// A new pair. The private key is PKCS#8 in PEM, without a password: `cleanse` it.
struct KeyPair {
    std::string private_key;
    std::string public_key;
    std::string error;  ///< why there is none
};
[[nodiscard]] KeyPair make_key_pair();

/// Why this approval counts nowhere, whatever the policy and the call: nobody gave it, it names no
/// gate, its plan is no hash, a time of it is none, or it was answered before it was asked. Empty
/// where there is no such reason.
[[nodiscard]] std::string fault_of(const Approval& approval);

struct SignResult {
    std::string signature;  ///< 128 hex digits
    std::string error;      ///< why there is none
};
/// `Approval::signature` of what the approval says. `private_key` is as `make_key_pair` gives it.
[[nodiscard]] SignResult sign(const Approval& approval, std::string_view private_key);

}  // namespace proviso
