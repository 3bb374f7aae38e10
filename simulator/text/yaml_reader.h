// What reading a YAML file of ours takes, whatever it is about: all errors of a file in one go,
// each with its place, and maps whose keys stand once.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <yaml-cpp/yaml.h>

namespace proviso::simulator {

/// Files of ours that people write are not larger.
inline constexpr std::size_t yaml_file_bytes = 1u << 20;

/// "`word`"
[[nodiscard]] std::string in_ticks(std::string_view word);

class YamlReader {
  public:
    /// `name` stands for the file in errors.
    explicit YamlReader(const std::string& name) : name_(name) {}

    /// Calls `each` with the document, unless the text is no YAML.
    void load(const std::string& text, const std::function<void(const YAML::Node&)>& each);

    void report(const YAML::Mark& mark, const std::string& message, const std::string& help);
    /// A word that is none of those known here: "`tol` is no part of a call", with the nearest.
    void unknown_word(const YAML::Node& node, std::string_view what,
                      std::span<const std::string_view> known);
    /// Calls `each(key, value)` for the entries of a map; a key that stands twice is an error.
    /// `what` begins the sentence: "a mapping".
    void entries(const YAML::Node& node, std::string_view what,
                 const std::function<void(const YAML::Node&, const YAML::Node&)>& each);

    [[nodiscard]] std::size_t errors() const noexcept { return errors_.size(); }
    /// "file:line:column: what is wrong", one line an error, by place.
    [[nodiscard]] std::string all_errors();

  private:
    bool is_text(std::string_view text);

    const std::string& name_;
    std::vector<std::tuple<int, int, std::string>> errors_;
};

struct YamlText {
    std::optional<std::string> text;
    std::string error;
};

/// A file's text. `what` it is goes into the error: "the mapping file".
[[nodiscard]] YamlText read_yaml_file(const std::string& path, std::string_view what);

}  // namespace proviso::simulator
