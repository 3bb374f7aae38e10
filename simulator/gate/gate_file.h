// Reads gate files: YAML to GateBounds. All errors of a file in one go, each with its place.
// Covered by tests/unit/simulator/gate_test.cpp.
#pragma once

#include <optional>
#include <string>

#include "simulator/report/gate.h"

namespace proviso::simulator {

struct GateFile {
    std::optional<GateBounds> gate;  ///< none where there is an error
    std::string error;               ///< "file:line:column: what is wrong", one line an error
};

[[nodiscard]] GateFile read_gate(const std::string& path);
/// `name` stands for the file in errors.
[[nodiscard]] GateFile parse_gate(const std::string& text, const std::string& name);

}  // namespace proviso::simulator
