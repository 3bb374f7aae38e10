// See types.h.
#include "tests/laws/types.h"

#include <algorithm>

#include <fmt/format.h>

namespace proviso::laws {

namespace {

using Words = std::vector<std::string>;

const Words integers{"0",
                     "1",
                     "2",
                     "3",
                     "5",
                     "10",
                     "-1",
                     "-7",
                     "100",
                     "101",
                     "1000",
                     "9007199254740993",
                     "4611686018427387904",
                     "9223372036854775807",
                     "-9223372036854775807"};
const Words ascending_integers{"-7", "0", "1", "2", "5", "10", "100", "9007199254740993"};
const Words decimals{"0",
                     "0.1",
                     "0.2",
                     "0.3",
                     "0.5",
                     "1",
                     "1.5",
                     "-2.75",
                     "10",
                     "99.99",
                     "0.000000000000000001",
                     "123456789.987654321",
                     "922337203685477580.7",
                     "9.223372036854775807"};
const Words ascending_decimals{"-2.75", "0", "0.1", "0.3", "1", "1.5", "10", "99.99"};
const Words amounts{"0",
                    "0.01",
                    "1",
                    "20",
                    "50",
                    "50.01",
                    "99.99",
                    "100",
                    "100.01",
                    "-5",
                    "92233720368547758.07",
                    "9223372036854775807"};
const Words ascending_amounts{"0", "0.01", "20", "50", "50.01", "100", "1000"};
const Words currencies{"USD", "EUR", "JPY", "BHD"};
const Words texts{"",
                  "a",
                  "ann",
                  "joe@example.org",
                  "admin@evil.org",
                  "DE12",
                  "xDE12",
                  "über",
                  "日本語",
                  "😀x",
                  "a\"b\\c",
                  "x*y",
                  "line\nend",
                  "A",
                  "production",
                  "Ann@Example.org",
                  "a@evil.org@example.org",
                  "https://Example.org:8443/x",
                  "https://example.org@evil.org/",
                  "example.org",
                  "/srv/data/../x",
                  "/SRV/x",
                  "/srv",
                  "EUR"};
const Words durations{"0s", "30s", "15m", "4h", "1d", "2d", "1d12h", "106751991167d"};
const Words ascending_durations{"0s", "30s", "15m", "4h", "1d", "2d", "30d"};
const Words dates{"2026-01-01", "2026-02-28", "2024-02-29", "2026-11-20",
                  "2026-12-31", "0001-01-01", "9999-12-31"};
const Words ascending_dates{"0001-01-01", "2024-02-29", "2026-01-01", "2026-11-20", "2026-12-31"};
const Words times{
    "2026-01-01T00:00Z",         "2026-11-20T15:00:00Z", "2026-11-20T15:00:00.25Z",
    "2026-11-20T16:00:00+01:00", "2026-12-20T00:00Z",    "2026-12-19T23:59:59.999999Z",
    "0001-01-01T00:00Z",         "9999-12-31T23:59:59Z", "2026-03-01T05:30:00-08:00"};
const Words ascending_times{"2026-01-01T00:00Z", "2026-11-20T15:00:00Z", "2026-11-20T15:00:00.25Z",
                            "2026-12-20T00:00Z"};
/// Without a zone: shown once, never and twice by the clocks in Berlin, and round what is covered.
const Words stamps{
    R"("2026-11-20T16:00:00")", R"("2026-03-29T02:30")",      R"("2026-03-29T03:00")",
    R"("2026-10-25T02:30")",    R"("2026-10-25T03:00:00.5")", R"("1970-01-01T00:30")",
    R"("1970-01-01T01:00")",    R"("2100-01-01T00:59:59.9")", R"("2100-01-01T01:00")",
    R"("2026-02-30T01:00")",    R"("2026-10-25T02:00")",      R"("2026-03-29T02:00")"};
const Words weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
const Words addresses{"10.0.0.1", "10.0.0.2", "::1", "::ffff:10.0.0.1", "2001:db8::1", "0.0.0.0"};

const Words& list_of(Kind kind) {
    static const Words truths{"true", "false"};
    static const Words none;
    switch (kind) {
        case Kind::boolean: return truths;
        case Kind::integer: return integers;
        case Kind::decimal: return decimals;
        case Kind::money: return amounts;
        case Kind::text: return texts;
        case Kind::duration: return durations;
        case Kind::time: return times;
        case Kind::date: return dates;
        case Kind::weekday: return weekdays;
        case Kind::ip: return addresses;
        case Kind::word:
        case Kind::list:
        case Kind::record: break;
    }
    return none;
}

const Words& ascending(Kind kind) {
    switch (kind) {
        case Kind::integer: return ascending_integers;
        case Kind::decimal: return ascending_decimals;
        case Kind::money: return ascending_amounts;
        case Kind::duration: return ascending_durations;
        case Kind::time: return ascending_times;
        case Kind::date: return ascending_dates;
        case Kind::boolean:
        case Kind::text:
        case Kind::weekday:
        case Kind::ip:
        case Kind::word:
        case Kind::list:
        case Kind::record: break;
    }
    return list_of(kind);
}

std::string in_quotes(const std::string& text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c == '\n' ? std::string("\\n") : std::string(1, c);
    }
    return result + "\"";
}

std::string base_text(const Type& type) {
    switch (type.kind) {
        case Kind::boolean: return "bool";
        case Kind::integer: return "int";
        case Kind::decimal: return "decimal";
        case Kind::money: return "money";
        case Kind::text: return "string";
        case Kind::duration: return "duration";
        case Kind::time: return "time";
        case Kind::date: return "date";
        case Kind::weekday: return "weekday";
        case Kind::ip: return "ip";
        case Kind::list: return "[" + text_of(type.element[0]) + "]";
        case Kind::word:
        case Kind::record: break;
    }
    std::string text;
    if (type.kind == Kind::word) {
        for (const std::string& word : type.words) {
            if (!text.empty()) text += type.ordered ? " < " : " | ";
            text += word;
        }
        return text;
    }
    for (const auto& [name, field] : type.fields) {
        text += (text.empty() ? "{ " : ", ") + name + " : " + text_of(field);
    }
    return text + " }";
}

// ---------------------------------------------------------------- random types

void bound(Random& random, Type& type) {
    const Words ends = ascending_literals(random, type, 2);
    const std::string unit = type.kind == Kind::money ? " " + random.pick(currencies) : "";
    if (type.kind == Kind::money) {
        type.currency = unit.substr(1);
        type.constraint = fmt::format("in 0.01{} .. 100{}", unit, unit);
        type.edges = {"0.01", "100", "100.01", "0.009", "0", "-5"};
        return;
    }
    const bool is_number = type.kind == Kind::integer || type.kind == Kind::decimal;
    type.constraint = fmt::format("in {} .. {}", ends[0], ends[1]);
    for (const std::string& end : ends) type.edges.push_back(is_number ? end : in_quotes(end));
}

void shape_money(Random& random, Type& type) {
    const std::size_t form = random.below(10);
    if (form < 3) return;
    if (form < 5) return bound(random, type);
    type.currency = random.pick(currencies);
    type.minor = form > 7;
    type.constraint = "in " + type.currency + (type.minor ? " minor" : "");
}

void shape_text(Random& random, Type& type) {
    if (random.chance(60)) return;
    if (random.chance(50)) {
        type.constraint = "length 1 .. 5";
        type.edges = {"\"\"",       "\"a\"",          "\"abcde\"",
                      "\"abcdef\"", "\"日本語日本\"", "\"日本語日本語\""};
    } else {
        type.constraint = "matches r\"[A-Z]{2}[0-9]+|[a-z@.]*\"";
        type.edges = {"\"DE12\"", "\"DE\"", "\"a@b.c\"", "\"a b\""};
    }
}

void shape_word(Random& random, Type& type) {
    type.ordered = random.chance(50);
    const std::size_t count = 2 + random.below(3);
    const Words words{"north", "east", "south", "west", "center", "\"up-hill\"", "rim"};
    for (std::size_t i = 0; i < count; ++i) type.words.push_back(words[(i * 2 + count) % 7]);
}

std::string joined(Random& random, std::size_t count, const Type& element) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += (text.empty() ? "" : ",") + json_value(random, element);
    }
    return "[" + text + "]";
}

}  // namespace

