// Between the engine's values and those of native functions: signatures as types, and the call.
// Tested by tests/unit/engine/model/native_test.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/type.h"
#include "engine/model/value.h"
#include "proviso/native.h"

namespace proviso::model {

/// A type as a signature says it.
struct SignatureType {
    Kind kind = Kind::opaque;
    std::vector<std::string> names;    // of the fields of a record
    std::vector<SignatureType> parts;  // the types of its fields; one, of a list's members
};

struct Signature {
    std::string_view name;  // a view of the text
    std::vector<SignatureType> arguments;
    SignatureType result;
};

/// `text` is a signature of this build: one that is none is our mistake.
[[nodiscard]] Signature parse_signature(std::string_view text);

/// Whether a value of the type is one of the signature's; optional or not, constraints aside.
[[nodiscard]] bool accepts(const TypeTable& types, const SignatureType& wanted, TypeId type);

/// "[{ from : string, rate : decimal }]", as an author writes it.
[[nodiscard]] std::string text_of(const SignatureType& type);

struct NativeArgument {
    Value value;
    TypeId type = no_type;
};

/// At most `native::most_arguments` of the function's types. Unknown where one is, with its state.
/// A text in the result lives as long as the arguments and what `room` views, which has
/// `native::text_bytes` bytes. Allocates nothing.
[[nodiscard]] Value call_native(const native::Function& function, const TypeTable& types,
                                std::span<const NativeArgument> arguments, std::span<char> room);

}  // namespace proviso::model
