// One line of somebody's log, and the places in it.
//
// Values are lifted out as they are written. A text that holds JSON and a list of keys and values
// become texts of their own, each with an outline, once a line however many places lead through.
// Covered by tests/unit/simulator/unfold_test.cpp.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/mapping/adapter.h"
#include "simulator/text/json_outline.h"

namespace proviso::simulator {

/// A value in a line; `outline` is null where a place leads nowhere.
struct SourceValue {
    const JsonOutline* outline = nullptr;
    std::uint32_t node = 0;

    [[nodiscard]] explicit operator bool() const { return outline != nullptr; }
    [[nodiscard]] std::string_view raw() const { return outline->raw(node); }
    [[nodiscard]] JsonNode::Kind kind() const { return outline->node(node).kind; }
};

/// One of the parts of a line that a `*` stands for, and what each `*` before it stands for.
struct SourceItem {
    SourceValue value;
    const Place* each = nullptr;          ///< null: the line itself
    std::vector<SourceValue> on_the_way;  ///< the value at each step of `each`
};

class SourceLine {
  public:
    /// Empty, or why the line cannot be read. The text is viewed until the next `read`.
    [[nodiscard]] std::string read(std::string_view text);
    /// The line, or its elements where it is a list.
    [[nodiscard]] std::vector<SourceValue> roots() const;

    /// The parts of `root` that the places lead to, in the order of the text; at most `most`.
    /// `why` is filled where one cannot be read.
    [[nodiscard]] std::vector<SourceItem> items(SourceValue root, const std::vector<Place>& each,
                                                std::size_t most, std::string& why);
    /// What stands there without the values that are masked.
    [[nodiscard]] std::string text_of(SourceValue value) const;
    /// From here on the values that the list at `place` points to, from `root`, are not there. What
    /// it says is empty, or why the list cannot be read.
    [[nodiscard]] std::string mask(const Place& place, SourceValue root);

    /// What stands at a place; null and nothing there are the same. `why` is filled where what is
    /// on the way cannot be read, or is there twice.
    [[nodiscard]] SourceValue find(const Place& place, SourceValue root, const SourceItem& item,
                                   std::string& why);

  private:
    [[nodiscard]] bool is_masked(SourceValue value) const;
    void append_unmasked(std::string& out, std::uint32_t node) const;
    /// How many steps of a place are those to the item, and what stands there.
    static std::pair<std::size_t, SourceValue> shared(const Place& place, SourceValue root,
                                                      const SourceItem& item);
    SourceValue walk(SourceValue from, const Place& place, std::size_t at, std::string& why);
    SourceValue step(SourceValue from, const PlaceStep& step, std::string& why);
    SourceValue read_as(SourceValue value, Reading reading, std::string& why);
    SourceValue keep(std::string text, std::string& why);
    void expand(SourceItem item, std::size_t at, std::size_t most, std::vector<SourceItem>& found,
                std::string& why);

    JsonOutline outline_;
    struct Text {
        std::string text;
        JsonOutline outline;
    };
    std::deque<Text> texts_;
    using Node = std::pair<const JsonOutline*, std::uint32_t>;
    struct Walked {
        SourceValue value;
        std::string why;
    };
    std::map<std::pair<Node, Reading>, Walked> read_;
    /// Places above the calls, which many calls share: without it a line costs its square.
    std::map<std::pair<const Place*, Node>, Walked> walked_;
    std::set<std::uint32_t> masked_;  // nodes of the line itself
};

/// OTLP's attributes as one object; none where the list is not of that form.
[[nodiscard]] std::optional<std::string> object_of_key_values(SourceValue list, std::string& why);

}  // namespace proviso::simulator
