// What a report shows of a call's arguments. Reports are mailed and kept; arguments hold what users
// and agents wrote, secrets among it.
//
// Shown are the arguments that the policy reads anywhere, as they are why a call came out as it
// did: texts shortened, names that sound like a secret and numbers that may be a card's masked,
// however deep they are. Of every other argument its name alone. docs/cli.md tells it to users.
// Covered by tests/unit/simulator/replay/shown_args_test.cpp.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>

#include <proviso/policy.h>

namespace proviso::simulator {

/// What stands in place of a secret.
inline constexpr std::string_view masked_text = "***";

/// Whether a name is one that secrets are kept under: "password", "api_key", "accessToken", …
[[nodiscard]] bool sounds_secret(std::string_view name);

/// Whether a card's number stands in a text: 13 to 19 digits, with blanks or dashes between groups
/// of them, and the check digit of cards.
[[nodiscard]] bool has_card_number(std::string_view text);

class ShownArgs {
  public:
    /// `all`: shows everything as it is.
    ShownArgs(const Policy& policy, bool all);

    /// `args` is JSON, one value, as a call brought it.
    [[nodiscard]] bool all() const noexcept { return all_; }
    [[nodiscard]] std::string shown(std::string_view args) const;

  private:
    bool all_;
    std::set<std::string, std::less<>> names_;  // that the policy's text reads
};

}  // namespace proviso::simulator
