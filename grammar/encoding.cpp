#include "grammar/encoding.h"

#include <array>
#include <cstdint>
#include <cstring>

#include <fmt/format.h>

namespace proviso::grammar {
namespace {

constexpr std::size_t most_reports = 20;  // of one kind; a binary file would give thousands

unsigned byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

bool is_tail(std::string_view text, std::size_t at) {
    return at < text.size() && (byte_at(text, at) & 0xC0U) == 0x80U;
}

/// Length of the valid multi-byte sequence at `at`, 0 where there is none (RFC 3629: no overlong
/// forms, no surrogates, nothing past U+10FFFF).
std::size_t sequence_length(std::string_view text, std::size_t at) {
    const unsigned lead = byte_at(text, at);
    const unsigned second = at + 1 < text.size() ? byte_at(text, at + 1) : 0;
    if (lead >= 0xC2 && lead <= 0xDF) return is_tail(text, at + 1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const unsigned lowest = lead == 0xE0 ? 0xA0 : 0x80;
        const unsigned highest = lead == 0xED ? 0x9F : 0xBF;
        return second >= lowest && second <= highest && is_tail(text, at + 2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const unsigned lowest = lead == 0xF0 ? 0x90 : 0x80;
        const unsigned highest = lead == 0xF4 ? 0x8F : 0xBF;
        const bool tails = is_tail(text, at + 2) && is_tail(text, at + 3);
        return second >= lowest && second <= highest && tails ? 4 : 0;
    }
    return 0;
}

/// Eight bytes at once: all in 0x20 .. 0x7E, which is most of any file.
bool is_plain_block(const char* block) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, block, sizeof bytes);
    constexpr std::uint64_t high_bits = 0x8080808080808080U;
    constexpr std::uint64_t ones = 0x0101010101010101U;
    const std::uint64_t below_blank = bytes - ones * 0x20;
    const std::uint64_t at_delete = bytes + ones;
    return ((bytes | below_blank | at_delete) & high_bits) == 0;
}

std::uint32_t code_point(std::string_view text, std::size_t at, std::size_t length) {
    const unsigned lead_bits = length == 2 ? 0x1FU : length == 3 ? 0x0FU : 0x07U;
    std::uint32_t value = byte_at(text, at) & lead_bits;
    for (std::size_t i = 1; i < length; ++i)
        value = (value << 6U) | (byte_at(text, at + i) & 0x3FU);
    return value;
}

bool is_bidi_mark(std::uint32_t value) {
    return value == 0x061C || value == 0x200E || value == 0x200F ||
           (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
}

bool is_control(std::string_view text, std::size_t at) {
    const unsigned byte = byte_at(text, at);
    if (byte == '\n' || byte == '\t') return false;
    if (byte == '\r') return at + 1 == text.size() || text[at + 1] != '\n';
    return byte < 0x20 || byte == 0x7F;
}

/// Calls `visit(offset, length)` for each character outside plain ASCII; a length of 0 is a byte
/// that is not UTF-8. Stops when it returns false.
template <typename Visit>
void scan(std::string_view text, Visit visit) {
    for (std::size_t at = 0; at < text.size();) {
        if (at + 8 <= text.size() && is_plain_block(text.data() + at)) {
            at += 8;
            continue;
        }
        const bool is_ascii = byte_at(text, at) < 0x80;
        const std::size_t length = is_ascii ? 1 : sequence_length(text, at);
        if ((!is_ascii || is_control(text, at)) && !visit(at, length)) return;
        at += length == 0 ? 1 : length;
    }
}

class Reporter {
  public:
    Reporter(SourceId source, std::string_view text, DiagnosticSink& sink)
        : source_(source),
          text_(text),
          sink_(sink) {}

    /// False when the scan need not go on.
    bool visit(std::size_t at, std::size_t length) {
        if (length == 0) return invalid(at);
        if (length == 1) return control(at);
        const std::uint32_t value = code_point(text_, at, length);
        if (is_bidi_mark(value)) direction_mark(at, length, value);
        return true;
    }

    [[nodiscard]] bool can_parse() const { return can_parse_; }

  private:
    [[nodiscard]] Span span(std::size_t at, std::size_t length) const {
        return {source_, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length)};
    }

    bool invalid(std::size_t at) {
        const std::string offset = fmt::format("{}", at);
        const std::string byte = fmt::format("{:02X}", byte_at(text_, at));
        sink_.report(DiagnosticId::invalid_utf8, span(at, 1), {offset, byte},
                     "save the file as UTF-8");
        can_parse_ = false;
        return false;
    }

    bool control(std::size_t at) {
        const std::string value = fmt::format("{:04X}", byte_at(text_, at));
        const char* const help = text_[at] == '\r' ? "end each line with a line feed, or both"
                                                   : "delete it; in a string write it as an escape";
        sink_.report(DiagnosticId::control_character, span(at, 1), {value}, help);
        can_parse_ = false;
        return ++controls_ < most_reports;
    }

    void direction_mark(std::size_t at, std::size_t length, std::uint32_t value) {
        if (++marks_ > most_reports) return;
        const std::string hex = fmt::format("{:04X}", value);
        sink_.report(DiagnosticId::bidi_character, span(at, length), {hex},
                     fmt::format("delete it; in a string write `\\u{}`", hex));
    }

    SourceId source_;
    std::string_view text_;
    DiagnosticSink& sink_;
    std::size_t controls_ = 0;
    std::size_t marks_ = 0;
    bool can_parse_ = true;
};

}  // namespace

std::size_t valid_utf8_prefix(std::string_view text) {
    std::size_t valid = text.size();
    scan(text, [&](std::size_t at, std::size_t length) {
        if (length == 0) valid = at;
        return length != 0;
    });
    return valid;
}

bool is_well_encoded(std::string_view text) {
    bool well = true;
    scan(text, [&](std::size_t at, std::size_t length) {
        well = length > 1 && !is_bidi_mark(code_point(text, at, length));
        return well;
    });
    return well;
}

bool check_encoding(const SourceMap& sources, SourceId source, DiagnosticSink& sink) {
    const std::string_view text = sources.file(source).text;
    Reporter reporter(source, text, sink);
    scan(text, [&](std::size_t at, std::size_t length) { return reporter.visit(at, length); });
    return reporter.can_parse();
}

}  // namespace proviso::grammar
