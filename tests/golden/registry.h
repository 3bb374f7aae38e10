// Which sections of golden files are given and which the product makes, and from what.
//
// To add one, write in tests/golden/producers_<stage>.cpp, found by the build:
//
//     void proviso::golden::register_<stage>(Registry& registry) {
//         registry.given("policy");
//         registry.produced("ast", [](const GoldenFile& file) { return ...; });
//     }
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "tests/golden/golden_file.h"

namespace proviso::golden {

/// Makes the text of the section `file.asked()`. What it throws fails the case.
using Producer = std::function<std::string(const GoldenFile&)>;

class Registry {
  public:
    /// Names a section that cases of any stage may give. Twice is fine.
    void given(std::string_view name) { given_.emplace(name); }

    /// Says how a section is made. Cases in the folder of the registering stage prefer it; cases of
    /// other stages take it where it is the only one of its name.
    void produced(std::string_view name, Producer producer);

    [[nodiscard]] bool is_given(std::string_view name) const { return given_.contains(name); }

    /// The producer of a section for a case of `stage`; null where there is none, or several and
    /// none of the stage's own.
    [[nodiscard]] const Producer* find(std::string_view stage, std::string_view name) const;

    /// The stage that the following calls of `produced` register for.
    void set_stage(std::string_view stage) { stage_ = stage; }

  private:
    using Producers = std::map<std::string, Producer, std::less<>>;  // by stage

    std::string stage_;
    std::set<std::string, std::less<>> given_;
    std::map<std::string, Producers, std::less<>> produced_;  // by name
};

/// Calls register_<stage> for every producers_<stage>.cpp; the build writes it.
void register_all(Registry& registry);

}  // namespace proviso::golden
