// The policy of approvals.proviso and its calls, for what is remembered and for who approves.
#pragma once

#include <string>
#include <string_view>

#include <proviso/proviso.h>

namespace proviso::fuzz {

[[nodiscard]] const PolicyPtr& remembering_policy();

/// A payment by ann through bot, as one document. `more` are further members, each with a comma in
/// front.
[[nodiscard]] std::string payment(std::string_view id, int amount, std::string_view to = "x",
                                  std::string_view more = {});

/// What `payment("c-1", 812)` has to be approved as.
[[nodiscard]] const std::string& payment_plan();

}  // namespace proviso::fuzz
