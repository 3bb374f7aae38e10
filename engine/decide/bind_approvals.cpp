// See bind_approvals.h.
#include "engine/decide/bind_approvals.h"

#include <algorithm>

#include "engine/decide/bind_setters.h"
#include "engine/decide/bind_tables.h"
#include "engine/model/calendar.h"

namespace proviso::decide {

namespace {

constexpr std::size_t plan_digits = 64;

bool is_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

void add_texts(ApprovalReader& reader, std::string_view member,
               const std::vector<std::string>& texts) {
    if (!reader.begin_list(member)) return;
    for (const std::string& text : texts) reader.list_text(text_scalar(text));
    reader.end_list();
}

}  // namespace

ApprovalReader::Member ApprovalReader::member_of(std::string_view name) {
    if (name == "by") return Member::by;
    if (name == "plan") return Member::plan;
    if (name == "requested_at") return Member::requested_at;
    if (name == "at") return Member::at;
    if (name == "verdict") return Member::verdict;
    if (name == "signature") return Member::signature;
    if (name == "roles") return Member::roles;
    if (name == "roles_now") return Member::roles_now;
    return name == "gates" ? Member::gates : Member::none;
}

void ApprovalReader::note(Member member) {
    const std::uint32_t bit = 1U << static_cast<std::uint32_t>(member);
    if ((seen_ & bit) != 0) fail("a member of it is given twice");
    seen_ |= bit;
}

bool ApprovalReader::text(std::string_view member, const Scalar& value) {
    std::string_view* to = nullptr;
    const Member which = member_of(member);
    switch (which) {
        case Member::by: to = &to_->by; break;
        case Member::plan: to = &to_->plan; break;
        case Member::requested_at: to = &to_->requested_at; break;
        case Member::at: to = &to_->at; break;
        case Member::signature: to = &to_->signature; break;
        case Member::verdict: break;
        case Member::roles:
        case Member::roles_now:
        case Member::gates:
        case Member::none: return false;
    }
    note(which);
    const bool fits = value.shape == Shape::text && !value.broken &&
                      value.text.size() <= state_->tables().string_bytes;
    if (!fits) {
        fail("a text of it is none, or too long");
    } else if (to != nullptr) {
        *to = value.text;
    } else {
        read_verdict(value.text);
    }
    return true;
}

void ApprovalReader::read_verdict(std::string_view word) {
    to_->rejects = word == "reject";
    if (!to_->rejects && word != "approve") fail("its verdict is neither approve nor reject");
}

bool ApprovalReader::begin_list(std::string_view member) {
    const Member which = member_of(member);
    switch (which) {
        case Member::roles: list_ = &to_->roles; break;
        case Member::roles_now:
            list_ = &to_->roles_now;
            to_->has_roles_now = true;
            break;
        case Member::gates: list_ = &to_->gates; break;
        case Member::by:
        case Member::plan:
        case Member::requested_at:
        case Member::at:
        case Member::verdict:
        case Member::signature:
        case Member::none: return false;
    }
    list_->begin = static_cast<std::uint32_t>(state_->out().approval_texts.size());
    list_->count = 0;
    note(which);
    return true;
}

void ApprovalReader::list_text(const Scalar& value) {
    const Limits& limits = state_->tables().limits;
    const std::size_t most = list_ == &to_->gates ? limits.approval_gates : limits.call_roles;
    if (value.shape != Shape::text || value.broken || list_->count == most) {
        return fail("a list of it has something that is no text, or too much");
    }
    ++list_->count;
    state_->out().approval_texts.push_back(value.text);
}

void ApprovalReader::unknown_member(std::string_view name) {
    if (!to_->fault.empty()) return;
    constexpr std::string_view front = "a member it has not: `";
    constexpr std::size_t longest = 40;
    if (name.size() > longest) {
        std::size_t end = longest;
        while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
        name = name.substr(0, end);
    }
    const std::size_t size = front.size() + name.size() + 1;
    char* const text = state_->out().arena.bytes(size);
    char* at = std::copy(front.begin(), front.end(), text);
    at = std::copy(name.begin(), name.end(), at);
    *at = '`';
    fail({text, size});
}

void ApprovalReader::end_list() {
    list_ = nullptr;
}

void ApprovalReader::finish() {
    constexpr std::uint32_t needed = 1U << static_cast<std::uint32_t>(Member::by) |
                                     1U << static_cast<std::uint32_t>(Member::plan) |
                                     1U << static_cast<std::uint32_t>(Member::requested_at) |
                                     1U << static_cast<std::uint32_t>(Member::at) |
                                     1U << static_cast<std::uint32_t>(Member::verdict) |
                                     1U << static_cast<std::uint32_t>(Member::roles) |
                                     1U << static_cast<std::uint32_t>(Member::gates);
    if ((seen_ & needed) != needed) fail("a member of it is missing");
    if (!to_->fault.empty()) return;
    if (to_->by.empty()) fail("nobody has given it");
    if (to_->gates.count == 0) fail("it names no gate");
    if (to_->plan.size() != plan_digits || !is_hex(to_->plan)) fail("its plan is no hash");
    const auto requested = model::parse_time(to_->requested_at);
    const auto at = model::parse_time(to_->at);
    if (!requested || !at) return fail("a time of it is none");
    to_->requested_us = *requested;
    to_->at_us = *at;
}

void read_approvals(CallState& state, const std::vector<Approval>& approvals) {
    for (const Approval& given : approvals) {
        GivenApproval* to = state.add_approval();
        if (to == nullptr) return;
        ApprovalReader reader(state, *to);
        reader.text("by", text_scalar(given.by));
        reader.text("plan", text_scalar(given.plan));
        reader.text("requested_at", text_scalar(given.requested_at));
        reader.text("at", text_scalar(given.at));
        reader.text("verdict", text_of(given.reject ? "reject" : "approve"));
        if (!given.signature.empty()) reader.text("signature", text_scalar(given.signature));
        add_texts(reader, "roles", given.roles);
        if (given.roles_now) add_texts(reader, "roles_now", *given.roles_now);
        add_texts(reader, "gates", given.gates);
        reader.finish();
    }
}

// ---------------------------------------------------------------- in a call's state

GivenApproval* CallState::add_approval() {
    if (out_->approvals.size() == tables_->limits.approvals) {
        out_->too_many_approvals = true;
        return nullptr;
    }
    return &out_->approvals.emplace_back();
}

namespace {

/// Adds the roles that a list of names, and the id itself, stand for.
void add_roles(const BindTables::Impl& tables, const Bound& bound, bytecode::Range names,
               std::string_view id, std::uint64_t* bits) {
    const auto add = [&](const std::uint64_t* from) {
        for (std::size_t i = 0; i < tables.role_words; ++i) bits[i] |= from[i];
    };
    for (std::uint32_t i = 0; i < names.count; ++i) {
        const std::uint32_t role = tables.roles.find(bound.approval_texts[names.begin + i]);
        if (role != bytecode::none) add(tables.closures.data() + role * tables.role_words);
    }
    const std::uint32_t place =
        tables.bound_ids.empty() ? bytecode::none : tables.bound_ids.find(id);
    if (place != bytecode::none) add(tables.bound_roles.data() + place * tables.role_words);
}

}  // namespace

/// The set has no history: a role that it binds counts for then and for now.
void CallState::finish_approvals() {
    const std::size_t words = tables_->role_words;
    out_->approver_roles.assign(out_->approvals.size() * words, 0);
    std::vector<std::uint64_t> now(words);
    for (std::size_t i = 0; i < out_->approvals.size(); ++i) {
        const GivenApproval& given = out_->approvals[i];
        std::uint64_t* bits = out_->approver_roles.data() + i * words;
        add_roles(*tables_, *out_, given.roles, given.by, bits);
        if (!given.has_roles_now) continue;
        std::fill(now.begin(), now.end(), 0);
        add_roles(*tables_, *out_, given.roles_now, given.by, now.data());
        for (std::size_t word = 0; word < words; ++word) bits[word] &= now[word];
    }
}

}  // namespace proviso::decide
