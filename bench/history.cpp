// See history.h.
#include "bench/history.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "bench/bare_reader.h"
#include "bench/workload.h"

namespace proviso::bench {

void write_history(const std::filesystem::path& path, std::uint64_t lines) {
    const std::vector<PlainCall> plain = make_calls(50, 4096, 1000);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        texts.push_back(to_json_line(plain[i], i) + "\n");
    }
    std::ofstream file(path, std::ios::binary);
    for (std::uint64_t i = 0; i < lines; ++i) file << texts[i % texts.size()];
}

std::uint64_t read_file_bare(const std::filesystem::path& path) {
    constexpr std::size_t block_bytes = 1U << 20U;
    std::FILE* file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) return 0;
    std::string block(block_bytes + simdjson::SIMDJSON_PADDING, '\0');
    simdjson::ondemand::parser parser;
    std::uint64_t sum = 0;
    std::size_t kept = 0;
    while (true) {
        const std::size_t got = std::fread(block.data() + kept, 1, block_bytes - kept, file);
        const std::size_t size = kept + got;
        std::size_t begin = 0;
        for (;;) {
            const std::size_t end = std::string_view(block.data(), size).find('\n', begin);
            if (end == std::string_view::npos) break;
            sum += read_bare(parser, simdjson::padded_string_view(block.data() + begin, end - begin,
                                                                  block.size() - begin));
            begin = end + 1;
        }
        kept = size - begin;
        std::copy(block.begin() + static_cast<std::ptrdiff_t>(begin),
                  block.begin() + static_cast<std::ptrdiff_t>(size), block.begin());
        if (got == 0) break;
    }
    std::fclose(file);
    return sum;
}

}  // namespace proviso::bench
