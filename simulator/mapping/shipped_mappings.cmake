# Puts the mapping files of mappings/ into the library: shipped_mappings() of
# simulator/mapping/shipped_mappings.h.
file(GLOB mapping_paths CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/mappings/*.map.yaml")
list(SORT mapping_paths)
set(mapping_blocks "")
set(mapping_names "")
set(mapping_rows "")
set(number 0)
foreach(path IN LISTS mapping_paths)
    get_filename_component(name "${path}" NAME)
    string(REGEX REPLACE "\\.map\\.yaml$" "" name "${name}")
    set(symbol "proviso_mapping_${number}")
    proviso_incbin(mapping_blocks mapping_names "${symbol}" "${path}")
    string(APPEND mapping_rows "        {\"${name}\", {${symbol}, ${symbol}_end}},\n")
    math(EXPR number "${number} + 1")
endforeach()
file(CONFIGURE OUTPUT shipped_mappings.cpp @ONLY CONTENT
[==[#include "simulator/mapping/shipped_mappings.h"

@mapping_blocks@
extern "C" {
@mapping_names@}

namespace proviso::simulator {

std::vector<ShippedMapping> shipped_mappings() {
    return {
@mapping_rows@    };
}

}  // namespace proviso::simulator
]==])
set_source_files_properties("${CMAKE_CURRENT_BINARY_DIR}/shipped_mappings.cpp" PROPERTIES
    OBJECT_DEPENDS "${mapping_paths}" SKIP_UNITY_BUILD_INCLUSION ON)
target_sources(simulator_mapping PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/shipped_mappings.cpp")
