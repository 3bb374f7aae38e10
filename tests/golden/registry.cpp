#include "tests/golden/registry.h"

namespace proviso::golden {

void Registry::produced(std::string_view name, Producer producer) {
    produced_[std::string{name}].insert_or_assign(stage_, std::move(producer));
}

const Producer* Registry::find(std::string_view stage, std::string_view name) const {
    const auto named = produced_.find(name);
    if (named == produced_.end()) return nullptr;
    const Producers& producers = named->second;
    if (const auto own = producers.find(stage); own != producers.end()) return &own->second;
    return producers.size() == 1 ? &producers.begin()->second : nullptr;
}

}  // namespace proviso::golden
