// The names of policies that the program writes rule text for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace proviso::cli {

/// `name` as a policy line says it: bare where the language lets it stand so, in quotes otherwise.
/// Nothing where it cannot be a name at all.
[[nodiscard]] std::optional<std::string> written_policy_name(const std::string& name);

/// `text` as a string of the language. A control character stays, and makes it none.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// What is no letter, digit or `_` is `_`; `prefix` comes first where no letter or `_` would.
[[nodiscard]] std::string policy_name_from(std::string text, const std::string& prefix);

}  // namespace proviso::cli
