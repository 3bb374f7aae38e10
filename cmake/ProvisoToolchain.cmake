# Language level, warnings, sanitizers, and the faster compiler cache and linker where present.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Release, Debug or Sanitize" FORCE)
endif()
# Sanitized code runs optimised a little, with assertions and readable stacks.
set(CMAKE_CXX_FLAGS_SANITIZE "-O1 -g1 -fno-omit-frame-pointer")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # What one checkout compiled serves the others of this machine too: paths below it do not count.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        env "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1 CCACHE_ABSSTDERR=1
        "${CCACHE_PROGRAM}")
endif()

find_program(MOLD_PROGRAM mold)
find_program(LLD_PROGRAM ld.lld)
if(MOLD_PROGRAM)
    add_link_options(-fuse-ld=mold)
elseif(LLD_PROGRAM)
    add_link_options(-fuse-ld=lld)
endif()

# What every target of this project is compiled with; no effect on those who link the package.
add_library(proviso_flags INTERFACE)
target_compile_options(proviso_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Wnon-virtual-dtor
    -Woverloaded-virtual -Wsuggest-override -Wcast-qual -Wextra-semi
    -Wno-missing-field-initializers -Werror
    # Files are named from here, so that what is compiled is the same wherever the checkout lies.
    "-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # Wrong about std::string's operator+ in GCC 12: https://gcc.gnu.org/PR105651
    target_compile_options(proviso_flags INTERFACE -Wno-restrict)
endif()
# And every layer besides.
add_library(proviso_layer_flags INTERFACE)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Functions may be called directly and inlined in position-independent code too, as clang does
    # by itself: nobody puts others in their place.
    target_compile_options(proviso_layer_flags INTERFACE -fno-semantic-interposition)
endif()
# And what is compiled several files at a time, which saves reading headers again: names that one file
# keeps to itself then stand beside those of others, which these warnings are wrong about.
set(unity_options -Wno-shadow $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
add_library(proviso_unity_flags INTERFACE)
target_compile_options(proviso_unity_flags INTERFACE ${unity_options})
if(CMAKE_UNITY_BUILD)
    target_compile_options(proviso_flags INTERFACE ${unity_options})
endif()
if(PROVISO_SANITIZE)
    target_compile_options(proviso_flags INTERFACE
        -fsanitize=${PROVISO_SANITIZE} -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${PROVISO_SANITIZE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # The code that sanitizers add misleads the warnings that follow the flow of values.
        target_compile_options(proviso_flags INTERFACE
            -Wno-maybe-uninitialized -Wno-array-bounds -Wno-stringop-overflow)
    endif()
endif()
if(PROVISO_FUZZ)
    target_compile_options(proviso_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
