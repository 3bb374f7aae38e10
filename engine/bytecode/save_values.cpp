#include "engine/bytecode/save_values.h"

#include <utility>

namespace proviso::bytecode {

using model::Kind;
using model::State;
using model::Type;

namespace {

constexpr std::size_t address_bytes = 16;

// What a type's bounds hold: kinds without texts or members.
void put_number(Writer& writer, Kind kind, const Value& value) {
    writer.put(value.integer);
    if (kind == Kind::decimal || kind == Kind::money) writer.put(value.scale);
    if (kind == Kind::money) writer.put(value.extra);
}

Value get_number(Reader& reader, Kind kind) {
    Value value = model::of_integer(0);
    reader.get(value.integer);
    if (kind == Kind::decimal || kind == Kind::money) reader.get(value.scale);
    if (kind == Kind::money) reader.get(value.extra);
    return value;
}

bool has_bounds(Kind kind) {
    return kind != Kind::string && kind != Kind::ip && kind != Kind::list && kind != Kind::record &&
           kind != Kind::opaque;
}

void put_bound(Writer& writer, Kind kind, const std::optional<Value>& bound) {
    writer.put(bound.has_value());
    if (bound) put_number(writer, kind, *bound);
}

void get_bound(Reader& reader, Kind kind, std::optional<Value>& bound) {
    bool there = false;
    reader.get(there);
    if (there && !has_bounds(kind)) reader.fail("a type has a range that cannot have one");
    if (there && !reader.failed()) bound = get_number(reader, kind);
}

}  // namespace

void put_type(Writer& writer, const Type& type) {
    each_field(type, writer);
    put_bound(writer, type.kind, type.low);
    put_bound(writer, type.kind, type.high);
}

void put_value(Writer& writer, const model::TypeTable& types, TypeId id, const Value& value) {
    writer.put(value.state);
    if (!value.known()) return;
    const Type& type = types.type(id);
    switch (type.kind) {
        case Kind::string: writer.put(value.view()); return;
        case Kind::ip:
            writer.put(value.extra);
            writer.bytes().append(reinterpret_cast<const char*>(value.address), address_bytes);
            return;
        case Kind::list:
        case Kind::record:
            writer.put(value.extra);
            for (std::uint32_t i = 0; i < value.extra; ++i) {
                const TypeId part = type.kind == Kind::list ? type.element : type.fields[i].type;
                put_value(writer, types, part, value.elements[i]);
            }
            return;
        case Kind::boolean:
        case Kind::integer:
        case Kind::decimal:
        case Kind::money:
        case Kind::duration:
        case Kind::time:
        case Kind::date:
        case Kind::weekday:
        case Kind::enumeration: put_number(writer, type.kind, value); return;
        case Kind::opaque: return;
    }
}

Value ValueReader::value(TypeId id) {
    State state{};
    reader_.get(state);
    if (state != State::present || reader_.failed()) return model::unknown(state);
    const Type& type = program_.types.type(id);
    switch (type.kind) {
        case Kind::string: return text();
        case Kind::ip: return address();
        case Kind::list:
        case Kind::record: return elements(type);
        case Kind::boolean:
        case Kind::integer:
        case Kind::decimal:
        case Kind::money:
        case Kind::duration:
        case Kind::time:
        case Kind::date:
        case Kind::weekday:
        case Kind::enumeration: return get_number(reader_, type.kind);
        case Kind::opaque: break;
    }
    reader_.fail("a constant has a value of a type that has none");
    return model::unknown(State::missing);
}

Value ValueReader::text() {
    return model::of_text(program_.texts.emplace_back(reader_.text()));
}

Value ValueReader::address() {
    std::uint32_t family = 0;
    reader_.get(family);
    std::string& kept = program_.texts.emplace_back(reader_.take(address_bytes));
    kept.resize(address_bytes);
    return model::of_address(reinterpret_cast<const std::uint8_t*>(kept.data()), family);
}

Value ValueReader::elements(const Type& type) {
    const std::uint32_t count = reader_.count();
    if (type.kind == Kind::record && count != type.fields.size()) {
        reader_.fail("a record has not the fields of its type");
        return model::unknown(State::missing);
    }
    std::vector<Value> members;
    members.reserve(std::min<std::size_t>(count, reader_.left() / sizeof(Value)));
    for (std::uint32_t i = 0; i < count && !reader_.failed(); ++i) {
        members.push_back(value(type.kind == Kind::list ? type.element : type.fields[i].type));
    }
    const auto& kept = program_.lists.emplace_back(std::move(members));
    return model::of_elements(kept.data(), static_cast<std::uint32_t>(kept.size()));
}

// ---------------------------------------------------------------- the type table

namespace {

template <class Put>
std::string as_bytes(const Put& put) {
    Writer writer;
    put(writer);
    return std::move(writer.bytes());
}

std::string as_bytes(const Type& type) {
    return as_bytes([&](Writer& writer) { put_type(writer, type); });
}
std::string as_bytes(const model::EnumType& type) {
    return as_bytes([&](Writer& writer) { writer.put(type); });
}

class TypeReader {
  public:
    TypeReader(Reader& reader, model::TypeTable& types, std::size_t nesting)
        : reader_(reader),
          types_(types),
          nesting_(nesting) {}

    void run() {
        items<model::EnumType>(types_.enums(),
                               [this](model::EnumType& type) { reader_.get(type); });
        items<Type>(types_.types(), [this](Type& type) {
            reader_.get(type);
            get_bound(reader_, type.kind, type.low);
            get_bound(reader_, type.kind, type.high);
        });
    }

  private:
    // The table holds the built-in ones already; others are added.
    template <class T, class Get>
    void items(const std::vector<T>& known, const Get& get) {
        const std::size_t built_in = known.size();
        const std::uint32_t count = reader_.count();
        if (count < built_in) reader_.fail("the built-in types are not there");
        for (std::uint32_t i = 0; i < count && !reader_.failed(); ++i) {
            T type;
            get(type);
            if (reader_.failed() || !refers_back(type, i)) return;
            if (i >= built_in) {
                types_.add(std::move(type));
            } else if (as_bytes(type) != as_bytes(known[i])) {
                reader_.fail("a built-in type is another one");
            }
        }
    }

    static bool refers_back(const model::EnumType&, std::size_t) { return true; }

    bool refers_back(const Type& type, std::size_t self) {
        depths_.push_back(1);
        bool back = type.kind != Kind::list || part(type.element, self);
        for (const model::Field& field : type.fields) back = back && part(field.type, self);
        back = back && (type.kind != Kind::enumeration ||
                        static_cast<std::size_t>(type.enumeration) < types_.enums().size());
        if (!back) reader_.fail("a type refers to one that does not stand before it");
        if (depths_.back() > nesting_) reader_.fail("a type nests too deep");
        return !reader_.failed();
    }

    bool part(TypeId id, std::size_t self) {
        const auto at = static_cast<std::size_t>(id);
        if (at >= self) return false;
        depths_.back() = std::max(depths_.back(), depths_[at] + 1);
        return true;
    }

    Reader& reader_;
    model::TypeTable& types_;
    std::size_t nesting_;
    std::vector<std::size_t> depths_;
};

}  // namespace

void read_types(Reader& reader, model::TypeTable& types, std::size_t nesting) {
    TypeReader(reader, types, nesting).run();
}

}  // namespace proviso::bytecode
