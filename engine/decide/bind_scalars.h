// One scalar of a call as a value of one type. JSON and setters share it.
//
// A weekday is "mon" to "sun" or the full English name, in lower case; a duration as the language
// writes it ("1d12h"), a time RFC 3339, a date "2026-12-20", an address as model/pattern.h reads
// it.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/decide/bind_names.h"
#include "engine/decide/bind_source.h"
#include "engine/decide/bound.h"
#include "engine/model/type.h"
#include "engine/model/zone.h"
#include "proviso/layout.h"

namespace re2 {
class RE2;
}

namespace proviso::decide {

/// Types whose values are mostly one short number or word.
enum class Plain : std::uint8_t { no, boolean, integer, decimal, money };

/// A type and what was made ready to read it.
struct TypeInfo {
    const model::Type* type = nullptr;
    const NameIndex* words = nullptr;         // of an enum
    const model::Zone* zone = nullptr;        // of times: that of stamps without one
    std::shared_ptr<const re2::RE2> pattern;  // null where there is none
    Plain plain = Plain::no;
    bool is_scalar = false;      // neither list, record, money nor opaque
    bool is_any_string = false;  // a string without length or pattern
    bool has_range = false;
    bool pattern_fails = false;  // a pattern that does not compile lets nothing match
    NameIndex fields;  // of a record; numbers past its fields are codes that money fields name
    std::size_t string_bytes = 0;  // Limits
    std::size_t list_length = 0;
};

/// Every scalar kind but money. A null is not looked at here.
[[nodiscard]] model::Value scalar_value(const TypeInfo& info, const Scalar& from, Arena& arena);

/// The same of a text that is valid.
[[nodiscard]] model::Value text_value(const TypeInfo& info, std::string_view text, Arena& arena);

/// A word of an enum without a range.
[[nodiscard]] inline model::Value word_value(std::uint32_t ordinal) {
    return ordinal == bytecode::none ? model::unknown(model::State::not_in_enum)
                                     : model::of_integer(ordinal);
}
[[nodiscard]] inline model::Value word_value(const TypeInfo& info, std::string_view word) {
    return word_value(info.words == nullptr ? bytecode::none : info.words->find(word));
}

/// The exact value of a number; nothing where `from` is none. `state` then says why.
[[nodiscard]] std::optional<model::Decimal> number_value(const Scalar& from, model::State& state);

/// A number of seconds (milliseconds, microseconds) since 1970.
[[nodiscard]] model::Value unix_time(const TypeInfo& info, const Scalar& from, TimeForm form);

[[nodiscard]] model::Value held_to_range(const TypeInfo& info, const model::Value& value);

/// A value of the type's kind, or unknown where it lies outside the type's range.
[[nodiscard]] inline model::Value in_range(const TypeInfo& info, const model::Value& value) {
    return info.has_range ? held_to_range(info, value) : value;
}

/// What is wrong with an argument, in plain words.
[[nodiscard]] std::string_view cause_text(model::State state, model::Kind kind);

}  // namespace proviso::decide
