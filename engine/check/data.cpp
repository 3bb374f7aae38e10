// See data.h. A file is read as strictly as rule text: a value that YAML could take for something
// else (`NO`, `1e3`, `5,000`) is a mistake with its place in the file, never a guess.
//
// Covered by tests/golden/check/data and tests/golden/decide/data.

#include "engine/check/data.h"

#include <algorithm>
#include <array>

#include "engine/check/constraints.h"
#include "engine/check/expressions.h"
#include "engine/check/literals.h"
#include "engine/check/names.h"
#include "engine/check/types.h"
#include "engine/check/typing.h"
#include "engine/model/calendar.h"
#include "engine/model/currency.h"
#include "engine/model/decimal.h"
#include "grammar/literals.h"
#include "grammar/number_mistakes.h"

namespace proviso::check {
namespace {

using grammar::Document;
using grammar::DocumentNode;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::size_t digits_end(std::string_view text, std::size_t at) {
    while (at < text.size() && is_digit(text[at])) ++at;
    return at;
}

/// `-5`, `0.15`: digits without leading zeros, an exponent, a sign `+` or thousands.
bool is_number(std::string_view text) {
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    const std::size_t point = digits_end(text, first);
    if (point == first || (text[first] == '0' && point > first + 1)) return false;
    if (point == text.size()) return true;
    return text[point] == '.' && point + 1 < text.size() &&
           digits_end(text, point + 1) == text.size();
}

/// Whether some reader of YAML takes the bare word for a truth or for nothing.
bool is_reserved(std::string_view text) {
    std::string lower{text};
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    constexpr std::array<std::string_view, 11> words{"y",    "n",     "yes",  "no", "on", "off",
                                                     "true", "false", "null", "~",  ""};
    return std::find(words.begin(), words.end(), lower) != words.end();
}

/// Or for a number.
bool is_ambiguous(std::string_view text) {
    if (is_reserved(text)) return true;
    const std::size_t first = text.find_first_not_of("+-.");
    if (first == std::string_view::npos || !is_digit(text[first])) return false;
    return text.find_first_not_of("0123456789.,_+-eExXoOabcdefABCDEF:") == std::string_view::npos &&
           !model::parse_date(text) && !model::parse_time(text);
}

/// `1d12h`: units from days down to seconds, each once.
std::optional<std::int64_t> duration_of(std::string_view text) {
    constexpr std::string_view units = "dhms";
    std::size_t unit = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = digits_end(text, at);
        if (end == at || end == text.size()) return std::nullopt;
        const std::size_t found = units.find(text[end], unit);
        if (found == std::string_view::npos) return std::nullopt;
        unit = found + 1;
        at = end + 1;
    }
    return text.empty() ? std::nullopt : grammar::duration_seconds(text);
}

std::string_view help_for(Kind kind) {
    switch (kind) {
        case Kind::boolean: return "write `true` or `false`";
        case Kind::integer: return "write digits alone: `5000`";
        case Kind::decimal: return "write digits and a point: `5000`, `0.15`";
        case Kind::money: return "write `500 USD`";
        case Kind::duration: return "write `4h`, `1d12h`";
        case Kind::time: return "write `2026-12-20T09:00:00Z`";
        case Kind::date: return "write `2026-12-20`";
        case Kind::ip: return "write `10.0.0.1`";
        case Kind::string:
        case Kind::weekday:
        case Kind::enumeration:
        case Kind::list:
        case Kind::record:
        case Kind::opaque: break;
    }
    return {};
}

bool is_number(Kind kind) {
    return kind == Kind::integer || kind == Kind::decimal || kind == Kind::money;
}

class DataReader {
  public:
    DataReader(Context& context, const Document& document)
        : context_(context),
          document_(document) {}

    [[nodiscard]] bool good() const { return good_; }

