// Law 5: same inputs, same decision. Saved and loaded, on several threads at once, under another
// locale and another TZ, in another process, and through each way to hand a call over.

#include <array>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <locale>
#include <thread>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/laws/trials.h"

namespace proviso::laws {
namespace {

std::vector<std::string> texts_of(const Trial& trial) {
    std::vector<std::string> texts;
    for (const GeneratedCall& call : trial.calls) texts.push_back(call.text());
    return texts;
}

std::vector<std::string> all_said(const PolicyPtr& policy, const std::vector<std::string>& duties,
                                  const std::vector<std::string>& calls) {
    Judge judge(policy, duties);
    std::vector<std::string> said;
    for (const std::string& call : calls) said.push_back(judge.said(call));
    return said;
}

std::string first_difference(const Trial& trial, const std::string& what,
                             const std::vector<std::string>& one,
                             const std::vector<std::string>& other) {
    for (std::size_t i = 0; i < one.size(); ++i) {
        if (i < other.size() && one[i] == other[i]) continue;
        return shown(what, trial.set.statements, trial.set, trial.calls[i].text());
    }
    return {};
}

/// Numbers and lists as no program should write them.
class OddPunctuation : public std::numpunct<char> {
  protected:
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\1"; }
};

/// Within one of these everything that a process may look up about its place is odd.
class OddPlace {
  public:
    OddPlace() : before_(std::locale::global(std::locale(std::locale(), new OddPunctuation))) {
        (void)std::setlocale(LC_ALL, "C.UTF-8");
        setenv("TZ", "Pacific/Kiritimati", 1);
        tzset();
    }
    ~OddPlace() {
        std::locale::global(before_);
        unsetenv("TZ");
        tzset();
    }
    OddPlace(const OddPlace&) = delete;
    OddPlace& operator=(const OddPlace&) = delete;

  private:
    std::locale before_;
};

constexpr std::uint64_t seed_of_processes = 4711;

/// A digest of everything that is said of sets of one seed.
std::string digest() {
    std::uint64_t sum = 0xcbf29ce484222325;
    Random seeds(seed_of_processes);
    for (int i = 0; i < 40; ++i) {
        Random random(seeds.next());
        const GeneratedSet set = random_set(random);
        Judge judge(set.compiled->product.policy, set.duties);
        for (int j = 0; j < 10; ++j) {
            const std::string said = judge.said(random_call(random, set.vocabulary).text());
            for (const char c : said) {
                sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3;
            }
        }
    }
    return fmt::format("{:016x}", sum);
}

/// The same in a process of its own, with another environment.
std::string digest_elsewhere() {
    const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
    const std::string command = "env -i TZ=Asia/Kathmandu LC_ALL=C.UTF-8 '" + self +
                                "' \"the digest for another process\" 2>/dev/null";
    std::string text;
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 256> line{};
    while (fgets(line.data(), line.size(), pipe) != nullptr) {
        const std::string_view one(line.data());
        if (one.starts_with("digest ")) text = one.substr(7, 16);
    }
    CHECK(pclose(pipe) == 0);
    return text;
}

}  // namespace

TEST_CASE("a set that was saved and loaded decides the same") {
    hold_law("save and load", 20'000, 10, [](Trial& trial) -> std::string {
        const PolicyPtr& policy = trial.set.compiled->product.policy;
        const LoadResult loaded = load_policy(policy->save());
        if (loaded.policy == nullptr) {
            return shown("refused: " + loaded.error, trial.set.statements, trial.set, "");
        }
        const auto calls = texts_of(trial);
        return first_difference(trial, "loaded, it decides otherwise",
                                all_said(policy, trial.set.duties, calls),
                                all_said(loaded.policy, trial.set.duties, calls));
    });
}

TEST_CASE("locale and TZ change nothing") {
    hold_law("locale and TZ", 20'000, 10, [](Trial& trial) -> std::string {
        const auto calls = texts_of(trial);
        const auto& compiled = *trial.set.compiled;
        const auto here = all_said(compiled.product.policy, trial.set.duties, calls);
        const OddPlace odd;
        const PolicyPtr policy = compile_sources(compiled.sources, given_data()).policy;
        return first_difference(trial, "elsewhere it decides otherwise", here,
                                all_said(policy, trial.set.duties, calls));
    });
}

TEST_CASE("threads decide the same") {
    hold_law("threads", 8'000, 20, [](Trial& trial) -> std::string {
        const auto calls = texts_of(trial);
        const PolicyPtr& policy = trial.set.compiled->product.policy;
        const auto alone = all_said(policy, trial.set.duties, calls);
        std::array<std::vector<std::string>, 4> said;
        std::vector<std::thread> threads;
        for (auto& mine : said) {
            threads.emplace_back([&] { mine = all_said(policy, trial.set.duties, calls); });
        }
        for (std::thread& thread : threads) thread.join();
        for (const auto& mine : said) {
            std::string found =
                first_difference(trial, "on a thread it decides otherwise", alone, mine);
            if (!found.empty()) return found;
        }
        return {};
    });
}

TEST_CASE("two documents, one document and a call that was decided before are the same") {
    hold_law("ways to hand a call over", 20'000, 10, [](Trial& trial) -> std::string {
        const Engine engine(trial.set.compiled->product.policy,
                            {.duties = trial.set.duties, .limits = {}});
        Session session(engine);
        const auto same = [](const Verdict& a, const Verdict& b) {
            return a.outcome == b.outcome && a.reason == b.reason && a.best_case == b.best_case;
        };
        for (const GeneratedCall& call : trial.calls) {
            if (!call.broken_args.empty()) continue;  // no document of its own, whatever the tool
            const std::string text = call.text();
            const std::string host = call.host_text();
            const std::string args = call.args_text();
            const Verdict one = session.preview(Layout::native(), text);
            const Verdict two = session.preview(CallJson{host, args});
            BoundCall bound = session.bind(CallJson{host, args});
            const Verdict three = session.preview(bound);
            if (same(one, two) && same(one, three)) continue;
            return shown("handed over otherwise it is decided otherwise", trial.set.statements,
                         trial.set, text);
        }
        return {};
    });
}

TEST_CASE("another process decides the same") {
    const std::string here = digest();
    CHECK(here == digest());
    CHECK(here == digest_elsewhere());
}

TEST_CASE("the digest for another process", "[.]") {
    std::printf("digest %s\n", digest().c_str());
}

}  // namespace proviso::laws
