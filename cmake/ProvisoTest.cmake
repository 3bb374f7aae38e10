# Helpers for tests/. Catch2's main is compiled once, in the object library test_main.

include(Catch)

# proviso_catch_test(name LABEL label SOURCES file... [LIBS target...])
# One executable; each of its test cases becomes a CTest test called name.<test case>. A name that
# CTest cannot hand back to Catch2 (one with a semicolon) fails.
function(proviso_catch_test name)
    cmake_parse_arguments(PARSE_ARGV 1 test "" "LABEL" "SOURCES;LIBS")
    add_executable(${name} ${test_SOURCES})
    # Catch2's and the standard's headers cost more than the tests: several files are one unit. What
    # is tested is optimised in full, its tests are not.
    set_target_properties(${name} PROPERTIES
        UNITY_BUILD ${PROVISO_UNITY} UNITY_BUILD_BATCH_SIZE 5)
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name} PRIVATE proviso_flags test_main tests_tree Catch2::Catch2 rapidcheck ${test_LIBS})
    catch_discover_tests(${name}
        TEST_PREFIX "${name}."
        EXTRA_ARGS -w NoTests
        PROPERTIES LABELS ${test_LABEL} TIMEOUT 600)
endfunction()

# proviso_unit_tests(folder target...)
# tests/unit/<folder>/*_test.cpp become the executable unit_<folder> linked with the targets;
# those called *_threads_test.cpp become unit_<folder>_threads, which also runs under the thread
# sanitizer. Other .cpp files there are shared by both.
function(proviso_unit_tests folder)
    string(REPLACE "/" "_" name "unit_${folder}")
    file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp")
    set(plain ${sources})
    list(FILTER plain EXCLUDE REGEX "_threads_test\\.cpp$")
    set(threads ${sources})
    list(FILTER threads INCLUDE REGEX "_threads_test\\.cpp$")
    set(shared ${sources})
    list(FILTER shared EXCLUDE REGEX "_test\\.cpp$")
    if(plain)
        proviso_catch_test(${name} LABEL unit SOURCES ${plain} LIBS ${ARGN})
    endif()
    if(threads)
        proviso_catch_test(${name}_threads
            LABEL threads SOURCES ${threads} ${shared} LIBS ${ARGN})
        set_property(GLOBAL APPEND PROPERTY PROVISO_THREADS_TESTS ${name}_threads)
    endif()
endfunction()
