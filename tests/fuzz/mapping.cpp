// Mapping files: read, laid out, and then lines are decided by the layout.
#include "simulator/mapping/mapping.h"

#include <string>
#include <string_view>

#include "tests/fuzz/expect.h"
#include "tests/fuzz/pieces.h"
#include "tests/fuzz/policy.h"
#include "tests/fuzz/said.h"

namespace proviso::fuzz {
namespace {

constexpr std::string_view lines[] = {
    R"({"tool":"pay","time":"2026-11-20T15:00:00Z","args":{"order":"A-1","amount":5,"code":"USD",)"
    R"("lines":[]},"environment":"dev","principal":{"id":"a","roles":["clerk"]}})",
    R"({"function":"look","at":1764000000,"args":{"depth":null},"context":{"risk":"high"}})",
    R"({"name":"send","a":{"b":[1,{"c":"d"}]},"status":"executed","review":{"result":"ok"}})",
    R"({})",
    R"([1])",
};

void hold_errors(const std::string& error) {
    expect(error.starts_with("m.yaml:"), "an error has a place");
}

void hold_mapping(std::string_view input) {
    const std::string text{input};
    simulator::MappingResult read = simulator::parse_mapping(text, "m.yaml");
    expect(read.mapping.has_value() == read.error.empty(), "there is a mapping or a reason");
    if (!read.mapping) return hold_errors(read.error);
    const simulator::LayoutResult made = simulator::make_layout(*read.mapping);
    expect(made.layout.has_value() == made.error.empty(), "there is a layout or a reason");
    if (!made.layout) return;
    const Engine engine(call_policy(), call_options());
    Session session(engine);
    for (const std::string_view line : lines) {
        const Verdict verdict = session.preview(*made.layout, line);
        const std::string first = said(session, verdict);
        (void)read.mapping->tool.raw(session.captures());
        const Verdict again = session.preview(*made.layout, line);
        expect(said(session, again) == first, "same inputs, same decision");
    }
}

}  // namespace
}  // namespace proviso::fuzz

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    proviso::fuzz::hold_mapping(proviso::fuzz::text_of(data, size));
    return 0;
}
