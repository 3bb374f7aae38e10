// The mapping files of mappings/, as they were when the program was built: they are used by name,
// and printed to begin one's own with. simulator/mapping/shipped_mappings.cmake puts them in.
#pragma once

#include <string_view>
#include <vector>

namespace proviso::simulator {

struct ShippedMapping {
    std::string_view name;  ///< of its file, without `.map.yaml`
    std::string_view text;  ///< lives as long as the program
};

/// By name.
[[nodiscard]] std::vector<ShippedMapping> shipped_mappings();

}  // namespace proviso::simulator
