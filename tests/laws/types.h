// Types of generated sets, and values of them: as literals of the language and as JSON of a call.
//
// Both are drawn from the same short lists, so that comparisons come out equal, just below and just
// above often enough.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/laws/random.h"

namespace proviso::laws {

enum class Kind {
    boolean,
    integer,
    decimal,
    money,
    text,
    duration,
    time,
    date,
    weekday,
    ip,
    word,
    list,
    record
};

struct Field;

struct Type {
    Kind kind = Kind::integer;
    bool optional = false;
    std::string name;                // of a declared type; empty where it is written in place
    std::vector<std::string> words;  // of an enum
    bool ordered = false;
    std::vector<Type> element;  // one, of a list
    std::vector<Field> fields;  // of a record
    std::string currency;       // of money that has one
    std::string with;           // of money: the field with its code
    bool minor = false;
    std::string constraint;          // "in 0 .. 9"; what stands behind the type
    std::vector<std::string> edges;  // JSON values at the ends of the constraint and past them
};

struct Field {
    std::string name;
    Type type;
};

/// As it stands behind a colon.
[[nodiscard]] std::string text_of(const Type& type);

/// A type of this kind without name. Lists and records have at most `depth` levels more in them.
[[nodiscard]] Type random_type(Random& random, Kind kind, int depth);
[[nodiscard]] Kind random_scalar_kind(Random& random);

/// A literal of the language; of money in `currency` where that is given.
[[nodiscard]] std::string literal(Random& random, const Type& type,
                                  const std::string& currency = {});
/// Literals of a measure, ascending and all different.
[[nodiscard]] std::vector<std::string> ascending_literals(Random& random, const Type& type,
                                                          std::size_t count);

/// A JSON value that fits the type, constraints aside now and then.
[[nodiscard]] std::string json_value(Random& random, const Type& type);
/// A JSON value that does not fit, or null.
[[nodiscard]] std::string wrong_json(Random& random, const Type& type);
/// JSON text of a string, escapes spread in.
[[nodiscard]] std::string json_text(Random& random, const std::string& text);

}  // namespace proviso::laws
