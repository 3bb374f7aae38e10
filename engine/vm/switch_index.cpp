#include "engine/vm/switch_index.h"

#include <bit>

namespace proviso::vm {

using bytecode::Entry;
using bytecode::Instruction;
using bytecode::Op;
using bytecode::Program;

namespace {

/// Where the entry's code goes on once the slot is known to have the key.
std::uint32_t after_key(const Program& program, const bytecode::Switch& of, std::uint32_t key,
                        std::uint32_t block) {
    const Instruction& first = program.code[block];
    const Op asks = of.is_text ? Op::text_eq_k : Op::int_eq_k;
    if (first.op != asks || first.a != of.slot || first.b != key) return block;
    return (first.flags & bytecode::jump_if) != 0 ? first.c : block + 1;
}

}  // namespace

SwitchIndex::SwitchIndex(const Program& program, const bytecode::Switch& from)
    : is_text_(from.is_text),
      slot_(from.slot),
      constants_(program.constants.data()),
      all_(std::span(program.entries).subspan(from.entries.begin, from.entries.count)) {
    const std::size_t cells = std::bit_ceil(std::size_t{from.cases.count} * 5 / 4 + 2);
    cells_.resize(cells);
    mask_ = cells - 1;
    shift_ = 64 - std::countr_zero(cells);
    for (std::uint32_t i = 0; i < from.cases.count; ++i) {
        const bytecode::Case& one = program.cases[from.cases.begin + i];
        if (one.entries.count != 0) add(program, from, one);
    }
}

void SwitchIndex::add(const Program& program, const bytecode::Switch& from,
                      const bytecode::Case& one) {
    const model::Value& key = program.constants[one.key];
    const model::ShortKey of = is_text_ ? model::key_of(key.view()) : model::key_of(key.integer);
    std::uint64_t at = of.hash >> shift_;
    while (cells_[at].count != 0) at = (at + 1) & mask_;
    Cell& cell = cells_[at];
    cell = {of.first, of.second, key.extra, one.key, one.entries.count, {}};
    if (cell.count > 1) cell.entry.block = static_cast<std::uint32_t>(entries_.size());
    for (std::uint32_t i = 0; i < one.entries.count; ++i) {
        Entry entry = program.entries[one.entries.begin + i];
        entry.block = after_key(program, from, one.key, entry.block);
        if (cell.count == 1) {
            cell.entry = entry;
        } else {
            entries_.push_back(entry);
        }
    }
}

}  // namespace proviso::vm
