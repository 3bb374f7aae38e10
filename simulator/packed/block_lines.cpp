#include "simulator/packed/block_lines.h"

#include <cassert>
#include <cstring>
#include <utility>

namespace proviso::simulator::packed {
namespace {

std::string padded(std::string bytes) {
    bytes.append(BlockLines::padding, '\0');
    return bytes;
}

}  // namespace

BlockLines::BlockLines(std::string bytes)
    : bytes_(padded(std::move(bytes))),
      block_(std::string_view{bytes_}.substr(0, bytes_.size() - padding)) {}

std::unique_ptr<const BlockLines> BlockLines::of(std::string bytes) {
    std::unique_ptr<BlockLines> made{new BlockLines(std::move(bytes))};
    if (!made->block_.index()) return nullptr;
    return made;
}

bool BlockLines::begins_with(std::string_view text) const {
    if (lines() == 0) return false;
    std::string line;
    return write(shapes()[shape_of(0)], 0, line).starts_with(text);
}

std::string_view BlockLines::write(const ShapeColumns& shape, std::size_t line, std::string& text) {
    const std::size_t size = shape.sizes[line];
    text.resize(size + Room::slack + padding);
    Room room{text.data(), size};
    [[maybe_unused]] const bool fits = PackedBlock::append_line(shape, line, room);
    assert(fits && room.left() == 0);
    std::memset(text.data() + size - 1, 0, padding);
    return std::string_view{text}.substr(0, size - 1);
}

}  // namespace proviso::simulator::packed
