// Builds the name indices; see bind_names.h.
#include "engine/decide/bind_names.h"

#include <bit>

namespace proviso::decide {

NameIndex::NameIndex(const std::vector<Named>& names) {
    if (names.empty()) return;
    empty_ = false;
    std::size_t cells = 4;
    while (cells < names.size() * 2) cells *= 2;
    cells_.resize(cells);
    mask_ = cells - 1;
    shift_ = 64 - std::countr_zero(cells);
    for (const Named& named : names) insert(named.first, named.second);
}

void NameIndex::insert(std::string_view name, std::uint32_t number) {
    if (find(name) != bytecode::none) return;
    const model::ShortKey key = model::key_of(name);
    std::uint64_t at = key.hash >> shift_;
    while (cells_[at].number != bytecode::none) at = (at + 1) & mask_;
    cells_[at] = {key.first, key.second, number, static_cast<std::uint32_t>(name.size()),
                  text_.size()};
    text_ += name;
    has_backslash_ = has_backslash_ || name.find('\\') != std::string_view::npos;
}

}  // namespace proviso::decide
