// The type table: its built-in rows, what makes two types the same, and their text. Printing of
// values is in value_text.cpp. Tested by tests/unit/engine/model/type_test.cpp.
#include "engine/model/type.h"

#include <cassert>
#include <utility>

#include "engine/model/text.h"

namespace proviso::model {

namespace {

/// The kinds that need no declaration, in the order of their types in a new table.
constexpr Kind scalar_kinds[] = {
    Kind::boolean, Kind::integer, Kind::decimal, Kind::money, Kind::string, Kind::duration,
    Kind::time,    Kind::date,    Kind::weekday, Kind::ip,    Kind::opaque,
};

std::string_view scalar_text(Kind kind) {
    switch (kind) {
        case Kind::boolean: return "bool";
        case Kind::integer: return "int";
        case Kind::decimal: return "decimal";
        case Kind::money: return "money";
        case Kind::string: return "string";
        case Kind::duration: return "duration";
        case Kind::time: return "time";
        case Kind::date: return "date";
        case Kind::weekday: return "weekday";
        case Kind::ip: return "ip";
        case Kind::opaque: return "untyped value";
        case Kind::enumeration: return "enum";
        case Kind::list: return "list";
        case Kind::record: return "record";
    }
    return "";
}

bool is_name(std::string_view word) {
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    if (word.empty() || !is_letter(word[0])) return false;
    for (const char c : word) {
        if (!is_letter(c) && !(c >= '0' && c <= '9')) return false;
    }
    return true;
}

/// Bare where an author may write it so.
void append_word(std::string& out, std::string_view word) {
    if (is_name(word)) {
        out += word;
    } else {
        append_quoted(out, word);
    }
}

std::string enum_text(const EnumType& type) {
    std::string out;
    for (const std::string& word : type.words) {
        if (!out.empty()) out += type.ordered ? " < " : " | ";
        append_word(out, word);
    }
    return out;
}

std::string record_text(const TypeTable& types, const Type& type) {
    std::string out = type.record_open ? "open {" : "{";
    for (const Field& field : type.fields) {
        out += &field == type.fields.data() ? " " : ", ";
        append_word(out, field.name);
        out += " : " + types.text(field.type);
    }
    return out + (type.fields.empty() ? "}" : " }");
}

}  // namespace

TypeTable::TypeTable() {
    add(EnumType{.name = "tier",
                 .words = {"informational", "reversible", "operational", "high_impact"},
                 .ordered = true});
    add(EnumType{.name = "stage",
                 .words = {"read", "propose", "prepare", "approve", "execute"},
                 .ordered = true});
    for (const Kind kind : scalar_kinds) {
        Type type;
        type.kind = kind;
        add(std::move(type));
    }
    for (const EnumId id : {tier_enum, stage_enum}) {
        Type type;
        type.kind = Kind::enumeration;
        type.enumeration = id;
        add(std::move(type));
    }
    assert(types_.size() == static_cast<std::size_t>(stage_type) + 1);
}

TypeId TypeTable::add(Type type) {
    types_.push_back(std::move(type));
    return static_cast<TypeId>(types_.size() - 1);
}

EnumId TypeTable::add(EnumType type) {
    enums_.push_back(std::move(type));
    return static_cast<EnumId>(enums_.size() - 1);
}

TypeId TypeTable::scalar(Kind kind) const {
    for (std::size_t i = 0; i < std::size(scalar_kinds); ++i) {
        if (scalar_kinds[i] == kind) return static_cast<TypeId>(i);
    }
    assert(false && "not a scalar kind");
    return no_type;
}

bool TypeTable::same_base(TypeId a, TypeId b) const {
    if (a == b) return true;
    if (a == no_type || b == no_type) return false;
    const Type& left = type(a);
    const Type& right = type(b);
    if (left.kind != right.kind || left.enumeration != right.enumeration) return false;
    if (left.kind == Kind::list) return same_base(left.element, right.element);
    if (left.fields.size() != right.fields.size()) return false;
    for (std::size_t i = 0; i < left.fields.size(); ++i) {
        if (left.fields[i].name != right.fields[i].name) return false;
        if (!same_base(left.fields[i].type, right.fields[i].type)) return false;
    }
    return true;
}

std::string TypeTable::text(TypeId id) const {
    if (id == no_type) return "?";
    const Type& type = this->type(id);
    std::string out;
    if (type.kind == Kind::list) {
        out = "[" + text(type.element) + "]";
    } else if (type.kind == Kind::record) {
        out = record_text(*this, type);
    } else if (type.kind == Kind::enumeration && type.enumeration != no_enum) {
        out = enum_text(enumeration(type.enumeration));
        if (type.optional) out = "(" + out + ")";
    } else {
        out = scalar_text(type.kind);
    }
    return type.optional ? out + "?" : out;
}

}  // namespace proviso::model
