#include "grammar/tokens_before.h"

#include <algorithm>

#include "grammar/words.h"

namespace proviso::grammar {
namespace {

constexpr std::size_t most_brackets = 4096;

bool is_figure(char letter) {
    return letter >= '0' && letter <= '9';
}

char peek(std::string_view text, std::size_t at) {
    return at < text.size() ? text[at] : '\n';
}

Token string_token(std::string_view text, std::uint32_t begin) {
    const bool raw = text[begin] == 'r';
    std::size_t at = begin + (raw ? 2U : 1U);
    for (; at < text.size() && text[at] != '\n'; ++at) {
        if (text[at] == '"') {
            return {TokenKind::string, begin, static_cast<std::uint32_t>(at + 1), true};
        }
        if (text[at] == '\\' && !raw && peek(text, at + 1) != '\n') ++at;
    }
    const auto end = static_cast<std::uint32_t>(std::min(at, text.size()));
    return {TokenKind::string, begin, end, false};
}

/// A number and whatever was glued to it: `500USD`, `2026-2-3`, `09:00`.
std::size_t number_end(std::string_view text, std::size_t begin) {
    std::size_t at = begin;
    if (text[at] == '-') ++at;
    for (; at < text.size(); ++at) {
        const char letter = text[at];
        const bool glued = (letter == '.' && peek(text, at + 1) != '.') ||
                           (letter == ':' && is_figure(peek(text, at + 1))) || letter == '-' ||
                           (letter == '+' && is_figure(peek(text, at + 1)));
        if (!glued && !is_of(letter, name_byte)) break;
    }
    return at;
}

bool starts_number(std::string_view text, std::size_t at) {
    const char letter = text[at];
    const char next = peek(text, at + 1);
    return is_figure(letter) || (letter == '.' && is_figure(next) && peek(text, at - 1) != '.') ||
           (letter == '-' && is_figure(next));
}

std::size_t sign_end(std::string_view text, std::size_t at) {
    constexpr std::string_view pairs[] = {"==", "!=", "<=", ">=", "??", "..", "&&", "||",
                                          "<>", "=>", "=<", "//", "{{", "}}", "->", ":="};
    for (const std::string_view pair : pairs) {
        if (text.substr(at, 2) == pair) return at + 2;
    }
    return at + character_length(text, static_cast<std::uint32_t>(at));
}

void note_bracket(Before& before, char sign, std::uint32_t at) {
    if (sign == '(' || sign == '[' || sign == '{') {
        if (before.open_brackets.size() < most_brackets) before.open_brackets.push_back(at);
    } else if (sign == ')' || sign == ']' || sign == '}') {
        if (!before.open_brackets.empty()) before.open_brackets.pop_back();
    }
}

}  // namespace

std::optional<std::uint32_t> Before::innermost() const {
    if (open_brackets.empty()) return std::nullopt;
    return open_brackets.back();
}

std::uint32_t character_length(std::string_view text, std::uint32_t at) {
    std::uint32_t length = 1;
    while (at + length < text.size() &&
           (static_cast<unsigned char>(text[at + length]) & 0xC0U) == 0x80U) {
        ++length;
    }
    return length;
}

Token token_at(std::string_view text, std::uint32_t at) {
    if (at >= text.size()) return {TokenKind::end_of_file, at, at, true};
    const char letter = text[at];
    const auto token = [&](TokenKind kind, std::size_t end) {
        return Token{kind, at, static_cast<std::uint32_t>(end), true};
    };
    if (letter == '\n' || (letter == '\r' && peek(text, at + 1) == '\n')) {
        return token(TokenKind::end_of_line, at);
    }
    const bool opens_string = letter == '"' || (letter == 'r' && peek(text, at + 1) == '"');
    if (opens_string) return string_token(text, at);
    if (is_of(letter, name_start)) {
        std::size_t end = at + 1;
        while (end < text.size() && is_of(text[end], name_byte)) ++end;
        return token(TokenKind::word, end);
    }
    if (starts_number(text, at)) return token(TokenKind::number, number_end(text, at));
    return token(TokenKind::sign, sign_end(text, at));
}

Before tokens_before(std::string_view text, std::uint32_t begin, std::uint32_t where) {
    Before before;
    for (std::uint32_t at = begin; at < where;) {
        const char letter = text[at];
        if (letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n') {
            ++at;
            continue;
        }
        if (letter == '#') {
            at = static_cast<std::uint32_t>(std::min(text.find('\n', at), text.size()));
            continue;
        }
        const Token token = token_at(text, at);
        const bool is_open = token.end > where || !token.closed;
        if (token.kind == TokenKind::string && is_open) before.open_string = token.begin;
        if (token.end > where) break;
        if (token.kind == TokenKind::sign) note_bracket(before, letter, at);
        std::copy_backward(before.last.begin(), before.last.end() - 1, before.last.end());
        before.last[0] = token;
        at = token.end;
    }
    return before;
}

std::string describe(std::string_view text, Token token) {
    constexpr std::uint32_t longest = 40;
    switch (token.kind) {
        case TokenKind::end_of_file: return "the end of the file";
        case TokenKind::end_of_line: return "the end of the statement";
        case TokenKind::string: return "a string";
        case TokenKind::word:
        case TokenKind::number:
        case TokenKind::sign: break;
    }
    if (token.end - token.begin > longest) return "a long word";
    return "`" + std::string(text.substr(token.begin, token.end - token.begin)) + "`";
}

bool is_at_line_start(std::string_view text, std::uint32_t at) {
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
    return at == 0 || text[at - 1] == '\n';
}

std::uint32_t skip_layout(std::string_view text, std::uint32_t from) {
    std::size_t at = from;
    while (at < text.size()) {
        const char letter = text[at];
        if (letter == '#') {
            at = std::min(text.find('\n', at), text.size());
        } else if (letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n') {
            ++at;
        } else {
            break;
        }
    }
    return static_cast<std::uint32_t>(at);
}

}  // namespace proviso::grammar
