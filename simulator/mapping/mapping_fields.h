// The fields of a mapping file: where a value stands, or several places of which the first that has
// something is taken.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "simulator/mapping/mapping.h"
#include "simulator/mapping/mapping_places.h"
#include "simulator/text/yaml_reader.h"

namespace proviso::simulator {

/// One of the places of a field.
struct WrittenChoice {
    std::string pointer;                  ///< empty: a constant
    std::optional<std::string> fallback;  ///< the constant, or what stands where nothing does
    std::vector<std::pair<std::string, std::string>> words;
    std::string present;
    std::string time;  ///< a form's word; empty: not said
};

struct Written {
    std::vector<WrittenChoice> choices;

    /// Whether a line has to be taken apart for it.
    [[nodiscard]] bool needs_adapter() const;
};

/// Reads fields; what is wrong is reported to the file's reader.
class FieldReader {
  public:
    explicit FieldReader(YamlReader& yaml) : yaml_(yaml) {}

    [[nodiscard]] std::optional<Written> read(const YAML::Node& node);
    /// A place as text; false where it is none.
    bool read_pointer(const YAML::Node& node, std::string& pointer);
    /// Places, one or a list of them.
    void read_places(const YAML::Node& node, PlaceBase base, std::vector<Place>& places);
    /// Places in a line, with `*` for each element.
    void read_line_places(const YAML::Node& node, std::vector<Place>& places);
    /// Words that stand for an outcome, a verdict or a status have to be one.
    void check_words(const YAML::Node& node, std::string_view what,
                     std::span<const std::string_view> known);

  private:
    void read_choice(const YAML::Node& node, bool one_of_several, Written& written);
    void read_part(const YAML::Node& key, const YAML::Node& value, WrittenChoice& choice);
    void check_choice(const YAML::Node& node, const WrittenChoice& choice, bool one_of_several);
    void check_word(const YAML::Node& node, const YAML::Node& words, std::string_view what,
                    std::span<const std::string_view> known);

    YamlReader& yaml_;
};

/// The form of a time that a field says, of all its choices together; none where they differ.
[[nodiscard]] std::optional<TimeForm> time_form_of(const Written& written);

/// The choices as the lines are taken apart by them.
[[nodiscard]] Choices choices_of(const Written& written);

}  // namespace proviso::simulator
