// Where the values of a JSON text begin and end: what it takes to lift some of them out as they are
// written, digits and escapes kept.
//
// One pass, no recursion, one node a value. It settles the structure and nothing else: what a text
// or a number says is checked by whoever reads the value that is lifted out.
// Covered by tests/unit/simulator/text/json_outline_test.cpp and tests/fuzz/unfold.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace proviso::simulator {

inline constexpr std::size_t outline_depth = 64;
inline constexpr std::size_t outline_values = 1u << 20;

struct JsonNode {
    enum class Kind : std::uint8_t { object, list, string, other };
    Kind kind = Kind::other;
    std::uint32_t begin = 0;  ///< of its raw text
    std::uint32_t end = 0;
    std::uint32_t name_begin = 0;  ///< of a member's name, quotes and escapes as written
    std::uint32_t name_end = 0;
    std::uint32_t next = 0;  ///< the first node that is not within this one
};

/// Nodes stand in the order of the text, a container before what is in it; the first is the whole.
class JsonOutline {
  public:
    /// Empty, or why the text is not one JSON value. The text is viewed, not kept, and has less
    /// than 4 GiB.
    [[nodiscard]] std::string_view read(std::string_view text);

    [[nodiscard]] const JsonNode& node(std::uint32_t at) const { return nodes_[at]; }
    [[nodiscard]] std::string_view raw(std::uint32_t at) const {
        return text_.substr(nodes_[at].begin, nodes_[at].end - nodes_[at].begin);
    }
    /// A member's name in quotes, as written.
    [[nodiscard]] std::string_view raw_name(std::uint32_t at) const {
        return text_.substr(nodes_[at].name_begin, nodes_[at].name_end - nodes_[at].name_begin);
    }
    [[nodiscard]] bool is_null(std::uint32_t at) const { return raw(at) == "null"; }

    struct Found {
        std::optional<std::uint32_t> node;
        bool twice = false;  ///< more than one member has the name
    };
    /// The member of an object.
    [[nodiscard]] Found member(std::uint32_t object, std::string_view name) const;

  private:
    class Reader;
    std::string_view text_;
    std::vector<JsonNode> nodes_;
};

/// What a JSON string in quotes says; none where its escapes or its UTF-8 are wrong.
[[nodiscard]] std::optional<std::string> unescaped(std::string_view raw);

}  // namespace proviso::simulator
