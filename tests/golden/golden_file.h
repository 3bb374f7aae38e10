// A golden file: a small text that shows one idea of the language, with what is given and what the
// product makes of it.
//
//     # a rule without a tool is an error
//     --- policy
//     policy p version "1"
//     --- diagnostics
//     p.proviso:1:1: …
//
// The first line says what the case shows. A section starts at a line `--- name` or
// `--- name: argument` and holds every line up to the next one, to the byte: printing a parsed file
// gives the same text. A line of a body can therefore not start with `--- `.
//
// Covered by tests/unit/golden.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace proviso::golden {

struct Section {
    std::string head;      // the head line as written, with its line end
    std::string name;      // `file`
    std::string argument;  // `roles.proviso`; empty where the head has none
    std::string body;      // the lines below the head, line ends included
};

struct GoldenFile {
    std::string path;      // below tests/golden: `check/roles/unknown.txt`
    std::string stage;     // its first folder: `check`
    std::string preamble;  // what stands before the first section
    std::vector<Section> sections;
    std::size_t producing = 0;  // the index of the section that a producer is asked for

    /// The first section of this name, or null.
    [[nodiscard]] const Section* find(std::string_view name) const;
    /// All sections of this name, in their order.
    [[nodiscard]] std::vector<const Section*> all(std::string_view name) const;
    /// The body of the first section of this name; empty where there is none.
    [[nodiscard]] std::string_view text(std::string_view name) const;
    /// The section that is being produced: for its argument.
    [[nodiscard]] const Section& asked() const { return sections[producing]; }
};

struct Parsed {
    GoldenFile file;
    std::string error;  // empty where the text is a golden file
};

[[nodiscard]] Parsed parse_golden(std::string_view text);
[[nodiscard]] std::string print_golden(const GoldenFile& file);

/// Whether two bodies say the same: blank lines at their ends do not count.
[[nodiscard]] bool same_body(std::string_view left, std::string_view right);

/// `produced` as a body that may stand where `old` stood, with the blank line that closed it.
[[nodiscard]] std::string body_for(std::string_view produced, std::string_view old);

}  // namespace proviso::golden
