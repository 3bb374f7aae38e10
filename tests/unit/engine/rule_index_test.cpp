// The index of a plan against the dispatch loop: for random rules and calls, known and unknown,
// both say the same of every rule.
#include "engine/vm/rule_index.h"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "engine/decide/bind.h"
#include "engine/policy_impl.h"
#include "engine/vm/clauses.h"
#include "engine/vm/machine.h"
#include "proviso/proviso.h"

namespace proviso::tests {
namespace {

using vm::Truth;

constexpr std::string_view index_head = R"(policy index version "1"
attributes {
    stage_of  : dev < staging < production
    flag      : bool
    items     : int
    rate      : decimal
    price     : money
    name      : string
    maybe     : int?
    maybe_not : string?
    moment    : time
    day       : weekday
    span      : duration
    many      : [int]
}
tool act { tier operational args { amount : money in USD } }
role clerk { }
role chief extends clerk { }
window office = mon..fri 09:00..16:00 in "Europe/Berlin" except 2026-11-23
window late   = fri 15:00..16:00, 2026-11-23 in "UTC" except office
let shared_one = flag and items > 3
let shared_two = name == "x" or rate < 0.25
)";

class Random {
  public:
    explicit Random(std::uint32_t seed) : random_(seed) {}
    std::uint32_t below(std::uint32_t bound) {
        return static_cast<std::uint32_t>(random_() % bound);
    }
    template <class T, std::size_t size>
    const T& one_of(const T (&of)[size]) {
        return of[below(size)];
    }

