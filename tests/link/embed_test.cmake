# Installs the BUILD folder to WORK/prefix, writes the programs of the README and of
# docs/embedding.md to WORK/source, builds them there as a project of its own with
# find_package(proviso), and runs them at the root of the tree.

cmake_minimum_required(VERSION 3.25)

# The ```cpp block below the line <!-- embed --> of a page.
function(write_program page path)
    file(READ "${SOURCE}/${page}" text)
    set(mark "<!-- embed -->\n```cpp\n")
    string(FIND "${text}" "${mark}" start)
    if(start EQUAL -1)
        message(FATAL_ERROR "${page} has no ```cpp block below a line <!-- embed -->")
    endif()
    string(LENGTH "${mark}" length)
    math(EXPR start "${start} + ${length}")
    string(SUBSTRING "${text}" ${start} -1 text)
    string(FIND "${text}" "\n```" end)
    string(SUBSTRING "${text}" 0 ${end} text)
    file(WRITE "${path}" "${text}\n")
endfunction()

function(run)
    execute_process(COMMAND ${ARGV} WORKING_DIRECTORY "${SOURCE}" COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE "${WORK}")
write_program(README.md "${WORK}/source/main.cpp")
write_program(docs/embedding.md "${WORK}/source/approvals.cpp")
file(COPY "${SOURCE}/tests/link/embed/CMakeLists.txt" DESTINATION "${WORK}/source")
run(${CMAKE_COMMAND} --install "${BUILD}" --prefix "${WORK}/prefix")
foreach(file IN ITEMS bash-completion/completions/proviso zsh/site-functions/_proviso
        fish/vendor_completions.d/proviso.fish man/man1/proviso.1)
    file(STRINGS "${WORK}/prefix/share/${file}" lines REGEX "simulate")
    if(NOT lines)
        message(FATAL_ERROR "share/${file} does not know the subcommand simulate")
    endif()
endforeach()
run(${CMAKE_COMMAND} -G Ninja -S "${WORK}/source" -B "${WORK}/build"
    -D CMAKE_PREFIX_PATH=${WORK}/prefix
    -D CMAKE_BUILD_TYPE=Release
    -D CMAKE_CXX_COMPILER=${COMPILER}
    -D CMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER})
run(${CMAKE_COMMAND} --build "${WORK}/build")
run("${WORK}/build/embed")
run("${WORK}/build/approvals")
