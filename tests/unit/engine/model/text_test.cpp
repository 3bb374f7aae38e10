// UTF-8 over all code points and all short byte sequences; both ways of quoting.
#include "engine/model/text.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace proviso::model {

namespace {

std::string for_people(std::string_view text) {
    std::string out;
    append_quoted(out, text);
    return out;
}

std::string for_json(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

std::string utf8(std::uint32_t c) {
    const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
    if (c < 0x80) return {byte(c)};
    if (c < 0x800) return {byte(0xC0 | c >> 6U), byte(0x80 | (c & 0x3FU))};
    if (c < 0x10000) {
        return {byte(0xE0 | c >> 12U), byte(0x80 | (c >> 6U & 0x3FU)), byte(0x80 | (c & 0x3FU))};
    }
    return {byte(0xF0 | c >> 18U), byte(0x80 | (c >> 12U & 0x3FU)), byte(0x80 | (c >> 6U & 0x3FU)),
            byte(0x80 | (c & 0x3FU))};
}

bool is_surrogate(std::uint32_t c) {
    return c >= 0xD800 && c <= 0xDFFF;
}

/// Whether nlohmann's strict decoder takes it.
bool library_takes(const std::string& bytes) {
    return nlohmann::json::accept('"' + bytes + '"');
}

}  // namespace

TEST_CASE("every code point is decoded, and goes through JSON unchanged") {
    for (std::uint32_t c = 0; c <= 0x10FFFF; ++c) {
        const std::string bytes = utf8(c);
        const CodePoint read = first_code_point(bytes);
        if (is_surrogate(c)) {
            if (read.valid || is_utf8(bytes)) FAIL(c);
            continue;
        }
        if (!read.valid || read.value != c || read.bytes != bytes.size()) FAIL(c);
        if (c % 61 != 0 && c > 0x3000) continue;
        if (nlohmann::json::parse(for_json(bytes)).get<std::string>() != bytes) FAIL(c);
    }
    SUCCEED();
}

TEST_CASE("what is UTF-8 is what the library says, and what is not never makes bad JSON") {
    static constexpr unsigned char edges[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0,
                                              0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED,
                                              0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
    const auto check = [](const std::string& bytes) {
        const bool printable = bytes.find('\0') == std::string::npos;
        if (printable && is_utf8(bytes) != library_takes(bytes)) FAIL(for_json(bytes));
        if (!nlohmann::json::accept(for_json(bytes)) || !is_utf8(for_people(bytes)))
            FAIL(for_json(bytes));
    };
    for (const unsigned char a : edges) {
        for (const unsigned char b : edges) {
            for (const unsigned char c : edges) {
                for (const int d : {0x41, 0x7F, 0x80, 0xBF, 0xC0}) {
                    check({static_cast<char>(a), static_cast<char>(b), static_cast<char>(c),
                           static_cast<char>(d)});
                }
            }
        }
    }
    SUCCEED();
}

TEST_CASE("JSON strings are as RFC 8785 writes them") {
    CHECK(for_json("") == R"("")");
    CHECK(for_json("a\"b\\c/d") == R"("a\"b\\c/d")");
    CHECK(for_json("\b\t\n\f\r") == R"("\b\t\n\f\r")");
    CHECK(for_json(std::string_view("\0\x01\x1f\x7f", 4)) == "\"\\u0000\\u0001\\u001f\x7f\"");
    CHECK(for_json("é\u2028€😀") == "\"é\u2028€😀\"");
    CHECK(for_json("a\xFFz\xC3") == "\"a\uFFFDz\uFFFD\"");
}

TEST_CASE("quoted text shows what would not be seen") {
    CHECK(for_people("") == R"("")");
    CHECK(for_people("plain, été 😀") == R"("plain, été 😀")");
    CHECK(for_people("a\"b\\c") == R"("a\"b\\c")");
    CHECK(for_people("a\n\tb\r") == R"("a\n\tb\r")");
    CHECK(for_people(std::string_view("\0\x1b[2J", 5)) == R"("\u{0}\u{1b}[2J")");
    CHECK(for_people("\x7f\u0085\u009f") == R"("\u{7f}\u{85}\u{9f}")");
    CHECK(for_people("\u202Egpj.exe") == R"("\u{202e}gpj.exe")");
    for (const std::uint32_t c :
         {0xADU, 0x61CU, 0x200BU, 0x200DU, 0x200EU, 0x200FU, 0x2028U, 0x2029U, 0x202AU, 0x202CU,
          0x2060U, 0x2066U, 0x2067U, 0x2068U, 0x2069U, 0xFEFFU, 0xE0041U, 0xE0101U, 0x10FFFDU}) {
        std::ostringstream escape;
        escape << "\"\\u{" << std::hex << c << "}\"";
        CHECK(for_people(utf8(c)) == escape.str());
    }
    CHECK(for_people("a\xFF\xC3") == R"("a\xff\xc3")");
    CHECK(for_people("❤\uFE0F") == "\"❤\uFE0F\"");
}

TEST_CASE("quoted text is cut at 80 code points") {
    std::string text;
    for (int i = 0; i < 80; ++i) text += "é";
    CHECK(for_people(text) == '"' + text + '"');
    CHECK(for_people(text + "x") == '"' + text + "\"…");
    CHECK(for_people(std::string(200, '\n')).size() == 80 * 2 + 2 + 3);
    std::string out = "got ";
    append_quoted(out, "abcdef", 3);
    CHECK(out == "got \"abc\"…");
}

TEST_CASE("code points are counted, stray bytes one each") {
    CHECK(count_code_points("") == 0);
    CHECK(count_code_points("aé€😀") == 4);
    CHECK(count_code_points("a\xFF\xE2\x82") == 4);
}

TEST_CASE("a sequence ends with its text, whatever follows in memory") {
    const std::string_view whole = "😀";
    for (std::size_t size = 1; size < 4; ++size) {
        CHECK_FALSE(first_code_point(whole.substr(0, size)).valid);
        CHECK(count_code_points(whole.substr(0, size)) == size);
    }
    CHECK(first_code_point(whole).valid);
}

}  // namespace proviso::model
