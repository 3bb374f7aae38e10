#include "simulator/packed/container.h"

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <stdexcept>

#include <zlib.h>
#include <zstd.h>

namespace proviso::simulator::packed {
namespace {

constexpr unsigned version = 1;
constexpr std::size_t version_bytes = 2;
constexpr std::size_t record_head = 1 + 4 + 4;  // tag, size, checksum
constexpr char block_tag = 'B';
constexpr char end_tag = 'E';
constexpr int compression = 3;

/// Of a record's tag, its number in the file, and its bytes.
std::uint32_t checksum(char tag, std::uint64_t number, std::string_view bytes) {
    std::string head(1, tag);
    put_fixed(head, number, 8);
    const auto of = [](uLong before, std::string_view text) {
        return crc32_z(before, reinterpret_cast<const Bytef*>(text.data()), text.size());
    };
    return static_cast<std::uint32_t>(of(of(0, head), bytes));
}

std::string record(char tag, std::uint64_t number, std::string_view bytes) {
    std::string out(1, tag);
    put_fixed(out, bytes.size(), 4);
    put_fixed(out, checksum(tag, number, bytes), 4);
    return out.append(bytes);
}

std::string compressed(std::string_view text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    const std::size_t size =
        ZSTD_compress(out.data(), out.size(), text.data(), text.size(), compression);
    if (ZSTD_isError(size) != 0) throw std::bad_alloc();
    out.resize(size);
    return out;
}

}  // namespace

struct Reader::Record {
    char tag = 0;
    std::string_view bytes;
};

std::string Writer::head() {
    std::string out{magic};
    put_fixed(out, version, version_bytes);
    return out;
}

std::string Writer::block(BlockPacker& packer, bool is_open) {
    std::string text{packer.text()};
    if (is_open) text.pop_back();
    totals_.lines += packer.lines();
    totals_.text_bytes += text.size();
    const std::string block = packer.take(is_open);
    std::string again;
    if (!PackedBlock{block}.read(again) || again != text) {
        throw std::logic_error("a packed block does not give back its lines");
    }
    return record(block_tag, totals_.blocks++, compressed(block));
}

std::string Writer::end() const {
    std::string bytes;
    for (const std::uint64_t one : {totals_.blocks, totals_.lines, totals_.text_bytes}) {
        put_number(bytes, one);
    }
    return record(end_tag, totals_.blocks, bytes);
}

void Reader::fail(std::string_view why) {
    if (error_.empty()) error_ = why;
}

bool Reader::next(std::string& block) {
    if (!error_.empty() || at_end_ || (at_start_ && !read_head())) return false;
    Record record;
    if (!read_record(record)) return false;
    if (record.tag == end_tag) {
        check_end(record.bytes);
        return false;
    }
    return unpack(block) && count(block);
}

bool Reader::read_head() {
    at_start_ = false;
    std::array<char, magic.size() + version_bytes> head{};
    const std::size_t size = read_(head.data(), head.size());
    const std::string_view text{head.data(), size};
    if (size < head.size() || !text.starts_with(magic)) {
        fail("it is no packed history");
    } else if (fixed_at(text.substr(magic.size()), version_bytes, 0) != version) {
        fail("it was packed by another version; pack the history again");
    }
    return error_.empty();
}

bool Reader::read_record(Record& record) {
    std::array<char, record_head> head{};
    const std::size_t got = read_(head.data(), head.size());
    const std::string_view text{head.data(), got};
    if (got < head.size()) {
        fail("the packed history is cut off");
        return false;
    }
    record.tag = text[0];
    const std::uint64_t size = fixed_at(text.substr(1), 4, 0);
    if ((record.tag != block_tag && record.tag != end_tag) ||
        size > ZSTD_compressBound(most_block_bytes)) {
        fail("the packed history is damaged");
        return false;
    }
    // Memory grows as bytes come: a size alone takes none.
    constexpr std::size_t piece = 1U << 20;
    packed_.clear();
    while (packed_.size() < size) {
        const std::size_t before = packed_.size();
        const std::size_t wanted = std::min<std::size_t>(piece, size - before);
        packed_.resize(before + wanted);
        if (read_(packed_.data() + before, wanted) < wanted) {
            fail("the packed history is cut off");
            return false;
        }
    }
    record.bytes = packed_;
    if (checksum(record.tag, totals_.blocks, record.bytes) != fixed_at(text.substr(5), 4, 0)) {
        fail("the packed history is damaged: a checksum is wrong");
        return false;
    }
    return true;
}

bool Reader::unpack(std::string& block) {
    const unsigned long long size = ZSTD_getFrameContentSize(packed_.data(), packed_.size());
    if (size > most_block_bytes) {  // and what cannot be told, which is more
        fail("the packed history is damaged: a block is too large");
        return false;
    }
    block.resize(size);
    if (ZSTD_decompress(block.data(), size, packed_.data(), packed_.size()) != size) {
        fail("the packed history is damaged: a block cannot be unpacked");
        return false;
    }
    return true;
}

/// The three numbers that a block begins with.
bool Reader::count(std::string_view block) {
    Cursor from{block};
    const std::uint64_t lines = from.number(most_block_lines);
    const std::uint64_t bytes = from.number(most_block_bytes);
    if (is_open_) from.fail();
    is_open_ = from.number(1) == 1;
    if (from.failed()) fail("the packed history is damaged: a block begins wrongly");
    ++totals_.blocks;
    totals_.lines += lines;
    totals_.text_bytes += bytes;
    return error_.empty();
}

void Reader::check_end(std::string_view bytes) {
    at_end_ = true;
    Cursor from{bytes};
    const Totals told{from.number(), from.number(), from.number()};
    char more = 0;
    if (from.failed() || !from.at_end() || told != totals_) {
        fail("the packed history is damaged: its end does not fit");
    } else if (read_(&more, 1) != 0) {
        fail("there are bytes behind the end of the packed history");
    }
}

}  // namespace proviso::simulator::packed
