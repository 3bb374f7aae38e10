// Constants of a mapping file as JSON text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <yaml-cpp/yaml.h>

namespace proviso::simulator {

/// As JSON reads it: `yes`, `007` and `0x1F` are words, numbers keep their digits, what is quoted
/// is a string. None where the value is too deep or too large, is not in UTF-8, or has a key that
/// is no word.
[[nodiscard]] std::optional<std::string> json_of(const YAML::Node& node);

[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace proviso::simulator
