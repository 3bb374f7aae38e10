// Histories: the bytes as a file, plain or gzip, replayed with and without a mapping, in blocks of
// two sizes. The files lie in memory alone.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

#include "simulator/packed/container.h"
#include "simulator/render/render.h"
#include "simulator/run.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/pieces.h"
#include "tests/fuzz/policy.h"
#include "tests/fuzz/said.h"

namespace proviso::fuzz {
namespace {

constexpr std::string_view mapping_text = R"(
only: {pointer: /suite, equals: [banking, 3, true]}
call:
    tool: {pointer: /function, words: {sendMoney: send}}
    args: /args
    args.note: /note
    time: {pointer: /at, time: unix_ms}
    principal.id: {value: ann}
    principal.roles: {value: [clerk]}
    environment: {pointer: /env, default: dev, words: {prod: production}}
attributes: /context
keys: {id: /id, intent: /why}
recorded:
    outcome: {pointer: /status, words: {executed: allow}}
    verdict: {pointer: /review/result, words: {ok: approved}}
labels: {attack: /attack, password: /password}
)";

/// A file without a name, by the path under which this process finds it.
class MemoryFile {
  public:
    explicit MemoryFile(std::string_view text) : file_(::memfd_create("history", 0)) {
        expect(file_ >= 0 &&
                   ::write(file_, text.data(), text.size()) == static_cast<ssize_t>(text.size()),
               "there is memory for a file");
    }
    ~MemoryFile() { ::close(file_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }
    [[nodiscard]] std::string text() const {
        std::string text(static_cast<std::size_t>(::lseek(file_, 0, SEEK_END)), '\0');
        const ssize_t read = ::pread(file_, text.data(), text.size(), 0);
        expect(read == static_cast<ssize_t>(text.size()), "a file is read whole");
        return text;
    }

  private:
    int file_;
};

std::string without_input(const simulator::Report& report) {
    return report.digest + std::to_string(report.lines) + "," + std::to_string(report.bad) + "," +
           std::to_string(report.skipped) + "," + std::to_string(report.counts.calls());
}

void hold_report(const simulator::Report& report) {
    expect(report.lines == report.blank + report.skipped + report.bad + report.counts.calls(),
           "every line is blank, skipped, bad or a call");
    expect(report.counts.unknown_calls() <= report.counts.calls(), "unknown ones are calls");
    expect(is_json(simulator::to_json(report)), "a report is JSON");
    expect(!simulator::render_text(report, {}).empty(), "a report is text");
}

void hold_decisions(const std::string& text, std::uint64_t calls) {
    std::uint64_t count = 0;
    std::size_t begin = 0;
    for (std::size_t end = text.find('\n'); end != std::string::npos;
         begin = end + 1, end = text.find('\n', begin)) {
        expect(is_json(text.substr(begin, end - begin)), "a decision's line is JSON");
        ++count;
    }
    expect(begin == text.size() && count == calls, "each call has a line");
}

void hold_history(const MemoryFile& history, const std::string& mapping) {
    simulator::Options options;
    options.policy = call_policy();
    options.engine = call_options();
    options.histories = {history.path()};
    options.mapping = mapping;
    options.threads = 1;
    const MemoryFile decisions("");
    options.decisions = decisions.path();
    const simulator::Result whole = simulator::run(options);
    hold_report(whole.report);
    hold_decisions(decisions.text(), whole.report.counts.calls());
    options.decisions.clear();
    options.block_bytes = 64;
    const simulator::Result pieces = simulator::run(options);
    expect(without_input(whole.report) == without_input(pieces.report),
           "the size of blocks does not matter");
}

/// So many times the same lines, that there is a plan for each of their shapes.
std::string packed_often(std::string_view text) {
    constexpr int times = 20;
    simulator::packed::BlockPacker packer;
    for (int i = 0; i < times; ++i) {
        for (std::string_view rest = text; !rest.empty();) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            packer.add(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    simulator::packed::Writer writer;
    std::string bytes = simulator::packed::Writer::head();
    if (!packer.is_empty()) bytes += writer.block(packer);
    return bytes + writer.end();
}

void hold_packed(std::string_view text) {
    const MemoryFile packed(packed_often(text));
    simulator::Options options;
    options.policy = call_policy();
    options.baseline = call_policy();
    options.engine = call_options();
    options.histories = {packed.path()};
    options.threads = 1;
    const auto report = [&options](bool as_text) {
        options.as_text = as_text;
        simulator::Report made = simulator::run(options).report;
        made.seconds = 0;
        return simulator::to_json(made);
    };
    expect(report(false) == report(true), "columns are decided as their text");
}

}  // namespace
}  // namespace proviso::fuzz

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace proviso::fuzz;  // NOLINT(google-build-using-namespace)
    static const MemoryFile mapping(mapping_text);
    const MemoryFile history(text_of(data, size));
    hold_history(history, "");
    hold_history(history, mapping.path());
    hold_packed(text_of(data, size));
    return 0;
}
