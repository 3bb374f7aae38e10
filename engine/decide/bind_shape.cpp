// See bind_shape.h.
#include "engine/decide/bind_shape.h"

#include <algorithm>

#include "engine/decide/bind_names.h"

namespace proviso::decide {

namespace {

constexpr std::size_t most_tokens = 1024;
constexpr std::size_t most_pieces = 192;
constexpr std::size_t most_steps = 128;
constexpr std::uint32_t new_worth = 64;
constexpr std::uint32_t most_worth = 256;
constexpr char scalar_kind = '0';

constexpr std::size_t piece_bytes = sizeof(ShapeBytes);
/// A piece begins at most so far behind a token, so that it ends in what may be read behind any.
constexpr std::uint32_t farthest = json_padding - piece_bytes - 1;

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

ShapeBytes load(const char* from) {
    ShapeBytes bytes;
    std::memcpy(&bytes, from, sizeof bytes);
    return bytes;
}

}  // namespace

// ---------------------------------------------------------------- what is asked each time

bool DocumentShape::is_of(const JsonText& text) const {
    if (text.count != count_) return false;
    ShapeBytes differ{};
    for (const ShapePiece& piece : pieces_) {
        const char* at = text.bytes + text.tokens[piece.token] + piece.offset;
        differ |= (load(at) ^ piece.bytes) & piece.mask;
    }
    if ((differ[0] | differ[1]) != 0) return false;
    for (const std::uint16_t token : scalars_) {
        if (is_mark(text.bytes[text.tokens[token]])) return false;
    }
    return true;
}

const DocumentShape* DocumentShapes::find(const std::shared_ptr<const BoundLayout::Impl>& owner,
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
    pieces_.reserve(most_pieces);
    scalars_.reserve(most_steps);
    strings_.reserve(most_steps);
    words_.reserve(most_steps);
    steps_.reserve(most_steps);
    slots_.reserve(most_steps);
    met_.reserve(most_steps);
}

bool DocumentShape::has_room() const {
    return steps_.size() + slots_.size() < most_steps && met_.size() < most_steps;
}

void DocumentShape::learn(const JsonText& text, const HostTree& tree) {
    count_ = 0;
    kinds_.clear();
    strings_.clear();
    words_.clear();
    steps_.clear();
    slots_.clear();
    met_.clear();
    if (text.count == 0 || text.count > most_tokens) return;
    for (std::uint32_t i = 0; i < text.count; ++i) {
        const char c = text.bytes[text.tokens[i]];
        kinds_.push_back(is_mark(c) ? c : scalar_kind);
    }
    const bool learned =
        kinds_.front() == '{' && learn_object(text, tree, tree.root, {}) && has_room();
    if (learned && learn_pieces(text)) count_ = text.count;
}

/// Whether a value stands at a token, and no name or mark.
bool DocumentShape::is_value(std::uint32_t token) const {
    if (kinds_[token] == scalar_kind) return true;
    return kinds_[token] == '"' && kinds_[token + 1] != ':';
}

bool DocumentShape::learn_pieces(const JsonText& text) {
    pieces_.clear();
    scalars_.clear();
    for (std::uint32_t token = 0; token < text.count; ++token) {
        // From here to the next value, its opening quote included.
        std::uint32_t last = token;
        while (last + 1 < text.count && !is_value(last)) ++last;
        if (kinds_[last] == scalar_kind) {
            if (scalars_.size() == most_steps) return false;
            scalars_.push_back(static_cast<std::uint16_t>(last));
        }
        const std::uint32_t end = text.tokens[last] + (kinds_[last] == scalar_kind ? 0 : 1);
        std::uint32_t anchor = token;
        for (std::uint32_t at = text.tokens[token]; at < end; at += piece_bytes) {
            if (!learn_piece(text, anchor, at, end)) return false;
        }
        token = last;
    }
    return true;
}

/// Bytes of a document, as many as fit, from the last token before them on.
bool DocumentShape::learn_piece(const JsonText& text, std::uint32_t& anchor, std::uint32_t begin,
                                std::uint32_t end) {
    while (anchor + 1 < text.count && text.tokens[anchor + 1] <= begin) ++anchor;
    ShapePiece piece;
    piece.token = anchor;
    piece.offset = begin - text.tokens[anchor];
    if (piece.offset > farthest || pieces_.size() == most_pieces) return false;
    const std::size_t size = std::min<std::size_t>(piece_bytes, end - begin);
    std::array<char, piece_bytes> mask{};
    std::fill_n(mask.begin(), size, '\xFF');
    std::memcpy(&piece.bytes, text.bytes + begin, piece_bytes);
    std::memcpy(&piece.mask, mask.data(), piece_bytes);
    pieces_.push_back(piece);
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
        if (key.find('\\') != std::string_view::npos || !has_room()) return false;
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
        learn_value(entry, step);
    }
    met_.resize(around);
    return true;
}

void DocumentShape::learn_value(const Entry& entry, ShapeStep step) {
    step.kind = entry.beside ? ShapeStep::Kind::beside : ShapeStep::Kind::value;
    const bool alone = entry.next == bytecode::none && entry.field == bytecode::none &&
                       entry.node == bytecode::none && !entry.beside;
    if (alone && entry.target == Target::slot) step.slot = entry.number;
    const bool as_is = step.slot != bytecode::none && !entry.number_as_text;
    if (as_is && kinds_[step.token] == scalar_kind) {
        step.kind = ShapeStep::Kind::scalar;
    }
    if (alone && entry.target == Target::args) step.kind = ShapeStep::Kind::args;
    if (alone && entry.target == Target::roles) {
        step.kind = ShapeStep::Kind::roles;
        step.slot = entry.number;
    }
    if (entry.quick != Quick::no && kinds_[step.token] == '"') {
        return learn_text(entry, alone, step);
    }
    steps_.push_back(step);
}

void DocumentShape::learn_text(const Entry& entry, bool alone, ShapeStep step) {
    step.kind = ShapeStep::Kind::text;
    switch (alone ? entry.quick : Quick::capture) {
        case Quick::string: slots_.push_back(step.slot); return strings_.push_back(step);
        case Quick::word: slots_.push_back(step.slot); return words_.push_back(step);
        case Quick::text: step.kind = ShapeStep::Kind::word; break;
        case Quick::tool: step.kind = ShapeStep::Kind::tool; break;
        case Quick::stage: step.kind = ShapeStep::Kind::stage; break;
        case Quick::capture:
        case Quick::no: break;
    }
    steps_.push_back(step);
}

void DocumentShape::learn_unread(ShapeStep step) {
    step.kind = ShapeStep::Kind::unread;
    for (const std::uint32_t end = behind(step.token); step.token < end; ++step.token) {
        if (kinds_[step.token] == scalar_kind && has_room()) steps_.push_back(step);
    }
}

}  // namespace proviso::decide
