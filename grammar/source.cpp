// Places in source text: lines by binary search over their starts, columns by counting code points.
//
// Covered by tests/unit/grammar/source_test.cpp.
#include "grammar/source.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace proviso::grammar {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::vector<std::uint32_t> find_line_starts(std::string_view text) {
    std::vector<std::uint32_t> starts{0};
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    for (const char* at = begin; at != end;) {
        const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
        if (found == nullptr) break;
        at = static_cast<const char*>(found) + 1;
        starts.push_back(static_cast<std::uint32_t>(at - begin));
    }
    return starts;
}

bool is_continuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::size_t line_index(const SourceFile& file, std::uint32_t offset) {
    const auto after = std::upper_bound(file.line_starts.begin(), file.line_starts.end(), offset);
    return static_cast<std::size_t>(after - file.line_starts.begin()) - 1;
}

}  // namespace

SourceId SourceMap::add(std::string name, std::string text) {
    if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
    SourceFile& file = files_.emplace_back();
    file.name = std::move(name);
    file.text = std::move(text);
    file.line_starts = find_line_starts(file.text);
    return static_cast<SourceId>(files_.size() - 1);
}

const SourceFile& SourceMap::file(SourceId id) const {
    assert(static_cast<std::size_t>(id) < files_.size());
    return files_[static_cast<std::size_t>(id)];
}

Position SourceMap::position(SourceId id, std::uint32_t offset) const {
    const SourceFile& source = file(id);
    offset = std::min(offset, static_cast<std::uint32_t>(source.text.size()));
    const std::size_t index = line_index(source, offset);
    const char* const text = source.text.data();
    const auto skipped =
        std::count_if(text + source.line_starts[index], text + offset, is_continuation);
    const std::uint32_t bytes = offset - source.line_starts[index];
    return {static_cast<std::uint32_t>(index + 1), bytes - static_cast<std::uint32_t>(skipped) + 1};
}

std::string_view SourceMap::text(Span span) const {
    const std::string_view all = file(span.source).text;
    assert(span.begin <= span.end && span.end <= all.size());
    return all.substr(span.begin, span.end - span.begin);
}

std::string_view SourceMap::line(SourceId id, std::uint32_t offset) const {
    const SourceFile& source = file(id);
    offset = std::min(offset, static_cast<std::uint32_t>(source.text.size()));
    const std::size_t index = line_index(source, offset);
    const std::uint32_t begin = source.line_starts[index];
    const bool is_last = index + 1 == source.line_starts.size();
    const std::size_t end = is_last ? source.text.size() : source.line_starts[index + 1] - 1;
    std::string_view line = std::string_view(source.text).substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

}  // namespace proviso::grammar
