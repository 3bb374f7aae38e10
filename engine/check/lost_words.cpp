// What a statement that did not parse may have declared. Its words are remembered, so that one slip
// of the pen is not also a dozen names that nobody declared.

#include <algorithm>
#include <cctype>

#include "engine/check/names.h"

namespace proviso::check {
namespace {

/// The words of the statement that holds `offset`: what it may have declared.
void lose_statement(Context& context, std::string_view text, std::uint32_t offset) {
    const auto is_word = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '-';
    };
    const auto opens = [&](std::size_t at) { return at < text.size() && is_word(text[at]); };
    std::size_t begin = std::min<std::size_t>(offset, text.size());
    do {
        begin = begin == 0 ? 0 : text.rfind('\n', begin - 1) + 1;
    } while (begin > 0 && !opens(begin) && --begin > 0);
    std::size_t end = text.find('\n', begin);
    while (end < text.size() && !opens(end + 1)) end = text.find('\n', end + 1);
    end = std::min(end, text.size());
    for (std::size_t i = begin; i < end; ++i) {
        const std::size_t from = i;
        while (i < end && is_word(text[i])) ++i;
        if (i > from) context.lost_words.insert(text.substr(from, i - from));
    }
}

}  // namespace

void collect_lost_words(Context& context) {
    constexpr std::size_t enough = 100;
    std::size_t count = 0;
    for (const grammar::Diagnostic& diagnostic : context.sink.all()) {
        if (grammar::info(diagnostic.id).severity != grammar::Severity::error) continue;
        if (++count > enough) return;
        const grammar::Span span = diagnostic.span;
        lose_statement(context, context.sources.file(span.source).text, span.begin);
    }
}

bool is_lost(const Context& context, std::string_view name) {
    if (context.lost_words.empty()) return false;
    for (std::size_t end = name.size(); end != std::string_view::npos && end > 0;
         end = name.rfind('.', end - 1)) {
        if (context.lost_words.contains(name.substr(0, end))) return true;
    }
    return false;
}

}  // namespace proviso::check
