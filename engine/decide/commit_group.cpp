#include "engine/decide/commit_group.h"

namespace proviso::decide {

Fault CommitGroup::Member::begin() {
    group_.waiting_.fetch_add(1);
    lock_ = std::unique_lock(group_.mutex_);
    group_.waiting_.fetch_sub(1);
    if (group_.database_.moved()) return Fault::closed;
    has_savepoint_ = group_.has_members();
    const Fault fault = has_savepoint_ ? group_.sql_.set_savepoint() : group_.sql_.begin_write();
    under_way_ = fault == Fault::none;
    return fault;
}

Fault CommitGroup::Member::keep() {
    if (!under_way_) return Fault::unreadable;
    if (has_savepoint_) {
        if (const Fault fault = group_.sql_.drop_savepoint(); fault != Fault::none) return fault;
    }
    under_way_ = false;
    group_.members_.push_back(this);
    if (!group_.is_awaited() || group_.members_.size() >= most_steps) group_.finish();
    lock_.unlock();
    std::unique_lock answers(group_.answers_mutex_);
    group_.answered_.wait(answers, [&] { return answer_.has_value(); });
    return *answer_;
}

// Also where nothing began: what others left is not left to nobody.
void CommitGroup::Member::drop() {
    if (!lock_.owns_lock()) return;
    if (under_way_) {
        const Fault fault =
            has_savepoint_ ? group_.sql_.return_to_savepoint() : group_.sql_.roll_back();
        under_way_ = false;
        group_.answer_if_lost(fault == Fault::none ? Fault::unreadable : fault);
    }
    if (!group_.is_awaited()) group_.finish();
    lock_.unlock();
}

void CommitGroup::finish() {
    const bool commits = has_members();
    const Fault fault = commits ? sql_.commit() : Fault::none;
    if (database_.in_transaction()) [[maybe_unused]]
        const Fault ended = sql_.roll_back();
    if (commits) answer(fault);
}

void CommitGroup::answer(Fault fault) {
    {
        const std::scoped_lock answers(answers_mutex_);
        for (Member* member : members_) member->answer_ = fault;
    }
    members_.clear();
    answered_.notify_all();
}

void CommitGroup::answer_if_lost(Fault fault) {
    if (has_members() && !database_.in_transaction()) answer(fault);
}

}  // namespace proviso::decide
