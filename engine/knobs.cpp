// See knobs.h.
#include "engine/knobs.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "engine/check/literals.h"
#include "engine/model/calendar.h"
#include "engine/model/currency.h"
#include "engine/model/decimal.h"
#include "engine/model/type.h"
#include "engine/policy_impl.h"
#include "grammar/diagnostic.h"

namespace proviso {
namespace {

using model::Decimal;
using model::Kind;

std::string ticked(std::string_view text) {
    return '`' + std::string(text) + '`';
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// A number with a unit behind it: of money the code of its currency.
struct Amount {
    Decimal number;
    std::string unit;
};

bool is_decimal_digit(char c) {
    return c >= '0' && c <= '9';
}

/// `1_000` is 1000 where the underscore stands between digits.
std::string without_underscores(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool between = text[i] == '_' && i > 0 && i + 1 < text.size() &&
                             is_decimal_digit(text[i - 1]) && is_decimal_digit(text[i + 1]);
        if (!between) plain += text[i];
    }
    return plain;
}

std::optional<Amount> number_with_unit(std::string_view text) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    const auto number = model::parse_decimal(without_underscores(text.substr(0, blank)));
    if (!number) return std::nullopt;
    return Amount{*number, std::string(trimmed(text.substr(blank)))};
}

/// What the values of a range are made of: their numbers, and how these are written.
class Scale {
  public:
    Scale(Kind kind, std::string unit) : kind_(kind), unit_(std::move(unit)) {}

    /// Nothing where the text is no such value, or one of another currency.
    [[nodiscard]] std::optional<Decimal> read(std::string_view text) const {
        if (kind_ == Kind::duration) {
            const auto seconds = model::parse_duration(text);
            return seconds ? model::make_decimal(*seconds, 0) : std::nullopt;
        }
        const auto amount = number_with_unit(text);
        if (!amount || (!amount->unit.empty() && amount->unit != unit_)) return std::nullopt;
        if (kind_ == Kind::integer && !model::to_integer(amount->number)) return std::nullopt;
        return amount->number;
    }

    [[nodiscard]] std::string write(Decimal number) const {
        if (kind_ == Kind::duration) return model::duration_text(number.coefficient);
        return model::to_string(number) + (unit_.empty() ? "" : ' ' + unit_);
    }

    [[nodiscard]] std::string_view example() const {
        if (kind_ == Kind::duration) return "4h..1d:4h";
        return kind_ == Kind::money ? "100..1000:50, with or without the currency" : "1..10:1";
    }

  private:
    Kind kind_;
    std::string unit_;  // of money
};

struct Param {
    std::string name;
    Kind kind = Kind::string;
    std::string type;   // as an author writes it
    std::string value;  // in force, as rule text
    std::string unit;   // of money: the currency of that value
};

std::optional<Param> find_param(const bytecode::Program& program, std::string_view name) {
    for (const bytecode::Param& one : program.params) {
        if (one.name != name) continue;
        const model::Value& value = program.constants[one.value];
        Param param{one.name,
                    program.types.type(one.type).kind,
                    program.types.text(one.type),
                    model::to_text(program.types, one.type, value),
                    {}};
        if (param.kind == Kind::money) param.unit = model::unpack_currency(value.currency());
        return param;
    }
    return std::nullopt;
}

KnobResult unknown_param(const bytecode::Program& program, std::string_view name) {
    KnobResult result;
    result.error = "the policy has no param " + ticked(name);
    std::vector<std::string_view> names;
    for (const bytecode::Param& one : program.params) names.push_back(one.name);
    const std::string_view meant = grammar::did_you_mean(name, names);
    if (!meant.empty()) {
        result.help = "did you mean " + ticked(meant) + "?";
        return result;
    }
    for (const std::string_view one : names) {
        result.help += (result.help.empty() ? "it has " : ", ") + ticked(one);
    }
    if (names.empty()) result.help = "it has none: a sweep changes what `param` declares";
    return result;
}

KnobResult failed(std::string error, std::string help) {
    return {std::nullopt, std::move(error), std::move(help)};
}

/// Parts between commas, but for those within quotes or brackets.
std::vector<std::string_view> parts_of(std::string_view list) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i <= list.size(); ++i) {
        const char c = i < list.size() ? list[i] : ',';
        if (c == '"' && (i == 0 || list[i - 1] != '\\')) quoted = !quoted;
        if (!quoted && (c == '[' || c == '{')) ++depth;
        if (!quoted && (c == ']' || c == '}')) --depth;
        const bool ends = i == list.size() || (c == ',' && !quoted && depth <= 0);
        if (!ends) continue;
        parts.push_back(trimmed(list.substr(begin, i - begin)));
        begin = i + 1;
    }
    return parts;
}

/// An error that tells what a number with a point before three digits may be; empty where it is
/// none.
std::optional<KnobResult> refused_as_thousands(const Param& param, std::string_view value) {
    if (param.kind != Kind::money) return std::nullopt;
    const std::size_t blank = std::min(value.find(' '), value.size());
    const std::string_view unit = trimmed(value.substr(blank));
    const auto code = model::pack_currency(unit.empty() ? param.unit : unit);
    const std::string_view number = value.substr(0, blank);
    if (!code || !check::looks_like_thousands(number, *code)) return std::nullopt;
    return failed(ticked(value) + " is less than a thousand: a point begins a fraction",
                  check::thousands_help(number, "_", ""));
}

