// (e) JSON bytes to a decision, beside simdjson alone reading the same fields of the same bytes.
#include <fmt/format.h>

#include "bench/bare_reader.h"
#include "bench/harness.h"
#include "bench/workload.h"

namespace proviso::bench {

namespace {

// A list that nothing reads is of many lengths: no session knows the shapes of all these.
std::string to_odd_line(const PlainCall& call, std::size_t number) {
    std::string line = to_json_line(call, number);
    std::string more;
    for (std::size_t i = 0; i < number * 7 % 97; ++i) more += "\"d\",";
    return line.insert(line.find("[\"refund-policy") + 1, more);
}

}  // namespace

void bench_json(Report& report) {
    const std::vector<PlainCall> plain = make_calls(50, 1024, 1000);
    std::vector<simdjson::padded_string> lines;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        lines.emplace_back(to_json_line(plain[i], i));
    }
    const Engine engine(compiled(base_policy(50)));
    Session session(engine);
    const Layout layout = Layout::native();
    const auto decide = [&](const simdjson::padded_string& line) {
        return session.preview(layout, {line.data(), line.size()}, true).outcome;
    };
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        wrong += decide(lines[i]) != by_hand(plain[i]) ? 1 : 0;
    }
    if (wrong != 0) return report.wrong("(e)", fmt::format("{} of 1024 decisions differ", wrong));

    simdjson::ondemand::parser parser;
    const Pair pair = time_pair(
        lines.size(),
        [&] {
            for (const auto& line : lines) keep(decide(line));
        },
        [&] {
            for (const auto& line : lines) keep(read_bare(parser, line));
        });
    std::vector<simdjson::padded_string> odd;
    for (std::size_t i = 0; i < plain.size(); ++i) odd.emplace_back(to_odd_line(plain[i], i));
    const Pair odd_pair = time_pair(
        odd.size(),
        [&] {
            for (const auto& line : odd) keep(decide(line));
        },
        [&] {
            for (const auto& line : odd) keep(read_bare(parser, line));
        });
    report.at_most("(e) JSON to decision, simdjson alone = 1", pair.ratio(), 1.6,
                   fmt::format("{:.0f} ns against {:.0f} ns, {} bytes; of many shapes {:.2f}",
                               pair.ours, pair.theirs, lines[0].size(), odd_pair.ratio()));
    const std::uint64_t before = allocations();
    for (const auto& line : lines) keep(decide(line));
    report.at_most("(d) heap allocations, (e)", static_cast<double>(allocations() - before), 0,
                   "counted");
}

}  // namespace proviso::bench
