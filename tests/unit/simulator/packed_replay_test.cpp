// A packed history is decided by column and comes out as its text does: each decision with all that
// is told of it, and every byte of reports and of what is written beside them.
#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "simulator/history/blocks.h"
#include "simulator/history/pack_history.h"
#include "simulator/mapping/json_hash.h"
#include "simulator/mapping/line.h"
#include "simulator/mapping/mapping.h"
#include "simulator/replay/line_at_hand.h"
#include "simulator/replay/line_plans.h"
#include "tests/tree/tree.h"
#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/replay_sample.h"

using namespace proviso;                      // NOLINT(google-build-using-namespace)
using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)

namespace {

/// A type of each kind, as attribute and as argument.
constexpr const char* typed_policy = R"(policy typed version "1"

attributes {
    flag    : bool
    times   : int in 0 .. 1_000
    rate    : decimal
    budget  : money in EUR
    name    : string
    short   : string length 1 .. 4
    code    : string matches r"[a-z]+-[0-9]+"
    rest    : duration
    since   : time
    late    : time in "Europe/Berlin"
    day     : date
    weekday : weekday
    source  : ip
    level   : free < silver < gold
    some    : string?
    tags    : [string]
}
facts order for args.order {
    total : money in EUR
    open  : bool?
}
tool pay {
    stages propose, execute
    args {
        order  : string
        amount : money in EUR in 0.01 EUR .. 10_000 EUR
        share  : decimal
        items  : int
        note   : string?
        when   : time?
        now    : bool
    }
}
tool odd {
    args {
        sum   : money
        fee   : money with code
        list  : [int]
        lines : [{ price : decimal, what : string }]
    }
}
tool loose { args open { n : int } }
role lead { }
role clerk { can pay, odd, loose when level >= silver }
bind clerk to "u-3"
authority of principal

allow all on * when name != "x" and short != "no"
notify rates on * when rate > 0.5 or args.share > 0.25 tell lead within 1d
gate sums on pay when args.amount > 100 EUR and order.total < 500 EUR by lead
gate days on pay when day > 2026-03-01 or weekday in [sat, sun] by lead
gate nets on pay when source in cidr("10.0.0.0/25") by lead
gate times on pay when args.when > since or late > since or rest > 2h by lead
block counts on * when times > 900 or "b" in tags or budget > 10_000 EUR
block notes on pay when (has args.note and args.note like "*1*") or code == "ab-1"
block lots on odd when any(one in args.lines : one.price > 10) or args.sum > 50 EUR
)";

PolicyPtr typed() {
    static const PolicyPtr policy = [] {
        const CompileResult result = compile_text(typed_policy);
        INFO(result.text);
        REQUIRE(result.policy != nullptr);
        return result.policy;
    }();
    return policy;
}

class Random {
  public:
    explicit Random(unsigned seed) : engine_(seed) {}
    std::size_t below(std::size_t bound) { return engine_() % bound; }
    template <class List>
    std::string of(const List& list) {
        return std::string{list[below(std::size(list))]};
    }

  private:
    std::mt19937 engine_;
};

constexpr std::string_view odd_values[] = {"null",
                                           "true",
                                           "7",
                                           "-1",
                                           "0.50",
                                           "1e3",
                                           "-0",
                                           "01",
                                           "1.",
                                           "\"\"",
                                           "\"x\"",
                                           "\"\\u0041\"",
                                           "\"a\\\"b\"",
                                           "\"\xc3\xa9\"",
                                           "\"\xc3\"",
                                           "\"\t\"",
                                           "123456789012345678901234567890",
                                           "{}",
                                           "[1]",
                                           "{\"amount\":\"3\",\"currency\":\"EUR\"}",
                                           "0.000000000000000001",
                                           "999999999999999",
                                           "\"2026-03-02T09:30:00Z\"",
                                           "tru",
                                           "\"gold\"",
                                           "nul",
                                           "5.0"};

/// Mostly as it should be; in bad company now and then.
std::string value(Random& random, std::string usual, std::size_t odd) {
    return random.below(odd) == 0 ? random.of(odd_values) : std::move(usual);
}

