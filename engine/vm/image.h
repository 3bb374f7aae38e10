// A verified program made ready to run: regular expressions compiled, sets and switches hashed, the
// rules of plans indexed.
//
// Immutable; shared by all threads. Holds the program.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/bytecode/program.h"
#include "engine/vm/constant_index.h"
#include "engine/vm/rule_index.h"
#include "engine/vm/switch_index.h"
#include "engine/vm/window_index.h"
#include "proviso/limits.h"
#include "proviso/native.h"

namespace re2 {
class RE2;
}

namespace proviso::vm {

using bytecode::Program;
using bytecode::Range;
using model::Value;

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
    [[nodiscard]] const WindowIndex& windows() const { return windows_; }
    [[nodiscard]] std::span<const SwitchIndex> switches(Range range) const {
        return std::span(switches_).subspan(range.begin, range.count);
    }
    /// Of the plan's allows and restrictions, switches aside; empty where they are too many.
    [[nodiscard]] std::span<const RuleIndex> rules(std::uint32_t plan) const {
        const Range range = indices_of_plan_[plan];
        return std::span(rule_indices_).subspan(range.begin, range.count);
    }
    [[nodiscard]] std::size_t elements_visited_limit() const { return elements_visited_; }
    /// The blocks that are called for their truth as a value, numbered.
    [[nodiscard]] std::uint32_t condition(std::uint32_t block) const {
        return condition_of_block_[block];
    }
    [[nodiscard]] std::uint32_t condition_count() const { return conditions_; }
    /// By number in Program::functions.
    [[nodiscard]] const native::Function& function(std::uint32_t index) const {
        return *functions_[index];
    }
    /// The temporaries that native functions write texts to, numbered; `none` for other places.
    [[nodiscard]] std::uint32_t room(std::uint32_t place) const {
        return room_of_temporary_.empty() ? bytecode::none
                                          : room_of_temporary_[place - program_.slots.size()];
    }
    [[nodiscard]] std::uint32_t room_count() const { return rooms_; }

  private:
    Image(Program program, const Limits& limits);
    void index_rules();
    void number_conditions();
    void find_functions();

    Program program_;
    std::vector<std::unique_ptr<re2::RE2>> regexes_;
    std::vector<ConstantIndex> sets_;
    WindowIndex windows_;
    std::vector<SwitchIndex> switches_;
    std::vector<RuleIndex> rule_indices_;
    std::vector<Range> indices_of_plan_;             // into rule_indices_
    std::vector<std::uint32_t> condition_of_block_;  // by first instruction; empty: there are none
    std::uint32_t conditions_ = 0;
    std::vector<const native::Function*> functions_;
    std::vector<std::uint32_t> room_of_temporary_;  // empty: there are none
    std::uint32_t rooms_ = 0;
    std::size_t elements_visited_;
};

}  // namespace proviso::vm
