#include "engine/vm/constant_index.h"

#include "engine/vm/operations.h"

namespace proviso::vm {

KeyForm key_form(model::Kind kind) {
    switch (kind) {
        case model::Kind::string: return KeyForm::text;
        case model::Kind::boolean:
        case model::Kind::integer:
        case model::Kind::duration:
        case model::Kind::time:
        case model::Kind::date:
        case model::Kind::weekday:
        case model::Kind::enumeration: return KeyForm::number;
        case model::Kind::decimal:
        case model::Kind::money:
        case model::Kind::ip:
        case model::Kind::list:
        case model::Kind::record:
        case model::Kind::opaque: return KeyForm::whole_value;
    }
    return KeyForm::whole_value;
}

model::ShortKey ConstantIndex::key(const model::Value& value) const {
    switch (form_) {
        case KeyForm::number: return model::key_of(value.integer);
        case KeyForm::text: return model::key_of(value.view());
        case KeyForm::whole_value: break;
    }
    return {0, 0, hash(kind_, value)};
}

ConstantIndex::ConstantIndex(const bytecode::Program& program,
                             const std::vector<std::uint32_t>& keys, model::Kind kind)
    : form_(key_form(kind)),
      kind_(kind) {
    const std::size_t cells = std::bit_ceil(keys.size() * 2 + 2);
    cells_.resize(cells);
    mask_ = cells - 1;
    shift_ = 64 - std::countr_zero(cells);
    keys_.reserve(keys.size());
    for (std::uint32_t i = 0; i < keys.size(); ++i) {
        const model::Value& constant = program.constants[keys[i]];
        keys_.push_back(constant);
        const model::ShortKey of = key(constant);
        std::uint64_t at = of.hash >> shift_;
        while (cells_[at].position != bytecode::none) at = (at + 1) & mask_;
        cells_[at] = {of.first, of.second, constant.extra, i};
    }
}

std::uint32_t ConstantIndex::find_whole(const model::Value& value) const {
    for (std::uint64_t at = hash(kind_, value) >> shift_;; at = (at + 1) & mask_) {
        const Cell& cell = cells_[at];
        if (cell.position == bytecode::none) return bytecode::none;
        if (equal(kind_, keys_[cell.position], value) == Equal::yes) return cell.position;
    }
}

}  // namespace proviso::vm
