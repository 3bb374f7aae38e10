// See words.h.
#include "engine/schema/words.h"

#include <algorithm>

namespace proviso::schema {
namespace {

std::vector<std::uint32_t> listed(const Document& document, std::uint32_t schema) {
    const std::uint32_t all = member(document, schema, "enum");
    if (all != nothing && is_list(document, all)) return document.nodes[all].items;
    const std::uint32_t one = member(document, schema, "const");
    if (one != nothing) return {one};
    return {};
}

bool before(const model::Decimal& a, const model::Decimal& b) {
    return model::compare(a, b) < 0;
}

/// Whether whole numbers, sorted and each once, leave none out.
bool without_gap(const std::vector<model::Decimal>& numbers) {
    const auto first = static_cast<std::uint64_t>(numbers.front().coefficient);
    const auto last = static_cast<std::uint64_t>(numbers.back().coefficient);
    return last - first == numbers.size() - 1;
}

void take_numbers(std::vector<model::Decimal> numbers, Constants& found) {
    std::sort(numbers.begin(), numbers.end(), before);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    const bool whole = std::all_of(numbers.begin(), numbers.end(),
                                   [](const model::Decimal& one) { return one.scale == 0; });
    found.kind = whole ? "int" : "decimal";
    found.range = Range{numbers.front(), numbers.back()};
    found.exact = whole ? without_gap(numbers) : numbers.size() == 1;
}

}  // namespace

bool Words::add(const Document& document, std::uint32_t at) {
    if (is_word(document, at, "null")) {
        null = true;
        return true;
    }
    if (!is_text(document, at)) return false;
    const std::string_view text = document.nodes[at].text;
    if (seen_.insert(text).second) texts.push_back(text);
    return true;
}

bool Words::add_schema(const Document& document, std::uint32_t schema) {
    const std::vector<std::uint32_t> all = listed(document, schema);
    return !all.empty() && std::all_of(all.begin(), all.end(),
                                       [&](std::uint32_t one) { return add(document, one); });
}

Constants constants_of(const Document& document, std::uint32_t schema) {
    Constants found;
    found.keyword = member(document, schema, "enum") != nothing ? "enum" : "const";
    std::vector<model::Decimal> numbers;
    bool yes = false;
    bool no = false;
    std::size_t others = 0;
    for (const std::uint32_t one : listed(document, schema)) {
        const bool truth = is_word(document, one, "true");
        const bool falsehood = is_word(document, one, "false");
        const bool null = is_word(document, one, "null");
        yes = yes || truth;
        no = no || falsehood;
        found.null = found.null || null;
        if (truth || falsehood || null) continue;
        const std::optional<model::Decimal> value = number(document, one);
        value ? numbers.push_back(*value) : void(++others);
    }
    if (others > 0 || (!numbers.empty() && (yes || no))) return found;
    if (!numbers.empty()) {
        take_numbers(std::move(numbers), found);
    } else if (yes || no) {
        found.kind = "bool";
        found.exact = yes && no;
    }
    return found;
}

}  // namespace proviso::schema