    Value value(std::uint32_t at, TypeId id) {
        const model::Type type = context_.type(id);  // a copy: more types may be added
        const DocumentNode& node = document_.nodes[at];
        const bool nothing = node.kind == DocumentNode::Kind::scalar && !node.quoted &&
                             (node.text == "null" || node.text.empty());
        if (nothing && type.optional) return model::unknown(model::State::absent);
        if (nothing) return refuse(node, id);
        Value result;
        if (type.kind == Kind::list) {
            result = list(node, id, type);
        } else if (type.kind == Kind::record) {
            result = record(node, id, type);
        } else if (type.kind == Kind::money && node.kind == DocumentNode::Kind::map) {
            result = money_object(node, id);
        } else {
            result = scalar(node, id, type);
        }
        if (result.known() && !check_within_type(context_, result, id, node.span)) good_ = false;
        return result;
    }

  private:
    std::string_view text_of(const DocumentNode& node) const {
        switch (node.kind) {
            case DocumentNode::Kind::scalar: return std::string_view(node.text);
            case DocumentNode::Kind::list: return "a list";
            case DocumentNode::Kind::map: return "a mapping";
        }
        return {};
    }

    Value refuse(const DocumentNode& node, TypeId wanted) {
        good_ = false;
        std::string help(help_for(context_.kind(wanted)));
        if (node.kind == DocumentNode::Kind::scalar && is_number(context_.kind(wanted))) {
            // `1.000,50 EUR`; the digits of a document are not grouped
            const std::string_view text = node.text;
            const std::string_view number = text.substr(0, text.find(' '));
            const std::string written = grammar::rule_number(number, "");
            if (!written.empty())
                help = "write `" + written + std::string(text.substr(number.size())) + "`";
        }
        context_.report(DiagnosticId::data_value, node.span,
                        {text_of(node), described(context_, wanted)}, help);
        return model::unknown(model::State::wrong_type);
    }

    Value kept(std::vector<Value> values) {
        const auto count = static_cast<std::uint32_t>(values.size());
        return model::of_elements(context_.set.lists.emplace_back(std::move(values)).data(), count);
    }

    Value list(const DocumentNode& node, TypeId id, const model::Type& type) {
        if (node.kind != DocumentNode::Kind::list) return refuse(node, id);
        std::vector<Value> values;
        values.reserve(node.items.size());
        for (const std::uint32_t item : node.items) values.push_back(value(item, type.element));
        return kept(std::move(values));
    }

    // ---------------------------------------------------------------- records

    using Found = std::unordered_map<std::string_view, std::uint32_t>;

    Found members(const DocumentNode& node, const std::vector<std::string_view>& names,
                  std::string_view owner) {
        Found found;
        for (std::size_t i = 0; i + 1 < node.items.size(); i += 2) {
            const DocumentNode& key = document_.nodes[node.items[i]];
            const bool scalar = key.kind == DocumentNode::Kind::scalar;
            if (!scalar || std::find(names.begin(), names.end(), key.text) == names.end()) {
                good_ = false;
                context_.report(DiagnosticId::unknown_field, key.span,
                                {owner, scalar ? std::string_view(key.text) : text_of(key)},
                                field_suggestion(context_, key.text, names));
            } else if (!found.try_emplace(key.text, node.items[i + 1]).second) {
                good_ = false;
                context_.report(DiagnosticId::field_twice, key.span, {key.text});
            }
        }
        return found;
    }

    Value record(const DocumentNode& node, TypeId id, const model::Type& type) {
        if (node.kind != DocumentNode::Kind::map) return refuse(node, id);
        std::vector<std::string_view> names;
        for (const model::Field& field : type.fields) names.push_back(field.name);
        const Found found = members(node, names, "the record");
        std::vector<Value> values;
        for (const model::Field& field : type.fields) {
            const auto at = found.find(field.name);
            if (at != found.end()) {
                values.push_back(value(at->second, field.type));
                continue;
            }
            values.push_back(model::unknown(model::State::absent));
            if (!is_optional(context_, field.type)) lacks(node, field.name);
        }
        return kept(std::move(values));
    }

