// See canonical_json.h. An object's members are written as they come and put in order afterwards.
#include "engine/decide/canonical_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <variant>

#include "engine/model/text.h"

namespace proviso::decide {

namespace {

constexpr std::size_t deepest = 1000;
constexpr std::int64_t longest_shift = 1000;  // zeros that an exponent may bring

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t count = 0;
    while (at + count < text.size() && is_digit(text[at + count])) ++count;
    return count;
}

/// A JSON number taken apart.
struct NumberText {
    bool minus = false;
    std::string_view whole;
    std::string_view fraction;
    std::int64_t exponent = 0;
};

bool read_exponent(std::string_view text, std::int64_t& exponent) {
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, exponent);
    return read.ec == std::errc() && read.ptr == end && text.back() != '-';
}

bool read_number(std::string_view text, NumberText& out) {
    out.minus = !text.empty() && text.front() == '-';
    if (out.minus) text.remove_prefix(1);
    std::size_t at = digits_at(text, 0);
    out.whole = text.substr(0, at);
    if (at == 0 || (at > 1 && text.front() == '0')) return false;
    if (at < text.size() && text[at] == '.') {
        const std::size_t count = digits_at(text, at + 1);
        if (count == 0) return false;
        out.fraction = text.substr(at + 1, count);
        at += count + 1;
    }
    if (at == text.size()) return true;
    if (text[at] != 'e' && text[at] != 'E') return false;
    return at + 1 < text.size() && read_exponent(text.substr(at + 1), out.exponent);
}

/// Four hex digits, or nothing.
bool read_hex(std::string_view text, std::uint32_t& code) {
    if (text.size() < 4) return false;
    const auto read = std::from_chars(text.data(), text.data() + 4, code, 16);
    return read.ec == std::errc() && read.ptr == text.data() + 4;
}

void append_utf8(std::string& out, std::uint32_t code) {
    const auto byte = [&](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
    if (code < 0x80) return byte(code);
    if (code < 0x800) {
        byte(0xC0 | code >> 6);
    } else {
        if (code < 0x10000) {
            byte(0xE0 | code >> 12);
        } else {
            byte(0xF0 | code >> 18);
            byte(0x80 | (code >> 12 & 0x3F));
        }
        byte(0x80 | (code >> 6 & 0x3F));
    }
    byte(0x80 | (code & 0x3F));
}

bool is_high(std::uint32_t code) {
    return code >= 0xD800 && code < 0xDC00;
}
bool is_low(std::uint32_t code) {
    return code >= 0xDC00 && code < 0xE000;
}

}  // namespace

// ---------------------------------------------------------------- scalars

bool CanonicalJson::add_number(std::string_view number) {
    NumberText parts;
    if (!read_number(number, parts)) return false;
    text_.assign(parts.whole).append(parts.fraction);
    const std::size_t zeros = std::min(text_.find_first_not_of('0'), text_.size());
    if (zeros == text_.size()) {
        out_.push_back('0');
        return true;
    }
    if (parts.exponent > longest_shift || parts.exponent < -longest_shift) return false;
    // Where the point stands, in digits from the front.
    std::int64_t point = static_cast<std::int64_t>(parts.whole.size()) + parts.exponent -
                         static_cast<std::int64_t>(zeros);
    text_.erase(0, zeros);
    text_.erase(text_.find_last_not_of('0') + 1);
    if (parts.minus) out_.push_back('-');
    const auto size = static_cast<std::int64_t>(text_.size());
    if (point <= 0) {
        out_.append("0.").append(static_cast<std::size_t>(-point), '0').append(text_);
    } else if (point >= size) {
        out_.append(text_).append(static_cast<std::size_t>(point - size), '0');
    } else {
        const auto at = static_cast<std::size_t>(point);
        out_.append(text_, 0, at).append(".").append(text_, at);
    }
    return true;
}

void CanonicalJson::add_integer(std::int64_t number) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out_.append(digits.data(), end);
}

