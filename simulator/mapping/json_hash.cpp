#include "simulator/mapping/json_hash.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <optional>
#include <string>

#include <simdjson.h>

#include "simulator/history/blocks.h"
#include "simulator/text/json_text.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t nesting = 64;

// What a value is goes into its hash: "1" is not 1.
enum class Shape : std::uint64_t { word = 1, number, text, list, object, broken };

std::uint64_t mixed(Shape shape, std::uint64_t hash) {
    return spread(hash ^ (static_cast<std::uint64_t>(shape) * 0x9e3779b97f4a7c15));
}

constexpr std::size_t most_digits = 18;  // that a 64-bit number surely holds

/// A number as its digits without zeros at both ends, and the power of ten of the last one.
std::uint64_t number_hash(bool negative, std::uint64_t digits, long long exponent) {
    if (digits == 0) return mixed(Shape::number, 0);
    for (; digits % 10 == 0; digits /= 10) ++exponent;
    return mixed(Shape::number,
                 spread(digits * 2 + (negative ? 1 : 0)) + static_cast<std::uint64_t>(exponent));
}

/// Of any length, with an exponent.
std::uint64_t long_number_hash(std::string_view text) {
    const bool negative = text.starts_with('-');
    std::string digits;
    long long exponent = 0;
    const std::size_t mark = std::min(text.find_first_of("eE"), text.size());
    bool fraction = false;
    for (const char c : text.substr(0, mark)) {
        if (c == '.') fraction = true;
        if (c < '0' || c > '9') continue;
        digits += c;
        if (fraction) --exponent;
    }
    if (mark < text.size()) {
        std::string_view power = text.substr(mark + 1);
        if (power.starts_with('+')) power.remove_prefix(1);
        long long written = 0;
        const auto end = std::from_chars(power.data(), power.data() + power.size(), written);
        // Past all reason: as it is written.
        if (end.ec != std::errc{} || written > 1'000'000'000 || written < -1'000'000'000) {
            return mixed(Shape::number, text_hash(text));
        }
        exponent += written;
    }
    digits.erase(0, digits.find_first_not_of('0'));
    while (digits.ends_with('0')) {
        digits.pop_back();
        ++exponent;
    }
    if (digits.size() > most_digits) {
        return mixed(Shape::number,
                     text_hash((negative ? "-" : "") + digits + 'e' + std::to_string(exponent)));
    }
    std::uint64_t number = 0;
    for (const char c : digits) number = number * 10 + static_cast<std::uint64_t>(c - '0');
    return number_hash(negative, number, exponent);
}

std::uint64_t number_hash(std::string_view text) {
    if (text.size() > most_digits) return long_number_hash(text);
    const bool negative = text.starts_with('-');
    std::uint64_t digits = 0;
    long long exponent = 0;
    bool fraction = false;
    for (const char c : text.substr(negative ? 1 : 0)) {
        if (c == '.') {
            fraction = true;
            continue;
        }
        if (c < '0' || c > '9') return long_number_hash(text);
        digits = digits * 10 + static_cast<std::uint64_t>(c - '0');
        if (fraction) --exponent;
    }
    return number_hash(negative, digits, exponent);
}

using Found = std::optional<std::uint64_t>;

Found hash_of(simdjson::ondemand::value value, std::size_t depth);

Found list_hash(simdjson::ondemand::value value, std::size_t depth) {
    simdjson::ondemand::array list;
    if (value.get_array().get(list) != simdjson::SUCCESS) return {};
    std::uint64_t hash = 0;
    for (auto member : list) {
        simdjson::ondemand::value one;
        if (member.get(one) != simdjson::SUCCESS) return {};
        const Found found = hash_of(one, depth - 1);
        if (!found) return {};
        hash = spread(hash + *found);
    }
    return mixed(Shape::list, hash);
}

Found object_hash(simdjson::ondemand::value value, std::size_t depth) {
    simdjson::ondemand::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) return {};
    std::uint64_t sum = 0;
    for (auto field : object) {
        std::string_view name;
        simdjson::ondemand::value one;
        if (field.unescaped_key().get(name) != simdjson::SUCCESS) return {};
        const std::uint64_t name_hash = text_hash(name);
        if (field.value().get(one) != simdjson::SUCCESS) return {};
        const Found found = hash_of(one, depth - 1);
        if (!found) return {};
        sum += hash_of_member(name_hash, *found);
    }
    return hash_of_object(sum);
}

