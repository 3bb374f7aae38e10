// Code cut into blocks, and what is known of each. Private to the verifier.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "engine/bytecode/verify_context.h"

namespace proviso::bytecode {

/// Places as spans [begin, end), ascending and apart.
class Spans {
  public:
    using Span = std::pair<std::uint32_t, std::uint32_t>;

    [[nodiscard]] bool contains(std::uint32_t place) const;
    [[nodiscard]] std::size_t size() const { return spans_.size(); }
    [[nodiscard]] const std::vector<Span>& all() const { return spans_; }
    void add(std::uint32_t place) { spans_.emplace_back(place, place + 1); }
    void add(const Spans& others) {
        spans_.insert(spans_.end(), others.spans_.begin(), others.spans_.end());
    }
    /// To be called after `add`, before `contains`.
    void join();

  private:
    std::vector<Span> spans_;
};

/// Temporaries that surely hold a value at some point of a block, and of which base.
class Defined {
  public:
    struct Item {
        std::uint32_t place = 0;
        Base base = 0;
    };

    /// The base of what the place holds, or none.
    [[nodiscard]] Base find(std::uint32_t place) const;
    void set(std::uint32_t place, Base base);
    void keep_common(const Defined& other);
    void drop(const Spans& places);
    void drop(std::uint32_t place);
    [[nodiscard]] std::size_t size() const { return items_.size(); }
    [[nodiscard]] const std::vector<Item>& items() const { return items_; }

  private:
    std::vector<Item> items_;  // by place
};

/// What surely holds a value on entry of a block, and at every `done`.
struct Held {
    Defined on_entry;
    Defined at_end;
};

struct Block {
    std::uint32_t start = 0;
    bool is_condition = true;
    bool is_root = false;  // run from outside of code, or shared: sees no loop variable
    Range instructions;    // into Blocks::order: its own instructions, ascending
    // with all that it calls
    std::uint32_t depth = 1;
    std::uint64_t cost = 0;  // instructions of one run, those of shared blocks and of conditions
                             // that it calls aside; quantifiers count one round
    std::uint32_t shared_end = 0;  // one past the largest shared number that it reads
    std::uint8_t loop_depth = 2;   // least depth of its quantifiers, those of shared blocks aside
    Spans writes;
    bool entered = false;       // called from code that can be reached
    bool ended = false;         // its at_end is that of some `done`
    std::uint32_t held = none;  // into Blocks::held; none: nothing holds a value

    [[nodiscard]] bool runs() const { return is_root || entered; }
};

struct Blocks {
    std::vector<Block> all;                    // by start
    std::vector<std::uint32_t> at;             // instruction → block that starts there, or none
    std::vector<std::uint32_t> owner;          // instruction → block that it is part of, or none
    std::vector<std::uint32_t> order;          // instructions grouped by owner
    std::vector<std::uint32_t> callees_first;  // blocks, each after all that it calls
    std::vector<Held> held;                    // of the blocks that have any

    [[nodiscard]] const Held& held_by(const Block& block) const {
        static const Held nothing;
        return block.held == none ? nothing : held[block.held];
    }
    [[nodiscard]] Held& held_by(Block& block) {
        if (block.held == none) {
            block.held = static_cast<std::uint32_t>(held.size());
            held.emplace_back();
        }
        return held[block.held];
    }

    /// The block that an instruction calls, or none.
    [[nodiscard]] std::uint32_t callee(const Program& program, const Instruction& it) const;
};

}  // namespace proviso::bytecode