void CanonicalJson::add_decimal(model::Decimal number) {
    if (number.scale == 0) return add_integer(number.coefficient);
    std::array<char, 24> digits{};
    const bool minus = number.coefficient < 0;
    const auto magnitude =
        static_cast<std::uint64_t>(minus ? -number.coefficient : number.coefficient);
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), magnitude).ptr;
    const auto size = static_cast<std::size_t>(end - digits.data());
    const std::size_t whole = size > number.scale ? size - number.scale : 0;
    if (minus) out_.push_back('-');
    if (whole == 0) out_.push_back('0');
    out_.append(digits.data(), whole).append(".");
    if (whole == 0) out_.append(number.scale - size, '0');
    out_.append(digits.data() + whole, size - whole);
}

void CanonicalJson::add_text(std::string_view text) {
    model::append_json_string(out_, text);
}

// ---------------------------------------------------------------- JSON

char CanonicalJson::next() {
    const std::size_t blanks = left_.find_first_not_of(" \t\r\n");
    left_.remove_prefix(std::min(blanks, left_.size()));
    return left_.empty() ? '\0' : left_.front();
}

bool CanonicalJson::add_json(std::string_view json) {
    left_ = json;
    members_.clear();
    names_.clear();
    return value(0) && next() == '\0';
}

bool CanonicalJson::word(std::string_view word) {
    if (!left_.starts_with(word)) return false;
    left_.remove_prefix(word.size());
    out_.append(word);
    return true;
}

bool CanonicalJson::value(std::size_t depth) {
    switch (next()) {
        case '{': return object(depth);
        case '[': return list(depth);
        case 't': return word("true");
        case 'f': return word("false");
        case 'n': return word("null");
        case '"': {
            text_.clear();
            if (!text(text_)) return false;
            add_text(text_);
            return true;
        }
        default: break;
    }
    const std::size_t size = std::min(left_.find_first_of(" \t\r\n,]}"), left_.size());
    const std::string_view number = left_.substr(0, size);
    left_.remove_prefix(size);
    return add_number(number);
}

bool CanonicalJson::list(std::size_t depth) {
    if (depth == deepest) return false;
    left_.remove_prefix(1);
    out_.push_back('[');
    for (bool first = true; next() != ']'; first = false) {
        if (!first) {
            if (left_.empty() || left_.front() != ',') return false;
            left_.remove_prefix(1);
            out_.push_back(',');
        }
        if (!value(depth + 1)) return false;
    }
    left_.remove_prefix(1);
    out_.push_back(']');
    return true;
}

bool CanonicalJson::object(std::size_t depth) {
    if (depth == deepest) return false;
    left_.remove_prefix(1);
    out_.push_back('{');
    const std::size_t first = members_.size();
    const std::size_t names = names_.size();
    const std::size_t begin = out_.size();
    while (next() != '}') {
        if (members_.size() > first) {
            if (left_.empty() || left_.front() != ',') return false;
            left_.remove_prefix(1);
        }
        const std::size_t name = names_.size();
        if (next() != '"' || !text(names_) || next() != ':') return false;
        left_.remove_prefix(1);
        begin_member(name);
        const std::size_t member = members_.size() - 1;
        if (!value(depth + 1)) return false;
        members_[member].size = out_.size() - members_[member].begin;
    }
    left_.remove_prefix(1);
    sort_members(first, names, begin);
    out_.push_back('}');
    return true;
}

void CanonicalJson::begin_member(std::size_t name) {
    members_.push_back({name, names_.size() - name, out_.size(), 0});
    add_text(std::string_view(names_).substr(name));
    out_.push_back(':');
}

void CanonicalJson::sort_members(std::size_t first, std::size_t names, std::size_t begin) {
    const auto from = members_.begin() + static_cast<std::ptrdiff_t>(first);
    const auto name_of = [&](const Member& one) {
        return std::string_view(names_).substr(one.name, one.name_size);
    };
    std::sort(from, members_.end(), [&](const Member& a, const Member& b) {
        return model::before_in_utf16(name_of(a), name_of(b));
    });
    sorted_.clear();
    for (auto one = from; one != members_.end(); ++one) {
        if (one != from) sorted_.push_back(',');
        sorted_.append(out_, one->begin, one->size);
    }
    out_.resize(begin);
    out_.append(sorted_);
    members_.resize(first);
    names_.resize(names);
}

