// A strict cursor over a JSON document: RFC 8259 and nothing else, skipped parts included.
//
// simdjson's first stage validates UTF-8 and finds where each token starts; the cursor checks the
// grammar while it moves. Its On-Demand front end is not used because it does not look into what
// it skips, has no end of a key, and reads each value once only: here a value's text, a second
// look at an object and a pass over "args" before "tool" is known are all a token's number.
// Covered by tests/unit/engine/decide/bind_json_test.cpp.
#pragma once

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decide/bind_names.h"
#include "engine/decide/bind_number.h"
#include "engine/decide/bind_source.h"
#include "engine/decide/bound.h"

namespace proviso::decide {

/// A document's bytes and where its tokens start. Views both.
struct JsonText {
    const char* bytes = nullptr;
    const std::uint32_t* tokens = nullptr;  // `count` of them, then the document's size
    std::uint32_t count = 0;
    bool escapes = false;  // a backslash stands somewhere

    /// What stands between the quotes of a token that begins with one.
    [[nodiscard]] std::string_view text_at(std::size_t token) const {
        const char* begin = bytes + tokens[token] + 1;
        const char* end = bytes + tokens[token + 1];
        while (static_cast<unsigned char>(end[-1]) <= ' ') --end;  // the quote is above
        return {begin, static_cast<std::size_t>(end - begin) - 1};
    }
};

/// Bytes that must be readable behind a document.
inline constexpr std::size_t json_padding = 64;

/// Containers in each other, whatever a caller allows.
inline constexpr std::size_t deepest_json = 1000;

/// Finds tokens; owns the memory for them, which the next document overwrites.
class JsonParser {
  public:
    JsonParser();
    ~JsonParser();
    JsonParser(JsonParser&&) noexcept;
    JsonParser& operator=(JsonParser&&) noexcept;

    /// `padded` has `json_padding` readable bytes behind it. Empty, or why it is no JSON.
    [[nodiscard]] std::string_view parse(std::string_view padded, JsonText& out);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// A small document that owns its bytes and tokens: a layout's constant.
class JsonConstant {
  public:
    /// Empty, or why `text` is no JSON.
    [[nodiscard]] std::string_view parse(std::string_view text);
    [[nodiscard]] JsonText text() const;

  private:
    std::string bytes_;
    std::vector<std::uint32_t> tokens_;
    bool escapes_ = false;
};

/// Words of a layout that stand for others.
struct Words {
    NameIndex index;
    std::vector<std::string> to;
};

class JsonSource {
  public:
    JsonSource() = default;
    /// At most `deepest_json` of `nesting` count.
    JsonSource(const JsonText& text, std::size_t nesting, Arena& arena, Trouble& trouble)
        : bytes_(text.bytes),
          at_(text.tokens),
          end_(text.tokens + text.count),
          arena_(&arena),
          trouble_(&trouble),
          nesting_(static_cast<std::uint16_t>(std::min(nesting, deepest_json))),
          slow_(text.escapes),
          escapes_(text.escapes) {}

    [[nodiscard]] bool ok() const { return trouble_->why.empty(); }
    /// Whether nothing is left: what stands behind a whole document is no part of it.
    [[nodiscard]] bool at_end() const { return at_ == end_; }
    [[nodiscard]] Shape shape() const { return shapes[static_cast<unsigned char>(look())]; }
    [[nodiscard]] bool at_container() const { return look() == '{' || look() == '['; }
    bool quick_text(std::string_view& out) {
        if (look() != '"' || slow_) return false;
        out = inside_quotes(at_++);
        return true;
    }
    // A short number, which is integer × 10^-scale, or a boolean: the cursor stays, for `pass`.
    [[nodiscard]] bool is_number(std::int64_t& integer, std::uint8_t& scale) const {
        return words_ == nullptr && read_tiny_number(token(at_), integer, scale);
    }
    [[nodiscard]] bool is_boolean(bool& truth) const {
        const std::string_view text = token(at_);
        const std::uint32_t word = text.size() < 4 ? 0 : model::short_key::load4(text.data());
        truth = text.size() == 4 && word == model::short_key::load4("true");
        const bool untruth =
            text.size() == 5 && word == model::short_key::load4("fals") && text[4] == 'e';
        return words_ == nullptr && (truth || untruth);
    }
    /// Past a scalar that was looked at.
    void pass() { ++at_; }
    Scalar scalar();
    void skip() {
        if (look() == '"' && !escapes_)
            ++at_;
        else
            skip_other();
    }
    /// Moves past a value and gives its text.
    std::string_view raw();
    void translate(const Words* words) {
        words_ = words;
        slow_ = escapes_ || words != nullptr;
    }

    template <class Each>
    void members(Each each) {
        if (!enter('}')) return;
        do {
            // One write of the cursor a member: it is what each step waits for.
            const std::uint32_t* at = at_;
            if (end_ - at < 4 || bytes_[at[0]] != '"') return fail(no_name);
            if (bytes_[at[1]] != ':') return fail(no_member_value);
            at_ = at + 2;
            const std::string_view key = inside_quotes(at);
            if (escapes_) check_escapes(key);
            each(key);
        } while (another('}'));
    }
    template <class Each>
    void elements(Each each) {
        if (!enter(']')) return;
        do {
            if (!has(2)) return fail(no_value);
            each();
        } while (another(']'));
    }

