// PEG rules for tokens and layout. Included by grammar.h only.
//
// Every token eats the layout behind it, so that the rules above see no blanks. Layout runs on to
// the next line while that line is indented or closes a block; it stops before a line that starts
// in column one, which is where a statement ends. Comments and blank lines may stand anywhere.
#pragma once

#include <cstring>

#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze_traits.hpp>

#include "grammar/words.h"

// Rules are named as in docs/language.md, and what PEGTL looks up in them as PEGTL has it.
// NOLINTBEGIN(readability-identifier-naming)
namespace proviso::grammar::peg {

using tao::pegtl::at;
using tao::pegtl::empty_list;
using tao::pegtl::eof;
using tao::pegtl::eol;
using tao::pegtl::eolf;
using tao::pegtl::not_at;
using tao::pegtl::one;
using tao::pegtl::opt;
using tao::pegtl::plus;
using tao::pegtl::range;
using tao::pegtl::rep;
using tao::pegtl::seq;
using tao::pegtl::sor;
using tao::pegtl::star;
using tao::pegtl::xdigit;
using tao::pegtl::ascii::digit;

// ------------------------------------------------------------ building blocks

/// A string as a template argument.
template <std::size_t N>
struct Spelling {
    char letters[N]{};
    consteval Spelling(const char (&text)[N]) {  // NOLINT: implicit on purpose
        for (std::size_t i = 0; i < N; ++i) letters[i] = text[i];
    }
    static constexpr std::size_t length = N - 1;
};

/// Exactly these bytes.
template <Spelling Text>
struct bytes_of {
    using rule_t = bytes_of;
    using subs_t = empty_list;

    template <typename Input>
    static bool match(Input& in) {
        constexpr std::size_t length = decltype(Text)::length;
        if (in.size(length) < length) return false;
        if (std::memcmp(in.current(), Text.letters, length) != 0) return false;
        in.bump_in_this_line(length);
        return true;
    }
};

/// Exactly this word: no byte of a name follows.
template <Spelling Text>
struct spelled {
    using rule_t = spelled;
    using subs_t = empty_list;

    template <typename Input>
    static bool match(Input& in) {
        constexpr std::size_t length = decltype(Text)::length;
        const std::size_t left = in.size(length + 1);
        if (left < length || std::memcmp(in.current(), Text.letters, length) != 0) return false;
        if (left > length && is_of(in.current()[length], name_byte)) return false;
        in.bump_in_this_line(length);
        return true;
    }
};

/// One byte of class First, then any number of class Rest.
template <ByteClass First, ByteClass Rest>
struct run_of {
    using rule_t = run_of;
    using subs_t = empty_list;

    template <typename Input>
    static bool match(Input& in) {
        const char* const begin = in.current();
        const char* const end = in.end();
        if (begin == end || !is_of(*begin, First)) return false;
        const char* here = begin + 1;
        while (here != end && is_of(*here, Rest)) ++here;
        in.bump_in_this_line(static_cast<std::size_t>(here - begin));
        return true;
    }
};

/// Anything up to the end of the line.
struct rest_of_line {
    using rule_t = rest_of_line;
    using subs_t = empty_list;

    template <typename Input>
    static bool match(Input& in) {
        const std::size_t left = in.size(0);
        const void* found = left == 0 ? nullptr : std::memchr(in.current(), '\n', left);
        const char* const stop = found == nullptr ? in.end() : static_cast<const char*>(found);
        in.bump_in_this_line(static_cast<std::size_t>(stop - in.current()));
        return true;
    }
};

/// A word that is reserved and stands alone: no dot, star or minus follows.
struct reserved_alone {
    using rule_t = reserved_alone;
    using subs_t = empty_list;

    template <typename Input>
    static bool match(Input& in) {
        const char* const begin = in.current();
        const char* here = begin;
        while (here != in.end() && is_of(*here, name_byte)) ++here;
        if (here != in.end() && (*here == '.' || is_of(*here, glob_byte))) return false;
        const auto length = static_cast<std::size_t>(here - begin);
        if (!is_reserved({begin, length})) return false;
        in.bump_in_this_line(length);
        return true;
    }
};

/// A word that is not reserved.
struct unreserved_word {
    using rule_t = unreserved_word;
    using subs_t = empty_list;

    template <typename Input>
    static bool match(Input& in) {
        const char* const begin = in.current();
        const char* const end = in.end();
        if (begin == end || !is_of(*begin, name_start)) return false;
        const char* here = begin + 1;
        while (here != end && is_of(*here, name_byte)) ++here;
        const auto length = static_cast<std::size_t>(here - begin);
        if (is_reserved({begin, length})) return false;
        in.bump_in_this_line(length);
        return true;
    }
};

/// Holds where only blanks stand before on the line. Consumes nothing.
struct at_line_start {
    using rule_t = at_line_start;
    using subs_t = empty_list;

