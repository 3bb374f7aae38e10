// The line of a history that is being decided: its text is made where somebody asks for it.
// Covered by tests/unit/simulator/packed_replay_test.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "simulator/packed/block_lines.h"
#include <proviso/engine.h>

namespace proviso::simulator {

class LineAtHand {
  public:
    void set(std::string_view text) {
        text_ = text;
        shape_ = nullptr;
    }
    /// Line `row` of those of a packed block that have the shape, without a return at its end.
    void set(const packed::ShapeColumns& shape, std::size_t row) {
        shape_ = &shape;
        row_ = row;
    }
    /// Before the text is asked for.
    void cut_return() {
        if (shape_ == nullptr && text_.ends_with('\r')) text_.remove_suffix(1);
    }
    /// `padding_bytes` are readable behind it. Stays until the next line.
    [[nodiscard]] std::string_view text();

  private:
    std::string_view text_;
    const packed::ShapeColumns* shape_ = nullptr;  // of a line that is not written yet
    std::size_t row_ = 0;
    std::string memory_;
};

/// Decides the line, which `read` decided last; its text is read only where the session binds it
/// otherwise.
[[nodiscard]] Verdict preview_read_line(Session& session, Session& read, const Layout& layout,
                                        LineAtHand& line);

}  // namespace proviso::simulator
