// The type table: built-in rows, sameness, text.
#include "engine/model/type.h"

#include <utility>

#include <catch2/catch.hpp>

namespace proviso::model {

namespace {

TypeId list_of(TypeTable& types, TypeId element, bool optional = false) {
    Type type;
    type.kind = Kind::list;
    type.element = element;
    type.optional = optional;
    return types.add(std::move(type));
}

TypeId record_of(TypeTable& types, std::vector<Field> fields) {
    Type type;
    type.kind = Kind::record;
    type.fields = std::move(fields);
    return types.add(std::move(type));
}

TypeId enum_of(TypeTable& types, std::vector<std::string> words, bool ordered,
               bool optional = false) {
    Type type;
    type.kind = Kind::enumeration;
    type.enumeration = types.add(EnumType{"e", std::move(words), ordered});
    type.optional = optional;
    return types.add(std::move(type));
}

}  // namespace

TEST_CASE("a new table has the scalar kinds and the built-in enums") {
    const TypeTable types;
    for (const Kind kind :
         {Kind::boolean, Kind::integer, Kind::decimal, Kind::money, Kind::string, Kind::duration,
          Kind::time, Kind::date, Kind::weekday, Kind::ip, Kind::opaque}) {
        const Type& type = types.type(types.scalar(kind));
        CHECK(type.kind == kind);
        CHECK_FALSE(type.optional);
    }
    CHECK(types.enumeration(tier_enum).name == "tier");
    CHECK(types.enumeration(stage_enum).words.size() == 5);
    CHECK(types.type(tier_type).enumeration == tier_enum);
    CHECK(types.type(stage_type).enumeration == stage_enum);
    CHECK(types.text(stage_type) == "read < propose < prepare < approve < execute");
    CHECK(types.text(tier_type) == "informational < reversible < operational < high_impact");
}

TEST_CASE("types read as an author writes them") {
    TypeTable types;
    CHECK(types.text(types.scalar(Kind::money)) == "money");
    CHECK(types.text(types.scalar(Kind::boolean)) == "bool");
    CHECK(types.text(types.scalar(Kind::integer)) == "int");
    CHECK(types.text(enum_of(types, {"free", "silver", "gold"}, true)) == "free < silver < gold");
    CHECK(types.text(enum_of(types, {"dev", "in review", "\u202E"}, false, true)) ==
          R"((dev | "in review" | "\u{202e}")?)");
    const TypeId strings = list_of(types, types.scalar(Kind::string), true);
    CHECK(types.text(strings) == "[string]?");
    CHECK(types.text(record_of(types, {{"id", types.scalar(Kind::string)}, {"tags", strings}})) ==
          "{ id : string, tags : [string]? }");
    CHECK(types.text(record_of(types, {})) == "{}");
    CHECK(types.text(list_of(types, no_type)) == "[?]");
}

TEST_CASE("constraints and optionality do not make another base, declarations do") {
    TypeTable types;
    const TypeId integer = types.scalar(Kind::integer);
    Type narrow;
    narrow.kind = Kind::integer;
    narrow.optional = true;
    narrow.low = of_integer(1);
    const TypeId narrow_integer = types.add(std::move(narrow));
    CHECK(types.same_base(integer, narrow_integer));
    CHECK(types.same_base(list_of(types, integer), list_of(types, narrow_integer)));
    CHECK_FALSE(types.same_base(integer, types.scalar(Kind::decimal)));
    CHECK_FALSE(types.same_base(list_of(types, integer), integer));
    CHECK_FALSE(types.same_base(list_of(types, integer), list_of(types, tier_type)));

    const TypeId first = enum_of(types, {"a", "b"}, false);
    CHECK_FALSE(types.same_base(first, enum_of(types, {"a", "b"}, false)));
    CHECK(types.same_base(first, first));

    const TypeId record = record_of(types, {{"a", integer}, {"b", first}});
    CHECK(types.same_base(record, record_of(types, {{"a", narrow_integer}, {"b", first}})));
    const TypeId shorter = record_of(types, {{"a", integer}});
    CHECK_FALSE(types.same_base(record, shorter));
    CHECK_FALSE(types.same_base(shorter, record));
    CHECK_FALSE(types.same_base(record, record_of(types, {{"a", integer}, {"c", first}})));
    CHECK_FALSE(types.same_base(record, record_of(types, {{"b", first}, {"a", integer}})));
    CHECK_FALSE(types.same_base(no_type, integer));
    CHECK_FALSE(types.same_base(integer, no_type));
}

TEST_CASE("every state has a name of its own") {
    std::vector<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(State::other_key); ++i) {
        names.push_back(name(static_cast<State>(i)));
    }
    std::sort(names.begin(), names.end());
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
    CHECK(name(State::wrong_type) == "wrong type");
}

}  // namespace proviso::model
