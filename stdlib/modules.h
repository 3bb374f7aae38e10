// The modules of this build: the files *.proviso beside this one, kept as text by the build.
#pragma once

#include <span>
#include <string_view>

namespace proviso::stdlib {

struct Module {
    std::string_view name;  // "std.people"
    std::string_view text;
};

/// By name, ascending.
[[nodiscard]] std::span<const Module> modules();

}  // namespace proviso::stdlib
