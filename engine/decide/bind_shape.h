// The shape of a document: all of its bytes but the numbers, words and texts that are values.
//
// Documents of one origin mostly have one of a few shapes. Whether the grammar holds, which keys
// there are, that none comes twice and how deeply things are nested follows from the shape alone,
// so it is found out once, by the cursor (bind_json.h). A document of a shape that is known is
// compared with it, sixteen bytes at once, and read by a list of steps. What does not follow from
// the shape is looked at in every document: each number and word, each escape. A document that
// fails in any of these, and every document of another shape, is read by the cursor, which says
// what is wrong: shapes cost or save time, and nothing else depends on them.
//
// Why comparing bytes is enough: the first stage finds tokens by bytes alone. Where a document has
// the bytes of the shape from one token to the next value, it has the shape's tokens there; a value
// is one token; so what follows it is compared at its right place, to the last token.
// Covered by tests/unit/engine/decide/bind_shape_test.cpp and bind_property_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/decide/bind.h"
#include "engine/decide/bind_json.h"
#include "engine/decide/bind_tree.h"

namespace proviso::decide {

/// Sixteen bytes, compared at once.
using ShapeBytes [[gnu::vector_size(16)]] = std::uint64_t;

/// What stands at so many bytes from a token.
struct ShapePiece {
    ShapeBytes bytes{};
    ShapeBytes mask{};  // of those that count
    std::uint32_t token = 0;
    std::uint32_t offset = 0;
};

struct ShapeStep {
    enum class Kind : std::uint8_t {
        tool,    // a text that is the tool's name
        stage,   // a text that is the stage
        word,    // a text for a slot
        text,    // a text for entries that take it as it is
        scalar,  // a number or word for a slot
        roles,   // of the party that `slot` says
        args,    // all arguments
        value,   // any other value of an entry
        beside,  // the same, where the members beside it count
        unread,  // a number or word that means nothing here
    };
    Kind kind = Kind::text;
    std::uint16_t depth = 0;   // containers around the value
    std::uint16_t token = 0;   // of the value
    std::uint16_t parent = 0;  // of the object around it
    std::uint32_t entry = bytecode::none;
    std::uint32_t slot = bytecode::none;  // of a string, word or scalar; of roles the party
};

class DocumentShape {
  public:
    DocumentShape();

    /// Of a document that the cursor has read to its end. What is too large, or has a key twice,
    /// is not remembered: the shape is then that of no document.
    void learn(const JsonText& text, const HostTree& tree);
    [[nodiscard]] bool is_of(const JsonText& text) const;
    /// In no order: a slot that is given twice is unknown whatever comes first.
    [[nodiscard]] const std::vector<ShapeStep>& strings() const { return strings_; }
    [[nodiscard]] const std::vector<ShapeStep>& words() const { return words_; }
    /// All others, in the order of the document.
    [[nodiscard]] const std::vector<ShapeStep>& steps() const { return steps_; }
    /// Slots of strings and words.
    [[nodiscard]] const std::vector<std::uint32_t>& slots() const { return slots_; }

    std::uint32_t worth = 0;  // sinks with every document that is of no shape known

  private:
    /// The object at `place`; false where it is not to be remembered.
    [[nodiscard]] bool learn_object(const JsonText& text, const HostTree& tree, std::uint32_t node,
                                    const ShapeStep& place);
    void learn_value(const Entry& entry, ShapeStep step);
    void learn_text(const Entry& entry, bool alone, ShapeStep step);
    void learn_unread(ShapeStep step);
    [[nodiscard]] bool learn_pieces(const JsonText& text);
    [[nodiscard]] bool learn_piece(const JsonText& text, std::uint32_t& token, std::uint32_t begin,
                                   std::uint32_t end);
    [[nodiscard]] std::uint32_t behind(std::uint32_t at) const;
    [[nodiscard]] bool is_value(std::uint32_t token) const;
    [[nodiscard]] bool has_room() const;

    std::uint32_t count_ = 0;  // tokens; 0: of no document
    std::vector<ShapePiece> pieces_;
    std::vector<std::uint16_t> scalars_;  // tokens that are numbers or words
    std::vector<ShapeStep> strings_;
    std::vector<ShapeStep> words_;
    std::vector<ShapeStep> steps_;
    std::vector<std::uint32_t> slots_;
    // While learning:
    std::vector<char> kinds_;         // the first byte of each token; '0' for numbers and words
    std::vector<std::uint32_t> met_;  // entries of the objects around
};

/// The shapes that one session has met. Their memory is taken with the first document.
class DocumentShapes {
  public:
    /// The shape of a document, or null. `owner` is what makes names mean something: with another
    /// one, or another bound on nesting, all is forgotten.
    [[nodiscard]] const DocumentShape* find(const std::shared_ptr<const BoundLayout::Impl>& owner,
                                            std::size_t nesting, const JsonText& text);
    /// After `find` has found none, and the cursor nothing wrong with the document.
    void learn(const JsonText& text, const HostTree& tree);

  private:
    static constexpr std::size_t sets = 8;
    static constexpr std::size_t ways = 4;
    using Set = std::array<DocumentShape, ways>;

    std::shared_ptr<const BoundLayout::Impl>
        owner_;  // kept alive, so that no other has its address
    std::size_t nesting_ = 0;
    std::vector<Set> sets_;
};

}  // namespace proviso::decide