    void lacks(const DocumentNode& node, std::string_view field) {
        good_ = false;
        context_.report(DiagnosticId::data_field_missing, node.span, {field});
    }

    // ---------------------------------------------------------------- scalars

    Value scalar(const DocumentNode& node, TypeId id, const model::Type& type) {
        if (node.kind != DocumentNode::Kind::scalar) return refuse(node, id);
        const std::string_view text = node.text;
        switch (type.kind) {
            case Kind::boolean:
                if (node.quoted || (text != "true" && text != "false")) return refuse(node, id);
                return model::of_integer(text == "true" ? 1 : 0);
            case Kind::integer:
            case Kind::decimal: return number(node, id, type.kind);
            case Kind::money: return money(node, id, type);
            case Kind::duration: return counted(node, id, duration_of(text));
            case Kind::time: return counted(node, id, model::parse_time(text));
            case Kind::date: return counted(node, id, model::parse_date(text));
            case Kind::string:
                if (!node.quoted && is_ambiguous(text)) return ambiguous(node);
                return model::of_text(keep_text(context_, text));
            case Kind::weekday:
            case Kind::enumeration:
                if (!node.quoted && is_reserved(text)) return ambiguous(node);
                return literal(node, id);
            case Kind::ip: return literal(node, id);
            case Kind::list:
            case Kind::record:
            case Kind::opaque: break;
        }
        return refuse(node, id);
    }

    Value ambiguous(const DocumentNode& node) {
        good_ = false;
        context_.report(DiagnosticId::data_ambiguous, node.span, {node.text},
                        "quote it: `\"" + node.text + "\"`");
        return model::unknown(model::State::wrong_type);
    }

    Value counted(const DocumentNode& node, TypeId id, std::optional<std::int64_t> found) {
        return found ? model::of_integer(*found) : refuse(node, id);
    }

    /// A word or an address, as rule text has it.
    Value literal(const DocumentNode& node, TypeId id) {
        const Typed typed = text_literal(context_, node.text, node.span, id);
        good_ = good_ && !typed.bad();
        return typed.bad() ? model::unknown(model::State::wrong_type)
                           : context_.set.node(typed.node).value;
    }

    Value number(const DocumentNode& node, TypeId id, Kind kind) {
        if (node.quoted || !is_number(node.text)) return refuse(node, id);
        const std::optional<model::Decimal> found = model::parse_decimal(node.text);
        if (!found) return inexact(node);
        if (kind == Kind::decimal) return model::of_decimal(*found);
        return counted(node, id, model::to_integer(*found));
    }

    Value inexact(const DocumentNode& node) {
        good_ = false;
        context_.report(DiagnosticId::number_does_not_fit, node.span, {node.text},
                        "a number has at most 18 digits");
        return model::unknown(model::State::overflow);
    }

    /// `500 USD`; a number alone where the type has one currency.
    Value money(const DocumentNode& node, TypeId id, const model::Type& type) {
        const std::string_view text = node.text;
        const std::size_t blank = text.find(' ');
        const std::string_view digits = text.substr(0, blank);
        const bool alone = blank == std::string_view::npos;
        const bool fixed = type.currency != 0 && !type.minor && !node.quoted;
        if (!is_number(digits) || (alone && !fixed)) return refuse(node, id);
        if (alone) return amount(node, digits, type.currency, "");
        return amount_in(node, digits, text.substr(blank + 1), id);
    }

    Value amount_in(const DocumentNode& node, std::string_view digits, std::string_view code,
                    TypeId id) {
        const std::optional<model::Currency> currency = model::pack_currency(code);
        if (!currency || !model::is_iso_currency(*currency)) return refuse(node, id);
        return amount(node, digits, *currency,
                      node.kind == DocumentNode::Kind::map ? std::string_view() : code);
    }

