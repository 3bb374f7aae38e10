// Making a program ready: all that can fail fails here, before the first decision.
#include "engine/vm/image.h"

#include <bit>
#include <utility>

#include <re2/re2.h>

#include "engine/bytecode/verifier.h"
#include "engine/vm/operations.h"

namespace proviso::vm {

ConstantIndex::ConstantIndex(const Program& program, const std::vector<std::uint32_t>& keys,
                             model::Kind kind)
    : kind_(kind) {
    cells_.resize(std::bit_ceil(keys.size() * 2 + 1));
    mask_ = cells_.size() - 1;
    keys_.reserve(keys.size());
    for (std::uint32_t i = 0; i < keys.size(); ++i) {
        const Value& key = program.constants[keys[i]];
        keys_.push_back(key);
        const std::uint64_t h = hash(kind_, key);
        std::uint64_t at = h & mask_;
        while (cells_[at].position != bytecode::none) at = (at + 1) & mask_;
        cells_[at] = {h, i};
    }
}

std::uint32_t ConstantIndex::find(const Value& value) const {
    if (cells_.empty()) return bytecode::none;
    const std::uint64_t h = hash(kind_, value);
    for (std::uint64_t at = h & mask_;; at = (at + 1) & mask_) {
        const Cell& cell = cells_[at];
        if (cell.position == bytecode::none) return bytecode::none;
        if (cell.hash == h && equal(kind_, keys_[cell.position], value) == Equal::yes) {
            return cell.position;
        }
    }
}

namespace {

RE2::Options regex_options() {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(std::int64_t{8} << 20U);
    return options;
}

std::vector<std::uint32_t> case_keys(const Program& program, const bytecode::Switch& which) {
    std::vector<std::uint32_t> keys;
    keys.reserve(which.cases.count);
    for (std::uint32_t i = 0; i < which.cases.count; ++i) {
        keys.push_back(program.cases[which.cases.begin + i].key);
    }
    return keys;
}

}  // namespace

Image::Image(Program program, const Limits& limits)
    : program_(std::move(program)),
      elements_visited_(limits.elements_visited) {}

Image::~Image() = default;

std::shared_ptr<const Image> Image::make(Program program, const Limits& limits,
                                         std::string& error) {
    if (const auto fault = bytecode::verify(program, limits)) {
        error = fault->where + ": " + fault->why;
        return nullptr;
    }
    const std::shared_ptr<Image> image(new Image(std::move(program), limits));
    for (const std::string& pattern : image->program_.regexes) {
        auto regex = std::make_unique<re2::RE2>(pattern, regex_options());
        if (!regex->ok()) {
            error = "regular expression `" + pattern + "`: " + regex->error();
            return nullptr;
        }
        image->regexes_.push_back(std::move(regex));
    }
    for (const bytecode::Set& set : image->program_.sets) {
        image->sets_.emplace_back(image->program_, set.members, set.kind);
    }
    for (const bytecode::Switch& which : image->program_.switches) {
        const auto kind = which.is_text ? model::Kind::string : model::Kind::integer;
        image->switches_.emplace_back(image->program_, case_keys(image->program_, which), kind);
    }
    return image;
}

}  // namespace proviso::vm
