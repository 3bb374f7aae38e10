# Read by find_package(proviso); defines proviso::proviso. The library is static, so what its
# layers link is found here again.

include(CMakeFindDependencyMacro)
list(APPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}")
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_dependency(Threads)
find_dependency(OpenSSL COMPONENTS Crypto)
find_dependency(RE2)
find_dependency(SQLite3 3.37)
find_dependency(fmt CONFIG)
find_dependency(simdjson CONFIG)
find_dependency(yaml-cpp CONFIG)
list(REMOVE_ITEM CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}")

include("${CMAKE_CURRENT_LIST_DIR}/provisoTargets.cmake")
