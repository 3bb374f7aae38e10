// See expressions.h.
#include "tests/laws/expressions.h"

#include <fmt/format.h>

namespace proviso::laws {

namespace {

bool is_ordered(Kind kind) {
    return kind != Kind::boolean && kind != Kind::weekday && kind != Kind::ip;
}

bool same_words(const Type& a, const Type& b) {
    return a.kind == Kind::word && b.kind == Kind::word && !a.name.empty() && a.name == b.name;
}

bool currency_fits(const Type& type, const std::string& currency) {
    return type.currency.empty() || currency.empty() || type.currency == currency;
}

}  // namespace

void add_readables(std::vector<Readable>& to, const std::string& text, const Type& type,
                   bool optional) {
    to.push_back({text, type, optional});
    if (type.kind == Kind::money) {
        to.push_back({text + ".amount", {.kind = Kind::decimal}, false});
        to.push_back({text + ".currency", {.kind = Kind::text}, false});
    }
    for (const auto& [name, field] : type.fields) {
        add_readables(to, text + "." + name, field, field.optional);
    }
}

const Readable* Expressions::readable(Kind kind) {
    std::vector<const Readable*> found;
    for (const Readable& one : readables_) {
        if (one.type.kind == kind) found.push_back(&one);
    }
    return found.empty() ? nullptr : random_.pick(found);
}

// -------------------------------------------------------------------------------- conditions

std::string Expressions::condition(int depth) {
    if (depth <= 0) return atom(0);
    switch (random_.below(10)) {
        case 0:
        case 1:
        case 2:
        case 3: return junction(depth);
        case 4: return negation(depth);
        default: return atom(depth);
    }
}

std::string Expressions::junction(int depth) {
    const bool both = random_.chance(50);
    std::string text = condition(depth - 1);
    for (std::size_t i = 0; i < 1 + random_.below(2); ++i) {
        text += (both ? " and " : " or ") + condition(depth - 1);
    }
    return "(" + text + ")";
}

std::string Expressions::negation(int depth) {
    const TierUse before = tier_;
    if (before == TierUse::above) tier_ = TierUse::below;
    if (before == TierUse::below) tier_ = TierUse::above;
    std::string text = "not (" + condition(depth - 1) + ")";
    tier_ = before;
    return text;
}

std::string Expressions::atom(int depth) {
    const std::size_t choice = random_.below(100);
    if (choice < 30) return comparison(depth);
    if (choice < 39) return word_comparison(depth);
    if (choice < 54) return membership(depth);
    if (choice < 60) return range_test(depth);
    if (choice < 65) return text_test(depth);
    if (choice < 67) return function_test(depth);
    if (choice < 72) return presence();
    if (choice < 76) return leaf(Kind::boolean, {});
    if (choice < 80) return role_test();
    if (choice < 84) return tier_test();
    if (choice < 91) return quantified(depth);
    if (choice < 94) return let_read(Kind::boolean, {});
    if (choice < 96) return bool_equality(depth);
    if (choice < 98) return window_test(depth);
    return stage_test();
}

std::string Expressions::window_test(int depth) {
    const std::string time = random_.chance(70) ? "time" : value(Kind::time, depth - 1, {});
    if (!vocabulary_.windows.empty() && random_.chance(60)) {
        return time + random_.pick({" in ", " not in "}) + random_.pick(vocabulary_.windows);
    }
    const std::string clocks = "local(" + time + ", \"" + random_.pick(window_zones) + "\")";
    switch (random_.below(3)) {
        case 0: return clocks + ".hour " + relation(Kind::integer) + " " + leaf(Kind::integer, {});
        case 1: return clocks + ".weekday " + relation(Kind::weekday) + " sun";
        default: return clocks + ".date " + relation(Kind::date) + " " + leaf(Kind::date, {});
    }
}

std::string Expressions::relation(Kind kind) {
    if (!is_ordered(kind)) return random_.pick({"==", "!="});
    return random_.pick({"==", "!=", "<", "<=", ">", ">="});
}

std::string Expressions::comparison(int depth) {
    Kind kind = random_scalar_kind(random_);
    if (kind == Kind::boolean) kind = Kind::decimal;
    const std::string currency = random_.pick({"USD", "EUR", "JPY", "BHD"});
    if (kind == Kind::integer && random_.chance(50)) return counted(depth);
    const std::string one = value(kind, depth, currency);
    return compared(one, relation(kind), value(kind, random_.chance(60) ? 0 : depth - 1, currency));
}

/// Either side may stand first.
std::string Expressions::compared(const std::string& one, const std::string& relation,
                                  const std::string& other) {
    const bool turned = random_.chance(25);
    return (turned ? other : one) + " " + relation + " " + (turned ? one : other);
}

std::string Expressions::word_comparison(int depth) {
    const Readable* words = readable(Kind::word);
    if (words == nullptr) return comparison(depth);
    const std::string op = words->type.ordered ? random_.pick({"<", "<=", ">", ">=", "==", "!="})
                                               : random_.pick({"==", "!="});
    const std::string one = read(*words);
    return compared(one, op, value_of(words->type, 0));
}

std::string Expressions::membership(int depth) {
    const std::string in = random_.pick({" in ", " not in "});
    const Readable* list = list_readable();
    if (list != nullptr && random_.chance(30)) {
        return value_of(list->type.element[0], 0) + in + list->text;
    }
    const Readable* words = readable(Kind::word);
    Kind kind = random_scalar_kind(random_);
    const bool of_words = kind == Kind::word && words != nullptr;
    if (kind == Kind::word && !of_words) kind = Kind::text;
    const std::string currency = random_.pick({"USD", "EUR"});
    std::string items;
    for (std::size_t i = 0; i < 1 + random_.below(3); ++i) {
        const std::string item = of_words ? literal(random_, words->type) : leaf(kind, currency);
        items += (items.empty() ? "" : ", ") +
                 (random_.chance(85) && !of_words ? literal_of(kind, currency) : item);
    }
    const std::string tested = of_words ? read(*words) : value(kind, depth - 1, currency);
    return tested + in + "[" + items + "]";
}

std::string Expressions::range_test(int depth) {
    const Type type{.kind = static_cast<Kind>(1 + random_.below(3))};
    const std::string in = random_.pick({" in ", " not in "});
    const std::vector<std::string> ends = ascending_literals(random_, type, 2);
    const std::string currency = random_.pick({"USD", "EUR"});
    const std::string unit = type.kind == Kind::money ? " " + currency : "";
    return fmt::format("{}{}{}{} .. {}{}", value(type.kind, depth - 1, currency), in, ends[0], unit,
                       ends[1], unit);
}

std::string Expressions::text_test(int depth) {
    const std::string text = value(Kind::text, depth - 1);
    const std::string no = random_.chance(30) ? "not " : "";
    if (random_.chance(50)) {
        const std::string glob = random_.pick(
            {"*", "a*", "*@evil.org", "*.example.*", "x?y", "*語", "", "DE12", "*b*c*"});
        return fmt::format("{}({} like \"{}\")", no, text, glob);
    }
    const std::string pattern =
        random_.pick({"[A-Z]{2}[0-9]+", ".*", "[a-z]+@[a-z.]+", "", "(a|b)*", "\\\\p{L}+", "x.*"});
    const bool raw = pattern.find('\\') == std::string::npos;
    return fmt::format("{}({} matches {}\"{}\")", no, text, raw ? "r" : "", pattern);
}

std::string Expressions::function_test(int depth) {
    const std::string no = random_.chance(30) ? "not " : "";
    if (random_.chance(50)) {
        const std::string root = random_.chance(70) ? random_.pick({"\"/srv\"", "\"/\"", "\"a\""})
                                                    : value(Kind::text, depth - 1);
        return no + "path_under(" + value(Kind::text, depth - 1) + ", " + root + ")";
    }
    const std::string networks =
        random_.pick({"\"10.0.0.0/8\"", "\"10.0.0.1/32\"", "\"::/0\"",
                      "\"2001:db8::/32\", \"10.0.0.2/31\"", "\"0.0.0.0/0\""});
    return "(" + value(Kind::ip, 0) + (no.empty() ? " in cidr(" : " not in cidr(") + networks +
           "))";
}

/// Nothing where no function gives one.
std::string Expressions::function_value(Kind kind, int depth, const std::string& currency) {
    if (kind == Kind::text) {
        return random_.pick({"lower(", "domain_of(", "host_of("}) + value(kind, depth - 1) + ")";
    }
    if (kind == Kind::decimal) {
        return "sample(" + random_.pick({"principal.id", "workflow.run", "tool"}) + ")";
    }
    if (kind != Kind::money) return {};
    const std::string code =
        currency.empty() || random_.chance(10) ? value(Kind::text, 0) : "\"" + currency + "\"";
    for (const Named& data : vocabulary_.data) {
        if (data.name != given_rates || random_.chance(10)) continue;
        return "convert(" + value(kind, depth - 1) + ", " + code + ", " + given_rates + ")";
    }
    return "money(" + value(Kind::decimal, depth - 1) + ", " + code + ")";
}

std::string Expressions::presence() {
    std::vector<const Readable*> optionals;
    for (const Readable& one : readables_) {
        if (one.optional) optionals.push_back(&one);
    }
    if (optionals.empty()) return leaf(Kind::boolean, {});
    return random_.pick({"has ", "missing "}) + random_.pick(optionals)->text;
}

std::string Expressions::role_test() {
    if (vocabulary_.roles.empty()) return leaf(Kind::boolean, {});
    return random_.pick({"principal", "agent"}) + random_.pick({" is ", " is not "}) +
           random_.pick(vocabulary_.roles);
}

std::string Expressions::tier_test() {
    if (tier_ == TierUse::never || quantifiers_ > 0) return leaf(Kind::boolean, {});
    return "tier " +
           (tier_ == TierUse::above ? random_.pick({">", ">="}) : random_.pick({"<", "<="})) + " " +
           random_.pick(all_tiers);
}

std::string Expressions::stage_test() {
    return "stage " + random_.pick({"==", "!=", "<", ">="}) + " " + random_.pick(all_stages);
}

std::string Expressions::bool_equality(int depth) {
    const TierUse before = tier_;
    tier_ = TierUse::never;
    std::string text = "(" + condition(depth - 1) + ")" + random_.pick({" == ", " != "}) + "(" +
                       condition(depth - 1) + ")";
    tier_ = before;
    return text;
}

// -------------------------------------------------------------------------------- quantifiers

const Readable* Expressions::list_readable() {
    return readable(Kind::list);
}

template <class Make>
std::string Expressions::over(const char* word, const Make& make) {
    const Readable* list = list_readable();
    if (list == nullptr || quantifiers_ == 2) return {};
    for (const Readable& one : readables_) {
        if (quantifiers_ == 1 && one.text == outer_list_ && random_.chance(50)) list = &one;
    }
    const std::string text = list->text;
    if (quantifiers_ == 0) outer_list_ = text;
    const Type element = list->type.element[0];
    const std::vector<Readable> before = readables_;
    const std::string variable = quantifiers_ == 0 ? "one" : "two";
    ++quantifiers_;
    // The variable's parts several times, so that bodies are mostly about them.
    for (int i = 0; i < 4; ++i) add_readables(readables_, variable, element, element.optional);
    const std::string body = make(element);
    readables_ = before;
    --quantifiers_;
    return fmt::format("{}({} in {}: {})", word, variable, text, body);
}

std::string Expressions::quantified(int depth) {
    const std::string word = random_.pick({"any", "all"});
    const std::string text = over(word.c_str(), [&](const Type& element) {
        if (random_.chance(20) && element.kind < Kind::list) {
            const std::string variable = quantifiers_ == 1 ? "one" : "two";
            const std::string op = random_.pick({" == ", " != "});
            return variable + op + value_of(element, 0);
        }
        return quantifiers_ == 1 && random_.chance(20) ? quantified(depth - 1)
                                                       : condition(depth - 1);
    });
    return text.empty() ? leaf(Kind::boolean, {}) : text;
}

std::string Expressions::counted(int depth) {
    std::string text;
    if (random_.chance(50)) {
        text = over("count", [&](const Type&) { return condition(depth - 1); });
    }
    const Readable* measured = random_.chance(50) ? list_readable() : readable(Kind::text);
    if (text.empty() && measured != nullptr) text = "length(" + read(*measured) + ")";
    if (text.empty()) text = leaf(Kind::integer, {});
    const std::string number = random_.pick({"0", "1", "2", "3", "5"});
    return compared(text, relation(Kind::integer), number);
}

std::string Expressions::summed(Kind kind, int depth) {
    const std::string text = over("sum", [&](const Type&) { return value(kind, depth - 1); });
    return text.empty() ? leaf(kind, {}) : text;
}

// -------------------------------------------------------------------------------- values

std::string Expressions::literal_of(Kind kind, const std::string& currency) {
    return literal(random_, {.kind = kind}, currency);
}

std::string Expressions::read(const Readable& one) {
    const bool simple = one.type.kind < Kind::list && one.type.kind != Kind::word;
    if (!one.optional || random_.chance(40)) return one.text;
    if (one.type.kind == Kind::word)
        return fmt::format("({} ?? {})", one.text, literal(random_, one.type));
    if (!simple) return one.text;
    // What stands behind may not be known either.
    for (const Readable& other : readables_) {
        if (!other.optional && other.type.kind == one.type.kind && random_.chance(20)) {
            return fmt::format("({} ?? {})", one.text, other.text);
        }
    }
    return fmt::format("({} ?? {})", one.text, literal(random_, one.type, one.type.currency));
}

std::string Expressions::leaf(Kind kind, const std::string& currency) {
    std::vector<const Readable*> found;
    for (const Readable& one : readables_) {
        if (one.type.kind == kind && currency_fits(one.type, currency)) found.push_back(&one);
    }
    for (int i = 0; i < 2 && random_.chance(20); ++i) {
        std::string text = i == 0 ? let_read(kind, currency) : table_read(kind, 0, currency);
        if (!text.empty()) return text;
    }
    for (const Named& param : vocabulary_.params) {
        const bool fits = param.type.kind == kind && currency_fits(param.type, currency);
        if (fits && random_.chance(10)) return param.name;
    }
    if (!found.empty() && random_.chance(80)) return read(*random_.pick(found));
    if (kind == Kind::word) return random_.pick(all_stages);
    return literal_of(kind, currency);
}

std::string Expressions::value(Kind kind, int depth, const std::string& currency) {
    // Of all kinds money has the most ways to be reckoned.
    const int plain = kind == Kind::money ? 35 : 60;
    if (depth <= 0 || random_.chance(plain)) return leaf(kind, currency);
    return computed(kind, depth, currency);
}

std::string Expressions::value_of(const Type& type, int depth) {
    if (type.kind == Kind::list || type.kind == Kind::record) {
        const Readable* one = readable(type.kind);
        return one == nullptr ? std::string("tool") : one->text;
    }
    if (type.kind != Kind::word) return value(type.kind, depth, type.currency);
    for (const Readable& one : readables_) {
        if (same_words(one.type, type) && random_.chance(25)) return read(one);
    }
    return literal(random_, type);
}

std::string Expressions::computed(Kind kind, int depth, const std::string& currency) {
    const int calls = kind == Kind::money ? 35 : 25;
    std::string called = random_.chance(calls) ? function_value(kind, depth, currency) : "";
    if (!called.empty()) return called;
    const std::string sign = random_.pick({" + ", " - "});
    const auto operand = [&](Kind of) { return value(of, depth - 1, currency); };
    switch (kind) {
        case Kind::integer:
            if (random_.chance(30)) return summed(kind, depth);
            return "(" + operand(kind) + random_.pick({" + ", " - ", " * "}) + operand(kind) + ")";
        case Kind::decimal: {
            if (random_.chance(30)) return summed(kind, depth);
            const Kind other = random_.chance(70) ? kind : Kind::integer;
            return "(" + operand(kind) + random_.pick({" + ", " - ", " * "}) + operand(other) + ")";
        }
        case Kind::money:
            if (random_.chance(30)) return summed(kind, depth);
            if (random_.chance(50)) return "(" + operand(kind) + sign + operand(kind) + ")";
            return "(" + operand(kind) + " * " +
                   operand(random_.chance(50) ? Kind::decimal : Kind::integer) + ")";
        case Kind::duration:
            if (random_.chance(40)) return "(" + operand(kind) + sign + operand(kind) + ")";
            if (random_.chance(40))
                return "(" + operand(kind) + " * " + operand(Kind::integer) + ")";
            return dated(random_.chance(50) ? Kind::time : Kind::date, depth);
        case Kind::time:
        case Kind::date: return "(" + operand(kind) + sign + operand(Kind::duration) + ")";
        case Kind::text: return function_value(kind, depth, currency);
        case Kind::boolean:
        case Kind::weekday:
        case Kind::ip:
        case Kind::word:
        case Kind::list:
        case Kind::record: break;
    }
    return leaf(kind, currency);
}

/// The duration between two.
std::string Expressions::dated(Kind kind, int depth) {
    return "(" + value(kind, depth - 1) + " - " + value(kind, 0) + ")";
}

std::string Expressions::table_read(Kind kind, int depth, const std::string& currency) {
    for (const TableShape& table : vocabulary_.tables) {
        const bool fits = table.value.kind == kind && currency_fits(table.value, currency);
        if (!fits || random_.chance(15)) continue;
        std::string keys;
        for (const Type& key : table.keys) {
            keys += (keys.empty() ? "" : ", ") + value_of(key, depth);
        }
        return table.name + "[" + keys + "]";
    }
    return {};
}

std::string Expressions::let_read(Kind kind, const std::string& currency) {
    if (lets_ && quantifiers_ < 2) {
        for (const Named& let : vocabulary_.lets) {
            if (let.type.kind == kind && currency_fits(let.type, currency) && random_.chance(40)) {
                return let.name;
            }
        }
    }
    return kind == Kind::boolean ? leaf(kind, {}) : std::string();
}

}  // namespace proviso::laws
