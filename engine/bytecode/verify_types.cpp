// Types refer to types before them, so that none holds itself; constants and slots are what their
// types say, down to the last member.
#include <string>
#include <unordered_map>

#include "engine/bytecode/program_fields.h"
#include "engine/bytecode/verify_context.h"

namespace proviso::bytecode {
namespace {

using model::Kind;
using model::Type;
using model::Value;

// Parts of a type written out in full: what a reader of a value may have to walk over.
constexpr std::size_t max_type_parts = 1U << 20U;

class TypeCheck {
  public:
    explicit TypeCheck(Context& context) : context_(context) {}

    bool run() {
        const auto& enums = context_.program.types.enums();
        for (std::size_t i = 0; i < enums.size(); ++i) {
            if (!enumeration({"enum", i}, enums[i])) return false;
        }
        const auto& types = context_.program.types.types();
        for (std::size_t i = 0; i < types.size(); ++i) {
            if (!type({"type", i}, types[i], i)) return false;
            context_.bases.push_back(base_of(types[i], i));
        }
        return true;
    }

  private:
    bool enumeration(Where where, const model::EnumType& type) {
        return context_.require(!type.words.empty(), where, "it has no words") &&
               context_.require(type.words.size() <= context_.limits.enum_words, where,
                                "it has more words than the limit");
    }

    bool type(Where where, const Type& type, std::size_t self) {
        std::size_t depth = 1;
        std::size_t parts = 1;
        if (!part(where, type.kind == Kind::list, type.element, self, depth, parts)) return false;
        for (const model::Field& field : type.fields) {
            if (!part(where, true, field.type, self, depth, parts)) return false;
        }
        depths_.push_back(depth);
        parts_.push_back(parts);
        return own_fields(where, type) && bounds(where, type) &&
               context_.require(depth <= context_.limits.nesting, where, "it nests too deep") &&
               context_.require(parts <= max_type_parts, where, "it has too many parts");
    }

    // A part that is needed stands before `self`; its depth and parts are added.
    bool part(Where where, bool needed, TypeId id, std::size_t self, std::size_t& depth,
              std::size_t& parts) {
        if (!needed) return context_.require(id == model::no_type, where, "it has an element type");
        const auto at = static_cast<std::uint32_t>(id);
        if (!context_.index(where, "type", at, self)) return false;
        depth = std::max(depth, depths_[at] + 1);
        parts = std::min(parts + parts_[at], max_type_parts + 1);
        return true;
    }

    bool own_fields(Where where, const Type& type) {
        const bool is_enum = type.kind == Kind::enumeration;
        const auto id = static_cast<std::uint32_t>(type.enumeration);
        if (is_enum && !context_.index(where, "enum", id, context_.program.types.enums().size())) {
            return false;
        }
        if (type.zone &&
            !context_.index(where, "zone", *type.zone, context_.program.zones.size())) {
            return false;
        }
        return context_.require(type.kind == Kind::time || !type.zone, where,
                                "it has a zone and is no time") &&
               context_.require(type.kind == Kind::record || type.fields.empty(), where,
                                "it has fields and is no record") &&
               context_.require(type.pattern.size() <= context_.limits.regex_bytes, where,
                                "its pattern is longer than the limit");
    }

    bool bounds(Where where, const Type& type);

    // A key that is equal for equal bases; parts by their bases, so that it stays short.
    Base base_of(const Type& type, std::size_t self) {
        std::string key(1, static_cast<char>('a' + static_cast<int>(type.kind)));
        if (type.kind == Kind::enumeration) key += text(static_cast<std::size_t>(type.enumeration));
        if (type.kind == Kind::list) key += text(context_.base(type.element));
        for (const model::Field& field : type.fields) {
            key += text(field.name.size()) + ':' + field.name + text(context_.base(field.type));
            key += ',';
        }
        return known_.emplace(std::move(key), static_cast<Base>(self)).first->second;
    }

    Context& context_;
    std::vector<std::size_t> depths_;
    std::vector<std::size_t> parts_;
    std::unordered_map<std::string, Base> known_;
};

// ---------------------------------------------------------------- values

class ValueCheck {
  public:
    ValueCheck(Context& context, Where where) : context_(context), where_(where) {}

    // The depth of a value is that of its type, which is bounded.
    bool value(const Type& type, const Value& value) {
        if (!value.known()) return unknown(value);
        if (is_integer_like(type.kind)) return integer(type, value);
        if (type.kind == Kind::list) return list(type, value);
        if (type.kind == Kind::record) return record(type, value);
        return other(type, value);
    }

  private:
    bool fail(std::string_view why) { return context_.fail(where_, std::string(why)); }
    bool require(bool holds, std::string_view why) { return holds || fail(why); }

    bool unknown(const Value& value) {
        return require(static_cast<std::uint32_t>(value.state) < enumerators<model::State>,
                       "its state is out of range") &&
               require(value.integer == 0 && value.extra == 0, "it is unknown, yet has a value");
    }

