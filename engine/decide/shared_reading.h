// One reading of a call for two programs: a record that was bound for the one becomes, value by
// value, what binding the same document for the other would have made.
//
// That is so where both declare the same of all that the host tells (attributes, facts, roles and
// who holds them, limits of a call) and, of the call's tool, the same arguments, stages and tier.
// Slots may be numbered otherwise. It is found out once a pair; of other tools the document has to
// be read again. Covered by tests/unit/engine/shared_reading_test.cpp and
// tests/laws/shared_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/decide/bind.h"
#include "engine/decide/bound.h"

namespace proviso::decide {

class SharedReading {
  public:
    /// Both are used again with each call.
    SharedReading(const BindTables& from, const BindTables& to);

    /// Whether `read`, bound for `from`, can be taken over.
    [[nodiscard]] bool applies(const Bound& read) const;
    /// Resets `out` and fills it, where it applies; `ready` is left to do. Strings and lists are
    /// those of `read` and stay until that is bound again. What deciding has added to `read` is
    /// left out.
    void take_over(const Bound& read, Bound& out) const;
    /// Slots of `to` by those of `from`; none: no call fills it.
    [[nodiscard]] const std::vector<std::uint32_t>& slots() const { return slots_; }
    /// Whether `to` has the same slots, initial values and tools, number for number, and fills no
    /// slot while it decides, so that it may decide of `read` itself wherever this applies. What
    /// that changes are temporaries alone, which every block writes before it reads them.
    [[nodiscard]] bool same_numbers() const { return same_numbers_; }

  private:
    void copy_values(const Bound& read, Bound& out) const;

    const BindTables* to_;
    bool same_numbers_ = false;
    std::vector<std::uint32_t> slots_;  // of `to`, by slot of `from`; none: no call fills it
    /// Of `to`, by tool of `from`; none: it is read otherwise.
    std::vector<std::uint32_t> tools_;
    bool others_alike_ = false;  // names outside both catalogues
};

}  // namespace proviso::decide
