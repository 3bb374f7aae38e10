// Files of approvals and of public keys, for `decide` and `explain`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <proviso/signature.h>

namespace proviso::cli {

/// The approvals of a file, as a JSON list: the file is one, or has one approval a line, as
/// `proviso approve` prints them. Failure where it is neither.
[[nodiscard]] std::string read_approvals(const std::string& path);

/// A host's document with a member `approvals`, which `approvals` is the value of.
[[nodiscard]] std::string with_approvals(std::string host, const std::string& approvals);

/// {"maria": "-----BEGIN PUBLIC KEY-----…", "bob": ["…", "…"]}. Failure where it is no such thing.
[[nodiscard]] std::vector<ApproverKey> read_keys(const std::string& path);

}  // namespace proviso::cli
