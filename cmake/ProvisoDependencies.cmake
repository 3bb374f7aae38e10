# Every outside library, found once. tools/packages.txt names the Debian packages they come from.

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(RE2 REQUIRED)
find_package(SQLite3 3.37 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
add_library(zstd::zstd ALIAS PkgConfig::zstd)
find_package(fmt CONFIG REQUIRED)
find_package(nlohmann_json CONFIG REQUIRED)
find_package(pegtl CONFIG REQUIRED)
find_package(simdjson CONFIG REQUIRED)
find_package(yaml-cpp CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_path(PROVISO_D3_DIR d3-scale/dist/d3-scale.min.js PATHS /usr/share/nodejs REQUIRED
    DOC "The folder with the modules of D3, which draw a report's charts")