Found hash_of(simdjson::ondemand::value value, std::size_t depth) {
    if (depth == 0) return {};
    simdjson::ondemand::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return {};
    switch (type) {
        case simdjson::ondemand::json_type::object: return object_hash(value, depth);
        case simdjson::ondemand::json_type::array: return list_hash(value, depth);
        case simdjson::ondemand::json_type::string: {
            std::string_view text;
            if (value.get_string().get(text) != simdjson::SUCCESS) return {};
            return mixed(Shape::text, text_hash(text));
        }
        case simdjson::ondemand::json_type::number: {
            // On-demand parsing leaves it unchecked: `01` is no number.
            const std::string_view token = trimmed(value.raw_json_token());
            return is_json_number(token) ? Found(number_hash(token)) : Found{};
        }
        case simdjson::ondemand::json_type::boolean:
        case simdjson::ondemand::json_type::null:
            return mixed(Shape::word, text_hash(trimmed(value.raw_json_token())));
    }
    return {};
}

/// The same of a document without escapes, in one pass over its bytes. Nothing where that is not
/// enough: then simdjson has to look.
class Scan {
  public:
    explicit Scan(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

    Found document() {
        const Found found = value(nesting);
        return look() == '\0' && at_ == end_ ? found : Found{};
    }

  private:
    /// The next byte that is not blank; 0 at the end.
    char look() {
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\n' || *at_ == '\r')) ++at_;
        return at_ == end_ ? '\0' : *at_;
    }
    bool take(char c) {
        if (look() != c || at_ == end_) return false;
        ++at_;
        return true;
    }

    Found value(std::size_t depth) {
        if (depth == 0) return {};
        switch (look()) {
            case '{': return object(depth);
            case '[': return list(depth);
            case '"': {
                const auto text = quoted();
                return text ? Found(mixed(Shape::text, text_hash(*text))) : Found{};
            }
            default: return scalar();
        }
    }

    std::optional<std::string_view> quoted() {
        if (!take('"')) return {};
        const char* const begin = at_;
        while (at_ != end_ && *at_ != '"') {
            if (*at_ == '\\' || static_cast<unsigned char>(*at_) < ' ') return {};
            ++at_;
        }
        if (at_ == end_) return {};
        return std::string_view(begin, static_cast<std::size_t>(at_++ - begin));
    }

    Found object(std::size_t depth) {
        ++at_;
        std::uint64_t sum = 0;
        if (take('}')) return hash_of_object(sum);
        do {
            if (look() != '"') return {};
            const auto name = quoted();
            if (!name || !take(':')) return {};
            const Found found = value(depth - 1);
            if (!found) return {};
            sum += hash_of_member(text_hash(*name), *found);
        } while (take(','));
        return take('}') ? Found(hash_of_object(sum)) : Found{};
    }

    Found list(std::size_t depth) {
        ++at_;
        std::uint64_t hash = 0;
        if (take(']')) return mixed(Shape::list, hash);
        do {
            const Found found = value(depth - 1);
            if (!found) return {};
            hash = spread(hash + *found);
        } while (take(','));
        return take(']') ? Found(mixed(Shape::list, hash)) : Found{};
    }

    [[nodiscard]] bool at_digit() const { return at_ != end_ && *at_ >= '0' && *at_ <= '9'; }

    /// Adds digits to `number`; how many there were.
    long long digits(std::uint64_t& number) {
        long long count = 0;
        for (; at_digit(); ++at_, ++count) {
            number = number * 10 + static_cast<std::uint64_t>(*at_ - '0');
        }
        return count;
    }

    /// A number of few digits without an exponent; else nothing, and the cursor may have moved.
    Found short_number() {
        const bool negative = *at_ == '-';
        if (negative) ++at_;
        const char* const begin = at_;
        std::uint64_t number = 0;
        const long long whole = digits(number);
        if (whole == 0 || (*begin == '0' && whole > 1)) return {};
        long long behind = 0;
        if (at_ != end_ && *at_ == '.') {
            ++at_;
            behind = digits(number);
            if (behind == 0) return {};
        }
        const bool ends = at_ == end_ || ends_scalar(*at_);
        if (!ends || whole + behind > static_cast<long long>(most_digits)) return {};
        return number_hash(negative, number, -behind);
    }

    Found scalar() {
        const char* const begin = at_;
        if (at_ != end_ && (*at_ == '-' || at_digit())) {
            if (const Found found = short_number()) return found;
            at_ = begin;
        }
        while (at_ != end_ && !ends_scalar(*at_)) ++at_;
        const std::string_view text(begin, static_cast<std::size_t>(at_ - begin));
        if (begin != at_ && (*begin == '-' || (*begin >= '0' && *begin <= '9'))) {
            return is_json_number(text) ? Found(number_hash(text)) : Found{};
        }
        if (text == "true" || text == "false" || text == "null") {
            return mixed(Shape::word, text_hash(text));
        }
        return {};
    }

    static bool ends_scalar(char c) { return c <= ' ' || c == ',' || c == ']' || c == '}'; }

    const char* at_;
    const char* end_;
};

}  // namespace

