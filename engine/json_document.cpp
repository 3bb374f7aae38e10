// See json_document.h. Recursive by the depth of the text, which has a limit.
#include "engine/json_document.h"

#include <cstdint>

namespace proviso::engine {

using grammar::Document;
using grammar::DocumentNode;

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

void append_utf8(std::string& out, std::uint32_t code) {
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    const auto rest = [&](unsigned shift) { put(0x80 | (code >> shift & 0x3F)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | code >> 6);
        rest(0);
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12);
        rest(6);
        rest(0);
    } else {
        put(0xF0 | code >> 18);
        rest(12);
        rest(6);
        rest(0);
    }
}

class JsonReader {
  public:
    JsonReader(std::string_view text, grammar::SourceId source, const Limits& limits)
        : text_(text),
          source_(source),
          limits_(limits) {}

    Document read() {
        blanks();
        if (done()) refuse("there is nothing in it");
        value(0);
        blanks();
        if (!done()) refuse("this is no JSON: something follows the value");
        return std::move(document_);
    }

  private:
    using Kind = DocumentNode::Kind;

    [[noreturn]] void refuse(std::string why) const { refuse_at(at_, std::move(why)); }
    [[noreturn]] static void refuse_at(std::size_t at, std::string why) {
        throw JsonMistake{at, std::move(why)};
    }
    [[nodiscard]] bool done() const { return at_ == text_.size(); }
    [[nodiscard]] char next() const { return done() ? '\0' : text_[at_]; }
    void blanks() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }
    bool take(char wanted) {
        if (next() != wanted || done()) return false;
        ++at_;
        return true;
    }

    std::uint32_t add(Kind kind, std::size_t depth) {
        if (document_.nodes.size() >= limits_.data_values) {
            refuse("more than " + std::to_string(limits_.data_values) + " values");
        }
        if (kind != Kind::scalar && depth >= limits_.data_nesting) {
            refuse("nested more than " + std::to_string(limits_.data_nesting) + " deep");
        }
        DocumentNode& node = document_.nodes.emplace_back();
        node.kind = kind;
        const auto at = static_cast<std::uint32_t>(at_);
        node.span = {source_, at, at + 1};
        return static_cast<std::uint32_t>(document_.nodes.size() - 1);
    }
    DocumentNode& node(std::uint32_t number) { return document_.nodes[number]; }
    void end_here(std::uint32_t number) { node(number).span.end = static_cast<std::uint32_t>(at_); }

    std::uint32_t value(std::size_t depth) {
        switch (next()) {
            case '{': return container(Kind::map, '}', depth);
            case '[': return container(Kind::list, ']', depth);
            case '"': return string();
            default: return bare();
        }
    }

    std::uint32_t container(Kind kind, char end, std::size_t depth) {
        const std::uint32_t number = add(kind, depth);
        ++at_;
        blanks();
        if (take(end)) return number;
        do {
            blanks();
            if (kind == Kind::map) name_of(number);
            const std::uint32_t item = value(depth + 1);
            node(number).items.push_back(item);
            blanks();
        } while (take(','));
        if (take(end)) return number;
        refuse(std::string("this is no JSON: a `,` or `") + end + "` is missing");
    }

    void name_of(std::uint32_t number) {
        if (next() != '"') refuse("this is no JSON: a name in quotes is missing");
        const std::uint32_t name = string();
        node(number).items.push_back(name);
        blanks();
        if (!take(':')) refuse("this is no JSON: a `:` is missing");
        blanks();
    }

    /// `true`, `false`, `null` or a number.
    std::uint32_t bare() {
        const std::uint32_t number = add(Kind::scalar, 0);
        const std::size_t begin = at_;
        for (const std::string_view word : {"true", "false", "null"}) {
            if (text_.substr(at_, word.size()) == word) at_ += word.size();
            if (at_ != begin) break;
        }
        if (at_ == begin) take_number();
        node(number).text = text_.substr(begin, at_ - begin);
        end_here(number);
        return number;
    }

    void take_number() {
        const std::size_t begin = at_;
        take('-');
        const std::size_t first = at_;
        if (!digits()) refuse_at(begin, "this is no JSON: a value is missing");
        if (text_[first] == '0' && at_ > first + 1) {
            refuse_at(first, "this is no JSON: a number begins with 0");
        }
        if (take('.') && !digits()) refuse("this is no JSON: a digit is missing");
        if (!take('e') && !take('E')) return;
        if (!take('-')) take('+');
        if (!digits()) refuse("this is no JSON: a digit is missing");
    }
    bool digits() {
        const std::size_t begin = at_;
        while (is_digit(next())) ++at_;
        return at_ > begin;
    }

    std::uint32_t string() {
        const std::uint32_t number = add(Kind::scalar, 0);
        node(number).quoted = true;
        const std::size_t begin = at_++;
        std::string text;
        while (!take('"')) {
            if (done() || next() == '\n') refuse_at(begin, "this is no JSON: a `\"` is missing");
            if (static_cast<unsigned char>(next()) < 0x20) {
                refuse("this is no JSON: a control character in a string");
            }
            if (next() == '\\') {
                escape(text);
            } else {
                text += text_[at_++];
            }
        }
        node(number).text = std::move(text);
        end_here(number);
        return number;
    }

    void escape(std::string& text) {
        const std::size_t begin = at_++;
        const char code = next();
        constexpr std::string_view codes = "\"\\/bfnrt";
        constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
        const std::size_t known = codes.find(code);
        if (!done() && known != std::string_view::npos) {
            ++at_;
            text += meant[known];
        } else if (take('u')) {
            append_utf8(text, code_point(begin));
        } else {
            refuse_at(begin, "this is no JSON: an escape that does not exist");
        }
    }

    /// Behind `\u`; two halves make one.
    std::uint32_t code_point(std::size_t begin) {
        const std::uint32_t first = four_digits(begin);
        const bool low = first >= 0xDC00 && first <= 0xDFFF;
        if (!low && (first < 0xD800 || first > 0xDBFF)) return first;
        if (!low && take('\\') && take('u')) {
            const std::uint32_t second = four_digits(begin);
            if (second >= 0xDC00 && second <= 0xDFFF) {
                return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
            }
        }
        refuse_at(begin, "this is no JSON: half a character in an escape");
    }
    std::uint32_t four_digits(std::size_t begin) {
        std::uint32_t code = 0;
        for (int i = 0; i < 4; ++i) {
            const char c = next();
            const bool letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            if (!is_digit(c) && !letter) {
                refuse_at(begin, "this is no JSON: an escape that does not exist");
            }
            ++at_;
            code = code * 16 +
                   static_cast<std::uint32_t>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
        }
        return code;
    }

    std::string_view text_;
    grammar::SourceId source_;
    const Limits& limits_;
    std::size_t at_ = 0;
    Document document_;
};

}  // namespace

Document read_json(std::string_view text, grammar::SourceId source, const Limits& limits) {
    return JsonReader(text, source, limits).read();
}

}  // namespace proviso::engine
