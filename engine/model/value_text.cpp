// Values as people read them and as JSON. Both walk the type, since a value does not know its own.
// Tested by tests/unit/engine/model/value_text_test.cpp, which reads all JSON back.
#include <algorithm>
#include <vector>

#include "engine/model/calendar.h"
#include "engine/model/currency.h"
#include "engine/model/pattern.h"
#include "engine/model/text.h"
#include "engine/model/type.h"

namespace proviso::model {

namespace {

constexpr std::uint32_t listed_members = 20;

/// The word of an ordinal, or nothing where a value does not belong to its type.
std::optional<std::string_view> word_of(const TypeTable& types, const Type& type,
                                        std::int64_t ordinal) {
    if (type.enumeration == no_enum) return std::nullopt;
    const std::vector<std::string>& words = types.enumeration(type.enumeration).words;
    if (ordinal < 0 || static_cast<std::size_t>(ordinal) >= words.size()) return std::nullopt;
    return words[static_cast<std::size_t>(ordinal)];
}

/// The kinds whose text is the same for people and, in quotes, for JSON.
std::string plain_text(const Type& type, const Value& value) {
    switch (type.kind) {
        case Kind::duration: return duration_text(value.integer);
        case Kind::time: return time_text(value.integer);
        case Kind::date: return date_text(value.integer);
        case Kind::weekday: return std::string(weekday_text(value.integer));
        case Kind::ip: return address_text(value.address, value.extra);
        case Kind::boolean: return value.integer != 0 ? "true" : "false";
        case Kind::integer: return std::to_string(value.integer);
        case Kind::decimal:
        case Kind::money: return to_string(value.decimal());
        case Kind::string:
        case Kind::enumeration:
        case Kind::list:
        case Kind::record:
        case Kind::opaque: break;
    }
    return {};
}

void append_text(std::string& out, const TypeTable& types, TypeId id, const Value& value);

void append_list_text(std::string& out, const TypeTable& types, const Type& type,
                      const Value& value) {
    const std::uint32_t shown = std::min(value.extra, listed_members);
    out += '[';
    for (std::uint32_t i = 0; i < shown; ++i) {
        if (i > 0) out += ", ";
        append_text(out, types, type.element, value.elements[i]);
    }
    if (value.extra > shown) out += ", … " + std::to_string(value.extra - shown) + " more";
    out += ']';
}

void append_record_text(std::string& out, const TypeTable& types, const Type& type,
                        const Value& value) {
    out += '{';
    bool first = true;
    for (std::size_t i = 0; i < type.fields.size() && i < value.extra; ++i) {
        if (value.elements[i].state == State::absent) continue;
        out += first ? " " : ", ";
        first = false;
        out += type.fields[i].name + ": ";
        append_text(out, types, type.fields[i].type, value.elements[i]);
    }
    out += first ? "}" : " }";
}

void append_text(std::string& out, const TypeTable& types, TypeId id, const Value& value) {
    if (!value.known() || id == no_type) {
        out += "unknown";
        return;
    }
    const Type& type = types.type(id);
    switch (type.kind) {
        case Kind::string: return append_quoted(out, value.view());
        case Kind::list: return append_list_text(out, types, type, value);
        case Kind::record: return append_record_text(out, types, type, value);
        case Kind::enumeration:
            out += word_of(types, type, value.integer).value_or("unknown");
            return;
        case Kind::money:
            out += to_string(value.decimal()) + ' ' + unpack_currency(value.currency());
            return;
        case Kind::opaque: out += "untyped value"; return;
        case Kind::boolean:
        case Kind::integer:
        case Kind::decimal:
        case Kind::duration:
        case Kind::time:
        case Kind::date:
        case Kind::weekday:
        case Kind::ip: out += plain_text(type, value); return;
    }
}

void append_json(std::string& out, const TypeTable& types, TypeId id, const Value& value);

void append_list_json(std::string& out, const TypeTable& types, const Type& type,
                      const Value& value) {
    out += '[';
    for (std::uint32_t i = 0; i < value.extra; ++i) {
        if (i > 0) out += ',';
        append_json(out, types, type.element, value.elements[i]);
    }
    out += ']';
}

void append_word_json(std::string& out, const TypeTable& types, const Type& type,
                      const Value& value) {
    if (const auto word = word_of(types, type, value.integer)) {
        append_json_string(out, *word);
    } else {
        out += "null";
    }
}

void append_record_json(std::string& out, const TypeTable& types, const Type& type,
                        const Value& value) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < type.fields.size() && i < value.extra; ++i) {
        if (value.elements[i].state != State::absent) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return before_in_utf16(type.fields[a].name, type.fields[b].name);
    });
    out += '{';
    for (const std::size_t& i : order) {
        if (&i != order.data()) out += ',';
        append_json_string(out, type.fields[i].name);
        out += ':';
        append_json(out, types, type.fields[i].type, value.elements[i]);
    }
    out += '}';
}

void append_json(std::string& out, const TypeTable& types, TypeId id, const Value& value) {
    if (!value.known() || id == no_type) {
        out += "null";
        return;
    }
    const Type& type = types.type(id);
    switch (type.kind) {
        case Kind::list: return append_list_json(out, types, type, value);
        case Kind::record: return append_record_json(out, types, type, value);
        case Kind::string: return append_json_string(out, value.view());
        case Kind::enumeration: return append_word_json(out, types, type, value);
        case Kind::money:
            out += R"({"amount":")" + to_string(value.decimal()) + R"(","currency":)";
            append_json_string(out, unpack_currency(value.currency()));
            out += '}';
            return;
        case Kind::boolean:
        case Kind::integer: out += plain_text(type, value); return;
        case Kind::decimal:
        case Kind::duration:
        case Kind::time:
        case Kind::date:
        case Kind::weekday:
        case Kind::ip: return append_json_string(out, plain_text(type, value));
        case Kind::opaque: out += "null"; return;
    }
}

}  // namespace

std::string to_text(const TypeTable& types, TypeId type, const Value& value) {
    std::string out;
    append_text(out, types, type, value);
    return out;
}

std::string to_json(const TypeTable& types, TypeId type, const Value& value) {
    std::string out;
    append_json(out, types, type, value);
    return out;
}

}  // namespace proviso::model
