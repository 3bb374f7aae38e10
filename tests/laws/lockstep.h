// The product and the reference go through one sequence side by side, each with a memory of its
// own, and say of each step what they make of it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/laws/both.h"
#include "tests/laws/sequences.h"
#include "tests/reference/decide.h"
#include <proviso/proviso.h>

namespace proviso::laws {

class Lockstep {
  public:
    /// `set` outlives it.
    Lockstep(const Compiled& set, const std::vector<std::string>& duties);

    /// What the two say differently, empty where they agree.
    [[nodiscard]] std::string run(const Step& step);
    [[nodiscard]] const Answered& answered() const { return answered_; }
    /// Of the last call.
    [[nodiscard]] const Decision& decision() const { return decision_; }
    [[nodiscard]] const reference::Decision& expected() const { return expected_; }

  private:
    [[nodiscard]] std::string run_call(const Step& step);
    [[nodiscard]] std::string run_report(const Step& step);
    [[nodiscard]] std::string run_halt(const Step& step);
    /// A hash for each plan and a plan for each hash, the same all the way through.
    [[nodiscard]] std::string learn_plan();

    Engine engine_;
    Session session_;
    /// From a quantifier that is near its budget on (reference::Inputs) they may remember different
    /// things: what comes then is not compared.
    std::size_t near_budget_ = 0;
    reference::Inputs inputs_;
    reference::Memory memory_;
    std::map<std::string, std::string> hashes_;  // by plan
    Answered answered_;
    Decision decision_;
    reference::Decision expected_;
};

/// Nothing of a store is ever forgotten within a sequence.
[[nodiscard]] Limits lasting_limits();

/// Set and steps as a person reads them.
[[nodiscard]] std::string to_read(const std::vector<SourceText>& sources,
                                  const std::vector<Step>& steps);

}  // namespace proviso::laws
