#include "simulator/replay/line_at_hand.h"

#include "engine/observed.h"

namespace proviso::simulator {

std::string_view LineAtHand::text() {
    if (shape_ == nullptr) return text_;
    text_ = packed::BlockLines::write(*shape_, row_, memory_);
    shape_ = nullptr;
    cut_return();
    return text_;
}

Verdict preview_read_line(Session& session, Session& read, const Layout& layout, LineAtHand& line) {
    const auto made = preview_read_call(session, read);
    return made ? *made : session.preview(layout, line.text(), true);
}

}  // namespace proviso::simulator