    bool integer(const Type& type, const Value& value) {
        std::size_t count = 0;
        if (type.kind == Kind::boolean) count = 2;
        if (type.kind == Kind::weekday) count = 7;
        if (type.kind == Kind::enumeration) {
            count = context_.program.types.enumeration(type.enumeration).words.size();
        }
        const bool in = value.integer >= 0 && static_cast<std::uint64_t>(value.integer) < count;
        return require(count == 0 || in, "its number is no value of its type");
    }

    bool decimal(const Value& value) {
        const bool whole = value.scale == 0;
        return require(value.scale <= model::max_scale, "it has too many decimals") &&
               require(value.integer != INT64_MIN, "it does not fit") &&
               require(whole || value.integer % 10 != 0, "it is not in its shortest form");
    }

    bool currency(const Value& value) {
        bool capitals = value.extra >> 24U == 0;
        for (const unsigned shift : {0U, 8U, 16U}) {
            const std::uint32_t letter = value.extra >> shift & 0xFFU;
            capitals = capitals && letter >= 'A' && letter <= 'Z';
        }
        return require(capitals, "its currency is no code of three letters");
    }

    bool other(const Type& type, const Value& value) {
        if (type.kind == Kind::decimal) return decimal(value);
        if (type.kind == Kind::money) return decimal(value) && currency(value);
        if (type.kind == Kind::string) return require(is_utf8(value.view()), "it is not UTF-8");
        if (type.kind == Kind::ip) {
            return require(value.extra == 4 || value.extra == 6, "it is no address of 4 or 6");
        }
        return fail("it has a value of a type that has none");
    }

    bool list(const Type& type, const Value& it) {
        const Type& element = context_.program.types.type(type.element);
        for (std::uint32_t i = 0; i < it.extra; ++i) {
            if (!value(element, it.elements[i])) return false;
        }
        return true;
    }

    bool record(const Type& type, const Value& it) {
        if (it.extra != type.fields.size()) return fail("it has not the fields of its type");
        for (std::uint32_t i = 0; i < it.extra; ++i) {
            if (!value(context_.program.types.type(type.fields[i].type), it.elements[i])) {
                return false;
            }
        }
        return true;
    }

    Context& context_;
    Where where_;
};

bool TypeCheck::bounds(Where where, const Type& type) {
    const bool may_have = type.kind == Kind::integer || type.kind == Kind::decimal ||
                          type.kind == Kind::money || type.kind == Kind::duration ||
                          type.kind == Kind::date || type.kind == Kind::time;
    for (const auto& bound : {type.low, type.high}) {
        if (!bound) continue;
        if (!may_have || !bound->known()) return context_.fail(where, "it cannot have this range");
        if (!ValueCheck(context_, where).value(type, *bound)) return false;
    }
    return true;
}

bool verify_constants(Context& context) {
    const Program& program = context.program;
    if (program.constants.size() != program.constant_types.size()) {
        return context.fail({"constants", none}, "there are more of them than types, or fewer");
    }
    for (std::size_t i = 0; i < program.constants.size(); ++i) {
        const Where where{"constant", i};
        const TypeId type = program.constant_types[i];
        if (!context.type(where, type)) return false;
        const Type& of = program.types.type(type);
        if (!ValueCheck(context, where).value(of, program.constants[i])) return false;
    }
    return true;
}

// ---------------------------------------------------------------- slots

constexpr Kind builtin_kinds[] = {
    Kind::string, Kind::enumeration, Kind::enumeration, Kind::time,    Kind::string,
    Kind::string, Kind::string,      Kind::string,      Kind::decimal, Kind::string,
    Kind::string, Kind::string,      Kind::boolean,     Kind::boolean, Kind::string,
};
constexpr std::size_t builtin_count = static_cast<std::size_t>(Builtin::count);
static_assert(std::size(builtin_kinds) == builtin_count);

bool is_builtin(const Context& context, std::size_t index) {
    const Slot& slot = context.program.slots[index];
    const Type& type = context.program.types.type(slot.type);
    if (slot.source != SlotSource::builtin || type.kind != builtin_kinds[index]) return false;
    const auto at = static_cast<Builtin>(index);
    if (at == Builtin::stage) return type.enumeration == model::stage_enum;
    if (at == Builtin::tier) return type.enumeration == model::tier_enum;
    return true;
}

bool verify_slots(Context& context) {
    const Program& program = context.program;
    if (program.slots.size() < builtin_count) {
        return context.fail({"slots", none}, "the slots that every program has are not there");
    }
    for (std::size_t i = 0; i < program.slots.size(); ++i) {
        const Where where{"slot", i};
        const Slot& slot = program.slots[i];
        if (!context.type(where, slot.type)) return false;
        const bool builtin = slot.source == SlotSource::builtin;
        if (i < builtin_count ? !is_builtin(context, i) : builtin) {
            return context.fail(where, "it is not the slot that every program has there");
        }
        const Type& type = program.types.type(slot.type);
        if (!ValueCheck(context, where).value(type, slot.initial)) return false;
    }
    return true;
}

}  // namespace

bool verify_types(Context& context) {
    return TypeCheck(context).run() && verify_constants(context) && verify_slots(context);
}

}  // namespace proviso::bytecode
