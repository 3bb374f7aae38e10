// Seeds of packed histories: lines, the block that they make, and the file of it.
#include <algorithm>
#include <string>
#include <string_view>

#include "simulator/packed/container.h"
#include "tests/fuzz/seeds.h"

namespace proviso::fuzz {
namespace {

simulator::packed::BlockPacker packer_of(std::string_view lines) {
    simulator::packed::BlockPacker packer;
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        packer.add(lines.substr(0, end));
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return packer;
}

}  // namespace

void add_packed(SeedWriter& writer, std::string_view lines) {
    if (lines.empty()) return;
    writer.seed("packed", lines);
    simulator::packed::BlockPacker packer = packer_of(lines);
    writer.seed("packed", packer.take());
    packer = packer_of(lines);
    simulator::packed::Writer file;
    std::string bytes = simulator::packed::Writer::head();
    bytes += file.block(packer);
    writer.seed("packed", bytes + file.end());
}

}  // namespace proviso::fuzz
