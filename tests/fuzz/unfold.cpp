// Mapping files that take lines apart, and the lines: a mapping, and lines behind it.
#include "simulator/mapping/unfold.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "simulator/mapping/mapping.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/pieces.h"
#include "tests/fuzz/policy.h"
#include "tests/fuzz/said.h"

namespace proviso::fuzz {
namespace {

constexpr std::size_t call_bytes = 4'096;

struct Counted {
    std::size_t lines = 0;
    std::string texts;
};

/// Every line ends once; a call's text fits, and is decided the same each time.
void count(simulator::Unfolder& unfolder, const simulator::Adapter& adapter, Session& session,
           const Layout& layout, Counted& counted) {
    simulator::Unfolded entry;
    while (unfolder.take(entry)) {
        counted.texts += entry.text + '\n';
        if (entry.ends_line) ++counted.lines;
        expect(entry.text.find('\n') == std::string::npos, "an entry is one line");
        if (entry.kind != simulator::LineKind::call) continue;
        expect(entry.text.size() <= call_bytes + 16 * adapter.slots.size() + 2,
               "a call is bounded");
        const Verdict verdict = session.preview(layout, entry.text);
        if (!session.document_error().empty()) continue;
        const std::string first = said(session, verdict);
        const Verdict again = session.preview(layout, entry.text);
        expect(said(session, again) == first, "same inputs, same decision");
    }
}

Counted unfolded(const simulator::Mapping& mapping, const Layout& layout, std::string_view text) {
    const Engine engine(call_policy(), call_options());
    Session session(engine);
    simulator::Unfolder unfolder(*mapping.adapter, call_bytes);
    Counted counted;
    std::size_t given = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        unfolder.add(text.substr(0, end));
        ++given;
        text.remove_prefix(std::min(end + 1, text.size()));
        count(unfolder, *mapping.adapter, session, layout, counted);
    }
    unfolder.close();
    count(unfolder, *mapping.adapter, session, layout, counted);
    expect(counted.lines == given, "every line comes out");
    return counted;
}

void hold_unfold(std::string_view input) {
    const auto parts = pieces(input, 2);
    simulator::MappingResult read = simulator::parse_mapping(std::string{parts[0]}, "m.yaml");
    if (!read.mapping || !read.mapping->adapter || parts.size() < 2) return;
    const simulator::LayoutResult made = simulator::make_layout(*read.mapping);
    if (!made.layout) return;
    const Counted first = unfolded(*read.mapping, *made.layout, parts[1]);
    expect(unfolded(*read.mapping, *made.layout, parts[1]).texts == first.texts,
           "same lines, same calls");
}

}  // namespace
}  // namespace proviso::fuzz

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    proviso::fuzz::hold_unfold(proviso::fuzz::text_of(data, size));
    return 0;
}
