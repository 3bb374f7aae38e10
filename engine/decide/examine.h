// Looking into a condition after the fact: the value of each sub-expression, by the VM.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/bytecode/program.h"
#include "engine/decide/bound.h"
#include "engine/decide/line_index.h"
#include "engine/vm/machine.h"
#include "proviso/decision.h"

namespace proviso::decide {

/// Names of what is unknown, each with its cause.
using MissingNames = std::map<std::string, std::string>;

class Examiner {
  public:
    /// The machine still has the call's frame, that of `bound`.
    Examiner(vm::Machine& machine, const Bound& bound, const bytecode::Program& program,
             const LineIndex& lines)
        : machine_(machine),
          bound_(bound),
          program_(program),
          lines_(lines) {}

    /// Adds the unknown sub-expressions none of whose own parts is unknown.
    void missing(bytecode::Range explain, MissingNames& names);
    [[nodiscard]] std::vector<ExplainedValue> values(bytecode::Range explain);
    /// The smallest conditions that keep the whole from being true.
    [[nodiscard]] std::vector<std::string> held_back_by(bytecode::Range explain);
    /// As people read it: "600 USD", "unknown".
    [[nodiscard]] std::string text(const bytecode::ValueRef& reference);

  private:
    struct Seen {
        vm::Truth truth = vm::Truth::unknown;  // of conditions
        model::Value value = model::unknown(model::State::missing);
        bool unknown = false;
        bool over_budget = false;
    };
    [[nodiscard]] std::vector<Seen> examine(bytecode::Range explain);
    [[nodiscard]] std::uint32_t end_of(bytecode::Range explain, std::uint32_t node) const;
    void leave_out_unasked(bytecode::Range explain, std::vector<Seen>& seen) const;
    void add_missing(const bytecode::ExplainNode& node, const Seen& seen, MissingNames& names);
    void hold_back(bytecode::Range explain, const std::vector<Seen>& seen, std::uint32_t node,
                   std::vector<std::string>& found);

    vm::Machine& machine_;
    const Bound& bound_;
    const bytecode::Program& program_;
    const LineIndex& lines_;
};

}  // namespace proviso::decide
