// Globs against a table of all prefixes; addresses against inet_pton and inet_ntop.
#include "engine/model/pattern.h"

#include <ctime>
#include <random>
#include <vector>

#include <arpa/inet.h>
#include <catch2/catch.hpp>

namespace proviso::model {

namespace {

/// reached[i][j]: the first i bytes of the glob match the first j of the text.
bool table_matches(std::string_view glob, std::string_view text) {
    std::vector<std::vector<bool>> reached(glob.size() + 1,
                                           std::vector<bool>(text.size() + 1, false));
    reached[0][0] = true;
    for (std::size_t i = 1; i <= glob.size(); ++i) {
        for (std::size_t j = 0; j <= text.size(); ++j) {
            const bool star = glob[i - 1] == '*';
            const bool same = !star && j > 0 && glob[i - 1] == text[j - 1];
            reached[i][j] = (star && (reached[i - 1][j] || (j > 0 && reached[i][j - 1]))) ||
                            (same && reached[i - 1][j - 1]);
        }
    }
    return reached[glob.size()][text.size()];
}

/// All strings of at most `length` letters of `alphabet`.
std::vector<std::string> all_strings(std::string_view alphabet, std::size_t length) {
    std::vector<std::string> all{""};
    for (std::size_t begin = 0; length > 0; --length) {
        const std::size_t end = all.size();
        for (; begin < end; ++begin) {
            for (const char c : alphabet) all.push_back(all[begin] + c);
        }
    }
    return all;
}

std::optional<std::string> canonical(std::string_view text) {
    const auto address = parse_address(text);
    if (!address) return std::nullopt;
    return address_text(address->bytes.data(), address->family);
}

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

/// What the C library makes of a text, in the form of `Address`.
std::optional<Address> library_address(const std::string& text) {
    Address address;
    std::copy(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
    if (inet_pton(AF_INET, text.c_str(), address.bytes.data() + 12) == 1) return address;
    if (inet_pton(AF_INET6, text.c_str(), address.bytes.data()) != 1) return std::nullopt;
    const bool mapped =
        std::equal(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
    address.family = mapped ? 4 : 6;
    return address;
}

void check_against_library(const std::string& text) {
    const auto address = parse_address(text);
    if (address != library_address(text)) FAIL(text);
    if (!address) return;
    if (parse_address(address_text(address->bytes.data(), address->family)) != address) FAIL(text);
}

/// Texts that are addresses, or nearly.
std::string address_like(std::mt19937& random) {
    static constexpr const char* parts[] = {"0",    "1",  ":",       "::", "ffff", "a",
                                            ".",    "f0", "255",     "00", "1234", "256",
                                            "12.3", "FE", "1.2.3.4", "%"};
    std::string text;
    const std::size_t count = random() % 17;
    const bool alternate = random() % 2 == 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (alternate && i % 2 == 1) {
            text += random() % 6 == 0 ? "::" : ":";
        } else {
            text += parts[random() % (random() % 8 == 0 ? 16 : 6)];
        }
    }
    return text;
}

}  // namespace

TEST_CASE("short globs match what the table says") {
    const auto globs = all_strings("ab*", 5);
    const auto texts = all_strings("ab", 6);
    for (const std::string& glob : globs) {
        for (const std::string& text : texts) {
            if (glob_matches(glob, text) != table_matches(glob, text)) FAIL(glob << ' ' << text);
        }
    }
    SUCCEED();
}

TEST_CASE("globs see bytes and nothing special but the star") {
    CHECK(glob_matches("", ""));
    CHECK_FALSE(glob_matches("", "a"));
    CHECK(glob_matches("*", ""));
    CHECK(glob_matches("**", "a"));
    CHECK(glob_matches("payments.card.*", "payments.card.charge.now"));
    CHECK(glob_matches("payments.card.*", "payments.card."));
    CHECK_FALSE(glob_matches("payments.card.*", "payments.card"));
    CHECK_FALSE(glob_matches("payments.card.*", "Payments.card.x"));
    CHECK_FALSE(glob_matches("a?c", "abc"));
    CHECK_FALSE(glob_matches("[a]", "a"));
    CHECK_FALSE(glob_matches("\\*", "*"));
    CHECK(glob_matches("é*", "était"));
    CHECK(glob_matches("*\xA9", "é"));
    using namespace std::string_view_literals;
    CHECK(glob_matches("a*b"sv, "a\0b"sv));
    CHECK_FALSE(glob_matches("ab"sv, "ab\0"sv));
    CHECK_FALSE(glob_matches("aba*ba", "aba"));
}

TEST_CASE("no glob is slow") {
    std::string stars;
    for (int i = 0; i < 1'000; ++i) stars += "*a";
    const std::string text(100'000, 'a');
    const std::string half(50'000, 'a');
    const std::clock_t begin = std::clock();
    CHECK_FALSE(glob_matches("*a*a*a*a*b", text));
    CHECK_FALSE(glob_matches(stars + "*b", text));
    CHECK_FALSE(glob_matches(stars + "*b*", text));
    CHECK_FALSE(glob_matches("*" + half + "b*", text));
    CHECK_FALSE(glob_matches("*b" + half + "*", text));
    CHECK_FALSE(glob_matches("*" + half + "b" + half + "*", text + text));
    for (const std::size_t length : {2U, 16U, 100U, 250U, 255U, 256U, 257U}) {
        const std::string piece(length, 'a');
        CHECK_FALSE(glob_matches("*b" + piece + "*", text));
        CHECK_FALSE(glob_matches("*" + piece + "b*", text));
        CHECK_FALSE(glob_matches("*" + piece + "b" + piece + "*", text));
    }
    CHECK(glob_matches(stars, text));
    CHECK(glob_matches("*" + half + "*" + half, text));
    // Milliseconds where linear; a search that starts anew at each byte would take seconds.
    CHECK(std::clock() - begin < 2 * CLOCKS_PER_SEC);
}

TEST_CASE("dotted quads") {
    CHECK(canonical("0.0.0.0") == "0.0.0.0");
    CHECK(canonical("255.255.255.255") == "255.255.255.255");
    CHECK(canonical("192.168.1.10") == "192.168.1.10");
    CHECK(parse_address("10.0.0.1")->family == 4);
    for (const char* text : {"",           ".",          "1",          "1.2",          "1.2.3",
                             "1.2.3.",     ".1.2.3",     "1..2.3",     "1.2.3.4.",     "1.2.3.4.5",
                             "256.1.1.1",  "1.2.3.1000", "010.0.0.1",  "10.0.0.01",    "00.0.0.0",
                             "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001", "127.1",
                             " 1.2.3.4",   "1.2.3.4 ",   "1.2. 3.4",   "1.2.3.4\n",    "+1.2.3.4",
                             "-1.2.3.4",   "1.2.3.4/8",  "1.2.3.4:80", "1,2,3,4",      "a.b.c.d",
                             "١.2.3.4",    "[1.2.3.4]"}) {
        INFO(text);
        CHECK_FALSE(parse_address(text));
    }
    using namespace std::string_view_literals;
    CHECK_FALSE(parse_address("1.2.3.4\0"sv));
}

TEST_CASE("IPv6 in the one form of RFC 5952") {
    CHECK(canonical("::") == "::");
    CHECK(canonical("::1") == "::1");
    CHECK(canonical("1::") == "1::");
    CHECK(canonical("2001:DB8:0:0:0:0:0:1") == "2001:db8::1");
    CHECK(canonical("2001:0db8::0001") == "2001:db8::1");
    CHECK(canonical("2001:db8:0:1:1:1:1:1") == "2001:db8:0:1:1:1:1:1");
    CHECK(canonical("2001:0:0:1:0:0:0:1") == "2001:0:0:1::1");
    CHECK(canonical("2001:db8:0:0:1:0:0:1") == "2001:db8::1:0:0:1");
    CHECK(canonical("1:2:3:4:5:6:7::") == "1:2:3:4:5:6:7:0");
    CHECK(canonical("::2:3:4:5:6:7:8") == "0:2:3:4:5:6:7:8");
    CHECK(canonical("0:0:0:0:0:0:0:0") == "::");
    CHECK(canonical("64:ff9b::192.0.2.33") == "64:ff9b::c000:221");
    CHECK(parse_address("::1")->family == 6);
}

TEST_CASE("mapped addresses are IPv4 addresses") {
    for (const char* text : {"::ffff:10.0.0.1", "::FFFF:10.0.0.1", "::ffff:a00:1",
                             "0:0:0:0:0:ffff:0a00:0001", "0::ffff:10.0.0.1"}) {
        INFO(text);
        CHECK(parse_address(text) == parse_address("10.0.0.1"));
        CHECK(canonical(text) == "10.0.0.1");
    }
    CHECK(parse_address("::fffe:10.0.0.1")->family == 6);
    CHECK(parse_address("::10.0.0.1")->family == 6);
    CHECK_FALSE(parse_address("::ffff:010.0.0.1"));
    CHECK_FALSE(parse_address("::ffff:10.0.1"));
}

TEST_CASE("what is not an IPv6 address") {
    for (const char* text : {":",
                             ":::",
                             "1",
                             "1:2:3:4:5:6:7",
                             "1:2:3:4:5:6:7:8:9",
                             "1::2::3",
                             "::1::",
                             ":1:2:3:4:5:6:7",
                             "1:2:3:4:5:6:7:",
                             "1::2:3:4:5:6:7:8",
                             "1:2:3:4:5:6:7:8::",
                             "12345::",
                             "g::",
                             "::1%eth0",
                             "fe80::1%25eth0",
                             "[::1]",
                             "::1/64",
                             " ::1",
                             "::1 ",
                             "1.2.3.4::",
                             "::1.2.3.4:5",
                             "::1.2.3",
                             "1:2:3:4:5:6:7:1.2.3.4",
                             "::0x1",
                             "-1::",
                             "1: :2"}) {
        INFO(text);
        CHECK_FALSE(parse_address(text));
    }
}

TEST_CASE("addresses are read as the C library reads them") {
    std::mt19937 random{7};
    int read = 0;
    for (int i = 0; i < 150'000; ++i) {
        const std::string text = address_like(random);
        check_against_library(text);
        read += parse_address(text).has_value() ? 1 : 0;
    }
    CHECK(read > 1'500);
}

TEST_CASE("addresses are printed as the C library prints them") {
    std::mt19937 random{8};
    for (int i = 0; i < 30'000; ++i) {
        std::array<std::uint8_t, 16> bytes{};
        for (std::uint8_t& byte : bytes) {
            if (random() % 3 == 0) byte = static_cast<std::uint8_t>(random());
        }
        bytes[0] = 0x20;  // the library prints some addresses below ::1:0:0 with a dotted quad
        char buffer[INET6_ADDRSTRLEN];
        if (address_text(bytes.data(), 6) != inet_ntop(AF_INET6, bytes.data(), buffer, 46)) {
            FAIL(buffer);
        }
    }
    SUCCEED();
}

}  // namespace proviso::model
