// simdjson's first stage, scalars and escapes; see bind_json.h.
#include "engine/decide/bind_json.h"

#include <algorithm>

#include <simdjson.h>

#include "engine/decide/bind_unescape.h"

namespace proviso::decide {

struct JsonParser::Impl {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
    std::size_t capacity = 0;
};

namespace {

constexpr std::size_t first_capacity = std::size_t{16} << 10;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::size_t digits_end(std::string_view text, std::size_t at) {
    while (at < text.size() && is_digit(text[at])) ++at;
    return at;
}

bool has_backslash(std::string_view text) {
    return std::memchr(text.data(), '\\', text.size()) != nullptr;
}

/// Reads digits off `text` at `at` into `value`.
std::size_t read_digits(std::string_view text, std::size_t at, std::int64_t& value) {
    for (; at < text.size() && is_digit(text[at]); ++at) value = value * 10 + (text[at] - '0');
    return at;
}

/// The common case in one pass: digits and a fraction, 18 digits in all at most. False for
/// everything else, no number or only a longer one.
bool read_small(std::string_view text, Scalar& out) {
    constexpr std::size_t most = 18;
    if (read_tiny_number(text, out.integer, out.scale)) {
        out.small = true;
        return true;
    }
    if (text.size() > most) return false;
    const std::size_t first = text[0] == '-' ? 1 : 0;
    std::int64_t value = 0;
    const std::size_t point = read_digits(text, first, value);
    if (point == first || (text[first] == '0' && point > first + 1)) return false;
    if (point < text.size()) {
        if (text[point] != '.' || point + 1 == text.size()) return false;
        if (read_digits(text, point + 1, value) != text.size()) return false;
        out.scale = static_cast<std::uint8_t>(text.size() - point - 1);
    }
    out.small = true;
    out.integer = first == 0 ? value : -value;
    return true;
}

/// Containers that a cursor stands in, and which of them are objects; no recursion.
class OpenContainers {
  public:
    void push(bool object) {
        const std::uint64_t bit = std::uint64_t{1} << count_ % 64;
        std::uint64_t& word = objects_[count_ / 64];
        word = object ? word | bit : word & ~bit;
        ++count_;
        object_ = object;
    }
    void pop() {
        --count_;
        if (count_ > 0) object_ = (objects_[(count_ - 1) / 64] >> (count_ - 1) % 64 & 1) != 0;
    }
    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] bool in_object() const { return object_; }
    [[nodiscard]] char closing() const { return object_ ? '}' : ']'; }

  private:
    std::array<std::uint64_t, deepest_json / 64 + 1> objects_;  // written before it is read
    std::size_t count_ = 0;
    bool object_ = false;
};

std::string_view reason(simdjson::error_code code) {
    if (code == simdjson::EMPTY) return "empty";
    if (code == simdjson::UTF8_ERROR) return "not valid UTF-8";
    if (code == simdjson::UNCLOSED_STRING) return "a string that is not closed";
    if (code == simdjson::UNESCAPED_CHARS) return "a control character in a string";
    if (code == simdjson::MEMALLOC) return "no memory to read it";
    if (code == simdjson::CAPACITY) return "too large";
    return "not JSON";
}

}  // namespace

JsonParser::JsonParser() : impl_(std::make_unique<Impl>()) {}
JsonParser::~JsonParser() = default;
JsonParser::JsonParser(JsonParser&&) noexcept = default;
JsonParser& JsonParser::operator=(JsonParser&&) noexcept = default;

std::string_view JsonParser::parse(std::string_view padded, JsonText& out) {
    Impl& impl = *impl_;
    if (padded.empty()) return "empty";
    if (padded.size() > impl.capacity) {
        const std::size_t capacity = std::max({first_capacity, impl.capacity * 2, padded.size()});
        const simdjson::error_code code =
            impl.stage ? impl.stage->set_capacity(capacity)
                       : simdjson::get_active_implementation()->create_dom_parser_implementation(
                             capacity, 1, impl.stage);
        if (code != simdjson::SUCCESS) return reason(code);
        impl.capacity = capacity;
    }
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(padded.data());
    const simdjson::error_code code =
        impl.stage->stage1(bytes, padded.size(), simdjson::stage1_mode::regular);
    if (code != simdjson::SUCCESS) return reason(code);
    out = {padded.data(), impl.stage->structural_indexes.get(), impl.stage->n_structural_indexes,
           has_backslash(padded)};
    return {};
}

std::string_view JsonConstant::parse(std::string_view text) {
    bytes_ = text;
    bytes_.resize(text.size() + json_padding);
    JsonParser parser;
    JsonText found;
    const std::string_view why = parser.parse({bytes_.data(), text.size()}, found);
    if (!why.empty()) return why;
    tokens_.assign(found.tokens, found.tokens + found.count);
    tokens_.push_back(static_cast<std::uint32_t>(text.size()));
    escapes_ = found.escapes;
    constexpr std::size_t nesting = 32;
    Arena arena;
    Trouble trouble;
    JsonSource source(this->text(), nesting, arena, trouble);
    source.skip();
    if (source.ok() && !source.at_end()) source.fail("more than one value");
    return trouble.why;
}

JsonText JsonConstant::text() const {
    return {bytes_.data(), tokens_.data(), static_cast<std::uint32_t>(tokens_.size() - 1),
            escapes_};
}

bool is_json_number(std::string_view text) {
    const std::size_t first = !text.empty() && text[0] == '-' ? 1 : 0;
    std::size_t at = digits_end(text, first);
    if (at == first || (text[first] == '0' && at > first + 1)) return false;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = at + 1;
        at = digits_end(text, fraction);
        if (at == fraction) return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
        const std::size_t exponent = at;
        at = digits_end(text, exponent);
        if (at == exponent) return false;
    }
    return at == text.size();
}

