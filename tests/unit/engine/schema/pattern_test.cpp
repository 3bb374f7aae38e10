// ECMA patterns as whole patterns of RE2, held against what they match.
#include "engine/schema/pattern.h"

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <re2/re2.h>

using proviso::schema::whole_pattern;

namespace {

struct Case {
    std::string_view pattern;
    std::vector<std::string_view> matched;
    std::vector<std::string_view> unmatched;
};

const std::vector<Case>& cases() {
    static const std::vector<Case> all{
        {"a", {"a", "bab", "x\na\ny"}, {"", "b"}},
        {"^a", {"a", "ab", "a\nb"}, {"ba", "b\na"}},
        {"a$", {"a", "ba"}, {"ab", "a\n"}},
        {"^a$", {"a"}, {"a\n", "\na", "aa"}},
        {"^a|b$", {"a", "ax", "xb"}, {"xa", "bx"}},
        {"^(a|b)$", {"a", "b"}, {"ab"}},
        {"^(?:a|b)+$", {"a", "abba"}, {"", "c"}},
        {"^.$", {"a", "\xC3\xA9", "\xF0\x9F\x98\x80"}, {"\n", "\r", "\xE2\x80\xA8", "ab"}},
        {"^[^a]$", {"b", "\n"}, {"a", ""}},
        {"^[a-c_\\-]{2,3}$", {"a-", "b_c"}, {"a", "d-", "abca"}},
        {"^\\d+\\.\\d{2}$", {"12.50"}, {"12,50", "12.5"}},
        {"^[\\w.]+@[\\w.]+$", {"a.b@c.d"}, {"a b@c", "@"}},
        {"^\\u0041\\x42$", {"AB"}, {"ab"}},
        {"^/a\\/b-c$", {"/a/b-c"}, {"a/b-c"}},
        {"^a*?b+?$", {"b", "aab", "bb"}, {"a"}},
        {"^[*+?(){}|$.]+$", {"*", "(|)"}, {"a"}},
        {"", {"", "a\nb"}, {}},
        {"^[-a]$", {"-", "a"}, {"b"}},
        {"^[a-]$", {"-", "a"}, {"b"}},
        {"^\xC3\xA9$", {"\xC3\xA9"}, {"e"}},
        {"^[\xC3\xA0-\xC3\xA9]$", {"\xC3\xA9"}, {"e"}},
    };
    return all;
}

}  // namespace

TEST_CASE("what is surely the same is taken, and matches the same") {
    for (const Case& one : cases()) {
        INFO(one.pattern);
        const auto whole = whole_pattern(one.pattern, 1024);
        REQUIRE(whole);
        const RE2 pattern(*whole);
        for (const std::string_view text : one.matched) {
            INFO(text);
            CHECK(RE2::FullMatch(re2::StringPiece(text.data(), text.size()), pattern));
        }
        for (const std::string_view text : one.unmatched) {
            INFO(text);
            CHECK_FALSE(RE2::FullMatch(re2::StringPiece(text.data(), text.size()), pattern));
        }
    }
}

TEST_CASE("what may not be the same is left out") {
    for (const std::string_view pattern :
         {"(?=a)b",  "(?!a)b",  "(?<=a)b",    "(?<name>a)", "(a)\\1",
          "\\bword", "\\s+",    "[\\s]",      "a^b",        "a$b",
          "(^a)",    "(a$)",    "[]",         "[^]",        "[[:alpha:]]",
          "[a&&b]",  "[a-\\d]", "[\\d-a]",    "]",          "}",
          "{",       "a{",      "a{,3}",      "a{2000}",    "a**",
          "*a",      "\\p{L}",  "\\u{1F600}", "\\uD83D",    "\\c",
          "\\",      "(a",      "a)",         "[a",         "\\k<x>",
          "\\B",     "\\0",     "^$",         "[c-a]",      "((a{1000}){1000}){1000}"}) {
        INFO(pattern);
        CHECK_FALSE(whole_pattern(pattern, 1024));
    }
}

TEST_CASE("a pattern may be so long and so deep") {
    CHECK(whole_pattern("^" + std::string(64, 'a') + "$", 64));
    CHECK_FALSE(whole_pattern("^" + std::string(65, 'a') + "$", 64));
    const auto brackets = [](std::size_t depth) {
        return "^" + std::string(depth, '(') + "a" + std::string(depth, ')') + "$";
    };
    CHECK(whole_pattern(brackets(16), 1024));
    CHECK_FALSE(whole_pattern(brackets(17), 1024));
}
