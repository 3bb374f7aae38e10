# The installed package: one static library of all engine layers, the public headers, the CMake
# files that find_package(proviso) reads, and the `proviso` program.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

get_property(layers GLOBAL PROPERTY PROVISO_LAYERS)
list(FILTER layers EXCLUDE REGEX "^simulator")
list(REMOVE_ITEM layers report_page suites handbook lint)

set(objects)
set(libs)
foreach(layer IN LISTS layers)
    get_target_property(type ${layer} TYPE)
    if(type STREQUAL "STATIC_LIBRARY")
        list(APPEND objects $<TARGET_OBJECTS:${layer}>)
    endif()
    get_property(layer_libs GLOBAL PROPERTY PROVISO_LIBS_${layer})
    list(APPEND libs ${layer_libs})
endforeach()
list(REMOVE_DUPLICATES libs)

if(objects)
    add_library(proviso STATIC ${objects})
    add_library(proviso::proviso ALIAS proviso)
    set_target_properties(proviso PROPERTIES LINKER_LANGUAGE CXX)
    target_compile_features(proviso PUBLIC cxx_std_20)
    target_include_directories(proviso PUBLIC
        $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>)
    target_link_libraries(proviso PRIVATE ${libs} Threads::Threads)

    set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/proviso")
    install(TARGETS proviso EXPORT provisoTargets)
    install(EXPORT provisoTargets NAMESPACE proviso:: DESTINATION "${package_dir}")
    install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/proviso"
            DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.h")
    write_basic_package_version_file(
        "${PROJECT_BINARY_DIR}/provisoConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
    install(FILES
        "${PROJECT_SOURCE_DIR}/cmake/provisoConfig.cmake"
        "${PROJECT_SOURCE_DIR}/cmake/FindRE2.cmake"
        "${PROJECT_BINARY_DIR}/provisoConfigVersion.cmake"
        DESTINATION "${package_dir}")
endif()

if(TARGET proviso_cli)
    install(TARGETS proviso_cli)
    # What the program says of its own command line, asked of the one that is installed.
    set(shell_dir "${PROJECT_BINARY_DIR}/shell")
    add_custom_command(
        OUTPUT "${shell_dir}/proviso.1"
        COMMAND ${CMAKE_COMMAND} -E make_directory "${shell_dir}"
        COMMAND proviso_cli completion bash > "${shell_dir}/proviso"
        COMMAND proviso_cli completion zsh > "${shell_dir}/_proviso"
        COMMAND proviso_cli completion fish > "${shell_dir}/proviso.fish"
        COMMAND proviso_cli man > "${shell_dir}/proviso.1"
        BYPRODUCTS "${shell_dir}/proviso" "${shell_dir}/_proviso" "${shell_dir}/proviso.fish"
        DEPENDS proviso_cli VERBATIM)
    add_custom_target(proviso_shell ALL DEPENDS "${shell_dir}/proviso.1")
    install(FILES "${shell_dir}/proviso"
            DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
    install(FILES "${shell_dir}/_proviso" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
    install(FILES "${shell_dir}/proviso.fish"
            DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
    install(FILES "${shell_dir}/proviso.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
endif()
