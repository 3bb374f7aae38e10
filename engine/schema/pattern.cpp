// See pattern.h. One pass over the text, that copies what it knows and gives up at anything else.
#include "engine/schema/pattern.h"

#include <cstdint>

#include <re2/re2.h>

#include "engine/model/text.h"

namespace proviso::schema {
namespace {

constexpr std::string_view anything = "(?s:.*)";
constexpr std::string_view no_line_end = R"([^\n\r\x{2028}\x{2029}])";
constexpr std::string_view special = R"(\^$.|?*+()[]{}/-)";

struct NotTheSame {};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

class Translator {
  public:
    explicit Translator(std::string_view pattern) : pattern_(pattern) {}

    std::string whole() {
        alternatives(0);
        if (!done()) throw NotTheSame{};
        return out_;
    }

  private:
    static constexpr int deepest = 16;

    [[nodiscard]] bool done() const { return at_ == pattern_.size(); }
    [[nodiscard]] char next() const { return done() ? '\0' : pattern_[at_]; }
    bool take(char wanted) {
        if (done() || next() != wanted) return false;
        ++at_;
        return true;
    }

    /// Of the whole pattern, each alternative is open at an end that has no anchor.
    void alternatives(int depth) {
        if (depth > deepest) throw NotTheSame{};
        do {
            if (!out_.empty() && pattern_[at_ - 1] == '|') out_ += '|';
            const bool whole = depth == 0;
            if (whole && !take('^')) out_ += anything;
            pieces(depth);
            if (whole && !take('$')) out_ += anything;
        } while (take('|'));
    }

    void pieces(int depth) {
        while (!done() && next() != '|' && next() != ')' && next() != '$') {
            atom(depth);
            repetition();
        }
    }

    void atom(int depth) {
        if (take('(')) return group(depth);
        if (take('[')) return character_class();
        if (take('.')) {
            out_ += no_line_end;
        } else if (take('\\')) {
            escape();
        } else {
            literal();
        }
    }

    void group(int depth) {
        if (take('?') && !take(':')) throw NotTheSame{};
        out_ += "(?:";
        alternatives(depth + 1);
        if (!take(')')) throw NotTheSame{};
        out_ += ')';
    }

    void literal() {
        const char c = next();
        if (special.find(c) != std::string_view::npos && c != '/' && c != '-') throw NotTheSame{};
        const model::CodePoint code = model::first_code_point(pattern_.substr(at_));
        if (!code.valid || code.value < 0x20) throw NotTheSame{};
        out_ += pattern_.substr(at_, code.bytes);
        at_ += code.bytes;
    }

    void escape() {
        const char c = next();
        ++at_;
        switch (c) {
            case 'd':
            case 'D':
            case 'w':
            case 'W':
            case 't':
            case 'n':
            case 'r':
            case 'f':
            case 'v': out_ += {'\\', c}; return;
            case 'x': return code(2);
            case 'u': return code(4);
            default: break;
        }
        if (at_ > pattern_.size() || special.find(c) == std::string_view::npos) throw NotTheSame{};
        out_ += {'\\', c};
    }

    void code(std::size_t digits) {
        const std::string_view hex = pattern_.substr(at_, digits);
        const bool all = hex.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
        const bool half = digits == 4 && all && (hex[0] | 0x20) == 'd' && hex[1] >= '8';
        if (hex.size() != digits || !all || half) throw NotTheSame{};
        out_.append(R"(\x{)").append(hex) += '}';
        at_ += digits;
    }

    void character_class() {
        out_ += '[';
        if (take('^')) out_ += '^';
        if (next() == ']') throw NotTheSame{};  // nothing, or anything
        while (!take(']')) {
            if (done()) throw NotTheSame{};
            member();
        }
        out_ += ']';
    }

    /// A character, a range of two, or `\d` and its like, which end no range.
    void member() {
        const std::size_t begin = out_.size();
        class_atom();
        const std::string_view first = std::string_view(out_).substr(begin);
        const bool set =
            first == R"(\d)" || first == R"(\D)" || first == R"(\w)" || first == R"(\W)";
        if (next() != '-' || pattern_.substr(at_, 2) == "-]") return;
        ++at_;
        if (set) throw NotTheSame{};
        out_ += '-';
        const std::size_t second = out_.size();
        class_atom();
        const char kind = out_.size() == second + 2 ? out_.back() : '\0';
        if (kind == 'd' || kind == 'D' || kind == 'w' || kind == 'W') throw NotTheSame{};
    }

    void class_atom() {
        if (take('\\')) return escape();
        const char c = next();
        if (c == '[' || c == '&' || c == '~') throw NotTheSame{};  // sets, to some
        if (special.find(c) != std::string_view::npos) {
            out_ += {'\\', c};
            ++at_;
        } else {
            literal();
        }
    }

    void repetition() {
        if (take('*')) {
            out_ += '*';
        } else if (take('+')) {
            out_ += '+';
        } else if (take('?')) {
            out_ += '?';
        } else if (next() == '{') {
            counted();
        } else {
            return;
        }
        take('?');  // greed changes what is found, not whether
        if (next() == '*' || next() == '+' || next() == '?' || next() == '{') throw NotTheSame{};
    }

    void counted() {
        const std::size_t begin = at_++;
        const auto digits = [&] {
            const std::size_t first = at_;
            while (is_digit(next())) ++at_;
            return at_ > first;
        };
        if (!digits()) throw NotTheSame{};
        if (take(',')) digits();
        if (!take('}')) throw NotTheSame{};
        out_ += pattern_.substr(begin, at_ - begin);
    }

    std::string_view pattern_;
    std::size_t at_ = 0;
    std::string out_;
};

}  // namespace

std::optional<std::string> whole_pattern(std::string_view pattern, std::size_t most_bytes) {
    std::string whole;
    try {
        whole = Translator(pattern).whole();
    } catch (const NotTheSame&) {
        return std::nullopt;
    }
    if (whole.empty() || whole.size() > most_bytes) return std::nullopt;
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(1 << 20);
    if (!RE2(whole, options).ok()) return std::nullopt;
    return whole;
}

}  // namespace proviso::schema
