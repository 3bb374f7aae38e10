# Puts the starter set and the packs of policies/ into the program: pack_files() of cli/packs.h.
#
# Scripts stay out: they make what is already there, with files beside the packs that a copy has not.

file(GLOB_RECURSE pack_paths CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}"
    "${PROJECT_SOURCE_DIR}/policies/*" "${CMAKE_CURRENT_SOURCE_DIR}/starter/*")
list(FILTER pack_paths INCLUDE REGEX
    "^(policies/[a-z-]+|cli/starter)/.*(README\\.md|\\.proviso|\\.yaml|\\.json|\\.jsonl|\\.jsonl\\.gz)$")
# The order of paths, with `/` before any other character.
list(TRANSFORM pack_paths REPLACE "/" "\t")
list(SORT pack_paths)
list(TRANSFORM pack_paths REPLACE "\t" "/")

set(pack_blocks "")
set(pack_names "")
set(pack_rows "")
set(pack_inputs "")
set(number 0)
foreach(path IN LISTS pack_paths)
    string(REGEX MATCH "^[a-z]+/([a-z-]+)/(.*)$" matched "${path}")
    set(name "proviso_pack_file_${number}")
    proviso_incbin(pack_blocks pack_names "${name}" "${PROJECT_SOURCE_DIR}/${path}")
    string(APPEND pack_rows
        "        {\"${CMAKE_MATCH_1}\", \"${CMAKE_MATCH_2}\", {${name}, ${name}_end}},\n")
    list(APPEND pack_inputs "${PROJECT_SOURCE_DIR}/${path}")
    math(EXPR number "${number} + 1")
endforeach()
file(CONFIGURE OUTPUT packs.cpp @ONLY CONTENT
[==[#include "cli/packs.h"

@pack_blocks@
extern "C" {
@pack_names@}

namespace proviso::cli {

std::vector<PackFile> pack_files() {
    return {
@pack_rows@    };
}

}  // namespace proviso::cli
]==])
set_source_files_properties("${CMAKE_CURRENT_BINARY_DIR}/packs.cpp" PROPERTIES
    OBJECT_DEPENDS "${pack_inputs}" SKIP_UNITY_BUILD_INCLUSION ON)
target_sources(proviso_cli PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/packs.cpp")