std::string text_of(const Type& type) {
    std::string text = type.name.empty() ? base_text(type) : type.name;
    if (type.optional) text += "?";
    if (!type.constraint.empty() && type.name.empty()) text += " " + type.constraint;
    return text;
}

Kind random_scalar_kind(Random& random) {
    return static_cast<Kind>(random.below(static_cast<std::size_t>(Kind::list)));
}

Type random_type(Random& random, Kind kind, int depth) {
    Type type;
    type.kind = kind;
    const bool measure = &ascending(kind) != &list_of(kind);
    if (kind == Kind::money) {
        shape_money(random, type);
    } else if (kind == Kind::text) {
        shape_text(random, type);
    } else if (kind == Kind::word) {
        shape_word(random, type);
    } else if (kind == Kind::list) {
        const bool nested = depth > 0 && random.chance(40);
        const Kind inner =
            nested ? (random.chance(75) ? Kind::record : Kind::list) : random_scalar_kind(random);
        type.element.push_back(random_type(random, inner, depth - 1));
        if (random.chance(30)) type.constraint = "length 1 .. 3";
    } else if (kind == Kind::record) {
        const std::size_t count = 1 + random.below(3);
        for (std::size_t i = 0; i < count; ++i) {
            const bool nested = depth > 0 && random.chance(30);
            const Kind inner = nested ? (random.chance(50) ? Kind::record : Kind::list)
                                      : random_scalar_kind(random);
            Type field = random_type(random, inner, depth - 1);
            field.optional = random.chance(30);
            type.fields.push_back({fmt::format("f{}", i), field});
        }
        if (type.fields.size() > 1 && random.chance(30)) {
            type.fields[0].type =
                Type{.kind = Kind::money, .with = "code", .constraint = "with code"};
            type.fields.push_back({"code", Type{.kind = Kind::text}});
        }
    } else if (kind == Kind::time && random.chance(45)) {
        type.constraint = "in \"Europe/Berlin\"";
        type.edges = stamps;
    } else if (measure && random.chance(25)) {
        bound(random, type);
    }
    return type;
}