bool has_digits(std::string_view text, std::size_t least, std::size_t most) {
    return text.size() >= least && text.size() <= most &&
           std::all_of(text.begin(), text.end(), is_decimal_digit);
}

/// Of the digits behind a comma: they may begin with zeros, as no number of rule text does.
std::optional<Decimal> digits_of(std::string_view text) {
    while (text.size() > 1 && text[0] == '0' && is_decimal_digit(text[1])) text.remove_prefix(1);
    return model::parse_decimal(text);
}

/// `1,500`, `1,000,000.50`: as a number is written elsewhere.
bool is_grouped(const std::vector<std::string_view>& parts) {
    if (!has_digits(parts.front(), 1, 3) || parts.front().front() == '0') return false;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const bool last = i + 1 == parts.size();
        const std::string_view group = last ? parts[i].substr(0, parts[i].find('.')) : parts[i];
        if (!has_digits(group, 3, 3)) return false;
    }
    return true;
}

/// Whether a list may go from `small` to ten times as much and no further; 0 is near to nothing.
bool is_near(Decimal small, Decimal large) {
    const auto scaled = model::multiply(small, Decimal{10, 0});
    if (large.coefficient < 0) large.coefficient = -large.coefficient;
    return large.coefficient != 0 && scaled && model::compare(*scaled, large) >= 0;
}

/// `1,500` where the param is now 1000, not `50,150` where it is 100.
bool may_be_grouped(const Param& param, const std::vector<std::string_view>& parts) {
    if (!is_grouped(parts)) return false;
    const auto now = number_with_unit(param.value);
    return !now || !is_near(*digits_of(parts.front()), now->number);
}

/// `1500,50` and `12,05`, not `100,50`.
bool may_be_fraction(const Param& param, const std::vector<std::string_view>& parts) {
    constexpr std::size_t most_digits = 15;
    if (param.kind == Kind::integer || parts.size() != 2) return false;
    if (!has_digits(parts[0], 1, most_digits) || !has_digits(parts[1], 2, 2)) return false;
    if (parts[0] == "0") return false;
    return parts[1].front() == '0' || !is_near(*digits_of(parts[1]), *digits_of(parts[0]));
}

std::string joined_by(const std::vector<std::string_view>& parts, const std::string& between) {
    std::string text(parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i) text.append(between).append(parts[i]);
    return text;
}

/// What is written without a blank behind its commas and may be one number is refused as a list.
std::optional<KnobResult> refused_as_number(const Param& param, std::string_view list) {
    list = trimmed(list);
    const std::size_t blank = std::min(list.find_first_of(" \t"), list.size());
    const std::string unit(trimmed(list.substr(blank)));
    const bool with_unit = param.kind == Kind::money && !unit.empty();
    const bool counts = param.kind == Kind::integer || param.kind == Kind::decimal;
    if (!counts && param.kind != Kind::money) return std::nullopt;
    if (unit.find(',') != std::string::npos || (!unit.empty() && !with_unit)) return std::nullopt;
    const auto parts = parts_of(list.substr(0, blank));
    const auto is_number = [](std::string_view part) { return digits_of(part).has_value(); };
    if (parts.size() < 2 || !std::all_of(parts.begin(), parts.end(), is_number)) {
        return std::nullopt;
    }
    const bool fraction = may_be_fraction(param, parts);
    if (!with_unit && !fraction && !may_be_grouped(param, parts)) return std::nullopt;
    const std::string code = with_unit ? ' ' + unit : param.unit.empty() ? "" : ' ' + param.unit;
    std::string help;
    if (is_grouped(parts)) help = ticked(joined_by(parts, "_") + code) + " for one number, ";
    const bool decimal_comma = fraction || (parts.size() == 2 && parts[1].size() == 2);
    if (decimal_comma) help = ticked(joined_by(parts, ".") + code) + " for one number, ";
    return failed(ticked(list) + " may be one number or a list",
                  "write " + help + ticked(joined_by(parts, code + ", ") + code) + " for a list");
}

KnobResult list_of(const Param& param, std::string_view list, std::size_t most) {
    if (auto refused = refused_as_number(param, list)) return *std::move(refused);
    Knob knob{param.name, param.value, {}};
    for (const std::string_view part : parts_of(list)) {
        if (part.empty()) {
            return failed("a value of " + ticked(param.name) + " is missing",
                          "list values with commas between them, or a range: " + param.name +
                              "=FROM..TO:STEP");
        }
        if (auto refused = refused_as_thousands(param, part)) return *std::move(refused);
        std::string value(part);
        const bool bare = param.kind == Kind::money && part.find(' ') == std::string_view::npos;
        if (bare && number_with_unit(part)) value += ' ' + param.unit;
        if (std::find(knob.values.begin(), knob.values.end(), value) != knob.values.end()) {
            return failed(ticked(value) + " is listed twice for " + ticked(param.name), {});
        }
        knob.values.push_back(std::move(value));
        if (knob.values.size() > most) {
            return failed(ticked(param.name) + " has more than " + std::to_string(most) + " values",
                          "list fewer");
        }
    }
    return {std::move(knob), {}, {}};
}

