// Values in YAML, as mapping files have them, to JSON.
#include <string>
#include <string_view>

#include <yaml-cpp/yaml.h>

#include "simulator/text/yaml_json.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/pieces.h"
#include "tests/fuzz/said.h"

namespace proviso::fuzz {
namespace {

void hold_yaml(const std::string& text) {
    YAML::Node node;
    try {
        node = YAML::Load(text);
    } catch (const YAML::Exception&) {
        return;  // what is wrong with it is the library's to say
    }
    if (!node.IsDefined()) return;
    const auto json = simulator::json_of(node);
    if (!json) return;
    expect(is_json(*json), "what becomes of YAML is JSON");
    expect(simulator::json_of(node) == json, "same YAML, same JSON");
}

}  // namespace
}  // namespace proviso::fuzz

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    proviso::fuzz::hold_yaml(std::string(proviso::fuzz::text_of(data, size)));
    return 0;
}