    template <typename Input>
    static bool match(Input& in) {
        const char* here = in.current();
        while (here != in.begin() && (here[-1] == ' ' || here[-1] == '\t')) --here;
        return here == in.begin() || here[-1] == '\n';
    }
};

/// Holds where a blank or a line end stands before. Consumes nothing.
struct after_blank {
    using rule_t = after_blank;
    using subs_t = empty_list;

    template <typename Input>
    static bool match(Input& in) {
        if (in.current() == in.begin()) return true;
        const char before = in.current()[-1];
        return before == ' ' || before == '\t' || before == '\n';
    }
};

/// One level of nesting: past the limit the parse fails, so recursion never eats the stack.
template <typename Rule>
struct nested {
    using rule_t = nested;
    using subs_t = tao::pegtl::type_list<Rule>;

    template <tao::pegtl::apply_mode A, tao::pegtl::rewind_mode M,
              template <typename...> class Action, template <typename...> class Control,
              typename Input, typename State>
    static bool match(Input& in, State& state) {
        const typename State::Level level(state, in.current());
        return Control<Rule>::template match<A, M, Action, Control>(in, state);
    }
};

/// Where Rule does not match, the parse fails for good, at the place where Rule should have
/// started. What it wanted is said by wish<Rule> (expectations.h).
template <typename Rule>
struct required {
    using rule_t = required;
    using subs_t = tao::pegtl::type_list<Rule>;

    template <tao::pegtl::apply_mode A, tao::pegtl::rewind_mode M,
              template <typename...> class Action, template <typename...> class Control,
              typename Input, typename State>
    static bool match(Input& in, State& state) {
        const char* const begin = in.current();
        if (Control<Rule>::template match<A, M, Action, Control>(in, state)) return true;
        Control<Rule>::fail(begin);
    }
};

template <typename... Rules>
struct must : seq<required<Rules>...> {};

// ------------------------------------------------------------ layout

struct blank : one<' ', '\t'> {};
struct comment : seq<one<'#'>, rest_of_line> {};
struct blank_line : seq<star<blank>, opt<comment>, eol> {};
struct further_line : seq<eol, star<blank_line>, sor<plus<blank>, at<one<'}'>>>> {};
struct layout : star<sor<plus<blank>, further_line, comment>> {};
struct statement_end : at<eolf> {};

template <Spelling Text>
struct keyword : seq<spelled<Text>, layout> {};
template <Spelling Text>
struct sign : seq<bytes_of<Text>, layout> {};
template <Spelling Text>
struct field_word : seq<spelled<Text>, not_at<one<'.'>>, layout, not_at<one<':'>>> {};

struct comma : sign<","> {};
struct colon : sign<":"> {};
struct dots : sign<".."> {};
struct equals : seq<one<'='>, not_at<one<'='>>, layout> {};
struct open_brace : sign<"{"> {};
struct close_brace : sign<"}"> {};
struct open_round : sign<"("> {};
struct close_round : sign<")"> {};
struct open_square : sign<"["> {};
struct close_square : sign<"]"> {};

template <typename Item>
struct list_of : seq<Item, star<comma, must<Item>>> {};

// ------------------------------------------------------------ strings

struct escape_code : sor<one<'"', '\\', '/', 'n', 'r', 't'>, seq<one<'u'>, rep<4, xdigit>>> {};
struct escape : seq<one<'\\'>, must<escape_code>> {};
struct plain_run : run_of<plain_text, plain_text> {};
struct raw_run : run_of<raw_text, raw_text> {};
struct closing_quote : one<'"'> {};
struct plain_string : seq<one<'"'>, star<sor<plain_run, escape>>, must<closing_quote>> {};
struct raw_string : seq<bytes_of<"r\"">, opt<raw_run>, must<closing_quote>> {};
struct string_token : sor<plain_string, raw_string> {};
struct string_literal : seq<string_token, layout> {};

// ------------------------------------------------------------ names

struct word : run_of<name_start, name_byte> {};
struct bare_word : seq<unreserved_word> {};
struct dotted_words : seq<word, star<one<'.'>, word>> {};
struct dotted_name : seq<unreserved_word, star<one<'.'>, word>> {};
struct quoted_name : seq<plain_string> {};
struct name : seq<sor<dotted_name, quoted_name>, layout> {};
struct field_name : seq<sor<dotted_words, quoted_name>, layout> {};
struct tool_word : run_of<name_start, tool_byte> {};
struct bare_tool_name : seq<not_at<reserved_alone>, tool_word, star<one<'.'>, tool_word>> {};
struct tool_name : seq<sor<bare_tool_name, quoted_name>, layout> {};
struct stage_name : seq<bare_word> {};
struct stage : seq<stage_name, layout> {};
struct stages : list_of<stage> {};
struct names : list_of<name> {};

// ------------------------------------------------------------ numbers, dates, times, durations

struct digits_run : seq<digit, star<opt<one<'_'>>, digit>> {};
struct zero : seq<one<'0'>, not_at<sor<digit, one<'_'>>>> {};
struct whole : sor<zero, seq<at<range<'1', '9'>>, digits_run>> {};
struct fraction : seq<one<'.'>, digits_run> {};
struct thousands : seq<one<','>, rep<3, digit>, not_at<digit>> {};
struct stray_point : seq<one<'.'>, not_at<one<'.'>>> {};
struct stray_colon : seq<one<':'>, digit> {};
struct byte_of_name : run_of<name_byte, name_byte> {};
struct numeric_tail : sor<byte_of_name, stray_point, thousands, stray_colon, one<'-'>> {};
struct numeric_end : not_at<numeric_tail> {};
struct number_literal : seq<opt<one<'-'>>, whole, opt<fraction>, numeric_end> {};
struct capital_word : sor<spelled<"AND">, spelled<"NOT">> {};
struct currency_code : seq<not_at<capital_word>, rep<3, range<'A', 'Z'>>, numeric_end> {};
struct money_tail : seq<plus<blank>, currency_code> {};
struct count_literal : seq<plus<digit>, numeric_end, layout> {};

struct date_digits : seq<rep<4, digit>, one<'-'>, rep<2, digit>, one<'-'>, rep<2, digit>> {};
struct date_literal : seq<date_digits, numeric_end> {};
struct clock : seq<rep<2, digit>, one<':'>, rep<2, digit>> {};
struct clock_seconds : seq<one<':'>, rep<2, digit>, opt<one<'.'>, plus<digit>>> {};
struct utc_offset : seq<one<'+', '-'>, clock> {};
struct time_zone : sor<one<'Z'>, utc_offset> {};
struct time_of_day : seq<clock, opt<clock_seconds>, time_zone> {};
struct time_literal : seq<date_digits, one<'T'>, time_of_day, numeric_end> {};

struct days_part : seq<plus<digit>, one<'d'>> {};
struct hours_part : seq<plus<digit>, one<'h'>> {};
struct minutes_part : seq<plus<digit>, one<'m'>> {};
struct seconds_part : seq<plus<digit>, one<'s'>> {};
struct duration_start : seq<plus<digit>, one<'d', 'h', 'm', 's'>> {};
struct duration_parts : seq<opt<days_part>, opt<hours_part>, opt<minutes_part>, opt<seconds_part>> {
};
struct duration_token : seq<at<duration_start>, duration_parts, numeric_end> {};
struct duration_literal : seq<duration_token, layout> {};

}  // namespace proviso::grammar::peg

