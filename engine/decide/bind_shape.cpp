// See bind_shape.h.
#include "engine/decide/bind_shape.h"

#include <algorithm>

#include "engine/decide/bind_names.h"

namespace proviso::decide {

namespace {

constexpr std::size_t most_tokens = 1024;
constexpr std::size_t most_keys = 96;
constexpr std::size_t most_steps = 128;
constexpr std::uint32_t new_worth = 8;
constexpr std::uint32_t most_worth = 64;
constexpr char scalar_kind = '0';

constexpr std::size_t piece = sizeof(ShapeKey::bytes);
/// Of a key with its quote: as much may be read behind any token.
constexpr std::size_t longest_key = 48;
static_assert(longest_key % piece == 0 && longest_key + 1 <= json_padding);

constexpr std::array<bool, 256> marks = [] {
    std::array<bool, 256> table{};
    for (const char c : {'{', '}', '[', ']', ':', ',', '"'}) {
        table[static_cast<unsigned char>(c)] = true;
    }
    return table;
}();

bool is_mark(char c) {
    return marks[static_cast<unsigned char>(c)];
}

bool is_open(char kind) {
    return kind == '{' || kind == '[';
}

}  // namespace

// ---------------------------------------------------------------- what is asked each time

bool DocumentShape::is_of(const JsonText& text) const {
    if (text.count != kinds_.size()) return false;
    const char* const bytes = text.bytes;
    const std::uint32_t* const tokens = text.tokens;
    const char* const kinds = kinds_.data();
    int differ = 0;
    for (const Run& run : runs_) {
#pragma GCC unroll 4
        for (std::uint32_t i = run.begin; i < run.end; ++i) differ |= bytes[tokens[i]] ^ kinds[i];
        // Behind each run but the last stands a number or a word.
        if (run.end < text.count && is_mark(bytes[tokens[run.end]])) return false;
    }
    if (differ != 0) return false;
    std::uint64_t other = 0;
    for (const ShapeKey& key : keys_) {
        const char* at = bytes + tokens[key.token] + 1 + key.offset;
        other |= (names::load8(at) ^ key.bytes[0]) & key.mask[0];
        other |= (names::load8(at + 8) ^ key.bytes[1]) & key.mask[1];
    }
    return other == 0;
}

const DocumentShape* DocumentShapes::find(const std::shared_ptr<const void>& owner,
                                          std::size_t nesting, const JsonText& text) {
    if (owner_ != owner || nesting_ != nesting) {
        owner_ = owner;
        nesting_ = nesting;
        sets_ = std::vector<Set>(sets);
    }
    for (DocumentShape& shape : sets_[text.count % sets]) {
        if (!shape.is_of(text)) continue;
        shape.worth = std::min(shape.worth + 1, most_worth);
        return &shape;
    }
    return nullptr;
}

// ---------------------------------------------------------------- what is learned

void DocumentShapes::learn(const JsonText& text, const HostTree& tree) {
    Set& set = sets_[text.count % sets];
    DocumentShape& shape = *std::min_element(
        set.begin(), set.end(),
        [](const DocumentShape& a, const DocumentShape& b) { return a.worth < b.worth; });
    if (shape.worth > 0) {
        --shape.worth;
        return;
    }
    shape.learn(text, tree);
    shape.worth = new_worth;
}

DocumentShape::DocumentShape() {
    kinds_.reserve(most_tokens);
    runs_.reserve(most_steps + 1);
    keys_.reserve(most_keys + longest_key / piece);
    steps_.reserve(most_steps);
    met_.reserve(most_keys);
}

bool DocumentShape::has_room() const {
    return keys_.size() <= most_keys && steps_.size() < most_steps;
}

void DocumentShape::learn(const JsonText& text, const HostTree& tree) {
    kinds_.clear();
    keys_.clear();
    steps_.clear();
    met_.clear();
    if (text.count > most_tokens) return;
    for (std::uint32_t i = 0; i < text.count; ++i) {
        const char c = text.bytes[text.tokens[i]];
        kinds_.push_back(is_mark(c) ? c : scalar_kind);
    }
    const bool learned = learn_object(text, tree, tree.root, {}) && has_room();
    if (!learned || !learn_runs()) kinds_.clear();
}

bool DocumentShape::learn_runs() {
    runs_.clear();
    std::uint32_t begin = 0;
    for (std::uint32_t i = 0; i <= tokens(); ++i) {
        if (i < tokens() && kinds_[i] != scalar_kind) continue;
        if (runs_.size() > most_steps) return false;
        runs_.push_back({begin, i});
        begin = i + 1;
    }
    return true;
}

/// The token behind the value at one, in a document that is right.
std::uint32_t DocumentShape::behind(std::uint32_t at) const {
    std::size_t open = 0;
    do {
        const char kind = kinds_[at++];
        if (is_open(kind)) ++open;
        if (kind == '}' || kind == ']') --open;
    } while (open > 0);
    return at;
}

void DocumentShape::learn_key(std::string_view key, std::uint32_t token) {
    for (std::size_t offset = 0; offset < key.size(); offset += piece) {
        const std::string_view part = key.substr(offset, piece);
        ShapeKey& known = keys_.emplace_back();
        known.token = static_cast<std::uint16_t>(token);
        known.offset = static_cast<std::uint16_t>(offset);
        std::array<char, piece> bytes{};
        std::copy(part.begin(), part.end(), bytes.begin());
        std::memcpy(known.bytes.data(), bytes.data(), piece);
        std::fill_n(bytes.begin(), part.size(), '\xFF');
        std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(part.size()), bytes.end(), '\0');
        std::memcpy(known.mask.data(), bytes.data(), piece);
    }
}

