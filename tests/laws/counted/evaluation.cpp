// Law 6: evaluation is bounded, by the bound that docs/limits.md states. The machine, compiled once
// more so that it counts, decides the calls of all golden files, calls of generated sets, and calls
// for which conditions stand within each other as deep as they may, with everything unknown.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "engine/policy_impl.h"
#include "engine/vm/count.h"
#include "tests/golden/golden_file.h"
#include "tests/laws/both.h"
#include "tests/laws/calls.h"
#include "tests/laws/memory_sets.h"
#include "tests/laws/policies.h"
#include "tests/tree/tree.h"
#include <proviso/proviso.h>

namespace proviso::laws {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t visited = 40;
constexpr std::uint64_t times_each = 4;  // that an instruction runs for one value of the variables

struct Seen {
    std::size_t calls = 0;
    std::size_t failed = 0;
    double most = 0;  // of the bound that was used
};

Limits limits() {
    Limits few;
    few.elements_visited = visited;
    return few;
}

void decide(const Policy& policy, Session& session, std::string_view call, std::string_view what,
            Seen& seen) {
    const bytecode::Program& program = policy.impl().image->program();
    vm::work = {};
    session.decide(Layout::native(), call);
    const std::uint64_t most_members = times_each * program.loops.size() * visited;
    const std::uint64_t most = times_each * program.code.size() * (1 + vm::work.members);
    ++seen.calls;
    seen.most =
        std::max(seen.most, static_cast<double>(vm::work.instructions) / static_cast<double>(most));
    if (vm::work.instructions <= most && vm::work.members <= most_members) return;
    ++seen.failed;
    std::printf(
        "%.*s: %llu instructions of %llu, %llu members of %llu\n", static_cast<int>(what.size()),
        what.data(), static_cast<unsigned long long>(vm::work.instructions),
        static_cast<unsigned long long>(most), static_cast<unsigned long long>(vm::work.members),
        static_cast<unsigned long long>(most_members));
}

void decide_all(std::vector<SourceText> sources, std::string_view calls, std::string_view what,
                Seen& seen) {
    CompileOptions options;
    options.limits = limits();
    const CompileResult compiled = compile_sources(std::move(sources), options);
    if (compiled.policy == nullptr) return;
    const Engine engine(compiled.policy, {.duties = {}, .limits = limits()});
    Session session(engine);
    while (!calls.empty()) {
        const std::size_t end = std::min(calls.find('\n'), calls.size());
        if (end > 0) decide(*compiled.policy, session, calls.substr(0, end), what, seen);
        calls.remove_prefix(std::min(end + 1, calls.size()));
    }
}

void decide_golden(Seen& seen) {
    for (const auto& entry :
         fs::recursive_directory_iterator(tests::in_tree("tests/golden/decide"))) {
        if (entry.path().extension() != ".txt") continue;
        std::ifstream stream(entry.path(), std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(stream), {}};
        const golden::Parsed parsed = golden::parse_golden(text);
        std::vector<SourceText> sources{
            {"policy.proviso", std::string(parsed.file.text("policy"))}};
        for (const golden::Section* section : parsed.file.all("file")) {
            sources.push_back({section->argument, section->body});
        }
        decide_all(std::move(sources), parsed.file.text("call"), entry.path().string(), seen);
    }
}

void decide_generated(GeneratedSet (*generated)(Random&), std::size_t sets, Seen& seen) {
    constexpr std::size_t calls_of_a_set = 25;
    Random seeds(20261120);
    for (std::size_t i = 0; i < sets; ++i) {
        const std::uint64_t seed = seeds.next();
        Random random(seed);
        const GeneratedSet set = generated(random);
        CompileOptions options;
        options.limits = limits();
        const CompileResult compiled =
            compile_sources(set.compiled->sources, given_data(std::move(options)));
        REQUIRE(compiled.policy != nullptr);
        const Engine engine(compiled.policy, {.duties = set.duties, .limits = limits()});
        Session session(engine);
        for (std::size_t call = 0; call < calls_of_a_set; ++call) {
            decide(*compiled.policy, session, random_call(random, set.vocabulary).text(),
                   "generated set " + std::to_string(seed), seen);
        }
    }
}

using Around = std::string (*)(const std::string&);

void decide_nested(Around around, Seen& seen) {
    std::string condition = "(n > 0)";
    for (int i = 0; i < 55; ++i) condition = around(condition);
    const std::string rules =
        "policy p version \"1\"\ntool x { }\nattributes { a : bool\n    n : int\n    xs : [int] }\n"
        "table t by bool : bool {\n    true | false |\n    false | true |\n}\n"
        "allow r on x when any(m in xs: any(o in xs: m > o and " +
        condition + "))\nblock s on x when " + condition + "\n";
    const std::size_t before = seen.calls;
    decide_all({{"p.proviso", rules}},
               "{\"tool\":\"x\"}\n{\"tool\":\"x\",\"a\":true,\"xs\":[5,4,3,2,1]}\n"
               "{\"tool\":\"x\",\"a\":true,\"n\":1,\"xs\":[1,2,3,4,5]}\n",
               rules, seen);
    if (seen.calls == before) ++seen.failed;  // it does not compile
}

}  // namespace

TEST_CASE("evaluation stays within its bound") {
    Seen seen;
    decide_golden(seen);
    const std::size_t golden_calls = seen.calls;
    decide_generated(random_set, 1'500, seen);
    decide_generated(random_memory_set, 500, seen);
    const std::size_t generated_calls = seen.calls - golden_calls;
    for (const Around around : {
             Around{[](const std::string& inner) { return "(" + inner + " == (n > 1))"; }},
             Around{[](const std::string& inner) { return "(a in [" + inner + ", not a])"; }},
             Around{[](const std::string& inner) { return "(" + inner + " in [a, n > 2])"; }},
             Around{[](const std::string& inner) { return "t[not " + inner + "]"; }},
         }) {
        decide_nested(around, seen);
    }
    std::printf(
        "%zu calls, of golden files %zu, of generated sets %zu; %.3f of the bound at most\n",
        seen.calls, golden_calls, generated_calls, seen.most);
    CHECK(seen.failed == 0);
    CHECK(golden_calls > 100);
    CHECK(generated_calls == 50'000);
    CHECK(vm::work.instructions > 0);
}

}  // namespace proviso::laws
