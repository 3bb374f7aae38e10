// (g) text of 10,000 rules to a policy, beside the same PEG recognising the text without actions.
#include <fmt/format.h>

#include "bench/harness.h"
#include "bench/workload.h"
#include "grammar/parser.h"

namespace proviso::bench {

void bench_compile(Report& report) {
    const std::string text = large_policy(1000, 10'000);
    grammar::SourceMap sources;
    const grammar::SourceId source = sources.add("bench.proviso", text);
    const CompileResult result = compile_text(text);
    if (!grammar::recognise(sources, source) || result.policy == nullptr ||
        result.policy->rules().size() < 10'000) {
        return report.wrong("(g)", "the set does not compile");
    }
    const Pair pair = time_pair(
        1, [&] { keep(compile_text(text).policy.get()); },
        [&] { keep(grammar::recognise(sources, source)); }, 4);
    report.at_most("(g) compile 10,000 rules, recognising = 1", pair.ratio(), 10,
                   fmt::format("{:.0f} ms against {:.0f} ms, {} kB", pair.ours / 1e6,
                               pair.theirs / 1e6, text.size() / 1000));
}

}  // namespace proviso::bench
