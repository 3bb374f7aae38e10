// A layout as Layout::make has read it; layout.cpp makes it, bind_layout.cpp resolves it against a
// program.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/decide/bind_json.h"
#include "proviso/layout.h"

namespace proviso {

struct Layout::Impl {
    struct Field {
        LayoutField given;
        std::vector<std::string> pointer;  // unescaped segments; empty: a constant
        std::optional<decide::JsonConstant> constant;
    };
    bool native = false;
    std::vector<Field> fields;
    std::vector<std::string> captures;
};

}  // namespace proviso