  private:
    std::mt19937 random_;
};

constexpr std::string_view relations[] = {"==", "!=", "<", "<=", ">", ">="};
constexpr std::string_view integers[] = {
    "-1", "0", "1", "3", "4", "9_223_372_036_854_775_807", "-9_223_372_036_854_775_807"};
constexpr std::string_view decimals[] = {"-0.5", "0",    "0.25",   "0.250000000000000001",
                                         "3",    "0.26", "20.005", "1_000_000_000_000"};
constexpr std::string_view texts[] = {"\"\"", "\"x\"", "\"xy\"", "\"a name of more than 16 bytes\"",
                                      "\"a name of more than 17 bytes\""};
constexpr std::string_view stages[] = {"dev", "staging", "production"};
constexpr std::string_view days[] = {"mon", "tue", "sun"};
constexpr std::string_view times[] = {"2026-11-20T15:00Z", "2026-11-20T15:00:01Z"};

std::string literal(Random& random) {
    const auto compare = [&](std::string_view name, std::string_view with) {
        return std::string(name) + " " + std::string(random.one_of(relations)) + " " +
               std::string(with);
    };
    const auto amount = [&](std::string_view currency) {
        return std::string(random.one_of(decimals)) + " " + std::string(currency);
    };
    const auto members = [&](const auto& of) {
        return "[" + std::string(random.one_of(of)) + ", " + std::string(random.one_of(of)) + "]";
    };
    switch (random.below(21)) {
        case 0: return compare("stage_of", random.one_of(stages));
        case 1: return "stage_of in " + members(stages);
        case 2: return "flag";
        case 3: return compare("items", random.one_of(integers));
        case 4: return "items not in " + members(integers);
        case 5: return compare("rate", random.one_of(decimals));
        case 6: return compare("price", amount("USD"));
        case 7: return compare("price", amount("EUR"));
        case 8: return compare("args.amount", amount("USD"));
        case 9:
            return std::string("name ") + (random.below(2) != 0 ? "== " : "!= ") +
                   std::string(random.one_of(texts));
        case 10: return "name in " + members(texts);
        case 11: return random.below(2) != 0 ? "has maybe" : "missing maybe_not";
        case 12: return "(maybe ?? 3) > 2";
        case 13: return "principal is chief";
        case 14: return "principal is not clerk";
        case 15: return compare("moment", random.one_of(times));
        case 16: return std::string("day in ") + members(days);
        case 17: return "any(x in many: x > 3)";
        case 18: return random.below(2) != 0 ? "shared_one" : "shared_two";
        case 19:
            return std::string("moment ") + (random.below(2) != 0 ? "in " : "not in ") +
                   (random.below(2) != 0 ? "office" : "late");
        default: return compare("span", random.below(2) != 0 ? "4h" : "0s");
    }
}

std::string condition(Random& random, std::uint32_t depth) {
    if (depth == 0 || random.below(3) == 0) return literal(random);
    if (random.below(5) == 0) return "not (" + condition(random, depth - 1) + ")";
    const std::string_view by = random.below(2) != 0 ? " and " : " or ";
    std::string text = "(" + condition(random, depth - 1) + ")";
    for (std::uint32_t i = 0; i <= random.below(2); ++i) {
        text += std::string(by) + "(" + condition(random, depth - 1) + ")";
    }
    return text;
}

std::string policy(Random& random, std::uint32_t rules) {
    static constexpr std::string_view effects[] = {"allow", "notify", "gate", "block"};
    std::string text(index_head);
    for (std::uint32_t i = 0; i < rules; ++i) {
        const std::string_view effect = random.one_of(effects);
        text += std::string(effect) + " rule" + std::to_string(i) + " on act when " +
                condition(random, 3);
        if (effect == "notify") text += " tell clerk within 1h";
        if (effect == "gate") text += " by chief";
        text += "\n";
    }
    return text;
}

Call call(Random& random) {
    static constexpr std::string_view numbers[] = {"-1",
                                                   "0",
                                                   "0.25",
                                                   "0.250000000000000001",
                                                   "3",
                                                   "4",
                                                   "20.005",
                                                   "20.0050000000000001",
                                                   "1000000000000"};
    static constexpr std::int64_t counts[] = {-1, 0, 1, 3, 4, INT64_MAX, -INT64_MAX, INT64_MIN};
    static constexpr std::string_view names[] = {
        "", "x", "xy", "a name of more than 16 bytes", "a name of more than 17 bytes", "other"};
    static constexpr std::string_view moments[] = {"2026-11-20T15:00:00Z", "2026-11-20T15:00:02Z",
                                                   "2026-11-20T12:00:00Z", "2026-11-23T12:00:00Z",
                                                   "2126-11-20T12:00:00Z"};
    Call result("act");
    const auto give = [&](std::string_view name, Value value) {
        if (random.below(8) == 0) return;  // missing
        if (random.below(12) == 0) {
            result.unknown(name);
        } else {
            result.attribute(name, std::move(value));
        }
    };
    const auto money = [&] {
        return Money{std::string(random.one_of(numbers)), random.below(3) != 0 ? "USD" : "EUR"};
    };
    result.arg("amount", Number{std::string(random.one_of(numbers))});
    if (random.below(4) != 0) result.principal("ann");
    if (random.below(4) != 0) {
        result.principal_roles(random.below(3) == 0   ? std::vector<std::string>{}
                               : random.below(2) == 0 ? std::vector<std::string>{"clerk"}
                                                      : std::vector<std::string>{"chief"});
    }
    give("stage_of", random.one_of(stages));
    give("flag", random.below(2) != 0);
    give("items", random.one_of(counts));
    give("rate", Number{std::string(random.one_of(numbers))});
    give("price", money());
    give("name", random.one_of(names));
    give("maybe", random.below(2) != 0 ? Value() : Value(3));
    give("maybe_not", random.below(2) != 0 ? Value() : Value("y"));
    give("moment", random.one_of(moments));
    give("day", random.one_of(days));
    give("span", random.below(2) != 0 ? "4h" : "3h");
    give("many", Value::List{1, random.below(2) != 0 ? 4 : 2});
    return result;
}

Truth truth_of(const vm::Matches& found, vm::Row clauses) {
    if ((found.sure & clauses) != 0) return Truth::yes;
    return (found.may & clauses) != 0 ? Truth::unknown : Truth::no;
}

/// A match in parts, of every other slot and of the rest, is the match as a whole.
void hold_parts(const vm::RuleIndex& index, const vm::Context& context, std::size_t slots) {
    std::vector<std::uint32_t> apart;
    for (std::uint32_t slot = 0; slot < slots; slot += 2) apart.push_back(slot);
    const vm::Matches whole = index.match(context);
    vm::Matches found = index.match_without(context, apart);
    for (const std::uint32_t slot : apart) {
        const model::Value& value = context.places[slot];
        const vm::Matches part = index.match_value(slot, value);
        found.may &= part.may;
        found.sure &= part.sure;
        // Between bounds no number is told from the next one.
        std::vector<std::int64_t> bounds;
        if (!value.known() || !index.add_bounds(slot, value.scale, bounds)) continue;
        std::sort(bounds.begin(), bounds.end());
        const auto above = std::lower_bound(bounds.begin(), bounds.end(), value.integer);
        if (above == bounds.end()) continue;
        model::Value other = value;
        other.integer = *above;
        const vm::Matches alike = index.match_value(slot, other);
        CHECK((alike.may == part.may && alike.sure == part.sure));
    }
    CHECK((found.may == whole.may && found.sure == whole.sure));
}

/// How often each answer was compared; a wrong one fails.
std::map<Truth, std::size_t> compare(const Policy::Impl& policy, vm::Machine& machine) {
    std::map<Truth, std::size_t> answers;
    const bytecode::Program& program = policy.image->program();
    const std::uint32_t plan = program.tools[0].plans[4];
    for (const vm::RuleIndex& index : policy.image->rules(plan)) {
        const vm::Matches found = index.match(machine.context());
        hold_parts(index, machine.context(), program.slots.size());
        index.each_rule(index.all(), [&](std::uint32_t rule, vm::Row clauses) {
            const Truth wanted = machine.truth(program.rules[rule].block);
            const Truth got = truth_of(found, clauses);
            ++answers[wanted];
            INFO(program.rules[rule].name);
            if ((index.with_code() & clauses) == 0) {
                CHECK(got == wanted);
            } else {
                // Literals alone: what they say is only that the rule may hold.
                CHECK((got != Truth::no || wanted == Truth::no));
            }
        });
    }
    return answers;
}

TEST_CASE("an index says of every rule what the dispatch loop says") {
    std::map<Truth, std::size_t> answers;
    for (std::uint32_t seed = 0; seed < 40; ++seed) {
        Random random(seed);
        const std::string text = policy(random, 40 + seed);
        const CompileResult compiled = compile_text(text);
        INFO(text << compiled.text);
        REQUIRE(compiled.policy != nullptr);
        const Policy::Impl& impl = compiled.policy->impl();
        decide::Binder binder;
        decide::Bound bound;
        vm::Machine machine(*impl.image);
        for (int i = 0; i < 100; ++i) {
            const Call one = call(random);
            binder.bind(impl.tables, one, bound);
            bound.ready();
            machine.begin(bound.context);
            for (const auto& [answer, count] : compare(impl, machine)) answers[answer] += count;
        }
    }
    // None of the three is rare.
    for (const Truth truth : {Truth::yes, Truth::no, Truth::unknown})
        CHECK(answers[truth] > 10'000);
}

TEST_CASE("a condition of many clauses is left to the dispatch loop") {
    std::string text(index_head);
    text += "block wide on act when ";
    for (int i = 0; i < 4; ++i) {
        if (i > 0) text += " and ";
        text += "(items == " + std::to_string(i) + " or rate == " + std::to_string(i) + ")";
    }
    const CompileResult compiled = compile_text(text + "\n");
    REQUIRE(compiled.policy != nullptr);
    const bytecode::Program& program = compiled.policy->impl().image->program();
    const std::vector<vm::Clause> clauses = vm::clauses_of(program, program.rules[0].block);
    REQUIRE(clauses.size() == 1);
    CHECK(clauses[0].with_code);
    CHECK(clauses[0].literals.empty());
}

TEST_CASE("a plan of more clauses than a word has bits has several indices") {
    Random random(7);
    const CompileResult compiled = compile_text(policy(random, 130));
    REQUIRE(compiled.policy != nullptr);
    const vm::Image& image = *compiled.policy->impl().image;
    const auto indices = image.rules(image.program().tools[0].plans[4]);
    CHECK(indices.size() > 2);
    std::size_t rules = 0;
    for (const vm::RuleIndex& index : indices) {
        index.each_rule(index.all(), [&](std::uint32_t, vm::Row) { ++rules; });
    }
    CHECK(rules == 130);
}

}  // namespace
}  // namespace proviso::tests
