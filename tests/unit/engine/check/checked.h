// Rule text checked in one call, for tests.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/check/checker.h"
#include "grammar/diagnostic.h"
#include "proviso/limits.h"

namespace proviso::check {

struct Checked {
    std::optional<PolicySet> set;
    std::vector<std::string> codes;  // of all diagnostics, in the order of places
};

[[nodiscard]] Checked check_texts(const std::vector<std::string>& texts,
                                  const CheckOptions& options = {}, const Limits& limits = {});

[[nodiscard]] Checked check_text(const std::string& text, const Limits& limits = {});

[[nodiscard]] bool has_code(const Checked& checked, std::string_view code);

}  // namespace proviso::check
