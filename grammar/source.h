// Source text and places in it.
//
// A `SourceMap` owns the text of every file of a set. Everything later (AST names, spans,
// diagnostics) refers into it, so it outlives them; the texts never move once added.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace proviso::grammar {

enum class SourceId : std::uint32_t {};

/// Half-open byte range [begin, end) in one source file.
struct Span {
    SourceId source{};
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    friend bool operator==(const Span&, const Span&) = default;
};

/// 1-based line; 1-based column counted in code points, as editors count them.
struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
};

struct SourceFile {
    std::string name;  ///< as shown to people: the path as the user gave it, or a label
    std::string text;  ///< valid UTF-8 without BOM; CRLF is kept
    std::vector<std::uint32_t> line_starts;
};

class SourceMap {
  public:
    /// Takes the text over. A leading BOM is dropped. At most 4 GiB a file.
    SourceId add(std::string name, std::string text);

    [[nodiscard]] const SourceFile& file(SourceId id) const;
    [[nodiscard]] std::size_t size() const { return files_.size(); }
    [[nodiscard]] Position position(SourceId id, std::uint32_t offset) const;
    [[nodiscard]] std::string_view text(Span span) const;
    /// The whole line that holds `offset`, without its line end.
    [[nodiscard]] std::string_view line(SourceId id, std::uint32_t offset) const;

  private:
    std::deque<SourceFile> files_;
};

}  // namespace proviso::grammar