    /// `code` where it stands behind the digits.
    Value amount(const DocumentNode& node, std::string_view digits, model::Currency currency,
                 std::string_view code) {
        const std::optional<model::Decimal> found = model::parse_decimal(digits);
        if (found) warn_of_thousands(context_, node.span, digits, currency, code, "");
        return found ? model::of_money(*found, currency) : inexact(node);
    }

    /// `{amount: "12.50", currency: USD}`, as a call has it.
    Value money_object(const DocumentNode& node, TypeId id) {
        const Found found = members(node, {"amount", "currency"}, "a money");
        const auto at = found.find("amount");
        const auto code = found.find("currency");
        if (at == found.end() || code == found.end()) {
            if (good_) lacks(node, at == found.end() ? "amount" : "currency");
            good_ = false;
            return model::unknown(model::State::wrong_type);
        }
        const DocumentNode& digits = document_.nodes[at->second];
        const DocumentNode& currency = document_.nodes[code->second];
        if (!is_number(digits.text)) return refuse(digits, id);
        return amount_in(node, digits.text, currency.text, id);
    }

    Context& context_;
    const Document& document_;
    bool good_ = true;
};

Typed constant_field(Context& context, const Typed& base, std::string_view name, Span span) {
    const model::Type& type = context.type(base.type);
    std::vector<std::string_view> names;
    for (std::uint32_t i = 0; type.kind == Kind::record && i < type.fields.size(); ++i) {
        names.push_back(type.fields[i].name);
        if (type.fields[i].name != name) continue;
        const Value value = context.set.node(base.node).value.elements[i];
        return make_constant(context, value, type.fields[i].type, span);
    }
    const std::string owner =
        type.kind == Kind::record ? "the record" : described(context, base.type);
    context.report(DiagnosticId::unknown_field, span, {owner, name},
                   field_suggestion(context, name, names));
    return make_bad(context);
}

void declare_one(Context& context, const Declared<ast::Data>& declared) {
    const ast::Data& node = *declared.node;
    Data data;
    data.name = node.name.text;
    data.doc = node.head.doc;
    data.span = node.head.span;
    data.type = resolve_type(context, *declared.file, node.type, {data.name, {}});
    const auto index = static_cast<std::size_t>(&node - declared.file->data.data());
    const bool given = index < declared.file->documents.size();
    const bool readable = given && !declared.file->documents[index].nodes.empty();
    if (!given) {
        context.report(DiagnosticId::import_unreadable, node.path.span,
                       {node.path.text, "no text was given for it"});
    }
    bool good = readable && data.type != model::no_type;
    if (good) {
        DataReader reader(context, declared.file->documents[index]);
        data.type = with_optional(context, data.type, false);
        data.value = reader.value(0, data.type);
        good = reader.good();
    }
    context.data_bad.push_back(!good);
    context.set.data.push_back(std::move(data));
}

}  // namespace

void declare_data(Context& context) {
    for (const auto& declared : context.data) declare_one(context, declared);
}

Typed read_data(Context& context, std::uint32_t index, Span span) {
    if (context.data_bad[index]) return make_bad(context);
    const Data& data = context.set.data[index];
    return make_constant(context, data.value, data.type, span);
}

Typed named_data(Context& context, const ast::Name& name) {
    const Resolved resolved = resolve(context, Scope{}, name.text);
    const bool data = resolved.symbol != nullptr && resolved.symbol->kind == SymbolKind::data;
    if (!data) {
        report_wrong_name(context, name, SymbolKind::data, "a data statement");
        return make_bad(context);
    }
    Typed value = read_data(context, resolved.symbol->index, name.span);
    for (std::size_t at = resolved.length; at < name.text.size() && !value.bad();) {
        const std::size_t end = std::min(name.text.find('.', at + 1), name.text.size());
        value = constant_field(context, value, name.text.substr(at + 1, end - at - 1), name.span);
        at = end;
    }
    return value;
}

}  // namespace proviso::check
