// How often a run produced each construct, outcome, reason and cause; what a run must produce.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/laws/policies.h"
#include "tests/laws/sequences.h"
#include "tests/reference/decide.h"
#include <proviso/decision.h>

namespace proviso::laws {

class Coverage {
  public:
    /// Counts the statements, expressions and types of a set that is asked `calls` times.
    void count(const GeneratedSet& set);
    void count(const Decision& decision);
    void count(const std::string& what, const std::string& which) { ++counts_[what][which]; }

    /// Of everything the language has, what was produced less than `least` times.
    [[nodiscard]] std::vector<std::string> lacking(std::uint64_t least) const;
    [[nodiscard]] std::string table() const;

    // Of sequences; coverage_memory.cpp.
    void count_step(const Step& step, const Decision& decision,
                    const reference::Decision& expected);
    [[nodiscard]] std::vector<std::string> lacking_of_memory(std::uint64_t least) const;

  private:
    using Names = std::map<std::string, std::vector<std::string>>;
    [[nodiscard]] std::vector<std::string> lacking_of(const Names& wanted,
                                                      std::uint64_t least) const;
    std::map<std::string, std::map<std::string, std::uint64_t>> counts_;
};

}  // namespace proviso::laws
