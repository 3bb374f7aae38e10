// A verified program made ready to run: regular expressions compiled, sets and switches hashed.
//
// Immutable; shared by all threads. Holds the program.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/bytecode/program.h"
#include "proviso/limits.h"

namespace re2 {
class RE2;
}

namespace proviso::vm {

using bytecode::Program;
using bytecode::Range;
using model::Value;

/// Open addressing over constants of one kind; finds the number of an equal member.
class ConstantIndex {
  public:
    ConstantIndex() = default;
    /// `keys` are constants of `program`; equal keys must not occur twice.
    ConstantIndex(const Program& program, const std::vector<std::uint32_t>& keys, model::Kind kind);
    /// Position in `keys`, or none.
    [[nodiscard]] std::uint32_t find(const Value& value) const;

  private:
    struct Cell {
        std::uint64_t hash = 0;
        std::uint32_t position = bytecode::none;
    };
    model::Kind kind_ = model::Kind::integer;
    std::vector<Value> keys_;
    std::vector<Cell> cells_;
    std::uint64_t mask_ = 0;
};

class Image {
  public:
    /// Nothing where the program does not verify or a regular expression does not compile; `error`
    /// says why.
    [[nodiscard]] static std::shared_ptr<const Image> make(Program program, const Limits& limits,
                                                           std::string& error);
    ~Image();
    Image(const Image&) = delete;
    Image& operator=(const Image&) = delete;

    [[nodiscard]] const Program& program() const { return program_; }
    [[nodiscard]] const re2::RE2& regex(std::uint32_t index) const { return *regexes_[index]; }
    [[nodiscard]] const ConstantIndex& set(std::uint32_t index) const { return sets_[index]; }
    [[nodiscard]] const ConstantIndex& cases(std::uint32_t index) const { return switches_[index]; }
    [[nodiscard]] std::size_t elements_visited_limit() const { return elements_visited_; }

  private:
    Image(Program program, const Limits& limits);

    Program program_;
    std::vector<std::unique_ptr<re2::RE2>> regexes_;
    std::vector<ConstantIndex> sets_;
    std::vector<ConstantIndex> switches_;
    std::size_t elements_visited_;
};

}  // namespace proviso::vm
