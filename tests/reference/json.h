// JSON as it is written: names in their order, also where one stands twice, and numbers with all
// their digits. nlohmann's tree keeps neither, and refuses 1e999, which a call may well have.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace proviso::reference {

struct JsonMember;

struct Json {
    enum class Is { null, boolean, number, text, list, object };
    Is is = Is::null;
    bool truth = false;
    bool broken = false;  // a text with a surrogate that has no partner
    std::string text;     // of a text; of a number its digits
    std::vector<Json> items;
    std::vector<JsonMember> members;

    /// The first member of this name, or null.
    [[nodiscard]] const Json* find(std::string_view name) const;
    /// Whether an object has this name more than once.
    [[nodiscard]] bool repeats(std::string_view name) const;
    /// Whether any object in here has a name twice.
    [[nodiscard]] bool has_twice() const;
};

struct JsonMember {
    std::string name;
    Json value;
};

/// Nothing for what is no JSON.
[[nodiscard]] std::optional<Json> parse_json(std::string_view text);

}  // namespace proviso::reference
