// Byte offsets of a program's sources to lines and columns.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/bytecode/program.h"

namespace proviso::decide {

class LineIndex {
  public:
    explicit LineIndex(const bytecode::Program& program);
    struct Position {
        std::uint32_t line = 0;    // from 1; 0 where there is no place
        std::uint32_t column = 0;  // from 1, in code points
    };
    [[nodiscard]] Position position(const bytecode::Place& place) const;
    [[nodiscard]] std::string_view file(const bytecode::Place& place) const;
    [[nodiscard]] std::string_view text(const bytecode::Place& place) const;

  private:
    [[nodiscard]] bool has(const bytecode::Place& place) const;
    const bytecode::Program* program_;
    std::vector<std::vector<std::uint32_t>> starts_;
};

}  // namespace proviso::decide
