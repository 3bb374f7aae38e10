// What a Policy handle holds. Internal to the facade.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/decide/bind.h"
#include "engine/decide/line_index.h"
#include "engine/decide/observe.h"
#include "engine/vm/image.h"
#include "proviso/policy.h"

namespace proviso {

struct Policy::Impl {
    Impl(std::shared_ptr<const vm::Image> made, const Limits& limits);

    std::shared_ptr<const vm::Image> image;
    decide::BindTables tables;
    decide::LineIndex lines;
    std::vector<RuleInfo> rules;
    std::vector<ToolInfo> tools;

    // Of a set that was compiled here, for coverage: a compiled file does not keep them.
    std::vector<std::string> examples;  // their calls
    decide::GrantTools grant_tools;

    // Likewise, for what differs between two sets: what each data file came to.
    bool keeps_data_hashes = false;
    std::map<std::string, std::string> data_hashes;
};

}  // namespace proviso
