#include "tests/unit/simulator/files.h"

#include <array>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>

#include <zlib.h>
#include <zstd.h>

namespace proviso::simulator::testing {

TemporaryFolder::TemporaryFolder() {
    std::random_device random;
    const auto base = std::filesystem::temp_directory_path();
    do {
        folder_ = base / ("proviso-" + std::to_string(random()) + std::to_string(random()));
    } while (!std::filesystem::create_directory(folder_));
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::string TemporaryFolder::path(std::string_view name) const {
    return (folder_ / name).string();
}

std::string TemporaryFolder::write(std::string_view name, std::string_view bytes) const {
    std::ofstream file{folder_ / name, std::ios::binary};
    if (!(file << bytes)) throw std::runtime_error("cannot write a test's file");
    return path(name);
}

std::string read_file(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

std::string gzipped(std::string_view text) {
    z_stream state{};
    if (deflateInit2(&state, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("cannot pack");
    }
    std::string in{text};
    state.next_in = reinterpret_cast<Bytef*>(in.data());
    state.avail_in = static_cast<uInt>(in.size());
    std::string out;
    int code = Z_OK;
    while (code == Z_OK) {
        std::array<char, 16'384> piece{};
        state.next_out = reinterpret_cast<Bytef*>(piece.data());
        state.avail_out = piece.size();
        code = deflate(&state, Z_FINISH);
        out.append(piece.data(), piece.size() - state.avail_out);
    }
    deflateEnd(&state);
    return out;
}

std::string packed_by_zstd(std::string_view text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    const std::size_t size = ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3);
    if (ZSTD_isError(size) != 0) throw std::runtime_error("cannot pack");
    out.resize(size);
    return out;
}

}  // namespace proviso::simulator::testing
