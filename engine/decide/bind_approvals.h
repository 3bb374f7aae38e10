// The approvals that come with a call: read strictly, by the host's word. One that breaks its form
// never counts; it is kept with what is wrong, so that a decision can tell.
#pragma once

#include <string_view>
#include <vector>

#include "engine/decide/bind_convert.h"
#include "engine/decide/bind_state.h"
#include "proviso/call.h"

namespace proviso::decide {

/// Fills one approval, member by member.
class ApprovalReader {
  public:
    ApprovalReader(CallState& state, GivenApproval& to) : state_(&state), to_(&to) {}

    /// False where the member is not one that has a text.
    bool text(std::string_view member, const Scalar& value);
    /// False where the member is none that has a list of texts; then its texts.
    bool begin_list(std::string_view member);
    void list_text(const Scalar& value);
    void end_list();
    void fail(std::string_view why) {
        if (to_->fault.empty()) to_->fault = why;
    }
    /// One that no approval has.
    void unknown_member(std::string_view name);
    /// What is missing, and what the texts say.
    void finish();

  private:
    enum class Member : std::uint8_t {
        by,
        plan,
        requested_at,
        at,
        verdict,
        signature,
        roles,
        roles_now,
        gates,
        none
    };
    [[nodiscard]] static Member member_of(std::string_view name);
    void note(Member member);
    void read_verdict(std::string_view word);

    CallState* state_;
    GivenApproval* to_;
    bytecode::Range* list_ = nullptr;
    std::uint32_t seen_ = 0;  // bits of Member
};

template <class Source>
void read_texts(ApprovalReader& reader, Source& from) {
    if (from.shape() != Shape::list) {
        from.skip();
        return reader.fail("a list of it is no list");
    }
    from.elements([&] { reader.list_text(scalar_or_shape(from)); });
}

template <class Source>
void read_approval(CallState& state, Source& from) {
    GivenApproval* to = state.add_approval();
    if (to == nullptr) return from.skip();
    ApprovalReader reader(state, *to);
    if (from.shape() != Shape::object) {
        from.skip();
        return reader.fail("not an object");
    }
    from.members([&](std::string_view key) {
        const Scalar name = from.plain(key);
        if (reader.begin_list(name.text)) {
            read_texts(reader, from);
            return reader.end_list();
        }
        if (!reader.text(name.text, scalar_or_shape(from))) reader.unknown_member(name.text);
    });
    reader.finish();
}

/// The list of them; null is none.
template <class Source>
void read_approvals(CallState& state, Source& from) {
    switch (from.shape()) {
        case Shape::list: return from.elements([&] { read_approval(state, from); });
        case Shape::null: return from.skip();
        case Shape::boolean:
        case Shape::number:
        case Shape::text:
        case Shape::money:
        case Shape::object: break;
    }
    from.skip();
    state.approval_fault("not a list of approvals");
}

/// Those of a call's setters.
void read_approvals(CallState& state, const std::vector<Approval>& approvals);

}  // namespace proviso::decide