std::string literal(Random& random, const Type& type, const std::string& currency) {
    if (type.kind == Kind::word) {
        const std::string& word = random.pick(type.words);
        return word[0] == '"' || random.chance(70) ? word : "\"" + word + "\"";
    }
    std::string word = random.pick(list_of(type.kind));
    if (type.kind == Kind::text || type.kind == Kind::ip) return in_quotes(word);
    if (type.kind == Kind::money) {
        return word + " " + (currency.empty() ? random.pick(currencies) : currency);
    }
    if (type.kind == Kind::decimal && random.chance(20)) return random.pick(integers);
    return word;
}

std::vector<std::string> ascending_literals(Random& random, const Type& type, std::size_t count) {
    Words all = ascending(type.kind);
    while (all.size() > count) {
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(random.below(all.size())));
    }
    return all;
}

// ---------------------------------------------------------------- JSON

std::string json_text(Random& random, const std::string& text) {
    std::string result = "\"";
    for (const char c : text) {
        const bool plain = static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
        const bool ascii = static_cast<unsigned char>(c) < 0x80;
        if (!plain || (ascii && random.chance(2))) {
            result += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        } else {
            result += c;
        }
    }
    return result + "\"";
}

namespace {

/// The same number otherwise written.
std::string respelled(Random& random, std::string digits) {
    const bool fraction = digits.find('.') != std::string::npos;
    switch (random.below(8)) {
        case 0: return digits + (fraction ? "0" : ".0");
        case 1: return digits + "e0";
        case 2: return fraction || digits == "0" ? digits : digits + "00E-2";
        default: return digits;
    }
}

std::string number_json(Random& random, const Words& all) {
    return respelled(random, random.pick(all));
}

std::string money_object(Random& random, const std::string& amount, const std::string& code) {
    const std::string number = random.chance(60) ? "\"" + amount + "\"" : respelled(random, amount);
    return fmt::format(R"({{"amount":{},"currency":"{}"}})", number, code);
}

std::string money_json(Random& random, const Type& type) {
    const std::string amount = random.pick(amounts);
    if (type.minor) {
        const std::string units = random.pick({"0", "1", "5000", "5001", "100", "-500", "7.0"});
        return random.chance(95) ? units : money_object(random, units, type.currency);
    }
    if (!type.with.empty()) return respelled(random, amount);
    if (type.currency.empty()) return money_object(random, amount, random.pick(currencies));
    return random.chance(75) ? respelled(random, amount)
                             : money_object(random, amount, type.currency);
}

std::string record_json(Random& random, const Type& type) {
    std::string text;
    for (const auto& [name, field] : type.fields) {
        if (field.optional && random.chance(30)) continue;
        std::string value =
            field.optional && random.chance(15) ? "null" : json_value(random, field);
        if (name == "code") value = "\"" + random.pick(currencies) + "\"";
        text += fmt::format("{}\"{}\":{}", text.empty() ? "" : ",", name, value);
    }
    return "{" + text + "}";
}

std::size_t random_length(Random& random, const Type& type) {
    const bool small = type.element[0].kind != Kind::list && type.element[0].kind != Kind::record;
    if (small && random.below(300) == 0) return random.chance(60) ? 1'000 : 1'001;
    return random.below(5);
}

}  // namespace

