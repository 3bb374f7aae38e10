// What `enum` and `const` list: words, or numbers and truths.
#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "engine/schema/json.h"

namespace proviso::schema {

/// Texts, in the order of the schema and each once; null beside them or not.
struct Words {
    std::vector<std::string_view> texts;
    bool null = false;

    [[nodiscard]] std::size_t size() const { return texts.size(); }
    /// Those of a schema's `enum` or `const`; false where it has neither, or other values too.
    [[nodiscard]] bool add_schema(const Document& document, std::uint32_t schema);

  private:
    bool add(const Document& document, std::uint32_t at);

    std::set<std::string_view> seen_;
};

struct Range {
    model::Decimal low;
    model::Decimal high;
};

struct Constants {
    std::string_view kind;  // "bool", "int" or "decimal"; empty where they are not of one kind
    std::string_view keyword;
    std::optional<Range> range;  // of numbers
    bool null = false;
    bool exact = false;  // the kind and the range have no further value
};
[[nodiscard]] Constants constants_of(const Document& document, std::uint32_t schema);

}  // namespace proviso::schema
