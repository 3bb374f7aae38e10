#include "engine/bytecode/serialize.h"

#include "engine/bytecode/save_values.h"
#include "engine/bytecode/verifier.h"
#include "engine/model/sha256.h"

namespace proviso::bytecode {
namespace {

constexpr std::string_view magic = "PVSO";
constexpr std::size_t header_bytes = 4 + 4 + 8;
constexpr std::size_t hash_bytes = 32;

int digit(char c) {
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

std::string sha256(std::string_view bytes) {
    const std::string hex = model::sha256_hex(bytes);
    std::string result;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        result.push_back(static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1])));
    }
    return result;
}

void put_payload(Writer& writer, const Program& program) {
    writer.put(program.types.enums());
    writer.put(static_cast<std::uint32_t>(program.types.types().size()));
    for (const model::Type& type : program.types.types()) put_type(writer, type);
    writer.put(program.constant_types);
    for (std::size_t i = 0; i < program.constants.size(); ++i) {
        put_value(writer, program.types, program.constant_types[i], program.constants[i]);
    }
    each_field(program, writer);
    for (const Slot& slot : program.slots) {
        put_value(writer, program.types, slot.type, slot.initial);
    }
}

class Loader {
  public:
    Loader(std::string_view payload, const Limits& limits) : reader_(payload), limits_(limits) {}

    LoadResult run() {
        read_types(reader_, program_.types, limits_.nesting);
        ValueReader values(reader_, program_);
        reader_.get(program_.constant_types);
        program_.constants.reserve(
            std::min(program_.constant_types.size(), reader_.left() / sizeof(Value)));
        for (const TypeId type : program_.constant_types) {
            program_.constants.push_back(value(values, type));
        }
        if (!reader_.failed()) each_field(program_, reader_);
        for (Slot& slot : program_.slots) slot.initial = value(values, slot.type);
        if (!reader_.failed() && reader_.left() > 0) reader_.fail("it goes on past its end");
        return result();
    }

  private:
    Value value(ValueReader& values, TypeId type) {
        if (static_cast<std::size_t>(type) >= program_.types.types().size()) {
            reader_.fail("a value is of a type that is not there");
        }
        if (reader_.failed()) return model::unknown(model::State::missing);
        return values.value(type);
    }

    LoadResult result() {
        if (reader_.failed()) return {std::nullopt, "the file is damaged: " + reader_.error()};
        if (const auto fault = verify(program_, limits_)) {
            return {std::nullopt, "the file is damaged: " + fault->where + ": " + fault->why};
        }
        return {std::move(program_), {}};
    }

    Reader reader_;
    const Limits& limits_;
    Program program_;
};

LoadResult refuse(std::string why) {
    return {std::nullopt, std::move(why)};
}

}  // namespace

std::string save(const Program& program) {
    Writer payload;
    put_payload(payload, program);
    Writer file;
    file.bytes() = magic;
    file(format_version, static_cast<std::uint64_t>(payload.bytes().size()));
    file.bytes() += payload.bytes();
    file.bytes() += sha256(file.bytes());
    return std::move(file.bytes());
}

LoadResult load(std::string_view bytes, const Limits& limits) {
    if (bytes.size() > limits.compiled_bytes) {
        return refuse("the file has " + std::to_string(bytes.size()) +
                      " bytes, more than the limit of " + std::to_string(limits.compiled_bytes));
    }
    if (!bytes.starts_with(magic)) return refuse("the file is not a compiled policy set");
    Reader header(bytes.substr(magic.size()));
    std::uint32_t version = 0;
    std::uint64_t size = 0;
    header(version);
    if (!header.failed() && version != format_version) {
        return refuse("the file has format version " + std::to_string(version) +
                      ", this engine reads version " + std::to_string(format_version));
    }
    header(size);
    if (header.failed() || header.left() < hash_bytes || size != header.left() - hash_bytes) {
        return refuse("the file is damaged: its length is not what it says");
    }
    const std::string_view hashed = bytes.substr(0, bytes.size() - hash_bytes);
    if (sha256(hashed) != bytes.substr(hashed.size())) {
        return refuse("the file is damaged: its hash is not that of its content");
    }
    return Loader(hashed.substr(header_bytes), limits).run();
}

}  // namespace proviso::bytecode
