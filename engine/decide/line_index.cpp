#include "engine/decide/line_index.h"

#include <algorithm>

namespace proviso::decide {

LineIndex::LineIndex(const bytecode::Program& program) : program_(&program) {
    for (const bytecode::Source& source : program.sources) {
        std::vector<std::uint32_t> starts{0};
        for (std::uint32_t i = 0; i < source.text.size(); ++i) {
            if (source.text[i] == '\n') starts.push_back(i + 1);
        }
        starts_.push_back(std::move(starts));
    }
}

bool LineIndex::has(const bytecode::Place& place) const {
    return place.begin < place.end && place.source < starts_.size();
}

LineIndex::Position LineIndex::position(const bytecode::Place& place) const {
    if (!has(place)) return {};
    const auto& starts = starts_[place.source];
    const auto after = std::upper_bound(starts.begin(), starts.end(), place.begin);
    const std::uint32_t start = *(after - 1);
    const std::string_view text = program_->sources[place.source].text;
    std::uint32_t column = 1;
    for (std::uint32_t i = start; i < place.begin; ++i) {
        column += (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U ? 1 : 0;
    }
    return {static_cast<std::uint32_t>(after - starts.begin()), column};
}

std::string_view LineIndex::file(const bytecode::Place& place) const {
    return has(place) ? std::string_view(program_->sources[place.source].name) : std::string_view();
}

std::string_view LineIndex::text(const bytecode::Place& place) const {
    if (!has(place)) return {};
    return std::string_view(program_->sources[place.source].text)
        .substr(place.begin, place.end - place.begin);
}

}  // namespace proviso::decide
