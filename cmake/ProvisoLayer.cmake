# proviso_layer([DEPENDS layer...] [LIBS target...] [HEADER_LIBS target...] [APART])
#
# Makes the layer of the calling folder: a static library of the folder's own *.cpp (an interface
# library while there are none), called after the folder: engine/model becomes engine_model.
# Includes are written from the repository's root (#include "engine/model/value.h"), public ones
# from include/ (#include <proviso/engine.h>).
#
#   DEPENDS      layers that this one may use, by folder
#   LIBS         outside libraries that are linked
#   HEADER_LIBS  outside libraries that are headers alone, so nothing for the package to link
#   APART        each file is a unit of its own, not eight one: for the fast path, so that what stands
#                beside a function does not change what is made of it
function(proviso_layer)
    cmake_parse_arguments(PARSE_ARGV 0 layer "APART" "" "DEPENDS;LIBS;HEADER_LIBS")
    file(RELATIVE_PATH folder "${PROJECT_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}")
    string(REPLACE "/" "_" name "${folder}")
    list(TRANSFORM layer_DEPENDS REPLACE "/" "_" OUTPUT_VARIABLE depends)
    file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")

    set(scope PUBLIC)
    if(sources)
        add_library(${name} STATIC ${sources})
        target_link_libraries(${name} PRIVATE proviso_flags proviso_layer_flags)
        if(PROVISO_UNITY AND NOT layer_APART)
            target_link_libraries(${name} PRIVATE proviso_unity_flags)
            set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
        endif()
    else()
        add_library(${name} INTERFACE)
        set(scope INTERFACE)
    endif()
    target_include_directories(${name} ${scope} "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name} ${scope} ${depends} ${layer_LIBS} ${layer_HEADER_LIBS})
    set_property(GLOBAL APPEND PROPERTY PROVISO_LAYERS ${name})
    set_property(GLOBAL PROPERTY PROVISO_LIBS_${name} "${layer_LIBS}")
endfunction()
