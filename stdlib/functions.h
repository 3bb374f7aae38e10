// The native functions of this build: one row each in functions.cpp.
//
// Written against <proviso/native.h> alone. A new one is a function and a row with its signature;
// checker, compiler, machine and docs/stdlib.md follow from the row. What each must say of hostile
// text is in tests/golden/decide/stdlib.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "proviso/native.h"

namespace proviso::stdlib {

/// By name, ascending.
[[nodiscard]] std::span<const native::Function> functions();

/// Null where there is none of the name.
[[nodiscard]] const native::Function* find_function(std::string_view name);

[[nodiscard]] native::Value lower(std::span<const native::Value> arguments, std::span<char> room);
[[nodiscard]] native::Value domain_of(std::span<const native::Value> arguments,
                                      std::span<char> room);
[[nodiscard]] native::Value host_of(std::span<const native::Value> arguments, std::span<char> room);
[[nodiscard]] native::Value path_under(std::span<const native::Value> arguments,
                                       std::span<char> room);
[[nodiscard]] native::Value cidr(std::span<const native::Value> arguments, std::span<char> room);
[[nodiscard]] native::Value money(std::span<const native::Value> arguments, std::span<char> room);
[[nodiscard]] native::Value convert(std::span<const native::Value> arguments, std::span<char> room);
[[nodiscard]] native::Value sample(std::span<const native::Value> arguments, std::span<char> room);

}  // namespace proviso::stdlib
