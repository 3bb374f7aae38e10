# The installed package: one static library of all engine layers, the public headers, the CMake
# files that find_package(proviso) reads, and the `proviso` program.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

get_property(layers GLOBAL PROPERTY PROVISO_LAYERS)
list(REMOVE_ITEM layers simulator suites handbook)

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
endif()
