// What BindTables and BoundLayout hold; see bind.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decide/bind.h"
#include "engine/decide/bind_names.h"
#include "engine/decide/bind_scalars.h"
#include "engine/decide/bind_tree.h"

namespace proviso::decide {

/// The names that one tool's arguments may have.
struct ToolArguments {
    /// Into Program::arguments; numbers past those are codes that money arguments name.
    NameIndex names;
    std::vector<std::uint32_t> required;
    bool open = false;
};

/// What binding asks of an argument, side by side.
struct ArgumentInfo {
    const TypeInfo* type = nullptr;       // null where it is not declared
    std::uint32_t slot = bytecode::none;  // the only one that it fills
    bool raw = false;  // a part of it has no type, so that it is kept as it came too
};

struct BindTables::Impl {
    const bytecode::Program* program = nullptr;
    Limits limits;
    std::size_t string_bytes = 0;        // Limits
    std::vector<TypeInfo> types;         // by TypeId
    std::vector<const TypeInfo*> slots;  // their types
    std::vector<NameIndex> enums;        // words, by EnumId
    NameIndex tools;
    std::vector<ToolArguments> arguments;      // by tool; the last: tools outside the catalogue
    std::vector<ArgumentInfo> argument_infos;  // by index into Program::arguments
    std::uint32_t argument_marks = 0;          // numbers that `ToolArguments::names` may give
    NameIndex roles;
    std::size_t role_words = 0;           // of a bitset
    std::vector<std::uint64_t> closures;  // of each role, itself included
    NameIndex bound_ids;
    std::vector<std::uint64_t> bound_roles;  // of each bound id
    HostTree host;                           // CallJson::host
    HostTree paths;                          // setters, and paths in "unknown"

    [[nodiscard]] const TypeInfo& type(model::TypeId id) const {
        return types[static_cast<std::size_t>(id)];
    }
    [[nodiscard]] const ToolArguments& arguments_of(std::uint32_t tool) const {
        return tool == bytecode::none ? arguments.back() : arguments[tool];
    }
};

struct BoundLayout::Impl {
    Layout layout;  // keeps what `fields` refer to
    HostTree tree;
    std::vector<HostField> fields;
    std::vector<Words> words;
    std::vector<std::uint32_t> constants;  // fields that have one and something to fill
    bool args_apart = false;               // a field stands for one argument
    std::size_t captures = 0;
};

}  // namespace proviso::decide