bool CanonicalJson::text(std::string& to) {
    left_.remove_prefix(1);
    while (!left_.empty() && left_.front() != '"') {
        const std::size_t plain = std::min(left_.find_first_of("\"\\"), left_.size());
        to.append(left_.substr(0, plain));
        left_.remove_prefix(plain);
        if (!left_.empty() && left_.front() == '\\' && !escape(to)) return false;
    }
    if (left_.empty()) return false;
    left_.remove_prefix(1);
    return true;
}

bool CanonicalJson::escape(std::string& to) {
    if (left_.size() < 2) return false;
    const char letter = left_[1];
    left_.remove_prefix(2);
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
    if (const std::size_t at = letters.find(letter); at != std::string_view::npos) {
        to.push_back(meant[at]);
        return true;
    }
    std::uint32_t code = 0;
    if (letter != 'u' || !read_hex(left_, code)) return false;
    left_.remove_prefix(4);
    if (is_low(code)) return false;
    if (is_high(code)) {
        std::uint32_t low = 0;
        if (!left_.starts_with("\\u") || !read_hex(left_.substr(2), low) || !is_low(low)) {
            return false;
        }
        left_.remove_prefix(6);
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    append_utf8(to, code);
    return true;
}

// ---------------------------------------------------------------- a host's values

bool CanonicalJson::add_value(const proviso::Value& given) {
    members_.clear();
    names_.clear();
    return value(given, 0);
}

bool CanonicalJson::value(const proviso::Value& given, std::size_t depth) {
    const proviso::Value::Data& data = given.data();
    if (std::holds_alternative<std::monostate>(data)) {
        out_.append("null");
    } else if (const auto* truth = std::get_if<bool>(&data)) {
        out_.append(*truth ? "true" : "false");
    } else if (const auto* integer = std::get_if<std::int64_t>(&data)) {
        add_integer(*integer);
    } else if (const auto* number = std::get_if<Number>(&data)) {
        return add_number(number->digits);
    } else if (const auto* text = std::get_if<std::string>(&data)) {
        if (!model::is_utf8(*text)) return false;
        add_text(*text);
    } else if (const auto* money = std::get_if<Money>(&data)) {
        if (!model::is_utf8(money->currency)) return false;
        out_.append("{\"amount\":");
        if (!add_number(money->amount)) return false;
        out_.append(",\"currency\":");
        add_text(money->currency);
        out_.push_back('}');
    } else if (const auto* members = std::get_if<proviso::Value::Record>(&data)) {
        return record(*members, depth);
    } else if (const auto* list = std::get_if<proviso::Value::List>(&data)) {
        if (depth == deepest) return false;
        out_.push_back('[');
        for (const proviso::Value& member : *list) {
            if (&member != list->data()) out_.push_back(',');
            if (!value(member, depth + 1)) return false;
        }
        out_.push_back(']');
    }
    return true;
}

bool CanonicalJson::record(const proviso::Value::Record& record, std::size_t depth) {
    if (depth == deepest) return false;
    out_.push_back('{');
    const std::size_t first = members_.size();
    const std::size_t names = names_.size();
    const std::size_t begin = out_.size();
    for (const proviso::Value::Field& field : record) {
        if (!model::is_utf8(field.name)) return false;
        const std::size_t name = names_.size();
        names_.append(field.name);
        begin_member(name);
        const std::size_t member = members_.size() - 1;
        if (!value(field.value, depth + 1)) return false;
        members_[member].size = out_.size() - members_[member].begin;
    }
    sort_members(first, names, begin);
    out_.push_back('}');
    return true;
}

}  // namespace proviso::decide
