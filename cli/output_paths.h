// What a subcommand writes must not take the place of what it reads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace proviso::cli {

/// A path as it was given with an option; empty where the option was not.
struct OptionPath {
    std::string_view option;
    std::string path;
};

/// Failure where an output is one of the inputs, is the same file as another output, or would
/// take the place of a file that people write: rules, a compiled set, any YAML. Devices and pipes
/// are taken. Before anything is opened for writing.
void keep_apart(const std::vector<OptionPath>& outputs, const std::vector<OptionPath>& inputs);

}  // namespace proviso::cli
