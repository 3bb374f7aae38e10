// The arena and the frame of a call; see bound.h.
#include "engine/decide/bound.h"

#include <algorithm>
#include <cstddef>

namespace proviso::decide {

namespace {

constexpr std::size_t unit = sizeof(std::max_align_t);
constexpr std::uint8_t every_tier = 0x0F;
constexpr std::size_t first_block = std::size_t{4} << 10;

}  // namespace

model::Value* Arena::values(std::size_t count) {
    return static_cast<model::Value*>(take(count * sizeof(model::Value)));
}

char* Arena::bytes(std::size_t count) {
    return static_cast<char*>(take(count));
}

void Arena::clear() {
    current_ = 0;
    used_ = 0;
}

void* Arena::take(std::size_t bytes) {
    const std::size_t units = (bytes + unit - 1) / unit;
    while (current_ < blocks_.size() && blocks_[current_].size - used_ < units) {
        ++current_;
        used_ = 0;
    }
    if (current_ == blocks_.size()) {
        const std::size_t doubled = blocks_.empty() ? first_block / unit : blocks_.back().size * 2;
        const std::size_t size = std::max(units, doubled);
        blocks_.push_back({std::make_unique_for_overwrite<std::max_align_t[]>(size), size});
    }
    void* taken = blocks_[current_].memory.get() + used_;
    used_ += units;
    return taken;
}

void Bound::attach(const bytecode::Program& to) {
    program = &to;
    frame.assign(to.slots.size() + to.temporaries, model::unknown(model::State::missing));
    for (std::size_t slot = 0; slot < to.slots.size(); ++slot) {
        frame[slot] = to.slots[slot].initial;
    }
    touched.clear();
    for (HeldRoles& held : roles) held.bits.assign((to.roles.size() + 63) / 64, 0);
    reset();
}

void Bound::reset() {
    for (const std::uint32_t slot : touched) frame[slot] = program->slots[slot].initial;
    touched.clear();
    tool = bytecode::none;
    tool_name = {};
    stage = 4;
    for (HeldRoles& held : roles) {
        std::fill(held.bits.begin(), held.bits.end(), 0);
        held.known = false;
        held.has_id = false;
        held.why = model::State::missing;
    }
    undeclared_roles.clear();
    raw_args.clear();
    args_json = {};
    approvals.clear();
    approval_texts.clear();
    approver_roles.clear();
    too_many_approvals = false;
    form = FormError::none;
    form_name = {};
    form_cause = {};
    arena.clear();
}

void Bound::ready() {
    context = {.places = frame.data(),
               .roles = {roles[0].bits.data(), roles[1].bits.data()},
               .roles_known = {roles[0].known, roles[1].known},
               .tiers = tool == bytecode::none ? every_tier : program->tools[tool].tiers,
               .tool = tool};
}

}  // namespace proviso::decide