bool has_range(Kind kind) {
    return kind == Kind::integer || kind == Kind::decimal || kind == Kind::money ||
           kind == Kind::duration;
}

struct Ends {
    Decimal low;
    Decimal high;
    Decimal step;
};

KnobResult steps_of(const Param& param, const Scale& scale, const Ends& ends, std::size_t most) {
    Knob knob{param.name, param.value, {}};
    for (std::optional<Decimal> at = ends.low; at && model::compare(*at, ends.high) <= 0;
         at = model::add(*at, ends.step)) {
        if (knob.values.size() == most) {
            return failed("the range of " + ticked(param.name) + " has more than " +
                              std::to_string(most) + " values",
                          "take a larger step");
        }
        knob.values.push_back(scale.write(*at));
    }
    return {std::move(knob), {}, {}};
}

/// `text` is what stands behind the equals sign, with `..` at `dots`.
KnobResult range_of(const Param& param, std::string_view text, std::size_t dots, std::size_t most) {
    if (!has_range(param.kind)) {
        return failed(
            ticked(param.name) + " is of type " + ticked(param.type) + ", which has no steps",
            "list its values: " + param.name + "=A,B");
    }
    const std::size_t colon = text.find(':', dots);
    const Scale scale(param.kind, param.unit);
    const std::string help = "write it so: " + param.name + "=" + std::string(scale.example());
    if (colon == std::string_view::npos) {
        return failed("the range of " + ticked(param.name) + " has no step", help);
    }
    const std::string_view words[] = {trimmed(text.substr(0, dots)),
                                      trimmed(text.substr(dots + 2, colon - dots - 2)),
                                      trimmed(text.substr(colon + 1))};
    Decimal numbers[3];
    for (std::size_t i = 0; i < 3; ++i) {
        if (auto refused = refused_as_thousands(param, words[i])) return *std::move(refused);
        const auto number = scale.read(words[i]);
        if (!number) {
            return failed(ticked(words[i]) + " is no value of " + ticked(param.name) +
                              ", which is of type " + ticked(param.type) + " and now " +
                              param.value,
                          help);
        }
        numbers[i] = *number;
    }
    if (numbers[2].coefficient <= 0) {
        return failed("the step of " + ticked(param.name) + " is not above 0", help);
    }
    if (model::compare(numbers[0], numbers[1]) > 0) {
        return failed("the range of " + ticked(param.name) + " is empty: " + std::string(words[0]) +
                          " is above " + std::string(words[1]),
                      "the smaller value comes first");
    }
    return steps_of(param, scale, {numbers[0], numbers[1], numbers[2]}, most);
}

/// `100-500:50`, `100:500:50`, `100 to 500`: a range as it is written elsewhere.
bool looks_like_range(std::string_view values) {
    if (values.find(" to ") != std::string_view::npos) return true;
    const std::size_t minus = values.find('-', 1);
    const bool between =
        minus != std::string_view::npos && values[minus - 1] >= '0' && values[minus - 1] <= '9';
    return values.find(':') != std::string_view::npos || between;
}

}  // namespace

KnobResult parse_knob(const Policy& policy, std::string_view text, std::size_t most) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || trimmed(text.substr(0, equals)).empty()) {
        return failed(ticked(text) + " is no NAME=VALUES",
                      "write it as --sweep 'refund_cap=100..1000:50'");
    }
    const bytecode::Program& program = policy.impl().image->program();
    const std::string_view name = trimmed(text.substr(0, equals));
    const auto param = find_param(program, name);
    if (!param) return unknown_param(program, name);
    const std::string_view values = text.substr(equals + 1);
    const std::size_t dots = values.find("..");
    const bool quotes = values.find('"') < dots;
    if (dots == std::string_view::npos && has_range(param->kind) && looks_like_range(values)) {
        return failed(ticked(values) + " is no list of values",
                      "a range has two points: " + param->name + "=" +
                          std::string(Scale(param->kind, param->unit).example()));
    }
    if (dots == std::string_view::npos || quotes) return list_of(*param, values, most);
    return range_of(*param, values, dots, most);
}

std::vector<ParamChange> changed_params(const Policy& before, const Policy& after) {
    std::map<std::string, ParamChange> all;
    const auto read = [&](const Policy& policy, std::string ParamChange::*side) {
        const bytecode::Program& program = policy.impl().image->program();
        for (const bytecode::Param& one : program.params) {
            all[one.name].*side = find_param(program, one.name)->value;
        }
    };
    read(before, &ParamChange::before);
    read(after, &ParamChange::after);
    std::vector<ParamChange> changed;
    for (auto& [name, one] : all) {
        if (one.before == one.after) continue;
        one.param = name;
        changed.push_back(std::move(one));
    }
    return changed;
}

}  // namespace proviso
