#include "tests/unit/simulator/timed_sample.h"

#include <cstdint>
#include <cstdio>
#include <random>
#include <stdexcept>

namespace proviso::simulator::testing {
namespace {

PolicyPtr timed_rules(const std::string& cap) {
    const CompileResult result = compile_text(R"(policy sample.timed version "1.0"
attributes { customer.id : string }
tool pay {
    args {
        amount : money in USD
        to     : string
    }
}
tool look { args { to : string } }
role lead { }
allow all_calls on pay, look
gate big on pay when args.amount > 80 USD by lead
counter looks = count on look per args.to over 3d
gate unseen on pay when looks == 0 and args.amount > 40 USD by lead
limit a_day on pay sum args.amount per args.to over 1d > )" +
                                              cap + R"( USD : block
limit many on pay count per customer.id over 2d > 9 : gate by lead
limit spread on pay distinct args.to per customer.id over 4d > 4 : notify lead
)");
    if (result.policy == nullptr) throw std::runtime_error(result.text);
    return result.policy;
}

struct Random {
    std::mt19937_64 next{11};
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }
};

/// Minutes since the first of November.
std::string time_at(std::uint64_t minutes) {
    char text[32];
    std::snprintf(text, sizeof text, "2026-11-%02uT%02u:%02u:00Z",
                  static_cast<unsigned>(1 + minutes / 1440),
                  static_cast<unsigned>(minutes / 60 % 24), static_cast<unsigned>(minutes % 60));
    return text;
}

std::string call(Random& random, const std::string& time, std::size_t number) {
    static const char* const recorded[] = {
        "", R"(, "recorded": {"outcome": "allow"})", R"(, "recorded": {"outcome": "block"})",
        R"(, "recorded": {"outcome": "gate", "verdict": "approved"})",
        R"(, "recorded": {"outcome": "gate", "verdict": "rejected"})"};
    const bool pays = random.below(4) != 0;
    std::string text = R"({"tool": ")" + std::string{pays ? "pay" : "look"} + '"';
    if (random.below(3) != 0) text += R"(, "id": "c-)" + std::to_string(number) + '"';
    if (!time.empty()) text += R"(, "time": ")" + time + '"';
    text += R"(, "args": {"to": "v-)" + std::to_string(random.below(6)) + '"';
    if (pays) text += ", \"amount\": " + std::to_string(random.below(100)) + ".50";
    text += R"(}, "attributes": {"customer.id": "c-)" + std::to_string(random.below(5)) + "\"}";
    return text + recorded[random.below(5)] + "}";
}

}  // namespace

PolicyPtr timed_policy() {
    static const PolicyPtr policy = timed_rules("120");
    return policy;
}

PolicyPtr other_timed_policy() {
    static const PolicyPtr policy = timed_rules("200");
    return policy;
}

std::vector<std::string> timed_lines(std::size_t count) {
    Random random;
    std::vector<std::string> lines;
    std::uint64_t minutes = 0;
    for (std::size_t i = 0; i < count; ++i) {
        minutes += random.below(3) * random.below(17);
        const std::uint64_t kind = random.below(40);
        if (kind == 0) {
            lines.emplace_back("nonsense " + std::to_string(i));
        } else if (kind == 1) {
            lines.emplace_back();
        } else {
            lines.push_back(call(random, kind == 2 ? "" : time_at(minutes % 40'000), i));
        }
    }
    return lines;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + '\n';
    return text;
}

}  // namespace proviso::simulator::testing