std::string number(Random& random, std::size_t bound, std::size_t digits) {
    std::string text = std::to_string(random.below(bound));
    if (digits > 0) {
        std::string behind = std::to_string(random.below(1000)) + "000";
        text += '.' + behind.substr(0, digits);
    }
    return text;
}

std::string time(Random& random) {
    constexpr std::string_view ends[] = {"Z", "Z", "Z", ".125Z", "+02:00", "z", ""};
    const auto two = [](std::size_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return "\"2026-" + two(1 + random.below(12)) + '-' + two(1 + random.below(28)) + 'T' +
           two(random.below(24)) + ':' + two(random.below(60)) + ':' + two(random.below(60)) +
           random.of(ends) + '"';
}

std::string attributes(Random& random, std::size_t odd) {
    constexpr std::string_view tiers[] = {"\"free\"", "\"silver\"", "\"gold\""};
    constexpr std::string_view days[] = {"\"mon\"", "\"sunday\"", "\"fri\""};
    std::string text = R"({"flag":)" + value(random, random.below(2) ? "true" : "false", odd);
    text += R"(,"times":)" + value(random, number(random, 1000, 0), odd);
    text += R"(,"rate":)" + value(random, number(random, 2, random.below(2) * 3), odd);
    text += R"(,"budget":)" + value(random, number(random, 20'000, 2), odd);
    text += R"(,"name":)" + value(random, "\"n" + number(random, 100'000, 0) + "\"", odd);
    text += R"(,"short":)" + value(random, "\"abcd\"", odd);
    text += R"(,"code":)" + value(random, "\"ab-" + number(random, 5, 0) + '"', odd);
    text += R"(,"rest":)" + value(random, '"' + number(random, 9, 0) + "h\"", odd);
    text += R"(,"since":)" + value(random, time(random), odd);
    text += R"(,"late":)" + value(random, time(random), odd);
    text += R"(,"day":)" + value(random, "\"2026-0" + number(random, 10, 0) + "-12\"", odd);
    text += R"(,"weekday":)" + value(random, random.of(days), odd);
    text += R"(,"source":)" + value(random, "\"10.0.0." + number(random, 300, 0) + '"', odd);
    text += R"(,"level":)" + value(random, random.of(tiers), odd);
    text += R"(,"some":)" + value(random, "null", 2);
    text += R"(,"tags":["a",)" + value(random, "\"c\"", odd) + "]";
    return text + (random.below(200) == 0 ? R"(,"times":5})" : "}");
}

std::string arguments(Random& random, std::size_t tool, std::size_t odd) {
    if (tool == 1) {
        return R"({"sum":{"amount":")" + number(random, 100, 2) + R"(","currency":"EUR"},"fee":)" +
               value(random, number(random, 9, 2), odd) + R"(,"code":)" +
               value(random, "\"USD\"", odd) + R"(,"list":[1,)" +
               value(random, number(random, 9, 0), odd) + R"(],"lines":[{"price":)" +
               value(random, number(random, 20, 1), odd) + R"(,"what":"w"}]})";
    }
    if (tool == 2)
        return R"({"n":)" + number(random, 9, 0) + R"(,"more":)" + value(random, "1", 2) + '}';
    std::string text = R"({"order":"o-)" + number(random, 9, 0) + R"(","amount":)";
    text += value(random, number(random, 400, 2), odd);
    text += R"(,"share":)" + value(random, number(random, 1, 3), odd);
    text += R"(,"items":)" + value(random, number(random, 99, 0), odd);
    text += R"(,"note":)" + value(random, "\"free text " + number(random, 1'000'000, 0) + '"', odd);
    if (random.below(3) == 0) text += R"(,"when":)" + value(random, time(random), odd);
    return text + R"(,"now":)" + value(random, "true", odd) + '}';
}

/// Receipts of a few shapes.
std::string typed_history(unsigned seed, std::size_t lines, std::size_t odd) {
    constexpr std::string_view tools[] = {"pay", "pay", "odd", "loose", "unheard.of"};
    constexpr std::string_view stages[] = {"\"execute\"", "\"propose\"", "\"read\""};
    Random random(seed);
    std::string text;
    for (std::size_t i = 0; i < lines; ++i) {
        const std::size_t place = random.below(std::size(tools));
        const std::size_t tool = place < 2 ? 0 : place == 2 ? 1 : 2;
        text += R"({"id":)" + value(random, "\"c-" + std::to_string(i) + '"', odd);
        text += R"(,"tool":)" + value(random, '"' + std::string{tools[place]} + '"', odd);
        if (random.below(2) == 0) text += R"(,"stage":)" + value(random, random.of(stages), odd);
        text += R"(, "time": )" + value(random, time(random), odd);
        text += R"(,"principal":{"id":"u-)" + number(random, 6, 0) + R"(","roles":[)" +
                value(random, "\"clerk\"", odd) + "]}";
        text += R"(,"workflow":{"name":"w","run":"r-)" + number(random, 50, 0) + "\"}";
        text += R"(,"attributes":)" + attributes(random, odd);
        text += R"(,"args":)" + arguments(random, tool, odd);
        text += R"(,"facts":{"order":{"key":"o-3","values":{"total":)" +
                value(random, number(random, 900, 2), odd) + "}}}";
        text += R"(,"recorded":{"outcome":)" + value(random, "\"gate\"", odd);
        text += R"(,"approvals":[{"by":"lea","at":)" + value(random, time(random), odd) + "}]}";
        text +=
            R"(,"beside":[)" + value(random, "12", odd) + "," + value(random, "\"t\"", odd) + "]}";
        text += random.below(20) == 0 ? "\r\n" : "\n";
    }
    return text;
}

std::string packed_file(const TemporaryFolder& folder, const std::vector<std::string>& histories) {
    PackOptions packing;
    packing.histories = histories;
    packing.output = folder.path("packed.pvh");
    REQUIRE(pack_history(packing).error.empty());
    return packing.output;
}

std::string told(Session& session, const Verdict& verdict) {
    std::string text = std::to_string(static_cast<int>(verdict.outcome)) +
                       std::to_string(static_cast<int>(verdict.best_case)) +
                       to_json(session.decision());
    for (const std::string_view capture : session.captures()) text += "\n" + std::string{capture};
    return text;
}

struct Lines {
    std::size_t by_column = 0;
    std::size_t hashed = 0;
    std::size_t all = 0;
};

/// Holds what columns decide against the text, line by line.
Lines hold_lines(const PolicyPtr& policy, const std::string& path) {
    Mapping mapping = receipt_mapping();
    const Layout layout = *make_layout(mapping).layout;
    const Engine engine(policy);
    Session by_column(engine);
    Session by_text(engine);
    JsonHasher hasher;
    LineReader texts;
    BlockReader reader({path}, 1U << 20, 1U << 20, true);
    Block block;
    Lines counted;
    while (reader.next(block)) {
        REQUIRE(block.lines != nullptr);
        LinePlans plans(*block.lines, by_column, layout);
        while (plans.next()) {
            ++counted.all;
            const auto verdict = plans.preview(1U << 20);
            if (!verdict) continue;
            ++counted.by_column;
            LineAtHand line;
            line.set(plans.shape(), plans.row());
            const Verdict expected = by_text.preview(layout, line.text(), true);
            INFO(line.text());
            REQUIRE(by_text.document_error().empty());
            REQUIRE(told(by_column, *verdict) == told(by_text, expected));
            if (const auto hash = plans.arguments_hash(hasher)) {
                ++counted.hashed;
                CHECK(*hash == hasher.of(texts.arguments(mapping, line.text())));
            }
        }
    }
    return counted;
}

struct Told {
    std::string report;
    std::string decisions;
    std::string changes;
    friend bool operator==(const Told&, const Told&) = default;
};

Told replay(const TemporaryFolder& folder, Options options, bool as_text) {
    options.as_text = as_text;
    options.decisions = folder.path("decisions.jsonl");
    options.changes = options.baseline ? folder.path("changes.jsonl") : "";
    options.cell_calls = 5;
    const Result result = run(options);
    INFO(result.error);
    REQUIRE(result.failure != Failure::usage);
    return {stable_json(result.report) + result.error, read_file(options.decisions),
            options.baseline ? read_file(options.changes) : ""};
}

/// The lines where two reports part; empty where they are the same.
std::string first_difference(const std::string& one, const std::string& other) {
    if (one == other) return {};
    const auto at = static_cast<std::size_t>(
        std::mismatch(one.begin(), one.end(), other.begin(), other.end()).first - one.begin());
    const std::size_t begin = at < 200 ? 0 : at - 200;
    return one.substr(begin, 400) + "\n!=\n" + other.substr(begin, 400);
}

/// Without what has to be decided call by call.
std::string counted(Options options, bool as_text) {
    options.as_text = as_text;
    const Result result = run(options);
    REQUIRE(result.failure != Failure::usage);
    return stable_json(result.report) + result.error;
}

void hold_reports(const TemporaryFolder& folder, const Options& options) {
    const Told text = replay(folder, options, true);
    const Told columns = replay(folder, options, false);
    CHECK(first_difference(columns.report, text.report) == "");
    CHECK(columns.decisions == text.decisions);
    CHECK(columns.changes == text.changes);
    CHECK(first_difference(counted(options, false), counted(options, true)) == "");
}

Options options_of(const PolicyPtr& policy, const PolicyPtr& baseline, const std::string& path) {
    Options options;
    options.policy = policy;
    options.baseline = baseline;
    options.histories = {path};
    options.threads = 1;
    return options;
}

}  // namespace

TEST_CASE("values of all types are decided by column as they are by their text") {
    const TemporaryFolder folder;
    for (unsigned seed = 1; seed <= 6; ++seed) {
        const std::size_t odd = seed % 3 == 0 ? 1'000'000'000 : seed % 3 == 1 ? 400 : 20;
        const std::string text = typed_history(seed, 2'000, odd);
        const std::string path = packed_file(folder, {folder.write("h.jsonl", text)});
        const Lines lines = hold_lines(typed(), path);
        CHECK(lines.all == 2'000);
        if (odd > 20) CHECK(lines.by_column > 200);
        if (odd > 20) CHECK(lines.hashed > 50);
        hold_reports(folder, options_of(typed(), typed(), path));
    }
}

TEST_CASE("a text with an escape is read as text, and its line alone") {
    const TemporaryFolder folder;
    std::string text;
    for (int i = 0; i < 100; ++i) {
        const std::string note =
            i % 10 == 0 ? R"(two\nlines)" : "n\xc3\xa9" + std::to_string(i * 7919);
        text += R"({"tool":"lookup_order","args":{"order_id":")" + note + "\"}}\n";
    }
    const std::string path = packed_file(folder, {folder.write("h.jsonl", text)});
    const Lines lines = hold_lines(sample_policy(), path);
    CHECK(lines.all == 100);
    CHECK(lines.by_column == 90);
    hold_reports(folder, options_of(sample_policy(), changed_policy(), path));
}

TEST_CASE("a packed history has the report of its text, bad and blank lines included") {
    const TemporaryFolder folder;
    const std::string first =
        folder.write("a.jsonl", sample_history(3'000) + R"({"tool": "no end")");
    const std::string second = folder.write("b.jsonl", "\xEF\xBB\xBF" + sample_history(500) + "{}");
    Options options =
        options_of(sample_policy(), changed_policy(), packed_file(folder, {first, second}));
    hold_reports(folder, options);
    options.intent = {"/id"};
    hold_reports(folder, options);
    options.engine.limits.call_bytes = 150;
    hold_reports(folder, options);
}

TEST_CASE("the packs' histories are decided by column, and come out as their texts do") {
    const TemporaryFolder folder;
    Lines all;
    for (const auto& entry : std::filesystem::directory_iterator(tests::in_tree("policies"))) {
        const std::filesystem::path history = entry.path() / "demo/history.jsonl.gz";
        if (!std::filesystem::exists(history)) continue;
        INFO(entry.path());
        const CompileResult compiled = compile_path(entry.path().string());
        REQUIRE(compiled.policy != nullptr);
        const std::string path = packed_file(folder, {history.string()});
        const Lines lines = hold_lines(compiled.policy, path);
        all.by_column += lines.by_column;
        all.hashed += lines.hashed;
        all.all += lines.all;
        hold_reports(folder, options_of(compiled.policy, nullptr, path));
    }
    CHECK(all.all > 10'000);
    CHECK(all.by_column > all.all * 8 / 10);
    CHECK(all.hashed > all.all / 2);
}