namespace tao::pegtl {

template <typename Name, proviso::grammar::peg::Spelling Text>
struct analyze_traits<Name, proviso::grammar::peg::bytes_of<Text>> : analyze_any_traits<> {};
template <typename Name, proviso::grammar::peg::Spelling Text>
struct analyze_traits<Name, proviso::grammar::peg::spelled<Text>> : analyze_any_traits<> {};
template <typename Name, proviso::grammar::ByteClass First, proviso::grammar::ByteClass Rest>
struct analyze_traits<Name, proviso::grammar::peg::run_of<First, Rest>> : analyze_any_traits<> {};
template <typename Name>
struct analyze_traits<Name, proviso::grammar::peg::rest_of_line> : analyze_opt_traits<> {};
template <typename Name>
struct analyze_traits<Name, proviso::grammar::peg::reserved_alone> : analyze_any_traits<> {};
template <typename Name>
struct analyze_traits<Name, proviso::grammar::peg::unreserved_word> : analyze_any_traits<> {};
template <typename Name>
struct analyze_traits<Name, proviso::grammar::peg::at_line_start> : analyze_opt_traits<> {};
template <typename Name>
struct analyze_traits<Name, proviso::grammar::peg::after_blank> : analyze_opt_traits<> {};
template <typename Name, typename Rule>
struct analyze_traits<Name, proviso::grammar::peg::required<Rule>>
    : analyze_traits<Name, typename seq<Rule>::rule_t> {};
template <typename Name, typename Rule>
struct analyze_traits<Name, proviso::grammar::peg::nested<Rule>>
    : analyze_traits<Name, typename seq<Rule>::rule_t> {};

}  // namespace tao::pegtl
// NOLINTEND(readability-identifier-naming)
