// Small pieces of JSON text: strings written out, raw values read.
#pragma once

#include <string>
#include <string_view>

namespace proviso::simulator {

/// Appends `text` as a JSON string, in quotes.
void append_json_string(std::string& out, std::string_view text);

/// Appends raw JSON from a log if it is one whole value, else null. On-demand parsing leaves what
/// it skips unchecked.
void append_json_value(std::string& out, std::string_view raw);

/// What a raw value says as plain text: a string without its quotes and escapes, anything else as
/// it is written. A view of `raw`, or of `scratch` where escapes had to be undone.
[[nodiscard]] std::string_view plain_text(std::string_view raw, std::string& scratch);

[[nodiscard]] inline bool is_json_string(std::string_view raw) {
    return raw.size() >= 2 && raw.front() == '"' && raw.back() == '"';
}

/// Without blanks before and after, as JSON has them.
[[nodiscard]] std::string_view trimmed(std::string_view raw);

/// Whether `text` is one number as JSON writes it.
[[nodiscard]] bool is_json_number(std::string_view text);

}  // namespace proviso::simulator