// The bytes behind the last whole word are read as a number of digits of 256: of a longer text from
// its last eight bytes, byte by byte else.
std::uint64_t text_hash(std::string_view text) {
    std::uint64_t hash = text.size() * 0x9e3779b97f4a7c15;
    std::uint64_t word = 0;
    const char* at = text.data();
    const char* const end = at + text.size();
    for (; static_cast<std::size_t>(end - at) >= sizeof word; at += sizeof word) {
        std::memcpy(&word, at, sizeof word);
        hash = spread(hash ^ word);
    }
    if (text.size() < sizeof word) {
        word = 0;
        for (; at != end; ++at) word = (word << 8) | static_cast<unsigned char>(*at);
        return spread(hash ^ word);
    }
    std::memcpy(&word, end - sizeof word, sizeof word);
    if constexpr (std::endian::native == std::endian::little) word = __builtin_bswap64(word);
    const auto bits = 8 * static_cast<std::size_t>(end - at);
    return spread(hash ^ (word & ((std::uint64_t{1} << bits) - 1)));
}

std::uint64_t hash_of_number(std::int64_t coefficient, std::uint8_t scale) {
    const auto size = static_cast<std::uint64_t>(coefficient);
    return number_hash(coefficient < 0, coefficient < 0 ? 0 - size : size, -scale);
}

std::uint64_t hash_of_object(std::uint64_t members) {
    return mixed(Shape::object, members);
}

struct JsonHasher::Parser {
    simdjson::ondemand::parser parser;
    std::string copy;
};

JsonHasher::JsonHasher() : parser_(std::make_unique<Parser>()) {}
JsonHasher::~JsonHasher() = default;

std::uint64_t JsonHasher::of(std::string_view raw) {
    raw = trimmed(raw);
    // A document that is no object or list has no `value` to ask.
    if (!raw.starts_with('{') && !raw.starts_with('[')) {
        if (!is_json_string(raw)) {
            return is_json_number(raw) ? number_hash(raw) : mixed(Shape::word, text_hash(raw));
        }
        return mixed(Shape::text, text_hash(plain_text(raw, parser_->copy)));
    }
    if (const Found found = Scan(raw).document()) return *found;
    parser_->copy.assign(raw);
    parser_->copy.append(padding_bytes, '\0');
    raw = std::string_view{parser_->copy}.substr(0, raw.size());
    simdjson::ondemand::document document;
    simdjson::ondemand::value value;
    const bool opened =
        parser_->parser.iterate(raw.data(), raw.size(), raw.size() + padding_bytes).get(document) ==
            simdjson::SUCCESS &&
        document.get_value().get(value) == simdjson::SUCCESS;
    const Found found = opened ? hash_of(value, nesting) : Found{};
    return found.value_or(mixed(Shape::broken, text_hash(raw)));
}

}  // namespace proviso::simulator