bool DocumentShape::learn_object(const JsonText& text, const HostTree& tree, std::uint32_t node,
                                 const ShapeStep& place) {
    const std::size_t around = met_.size();
    ShapeStep step;
    step.parent = place.token;
    step.depth = static_cast<std::uint16_t>(place.depth + 1);
    std::uint32_t at = place.token + 1U;
    while (kinds_[at] != '}') {
        if (kinds_[at] == ',') ++at;
        const std::string_view key = text.text_at(at);
        const bool odd = key.size() >= longest_key || key.find('\\') != std::string_view::npos;
        if (odd || !has_room()) return false;
        learn_key({key.data(), key.size() + 1}, at);
        step.token = static_cast<std::uint16_t>(at + 2);
        step.entry = tree.nodes[node].names.find(key);
        at = behind(step.token);
        if (step.entry == bytecode::none) {
            learn_unread(step);
            continue;
        }
        const auto begin = met_.begin() + static_cast<std::ptrdiff_t>(around);
        if (std::find(begin, met_.end(), step.entry) != met_.end()) return false;
        met_.push_back(step.entry);
        const Entry& entry = tree.entries[step.entry];
        const bool group = entry.target == Target::group && entry.next == bytecode::none &&
                           entry.field == bytecode::none && entry.node != bytecode::none;
        if (group && kinds_[step.token] == '{') {
            if (!learn_object(text, tree, entry.node, step)) return false;
            continue;
        }
        const bool quick = entry.quick != Quick::no && kinds_[step.token] == '"';
        step.kind = quick ? ShapeStep::Kind::text : ShapeStep::Kind::value;
        steps_.push_back(step);
    }
    met_.resize(around);
    return true;
}

void DocumentShape::learn_unread(ShapeStep step) {
    step.kind = ShapeStep::Kind::unread;
    for (const std::uint32_t end = behind(step.token); step.token < end; ++step.token) {
        if (kinds_[step.token] == scalar_kind && has_room()) steps_.push_back(step);
    }
}

}  // namespace proviso::decide