    /// Where a cursor stands.
    struct Place {
        const std::uint32_t* at = nullptr;
        std::uint16_t depth = 0;
    };
    [[nodiscard]] Place place() const { return {at_, depth_}; }
    void go_back(const Place& place) {
        at_ = place.at;
        depth_ = place.depth;
        translate(nullptr);
    }
    /// What was passed since a place.
    [[nodiscard]] RawArgument passed(std::string_view name, const Place& since) const {
        if (at_ <= since.at) return {name, {}, nullptr};
        const char* begin = bytes_ + since.at[0];
        return {name, {begin, static_cast<std::size_t>(end_of(at_ - 1) - begin)}, nullptr};
    }
    /// To any token of a document whose grammar holds.
    void go_to(const JsonText& text, std::uint32_t token, std::uint16_t depth) {
        at_ = text.tokens + token;
        depth_ = depth;
    }
    /// Each escape of all texts.
    void check_texts(const JsonText& text);

    [[nodiscard]] std::uint32_t find(const NameIndex& index, std::string_view key) const {
        return escapes_ ? find_plain(index, key) : index.find_padded(key);
    }
    [[nodiscard]] Scalar plain(std::string_view key) const;

    /// The first reason stays. Nothing is left to read then, which ends every loop.
    void fail(std::string_view why) {
        if (ok()) trouble_->why = why;
        end_ = at_;
    }

  private:
    /// By the first byte of a token. What begins no JSON value passes for a number till it is read.
    static const std::array<Shape, 256> shapes;

    /// The first byte of the token at the cursor, where there is one: whoever moves it makes sure.
    [[nodiscard]] char look() const { return bytes_[*at_]; }
    /// Whether so many tokens are left, of which the last closes a container.
    [[nodiscard]] bool has(std::ptrdiff_t count) const { return end_ - at_ >= count; }
    /// Where a token ends; what stands between it and the next is blank.
    [[nodiscard]] const char* end_of(const std::uint32_t* at) const {
        const char* end = bytes_ + at[1];
        if (static_cast<unsigned char>(end[-1]) <= ' ') end = without_blanks(bytes_ + at[0], end);
        return end;
    }
    [[nodiscard]] std::string_view token(const std::uint32_t* at) const {
        const char* begin = bytes_ + at[0];
        return {begin, static_cast<std::size_t>(end_of(at) - begin)};
    }
    /// Of a token that begins with a quote; the first stage has found the closing one.
    [[nodiscard]] std::string_view inside_quotes(const std::uint32_t* at) const {
        const char* begin = bytes_ + at[0] + 1;
        return {begin, static_cast<std::size_t>(end_of(at) - begin) - 1};
    }
    static const char* without_blanks(const char* begin, const char* end);

    /// Past an opening bracket; false where the container is empty or nested too deeply.
    bool enter(char closing) {
        ++at_;
        if (++depth_ > nesting_) {
            fail(too_deep);
            return false;
        }
        if (!has(1)) {
            fail(not_closed);
            return false;
        }
        if (look() != closing) return true;
        leave();
        return false;
    }
    /// Past a comma (true) or the closing bracket (false).
    bool another(char closing) {
        const char c = has(1) ? look() : '\0';
        if (c == ',') {
            ++at_;
            return true;
        }
        if (c == closing)
            leave();
        else
            fail(not_closed);
        return false;
    }
    void leave() {
        ++at_;
        --depth_;
    }

    static constexpr std::string_view no_name = "a member without a name";
    static constexpr std::string_view no_member_value = "a member without a value";
    static constexpr std::string_view no_value = "a value is missing";
    static constexpr std::string_view too_deep = "nested too deeply";
    static constexpr std::string_view not_closed = "a missing comma, or a bracket not closed";

    void skip_other();
    void skip_container();
    // For `skip_container`: the cursor behind, null where the document fails.
    const std::uint32_t* behind_scalar(const std::uint32_t* at);
    const std::uint32_t* at_item(const std::uint32_t* at, bool in_object);
    void check_escapes(std::string_view text);
    [[nodiscard]] std::uint32_t find_plain(const NameIndex& index, std::string_view key) const;
    Scalar read_text();
    Scalar read_word(std::string_view word, Shape shape);
    Scalar read_number();
    Scalar translated(const Scalar& from) const;

    const char* bytes_ = nullptr;
    const std::uint32_t* at_ = nullptr;
    const std::uint32_t* end_ = nullptr;
    Arena* arena_ = nullptr;
    Trouble* trouble_ = nullptr;
    const Words* words_ = nullptr;
    std::uint16_t nesting_ = 0;
    std::uint16_t depth_ = 0;
    bool slow_ = false;     // a text may need more than a view
    bool escapes_ = false;  // a backslash stands somewhere
};

/// Whether the text is a number of RFC 8259.
[[nodiscard]] bool is_json_number(std::string_view text);

}  // namespace proviso::decide
