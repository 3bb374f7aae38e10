#include "simulator/mapping/mapping_fields.h"

#include <algorithm>

#include "simulator/mapping/mapping_words.h"
#include "simulator/text/words.h"
#include "simulator/text/yaml_json.h"

namespace proviso::simulator {
namespace {

constexpr std::string_view nanoseconds_word = "unix_ns";

}  // namespace

bool Written::needs_adapter() const {
    if (choices.size() > 1) return true;
    return std::any_of(choices.begin(), choices.end(), [](const WrittenChoice& choice) {
        return !choice.present.empty() || choice.time == nanoseconds_word ||
               has_place_word(choice.pointer);
    });
}

std::optional<Written> FieldReader::read(const YAML::Node& node) {
    const std::size_t errors_before = yaml_.errors();
    Written written;
    if (node.IsSequence()) {
        for (const YAML::Node& one : node) read_choice(one, true, written);
        if (node.size() == 0) yaml_.report(node.Mark(), "a field has at least one place", "");
        for (std::size_t i = 0; i + 1 < written.choices.size(); ++i) {
            if (!written.choices[i].pointer.empty()) continue;
            yaml_.report(node[i].Mark(), "a constant hides the places behind it", "put it last");
        }
        if (yaml_.errors() == errors_before && !time_form_of(written)) {
            yaml_.report(node.Mark(), "all places of a time are written in one form", "");
        }
    } else {
        read_choice(node, false, written);
    }
    if (yaml_.errors() != errors_before) return std::nullopt;
    return written;
}

void FieldReader::read_choice(const YAML::Node& node, bool one_of_several, Written& written) {
    WrittenChoice choice;
    const std::size_t errors_before = yaml_.errors();
    if (node.IsScalar()) {
        read_pointer(node, choice.pointer);
    } else {
        yaml_.entries(node, "a field", [&](const YAML::Node& key, const YAML::Node& value) {
            read_part(key, value, choice);
        });
        if (yaml_.errors() == errors_before) check_choice(node, choice, one_of_several);
    }
    written.choices.push_back(std::move(choice));
}

void FieldReader::check_choice(const YAML::Node& node, const WrittenChoice& choice,
                               bool one_of_several) {
    const bool constant = node["value"].IsDefined();
    if (constant != choice.pointer.empty()) {
        yaml_.report(node.Mark(), "a field has either a `pointer` or a `value`", "");
    } else if (constant && node["default"].IsDefined()) {
        yaml_.report(node["default"].Mark(), "a constant needs no `default`", "");
    } else if (constant && node["present"].IsDefined()) {
        yaml_.report(node["present"].Mark(), "a constant is always there", "");
    } else if (one_of_several && node["default"].IsDefined()) {
        yaml_.report(node["default"].Mark(), "one place of several has no `default`",
                     "put `{value: …}` last");
    }
}

void FieldReader::read_part(const YAML::Node& key, const YAML::Node& value, WrittenChoice& choice) {
    const std::string& part = key.Scalar();
    if (part == "pointer") {
        read_pointer(value, choice.pointer);
    } else if (part == "value" || part == "default") {
        choice.fallback = json_of(value);
        if (!choice.fallback) {
            yaml_.report(value.Mark(), in_ticks(part) + " is too large or too deep", "");
        }
    } else if (part == "words") {
        yaml_.entries(value, "`words`", [&](const YAML::Node& from, const YAML::Node& to) {
            if (!to.IsScalar()) return yaml_.report(to.Mark(), "a word stands for a word", "");
            choice.words.emplace_back(from.Scalar(), to.Scalar());
        });
    } else if (part == "present") {
        if (!value.IsScalar() || value.Scalar().empty()) {
            return yaml_.report(value.Mark(), "`present` is a word", "");
        }
        choice.present = value.Scalar();
    } else if (part == "time") {
        const auto known = time_words();
        if (!value.IsScalar() || !is_one_of(value.Scalar(), known)) {
            return yaml_.unknown_word(value, "form of time", known);
        }
        choice.time = value.Scalar();
    } else {
        yaml_.unknown_word(key, "part of a field", field_keys());
    }
}

bool FieldReader::read_pointer(const YAML::Node& node, std::string& pointer) {
    if (node.IsScalar() && place_of(node.Scalar(), PlaceBase::call)) {
        pointer = node.Scalar();
        return true;
    }
    const std::string word = node.IsScalar() ? node.Scalar() : "";
    const bool is_bare = !word.empty() && word.find_first_of("~:") == std::string::npos;
    std::string pointer_like = word;  // `actor.groups` as others write a path
    std::replace(pointer_like.begin(), pointer_like.end(), '.', '/');
    yaml_.report(
        node.Mark(),
        word.empty() ? "a JSON pointer is wanted here" : in_ticks(word) + " is no JSON pointer",
        is_bare
            ? "write `/" + pointer_like + "` for a field, `{value: " + word + "}` for a constant"
            : "`/request/tool` is one");
    return false;
}

void FieldReader::read_places(const YAML::Node& node, PlaceBase base, std::vector<Place>& places) {
    if (node.IsSequence()) {
        for (const YAML::Node& one : node) read_places(one, base, places);
        return;
    }
    std::string text;
    if (!read_pointer(node, text)) return;
    auto place = place_of(text, base);
    if (!place) return yaml_.report(node.Mark(), in_ticks(text) + " is no JSON pointer", "");
    places.push_back(std::move(*place));
}

void FieldReader::read_line_places(const YAML::Node& node, std::vector<Place>& places) {
    if (node.IsSequence()) {
        for (const YAML::Node& one : node) read_line_places(one, places);
        return;
    }
    const std::size_t errors_before = yaml_.errors();
    // RFC 6901's pointer to the whole.
    if (node.IsScalar() && node.Scalar().empty())
        return places.push_back({"", PlaceBase::line, {}});
    read_places(node, PlaceBase::line, places);
    if (yaml_.errors() != errors_before) return;
    const bool elsewhere = std::any_of(places.begin(), places.end(), [](const Place& place) {
        return place.base != PlaceBase::line;
    });
    if (elsewhere || places.empty()) {
        yaml_.report(node.Mark(), "`each` is a place in the line, or a list of them",
                     "`/spans/*` is one");
    }
}

void FieldReader::check_words(const YAML::Node& node, std::string_view what,
                              std::span<const std::string_view> known) {
    if (node.IsSequence()) {
        for (const YAML::Node& one : node) check_words(one, what, known);
        return;
    }
    if (!node.IsMap()) return;
    const YAML::Node words = node["words"];
    if (words.IsDefined() && words.IsMap()) {
        for (const auto& entry : words) check_word(entry.second, {}, what, known);
    }
    for (const char* part : {"value", "default", "present"}) {
        if (node[part].IsDefined()) check_word(node[part], words, what, known);
    }
}

/// What `words` make of it, too.
void FieldReader::check_word(const YAML::Node& node, const YAML::Node& words, std::string_view what,
                             std::span<const std::string_view> known) {
    if (!node.IsScalar() || is_one_of(node.Scalar(), known)) return;
    if (words.IsDefined() && words.IsMap()) {
        const YAML::Node to = words[node.Scalar()];
        if (to.IsDefined() && to.IsScalar() && is_one_of(to.Scalar(), known)) return;
    }
    yaml_.unknown_word(node, what, known);
}

std::optional<TimeForm> time_form_of(const Written& written) {
    const std::string* word = nullptr;
    for (const WrittenChoice& choice : written.choices) {
        if (choice.pointer.empty()) continue;
        if (word != nullptr && *word != choice.time) return std::nullopt;
        word = &choice.time;
    }
    if (word == nullptr || word->empty()) return TimeForm::rfc3339;
    if (*word == nanoseconds_word) return TimeForm::unix_microseconds;
    const auto known = time_words();
    const auto found = std::find(known.begin(), known.end(), *word);
    return static_cast<TimeForm>(found - known.begin());
}

Choices choices_of(const Written& written) {
    Choices made;
    // Words of a single place are the layout's, which tells what is none of them.
    const bool several = written.choices.size() > 1;
    for (const WrittenChoice& from : written.choices) {
        Choice& choice = made.emplace_back();
        choice.place =
            from.pointer.empty() ? std::nullopt : place_of(from.pointer, PlaceBase::call);
        if (!choice.place) choice.fallback = from.fallback.value_or("");
        if (several || !from.present.empty()) choice.words = from.words;
        choice.present = from.present;
        if (from.time == nanoseconds_word) {
            choice.form = ChoiceForm::unix_nanoseconds;
        } else if (!from.time.empty() && from.time != "rfc3339") {
            choice.form = ChoiceForm::unix_number;
        }
    }
    return made;
}

}  // namespace proviso::simulator
