// Names that people bring along from other languages and from plain English, where this one has
// none such, and what to write instead: `str`, `null`, `now`, `user`, `x.startsWith(…)`.
//
// Covered by tests/golden/check/habits.
#pragma once

#include <string>
#include <string_view>

#include "engine/check/context.h"

namespace proviso::check {

/// Help for a type that is not there; empty where nothing is known of the word.
[[nodiscard]] std::string habitual_type(std::string_view word);

/// Help for a value that is not there.
[[nodiscard]] std::string habitual_value(std::string_view path);

/// Help for a function that is not there, which may be written as a method.
[[nodiscard]] std::string habitual_function(std::string_view path);

/// Help for a tool, role or window that is not there.
[[nodiscard]] std::string habitual_name(SymbolKind kind, std::string_view word);

/// Where the word is one of an attribute's enum: how to compare it with that attribute.
[[nodiscard]] std::string word_of_attribute(const Context& context, std::string_view word);

/// The tiers, for a word that is none.
[[nodiscard]] std::string tiers_listed(const Context& context);

}  // namespace proviso::check
