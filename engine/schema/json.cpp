// See json.h.
#include "engine/schema/json.h"

#include <algorithm>
#include <string>

#include "engine/model/text.h"

namespace proviso::schema {

bool is_text(const Document& document, std::uint32_t at) {
    const DocumentNode& node = document.nodes[at];
    return node.kind == DocumentNode::Kind::scalar && node.quoted;
}

bool is_word(const Document& document, std::uint32_t at, std::string_view word) {
    const DocumentNode& node = document.nodes[at];
    return node.kind == DocumentNode::Kind::scalar && !node.quoted && node.text == word;
}

std::uint32_t member(const Document& document, std::uint32_t map, std::string_view name) {
    const DocumentNode& node = document.nodes[map];
    if (node.kind != DocumentNode::Kind::map) return nothing;
    for (std::size_t i = 0; i + 1 < node.items.size(); i += 2) {
        if (document.nodes[node.items[i]].text == name) return node.items[i + 1];
    }
    return nothing;
}

std::uint32_t NameIndex::find(const Document& document, std::uint32_t map, std::string_view name) {
    const DocumentNode& node = document.nodes[map];
    if (node.kind != DocumentNode::Kind::map) return nothing;
    const auto [place, added] = maps_.try_emplace(map);
    for (std::size_t i = 0; added && i + 1 < node.items.size(); i += 2) {
        place->second.try_emplace(document.nodes[node.items[i]].text, node.items[i + 1]);
    }
    const auto found = place->second.find(name);
    return found == place->second.end() ? nothing : found->second;
}

std::string_view text_member(const Document& document, std::uint32_t map, std::string_view name) {
    const std::uint32_t found = member(document, map, name);
    if (found == nothing || !is_text(document, found)) return {};
    return document.nodes[found].text;
}

std::optional<model::Decimal> number(const Document& document, std::uint32_t at) {
    const DocumentNode& node = document.nodes[at];
    if (node.kind != DocumentNode::Kind::scalar || node.quoted) return std::nullopt;
    return model::parse_json_number(node.text);
}

bool is_plain(std::string_view text) {
    std::string quoted;
    model::append_quoted(quoted, text, text.size() + 1);
    const auto escaped =
        std::count_if(text.begin(), text.end(), [](char c) { return c == '"' || c == '\\'; });
    return quoted.size() == text.size() + 2 + static_cast<std::size_t>(escaped);
}

std::string_view shown(std::string_view text) {
    constexpr std::size_t most_bytes = 40;
    return text.size() <= most_bytes && is_plain(text) ? text : "…";
}

}  // namespace proviso::schema
