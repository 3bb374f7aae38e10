// usage: proviso_bench [decide|scale|time|limits|json|replay|compare|packed|compile|store]...
// Prints a line a target: name, figure, target, met or missed. Exits with 1 where one is missed.
#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "bench/harness.h"

int main(int argc, char** argv) {
    using proviso::bench::Report;
    struct Question {
        std::string_view name;
        void (*run)(Report&);
    };
    const Question questions[] = {
        {"decide", proviso::bench::bench_decide},   {"scale", proviso::bench::bench_scale},
        {"time", proviso::bench::bench_time},       {"limits", proviso::bench::bench_limits},
        {"json", proviso::bench::bench_json},       {"replay", proviso::bench::bench_replay},
        {"compare", proviso::bench::bench_compare}, {"packed", proviso::bench::bench_packed},
        {"compile", proviso::bench::bench_compile}, {"store", proviso::bench::bench_store}};
    const std::vector<std::string_view> wanted(argv + 1, argv + argc);
    if (wanted.size() == 2 && wanted[0] == "--peak") {
        return proviso::bench::print_peak(std::string(wanted[1]));
    }
    Report report;
    for (const Question& one : questions) {
        const bool asked =
            wanted.empty() || std::find(wanted.begin(), wanted.end(), one.name) != wanted.end();
        if (!asked) continue;
        std::fprintf(stderr, "%s ...\n", one.name.data());
        one.run(report);
    }
    return report.print() ? 0 : 1;
}
