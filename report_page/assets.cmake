# Puts the page's style, its script and the modules of D3 into the program: report_page/assets.h.
#
# They are joined and hashed when the build is configured, since the page names them by their hashes.

set(d3_modules array collection color format interpolate time time-format scale selection axis)
set(library "${CMAKE_CURRENT_SOURCE_DIR}/d3_licence.txt")
foreach(module IN LISTS d3_modules)
    list(APPEND library "${PROVISO_D3_DIR}/d3-${module}/dist/d3-${module}.min.js")
endforeach()

# joined(name file...): the files' bytes, one after another, in NAME of the build's folder.
function(joined name)
    set(text "")
    foreach(path IN LISTS ARGN)
        file(READ "${path}" part)
        string(APPEND text "${part}")
    endforeach()
    file(CONFIGURE OUTPUT "${name}" CONTENT "${text}" @ONLY)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ARGN})
endfunction()

joined(library.js ${library})
joined(script.js "${CMAKE_CURRENT_SOURCE_DIR}/page.js" "${CMAKE_CURRENT_SOURCE_DIR}/charts.js")
joined(style.css "${CMAKE_CURRENT_SOURCE_DIR}/page.css")

set(asset_blocks "")
set(asset_names "")
foreach(asset style.css library.js script.js)
    get_filename_component(symbol "${asset}" NAME_WE)
    set(symbol "proviso_page_${symbol}")
    proviso_incbin(asset_blocks asset_names "${symbol}" "${CMAKE_CURRENT_BINARY_DIR}/${asset}")
    file(SHA256 "${CMAKE_CURRENT_BINARY_DIR}/${asset}" hash)
    set("${symbol}" "{{${symbol}, ${symbol}_end}, \"${hash}\"}")
endforeach()
file(CONFIGURE OUTPUT assets.cpp @ONLY CONTENT
[==[#include "report_page/assets.h"

@asset_blocks@
extern "C" {
@asset_names@}

namespace proviso::report_page {

Asset page_style() {
    return @proviso_page_style@;
}

Asset chart_library() {
    return @proviso_page_library@;
}

Asset page_script() {
    return @proviso_page_script@;
}

}  // namespace proviso::report_page
]==])
set_source_files_properties("${CMAKE_CURRENT_BINARY_DIR}/assets.cpp" PROPERTIES
    OBJECT_DEPENDS "${CMAKE_CURRENT_BINARY_DIR}/style.css;${CMAKE_CURRENT_BINARY_DIR}/library.js;${CMAKE_CURRENT_BINARY_DIR}/script.js"
    SKIP_UNITY_BUILD_INCLUSION ON)
target_sources(report_page PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/assets.cpp")