std::string json_value(Random& random, const Type& type) {
    if (!type.edges.empty() && random.chance(40)) return random.pick(type.edges);
    switch (type.kind) {
        case Kind::boolean: return random.pick({"true", "false"});
        case Kind::integer: return number_json(random, integers);
        case Kind::decimal: return number_json(random, random.chance(80) ? decimals : integers);
        case Kind::money: return money_json(random, type);
        case Kind::text:
            if (random.below(2000) == 0) {
                return "\"" + std::string(65'536 + random.below(2), 'x') + "\"";
            }
            return json_text(random, random.pick(texts));
        case Kind::duration:
        case Kind::time:
        case Kind::date:
        case Kind::weekday:
        case Kind::ip: return json_text(random, random.pick(list_of(type.kind)));
        case Kind::word: {
            const std::string& word = random.pick(type.words);
            return word[0] == '"' ? word : json_text(random, word);
        }
        case Kind::list: return joined(random, random_length(random, type), type.element[0]);
        case Kind::record: return record_json(random, type);
    }
    return "null";
}

std::string wrong_json(Random& random, const Type& type) {
    const Words wrong{"null",
                      "null",
                      "true",
                      "7.5",
                      "\"no such word\"",
                      "\"5,000\"",
                      "1e999",
                      "\"$5000\"",
                      "[]",
                      "{}",
                      "[null]",
                      "\"\\ud800\"",
                      "9223372036854775808",
                      "-9223372036854775808",
                      "0.0000000000000000001",
                      R"({"amount":"5","currency":"usd"})",
                      R"({"amount":5})",
                      R"({"amount":"1e2","currency":"USD"})",
                      R"({"amount":5,"currency":"GBP"})",
                      R"({"amount":5,"currency":"USD","x":1})",
                      "\"2026-02-30\"",
                      "\"2026-11-20T15:00:00\"",
                      "\"010.0.0.1\"",
                      "\"monday\""};
    if (type.kind == Kind::word && random.chance(50)) return "\"nowhere\"";
    const bool parts = type.kind == Kind::list || type.kind == Kind::record;
    if (!parts || random.chance(40)) return random.pick(wrong);
    if (type.kind == Kind::list) {
        const std::string rest = random.chance(50) ? "," + json_value(random, type.element[0]) : "";
        return "[" + wrong_json(random, type.element[0]) + rest + "]";
    }
    const auto& [name, field] = random.pick(type.fields);
    return fmt::format("{{\"{}\":{}}}", name, wrong_json(random, field));
}

}  // namespace proviso::laws