const std::array<Shape, 256> JsonSource::shapes = [] {
    std::array<Shape, 256> table{};
    table.fill(Shape::number);
    table['{'] = Shape::object;
    table['['] = Shape::list;
    table['"'] = Shape::text;
    table['t'] = table['f'] = Shape::boolean;
    table['n'] = Shape::null;
    return table;
}();

Scalar JsonSource::scalar() {
    switch (look()) {
        case '"': return read_text();
        case 't': return read_word("true", Shape::boolean);
        case 'f': return read_word("false", Shape::boolean);
        case 'n': return read_word("null", Shape::null);
        default: return read_number();
    }
}

Scalar JsonSource::read_text() {
    Scalar scalar = text_of(inside_quotes(at_++));
    if (escapes_ && has_backslash(scalar.text)) {
        switch (unescape(scalar.text, *arena_, scalar.text)) {
            case Unescaped::done: break;
            case Unescaped::lone_surrogate: scalar.broken = true; break;
            case Unescaped::no_json: fail("an unknown escape in a string"); break;
        }
    }
    return words_ == nullptr ? scalar : translated(scalar);
}

Scalar JsonSource::read_word(std::string_view word, Shape shape) {
    Scalar scalar;
    scalar.shape = shape;
    scalar.text = token(at_);
    scalar.truth = word[0] == 't';
    if (scalar.text != word) fail("a word that is not true, false or null");
    ++at_;
    return words_ == nullptr ? scalar : translated(scalar);
}

Scalar JsonSource::read_number() {
    Scalar scalar;
    scalar.shape = Shape::number;
    scalar.text = token(at_++);
    if (!read_small(scalar.text, scalar) && !is_json_number(scalar.text)) {
        fail("something that is no JSON value");
    }
    return words_ == nullptr ? scalar : translated(scalar);
}

Scalar JsonSource::translated(const Scalar& from) const {
    if (from.broken || from.shape == Shape::null) return from;
    const std::uint32_t word = words_->index.find(from.text);
    if (word == bytecode::none) return from;
    return text_of(words_->to[word]);
}

const char* JsonSource::without_blanks(const char* begin, const char* end) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
    while (end > begin && is_blank(end[-1])) --end;
    return end;
}

void JsonSource::skip_other() {
    switch (look()) {
        case '{':
        case '[': return skip_container();
        case '"': return check_escapes(inside_quotes(at_++));
        default: scalar(); return;
    }
}

// The cursor stays in a register: both of these are part of one loop.
inline const std::uint32_t* JsonSource::behind_scalar(const std::uint32_t* at) {
    if (bytes_[*at] == '"') {
        if (!escapes_) return at + 1;
        check_escapes(inside_quotes(at));
        return ok() ? at + 1 : nullptr;
    }
    at_ = at;
    scalar();
    return ok() ? at_ : nullptr;
}

inline const std::uint32_t* JsonSource::at_item(const std::uint32_t* at, bool in_object) {
    if (!in_object) {
        if (end_ - at >= 2) return at;
        fail(no_value);
        return nullptr;
    }
    const bool named = end_ - at >= 4 && bytes_[at[0]] == '"';
    if (!named || bytes_[at[1]] != ':') {
        fail(named ? no_member_value : no_name);
        return nullptr;
    }
    if (escapes_) check_escapes(inside_quotes(at));
    return ok() ? at + 2 : nullptr;
}

void JsonSource::skip_container() {
    OpenContainers open;
    const std::uint32_t* at = at_;
    do {
        const char first = bytes_[*at];
        if (first == '{' || first == '[') {
            open.push(first == '{');
            if (depth_ + open.count() > nesting_) return fail(too_deep);
            if (++at == end_) return fail(not_closed);
            if (bytes_[*at] != open.closing()) {
                at = at_item(at, open.in_object());
                if (at == nullptr) return;
                continue;
            }
        } else {
            at = behind_scalar(at);
            if (at == nullptr) return;
        }
        // Behind a value: closing brackets, then a comma and the next item.
        while (open.count() > 0) {
            if (at == end_) return fail(not_closed);
            const char c = bytes_[*at++];
            if (c == ',') {
                at = at_item(at, open.in_object());
                if (at == nullptr) return;
                break;
            }
            if (c != open.closing()) return fail(not_closed);
            open.pop();
        }
    } while (open.count() > 0);
    at_ = at;
}

void JsonSource::check_escapes(std::string_view text) {
    if (!escapes_are_json(text)) fail("an unknown escape in a string");
}

void JsonSource::check_texts(const JsonText& text) {
    for (std::uint32_t token = 0; token < text.count; ++token) {
        if (text.bytes[text.tokens[token]] == '"') check_escapes(text.text_at(token));
    }
}

std::string_view JsonSource::raw() {
    const char* begin = bytes_ + *at_;
    skip();
    if (!ok()) return {};
    return {begin, static_cast<std::size_t>(end_of(at_ - 1) - begin)};
}

Scalar JsonSource::plain(std::string_view key) const {
    Scalar scalar = text_of(key);
    if (escapes_ && has_backslash(key)) {
        scalar.broken = unescape(key, *arena_, scalar.text) != Unescaped::done;
    }
    return scalar;
}

std::uint32_t JsonSource::find_plain(const NameIndex& index, std::string_view key) const {
    if (!has_backslash(key)) return index.find(key);
    const Scalar name = plain(key);
    return name.broken ? bytecode::none : index.find(name.text);
}

}  // namespace proviso::decide
