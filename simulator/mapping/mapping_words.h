// The words of a mapping file.
#pragma once

#include <span>
#include <string_view>

namespace proviso::simulator {

[[nodiscard]] std::span<const std::string_view> mapping_sections();
/// Keys of `call`; `args.NAME` comes on top.
[[nodiscard]] std::span<const std::string_view> call_keys();
[[nodiscard]] std::span<const std::string_view> report_keys();
[[nodiscard]] std::span<const std::string_view> recorded_keys();
/// Keys of one field that is written as a map.
[[nodiscard]] std::span<const std::string_view> field_keys();
[[nodiscard]] std::span<const std::string_view> filter_keys();
[[nodiscard]] std::span<const std::string_view> time_words();
[[nodiscard]] std::span<const std::string_view> outcome_words();
[[nodiscard]] std::span<const std::string_view> verdict_words();
[[nodiscard]] std::span<const std::string_view> result_keys();
[[nodiscard]] std::span<const std::string_view> status_words();
/// Of `read`.
[[nodiscard]] std::span<const std::string_view> reading_words();
/// Keys of `answer`, and of its `in`.
[[nodiscard]] std::span<const std::string_view> answer_keys();
[[nodiscard]] std::span<const std::string_view> answer_lines();

}  // namespace proviso::simulator
