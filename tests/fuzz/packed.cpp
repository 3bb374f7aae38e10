// Packed histories, whole and block by block, and texts that are packed.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/packed/block_lines.h"
#include "simulator/packed/container.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/pieces.h"
#include "tests/unit/simulator/packed/unpacked.h"

namespace proviso::fuzz {
namespace {

using namespace simulator::packed;  // NOLINT(google-build-using-namespace): all of it is held
using simulator::packed::testing::unpacked;

/// The bytes as those of a block: neither its checksum nor its compression stand before them.
void hold_block(std::string_view bytes) {
    PackedBlock block{bytes};
    const std::size_t told = block.columns().size();
    expect(!block.failed() || told == 0, "nothing is told of damaged bytes");
    std::string text;
    if (!block.read(text)) return;
    expect(text.size() == block.text_bytes(), "a block has as much text as it says");
    const auto ends = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
    expect(ends + 1 >= block.lines() || block.lines() == 0, "a block has the lines that it says");
    PackedBlock again{bytes};
    std::string same;
    expect(again.read(same) && same == text, "same bytes, same lines");
}

/// Lines that are had one by one are those of the text.
void hold_lines(std::string_view bytes) {
    const auto lines = BlockLines::of(std::string{bytes});
    if (lines == nullptr) return;
    std::string text;
    expect(PackedBlock{bytes}.read(text), "lines are had of a block that is right alone");
    if (lines->is_open()) text += '\n';
    std::vector<std::size_t> rows(lines->shapes().size());
    std::string_view rest = text;
    std::string memory;
    for (std::size_t i = 0; i < lines->lines(); ++i) {
        const std::size_t shape = lines->shape_of(i);
        const auto line = BlockLines::write(lines->shapes()[shape], rows[shape]++, memory);
        expect(rest.starts_with(line) && rest.substr(line.size(), 1) == "\n", "line by line");
        rest.remove_prefix(line.size() + 1);
    }
    expect(rest.empty(), "no line is left out");
}

/// Any text comes back.
void hold_text(std::string_view text) {
    Writer writer;
    BlockPacker packer;
    std::string bytes = Writer::head();
    const bool is_open = !text.empty() && text.back() != '\n';
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        packer.add(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (!packer.is_empty()) bytes += writer.block(packer, is_open);
    bytes += writer.end();
    const auto back = unpacked(bytes);
    expect(back.error.empty() && back.text == text, "what is packed comes back");
}

}  // namespace
}  // namespace proviso::fuzz

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input = proviso::fuzz::text_of(data, size);
    proviso::simulator::packed::testing::unpacked(input);
    proviso::fuzz::hold_block(input);
    proviso::fuzz::hold_lines(input);
    proviso::fuzz::hold_text(input);
    return 0;
}
