#include "tests/unit/simulator/replay_sample.h"

#include <cstdint>
#include <stdexcept>

#include "simulator/render/render.h"

namespace proviso::simulator::testing {
namespace {

constexpr const char* policy_text = R"(policy sample.support version "1.2"

attributes {
    customer.tier : free < silver < gold
}

tool lookup_order {
    tier informational
    args {
        order_id : string
    }
}
tool issue_refund {
    tier operational
    args {
        order_id : string
        amount   : decimal in 0 .. 10_000
    }
}
tool delete_account {
    tier high_impact
}

role support_lead { }

allow lookups on lookup_order
allow refunds on issue_refund

notify medium_refund on issue_refund
    when args.amount > 50
    tell support_lead within 24h

gate large_refund on issue_refund
    when args.amount > 500
    by support_lead
    because "A refund of {args.amount} is a large one"

gate free_tier on issue_refund
    when customer.tier == free and args.amount > 20
    by support_lead

trial until 2030-01-01 block over_forty on issue_refund
    when args.amount > 40

block no_deletion on delete_account
    because "Accounts stay"
)";

PolicyPtr compiled(const std::string& text) {
    const CompileResult result = compile_text(text);
    if (result.policy == nullptr) throw std::runtime_error(result.text);
    return result.policy;
}

void replace(std::string& text, const std::string& old, const std::string& with) {
    const std::size_t at = text.find(old);
    if (at == std::string::npos) throw std::runtime_error("not in the policy: " + old);
    text.replace(at, old.size(), with);
}

/// The same numbers on every machine.
class Numbers {
  public:
    std::uint64_t below(std::uint64_t bound) {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return (state_ >> 33) % bound;
    }

  private:
    std::uint64_t state_ = 7;
};

std::string receipt(Numbers& numbers, std::size_t line) {
    static const char* const tools[] = {"lookup_order", "issue_refund", "issue_refund",
                                        "issue_refund", "delete_account"};
    static const char* const tiers[] = {"\"free\"", "\"silver\"", "\"gold\"", "\"lead\"", "null"};
    static const char* const outcomes[] = {"allow", "notify", "gate", "block", "odd"};
    static const char* const verdicts[] = {"approved", "edited", "rejected"};
    std::string tool = tools[numbers.below(5)];
    if (numbers.below(20) == 0) tool = "made_up_" + std::to_string(numbers.below(50));
    std::string text = R"({"id": "r-)" + std::to_string(line) + R"(", "tool": ")" + tool +
                       R"(", "time": "2026-11-20T15:04:05Z", "args": {)";
    if (tool != "delete_account") text += R"("order_id": "A-1")";
    if (tool == "issue_refund") text += ", \"amount\": " + std::to_string(numbers.below(1000));
    text += "}";
    if (numbers.below(4) != 0) {
        text +=
            R"(, "attributes": {"customer.tier": )" + std::string{tiers[numbers.below(5)]} + "}";
    }
    if (numbers.below(2) != 0) {
        text += R"(, "recorded": {"outcome": ")" + std::string{outcomes[numbers.below(5)]} +
                R"(", "verdict": ")" + verdicts[numbers.below(3)] + R"("})";
    }
    return text + "}";
}

}  // namespace

PolicyPtr sample_policy() {
    static const PolicyPtr policy = compiled(policy_text);
    return policy;
}

PolicyPtr changed_policy() {
    static const PolicyPtr policy = [] {
        std::string text = policy_text;
        replace(text, "args.amount > 500\n", "args.amount > 400\n");
        replace(text, "args.amount > 20\n", "args.amount > 450\n");
        return compiled(text);
    }();
    return policy;
}

std::string sample_history(std::size_t lines) {
    static const char* const bad[] = {"{\"tool\": ", "[1, 2]", "{\"id\": \"none\"}", "nonsense",
                                      "{\"tool\": 7}"};
    Numbers numbers;
    std::string text;
    for (std::size_t line = 1; line <= lines; ++line) {
        const std::uint64_t kind = numbers.below(50);
        if (kind == 0) {
            text += "  ";
        } else if (kind == 1) {
            text += bad[numbers.below(5)];
        } else {
            text += receipt(numbers, line);
        }
        text += numbers.below(10) == 0 ? "\r\n" : "\n";
    }
    return text;
}

Options options_for(const std::string& history) {
    Options options;
    options.policy = sample_policy();
    options.histories = {history};
    options.threads = 1;
    return options;
}

std::string stable_json(Report report) {
    report.threads = 0;
    report.seconds = 0;
    return to_json(report);
}

}  // namespace proviso::simulator::testing
