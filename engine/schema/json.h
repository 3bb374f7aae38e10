// Reading a tree of JSON (grammar/document.h): members by name, whole numbers, kinds.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "engine/model/decimal.h"
#include "grammar/document.h"

namespace proviso::schema {

using grammar::Document;
using grammar::DocumentNode;

inline constexpr std::uint32_t nothing = 0xFFFFFFFF;

[[nodiscard]] inline bool is_map(const Document& document, std::uint32_t at) {
    return document.nodes[at].kind == DocumentNode::Kind::map;
}
[[nodiscard]] inline bool is_list(const Document& document, std::uint32_t at) {
    return document.nodes[at].kind == DocumentNode::Kind::list;
}
[[nodiscard]] bool is_text(const Document& document, std::uint32_t at);
/// `true`, `false` or `null`.
[[nodiscard]] bool is_word(const Document& document, std::uint32_t at, std::string_view word);

/// The value of a map's member, or `nothing`.
[[nodiscard]] std::uint32_t member(const Document& document, std::uint32_t map,
                                   std::string_view name);
/// The same for one who asks often: a map of any size is walked through once.
class NameIndex {
  public:
    [[nodiscard]] std::uint32_t find(const Document& document, std::uint32_t map,
                                     std::string_view name);

  private:
    using Names = std::unordered_map<std::string_view, std::uint32_t>;
    std::unordered_map<std::uint32_t, Names> maps_;
};

/// The same, of a text; empty where there is none.
[[nodiscard]] std::string_view text_member(const Document& document, std::uint32_t map,
                                           std::string_view name);
/// A number that fits exactly.
[[nodiscard]] std::optional<model::Decimal> number(const Document& document, std::uint32_t at);

/// Whether people read the text as it is: no control character, nothing invisible, no mark that
/// turns the direction.
[[nodiscard]] bool is_plain(std::string_view text);
/// The text for a message: `…` where it is not plain, or long.
[[nodiscard]] std::string_view shown(std::string_view text);

}  // namespace proviso::schema
