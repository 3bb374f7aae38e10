// Places of a mapping file: text to steps, and a mapping whose values are lifted out of somebody
// else's lines first.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "simulator/mapping/adapter.h"

namespace proviso::simulator {

/// "/a/b", "line:/a/*/b", "answer:/a", "answer:"; `base` where no word says otherwise. A `*` is
/// each element in a place from the line's top, and a name like others elsewhere. None where the
/// text is no place.
[[nodiscard]] std::optional<Place> place_of(std::string_view text, PlaceBase base);

/// Whether the text begins with `line:` or `answer:`.
[[nodiscard]] bool has_place_word(std::string_view text);

/// Tells every place of the adapter how what it leads through is read. Again after a place came.
void apply_readings(Adapter& adapter);

}  // namespace proviso::simulator
