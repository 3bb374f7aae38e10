// See layouts.h.
#include "tests/laws/layouts.h"

#include <algorithm>

#include <fmt/format.h>

#include "grammar/ast_dump.h"
#include "grammar/parser.h"

namespace proviso::laws {

namespace {

std::string mark(std::size_t number) {
    return fmt::format("# c{}.", number);
}

/// Nothing has been put into a comment that was put in before.
bool has_marks(const std::string& text, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        if (text.find(mark(i)) == std::string::npos) return false;
    }
    return true;
}

}  // namespace

std::string tree_of(std::string_view text, std::size_t* comments) {
    grammar::SourceMap sources;
    grammar::DiagnosticSink sink;
    const auto source = sources.add("text", std::string(text));
    const auto file = grammar::parse(sources, source, {}, sink);
    if (comments != nullptr) *comments = file.comments.size();
    return sink.has_errors() ? "errors" : grammar::dump(file);
}

std::string without_blank_lines(std::string_view text) {
    std::string kept;
    while (!text.empty()) {
        const std::size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
        const std::string_view line = text.substr(0, size);
        if (line.find_first_not_of(" \t\r\n") != std::string_view::npos) kept += line;
        text.remove_prefix(size);
    }
    return kept;
}

Scattered scattered(Random& random, std::string text, std::size_t tries, Scatter what) {
    static const std::vector<std::string> blanks{" ", "\t", "\n  ", "\n\n\n ", "\r\n    "};
    static const std::vector<std::string> with_comments{
        " %\n  ", "%\n ", "\n%\n  ", "\n   %\n  ", "\n\n  #%  \n\n   ", "\n%\n", "  %\n"};
    const std::string tree = tree_of(text);
    std::size_t comments_before = 0;
    (void)tree_of(text, &comments_before);
    std::size_t put_in = 0;
    for (std::size_t i = 0; i < tries; ++i) {
        const bool is_blank = what == Scatter::blanks || random.chance(40);
        std::string other = random.pick(is_blank ? blanks : with_comments);
        const std::size_t at = other.find('%');
        if (at != std::string::npos) other.replace(at, 1, mark(put_in));
        std::string candidate = text;
        candidate.insert(random.below(text.size() + 1), other);
        std::size_t comments = 0;
        if (tree_of(candidate, &comments) != tree) continue;
        const std::size_t added = at != std::string::npos ? 1 : 0;
        if (comments != comments_before + put_in + added || !has_marks(candidate, put_in)) continue;
        put_in += added;
        text = std::move(candidate);
    }
    return {std::move(text), put_in};
}

}  // namespace proviso::laws
