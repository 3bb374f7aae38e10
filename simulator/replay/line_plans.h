// The lines of a packed block, decided by column: a plan for each shape that many lines have.
//
// A line that no plan binds is read as text, as any line; so that whichever way a line goes, what
// is decided of it is the same. Covered by tests/unit/simulator/packed_replay_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/line_calls.h"
#include "simulator/mapping/json_hash.h"
#include "simulator/packed/block_lines.h"
#include "simulator/replay/line_at_hand.h"
#include "simulator/replay/unread.h"
#include <proviso/engine.h>

namespace proviso::simulator {

struct LineGroup;

/// Goes through the lines of a block in their order.
class LinePlans {
  public:
    /// All outlive it. The session decides by no other layout meanwhile.
    LinePlans(const packed::BlockLines& lines, Session& session, const Layout& layout);
    ~LinePlans();
    LinePlans(const LinePlans&) = delete;
    LinePlans& operator=(const LinePlans&) = delete;

    /// False behind the last line.
    bool next();
    [[nodiscard]] const packed::ShapeColumns& shape() const { return lines_->shapes()[shape_]; }
    [[nodiscard]] std::size_t row() const { return row_; }
    /// Bytes of the line at hand with its line end.
    [[nodiscard]] std::uint64_t size() const { return shape().sizes[row_]; }
    /// Decides it, where its values tell all; else none, and its text has to be read.
    [[nodiscard]] std::optional<Verdict> preview(std::size_t most_bytes);

    /// What the lines of the shape are decided by; null: as text.
    [[nodiscard]] decide::LinePlan* line_plan() const { return planned_[shape_].plan.get(); }
    /// Of the line's tool (line_kinds.h); null where there is no plan yet, or there are too many.
    [[nodiscard]] LineGroup* group() {
        const Planned& planned = planned_[shape_];
        const std::size_t entry = planned.tool == nullptr ? 0 : planned.tool->entry_at(row_);
        if (entry >= planned.groups.size()) return nullptr;
        LineGroup* const group = planned.groups[entry].get();
        return group != nullptr ? group : make_group(entry);
    }
    /// What lines of another block have in common with the group's: their shape and tool.
    [[nodiscard]] std::uint64_t group_hash() const;
    /// Bytes of the document, where there is a plan.
    [[nodiscard]] std::size_t bytes() const { return size() - planned_[shape_].behind; }
    /// A value of the line as it is written; a view of the column or of `memory`.
    [[nodiscard]] std::string_view token(std::uint32_t column, std::string& memory) const;

    // Of a line that was decided so:
    /// As `hasher` makes of its arguments, where they are values side by side.
    [[nodiscard]] std::optional<std::uint64_t> arguments_hash(JsonHasher& hasher);
    /// Members of all lines of the shape that the policy does not know, as UnreadFinder tells them.
    using Unread = std::vector<std::pair<std::string, std::string>>;
    [[nodiscard]] const Unread& unread(UnreadFinder& finder, LineAtHand& line);

  private:
    struct MemberHash {
        std::uint64_t name = 0;
        const decide::ValueColumn* column = nullptr;
        std::vector<std::uint64_t> entries;  // of the member with each
    };
    struct Planned {
        std::size_t next = 0;  // row
        bool is_planned = false;
        std::size_t behind = 1;  // bytes at the end of a line that are none of the document
        std::unique_ptr<decide::LinePlan> plan;  // null: lines are read as text
        bool has_members = false;                // whether those are made
        std::vector<MemberHash> members;
        std::optional<Unread> unread;
        const decide::ValueColumn* tool = nullptr;  // null: all lines have one
        std::vector<std::unique_ptr<LineGroup>>
            groups;  // by the entry of the tool; none: no groups
    };
    void plan(Planned& planned);
    static void count_groups(Planned& planned);
    LineGroup* make_group(std::size_t entry);
    void hash_entries(Planned& planned, JsonHasher& hasher) const;
    [[nodiscard]] std::uint64_t hash_of(const decide::ValueColumn& column, JsonHasher& hasher);
    [[nodiscard]] std::string_view token(const decide::ValueColumn& column,
                                         std::string& memory) const;

    const packed::BlockLines* lines_;
    Session* session_;
    const Layout* layout_;
    decide::LineMemory plan_memory_;
    std::vector<Planned> planned_;  // by shape
    std::size_t line_ = 0;          // the next one
    std::size_t shape_ = 0;
    std::size_t row_ = 0;
    std::string memory_;  // for one value
};

}  // namespace proviso::simulator
